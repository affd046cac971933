"""Text as the rules read it: disguises off, and where each character stood."""

import unicodedata
from dataclasses import dataclass
from functools import cache

# What looks like one of these to a reader is read as one.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\u30fc", "-"),
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e", '"'),
        **dict.fromkeys("\u2044\u2215", "/"),
        **dict.fromkeys("\u2024\u3002\u00b7", "."),
        **dict.fromkeys("\t\v\f\r", " "),
    }
)


@dataclass(frozen=True, slots=True)
class Plain:
    """`text`, the same in lower case, and where each of its characters stood (None: in its place).

    The rules look for words in `low`: that is several times faster than ignoring case.
    """

    text: str
    low: str
    at: tuple[int, ...] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original these characters stand."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1


def plain(original: str) -> Plain:
    """The text with full-width digits, odd spaces and dashes as usual ones, without unseen marks.

    What stands between two characters that are left, such as U+202E, belongs to the first.
    """
    text = original.translate(_ALIKE)
    if text.isascii():
        return Plain(text, text.lower(), None)
    kept: list[str] = []
    at: list[int] = []
    for index, sign in enumerate(text):
        if sign.isascii():
            read = sign
        elif _is_unseen(sign):
            continue
        elif kept and unicodedata.combining(sign):
            whole = unicodedata.normalize("NFC", kept[-1] + sign)
            kept[-1] = whole if len(whole) == 1 else kept[-1]
            continue
        else:
            read = _as_usual(sign)
        kept.extend(read)
        at.extend([index] * len(read))
    text = "".join(kept)
    low = text.lower()
    if len(low) != len(text):  # a few letters are two in lower case
        low = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    return Plain(text, low, tuple(at))


@cache
def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cc", "Cs")


@cache
def _as_usual(sign: str) -> str:
    """One character as people usually type it."""
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    if sign.isspace():
        return "\n" if sign in "\u2028\u2029\x85" else " "
    read = unicodedata.normalize("NFKC", sign)
    # A few signs stand for whole sentences; nobody disguises a name with one.
    return read if 0 < len(read) <= 4 else sign  # noqa: PLR2004 - "…" is three, "㈱" too
