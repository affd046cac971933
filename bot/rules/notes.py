"""Which notes are like a question that is being typed."""

from collections.abc import Collection, Iterable

from storage.records.notes import NoteWord

# issue 6: up to three are shown while one asks.
SHOWN = 3
# A word of the note's question says more than one of its answer; one that many notes have, less.
IN_QUESTION, IN_ANSWER, SHARED_TOPIC = 2.0, 1.0, 1.0
COMMON = 0.5
# Two words of its question, or one and the topic.
ENOUGH = 3.0


def closest(met: Iterable[NoteWord], under: Collection[int]) -> list[int]:
    """The notes that are like it, by id, the closest first; of two alike the newer.

    `met`: where words of the question stand in notes; `under`: the notes under one of its topics.
    """
    worth: dict[int, float] = {}
    for each in met:
        counts = IN_QUESTION if each.asked else IN_ANSWER
        counts *= COMMON if each.common else 1
        worth[each.note] = worth.get(each.note, 0) + counts
    for note in worth:
        worth[note] += SHARED_TOPIC if note in under else 0
    near = (note for note, counted in worth.items() if counted >= ENOUGH)
    return sorted(near, key=lambda note: (-worth[note], -note))[:SHOWN]
