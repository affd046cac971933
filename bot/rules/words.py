"""What people type: cleaned of what no keyboard makes, and the words that say what it is about."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator

QUESTION_MAX = 3000  # characters; Slack's limit of a text input
NEAREST, NEAR = 3, 0.6  # names that are proposed for a mistyped one, and how near they are

# Control and format characters (bidirectional overrides, zero-width marks), lone surrogates,
# private use, unassigned.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Joiners inside emoji and Indic or Arabic words carry meaning.
_JOINERS = "\u200c\u200d"
_KEPT = frozenset("\n" + _JOINERS)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMON = frozenset(
    """
    about after again all also and any anyone anybody are because been before being but can could
    did does doing don for from get give had has have having her him his how into its just know
    like may might more most much must need not now off once one only other our out over own
    patient patients question same shall she should some someone such than that the their them then
    there these they this those through too under until very want was way were what when where
    which while who whom why will with would you your
    """.split()  # noqa: SIM905 - words read best as words
)


def clean(text: str) -> str:
    """The text without control and format characters, trimmed; line breaks stay."""
    if text.isprintable():  # as most is: nothing of what is taken out counts as printable
        return text.strip()
    kept = (
        each
        for each in text.replace("\r\n", "\n").replace("\r", "\n")
        if each in _KEPT or unicodedata.category(each) not in _UNSEEN
    )
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip().strip(_JOINERS)


def words_of(text: str) -> frozenset[str]:
    """The significant words, in lower case and without a plural's s."""
    return frozenset(significant(text))


def significant(text: str) -> Iterator[str]:
    """The same, each as often as it stands there, in order."""
    for word in map(str.lower, _WORD.findall(text)):
        if len(word) > 2 and word not in _COMMON:  # noqa: PLR2004 - two letters say little
            yield _singular(word)


def tag_of(name: str) -> str:
    """A topic's name or synonym as people type it after a #, whatever its case and hyphens."""
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Those of the names that are nearest to what was typed, at most three; none if none is."""
    known = {tag_of(each): each for each in names}
    typed = tag_of(name)
    begins = [tag for tag in known if len(typed) > 2 and tag.startswith(typed)]  # noqa: PLR2004 - two letters say little
    close = difflib.get_close_matches(typed, known, NEAREST, NEAR)
    return [known[tag] for tag in dict.fromkeys((*close, *begins))][:NEAREST]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 - "ties" keeps its own
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and word[-2] not in "siu":  # noqa: PLR2004 - "gas"
        return word[:-1]
    return word
