"""A message told line by line: our own sentences, and what somebody typed."""

from collections.abc import Sequence

from bot.views.blocks import (
    TEXT_MAX,
    Block,
    Message,
    actions,
    context,
    cut_marked,
    safe,
    section,
    typed,
)

# A sentence of ours, or typed words as (what they are, the words); empty ones are left out.
Line = str | tuple[str, str]


def message(lines: Sequence[Line], buttons: Sequence[Block] = ()) -> Message:
    """The lines as blocks, all of them in `text` too, and a row of buttons below.

    `text` stays within Slack's limit: where everything does not fit, the longest typed words are
    shortened there, our own sentences and the blocks are not.
    """
    told = [line for line in lines if isinstance(line, str) or line[1]]
    blocks: list[Block] = []
    for line in told:
        blocks += [section(line)] if isinstance(line, str) else [context(line[0]), typed(line[1])]
    return Message(_text(told), blocks + ([actions(*buttons)] if buttons else []))


def _text(told: Sequence[Line]) -> str:
    ours = [line if isinstance(line, str) else f"{line[0]}: " for line in told]
    quoted = ["" if isinstance(line, str) else safe(line[1]) for line in told]
    room = shares([len(each) for each in quoted], TEXT_MAX - sum(len(each) + 1 for each in ours))
    texts = []
    for line, own, share in zip(told, ours, room, strict=True):
        texts.append(own if isinstance(line, str) else own + safe(line[1], share))
    return cut_marked("\n".join(texts), TEXT_MAX)


def shares(wanted: Sequence[int], total: int) -> list[int]:
    """What each gets of `total`: the modest all they want, the others the same of what is left."""
    left, given = max(total, 0), [0] * len(wanted)
    for turn, place in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[place] = min(wanted[place], left // (len(wanted) - turn))
        left -= given[place]
    return given
