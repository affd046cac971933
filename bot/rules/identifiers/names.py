"""People's names: after a title or the word patient, or beside an age or sex."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bot.rules.identifiers.plain import Plain
from bot.rules.identifiers.spans import Kind, Span, Tier
from bot.rules.identifiers.words import AFTER_EPONYM, FACILITY, GIVEN, NO_NAME, NO_PERSON

NEAR = 250  # characters between a name and what makes it a patient's

_UPPER = r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f\u0386-\u03ab\u0410-\u042f]"
_PART = rf"{_UPPER}[^\W\d_]{{1,24}}(?:['-][^\W\d_]{{1,24}})?"
_INITIAL = rf"{_UPPER}(?:\.|(?![\w'-]))"
# Anna Smith, Anna S., A. Smith, Anna B. Smith, Maria de la Cruz
_NAME = re.compile(
    rf"(?<![\w@.'-])(?:{_PART}|{_UPPER}\.)(?:[ ](?:(?:de|la|del|van|von|der|den|bin|al|el|da"
    rf"|di|dos)[ ]){{0,2}}(?:{_PART}|{_INITIAL})){{1,3}}"
)
_TITLED = re.compile(
    rf"\b(?:(?:Mr|Mrs|Ms|Mx)\b\.?|MRS?\.|Miss|Mister|Herr|Frau|Madame|Mme\.?|Monsieur|Señora?"
    rf"|Sr\.|Sra\.)[ ]{{1,2}}"
    rf"((?:{_UPPER}\.?[ ])?{_PART}(?:[ ](?:{_PART}|{_INITIAL})){{0,2}}|{_UPPER}\.)"
    r"|\b(?:mr|ms)\.[ ]([a-z]{3,20}(?:[ ][a-z]\b\.?)?)|\b(?:mrs|mister|miss)\.?[ ](?!score"
    r"|scale|of|the|a|out|on|to|dose)([a-z]{3,20})\b"
)
_SMALL = re.compile(
    r"\b(?:(?:patient|pt|client)(?:'s)?[ ]name(?:[ ]is)?:?|(?:patient|pt|client|male|female"
    r"|man|woman|boy|girl|lady|guy|m|f)[ ](?:named|called)|name[ ]is|name:)"
    r"[ ]{1,2}([a-z]{2,20}[ ](?:[a-z]{3,20}|[a-z]\b\.?))"
)
_CARE_OF = re.compile(r"\bd(?:r|octor)\b\.?[ ]?$|\bprof(?:essor)?\b\.?[ ]?$")
# Right before a name, these make it a patient's.
_PATIENT = re.compile(
    r"\b(?:(?:patients?|pts?|client|mother|father|husband|wife|son|daughter|sister|brother)"
    r"(?:[ ](?:is|was|named?|called))?[,:]?"
    r"|named|called|known[ ]as|patient's[ ]name(?:[ ]is)?|name(?:[ ]is)?:?|goes[ ]by)[ ]{1,2}\(?$"
)
_PERSON = re.compile(
    r"\b(?:male|female|man|woman|boy|girl|gentleman|lady|child|infant|toddler|teenager"
    r"|year-old|yo|y/o|old|m|f)[ ]?,[ ]{1,2}$"
)
_ABOUT = re.compile(
    r"\b\d{1,3}[\s-]?(?:year|yr|yo\b|y/?o|month|week-old|y\b)|\bage[d]?[ :]|\b(?:males?"
    r"|females?|wom[ae]n|m[ae]n|boy|girl|patients?|pts?|child|infant"
    r"|gentleman|lady|adults?|cases?|dob|mrn|ssn|dx|hx|h/o|diagnosed|admitted|discharged|tx"
    r"|s/p|post-op)\b"
)
_AFTER = re.compile(rf"(?:'s?)?[ ](?:{FACILITY.lower()}\b|([\w-]+))|['][ ]?s?[ ]([\w-]+)")
_FACILITY = re.compile(FACILITY)
_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.[ ]?){2,3}(?![A-Za-z])|(?<=[(, ])[A-Z]{2}(?=[,)]? \(?\d{2}[ ]?(?:yo"
    r"|y/o|[MF])\b)"
)
_NO_INITIALS = frozenset(
    {
        "us",
        "uk",
        "md",
        "do",
        "po",
        "iv",
        "er",
        "or",
        "am",
        "pm",
        "ie",
        "eg",
        "dc",
        "ny",
        "la",
        "ed",
        "rn",
        "np",
        "pa",
        "im",
        "sc",
        "bc",
        "ac",
        "hs",
        "pt",
        "un",
        "eu",
    }
)
_AGED = re.compile(r"\d{1,3}[\s-]?(?:years?|yrs?|yo|y/?o|m|f)\b|\bage[d]?\b")


@dataclass(frozen=True, slots=True)
class _Found:
    """Words in capitals that may be a name, and what stands around them."""

    start: int
    end: int
    parts: tuple[str, ...]
    before: str
    after: str


def names(read: Plain) -> Iterator[Span]:
    """Titled and patients' names are stopped; others are asked about beside talk of a patient."""
    text, low = read.text, read.low
    for found in _TITLED.finditer(text):
        group = found.lastindex or 1
        if found[group].split()[0].casefold() not in _NOT_TITLED:
            yield Span(found.start(), found.end(group), Kind.NAME, Tier.STOP)
    for found in _SMALL.finditer(low) if "name" in low or "called" in low else ():
        words = [each.strip(".") for each in found[1].split()]
        if words[0] in GIVEN or (not NO_NAME & set(words) and "name" in found[0]):
            yield Span(*found.span(1), Kind.NAME, Tier.STOP)
    about = [each.start() for each in _ABOUT.finditer(low)]
    if about:
        yield from _untitled(read, about)
        yield from _initials(read)


_NOT_TITLED = frozenset(
    {"imaging", "spectroscopy", "angiography", "enterography", "guided", "elastography", "patients"}
)


def _untitled(read: Plain, about: list[int]) -> Iterator[Span]:
    for match in _NAME.finditer(read.text):
        found = _taken_apart(read, match)
        if found is None or not _is_near(about, found.start):
            continue
        tier = _tier(found)
        if tier:
            yield Span(found.start, found.end, Kind.NAME, tier)


def _taken_apart(read: Plain, match: re.Match[str]) -> _Found | None:
    """The name without the words before it that begin a sentence or name a thing."""
    start, words = match.start(), match[0].split(" ")
    while len(words) > 1 and words[0].casefold() in NO_NAME | {
        "for",
        "mr",
        "mrs",
        "ms",
        "hi",
        "re",
    }:
        start += len(words[0]) + 1
        words = words[1:]
    while (
        len(words) > 1
        and words[-1].strip(".").casefold() in NO_NAME
        and len(words[-1].strip(".")) > 1
    ):
        words = words[:-1]
    end = start + len(" ".join(words))
    if len(words) < 2:  # noqa: PLR2004 - one word is no name by itself
        return None
    return _Found(
        start, end, tuple(words), read.low[max(0, start - 30) : start], read.low[end : end + 24]
    )


def _tier(found: _Found) -> Tier | None:
    """How sure it is that this is a patient's name; None if it seems to be something else."""
    if _is_other(found):
        return None
    by_doctor = _CARE_OF.search(found.before)
    given = found.parts[0].casefold().split("-")[0] in GIVEN
    initialled = len(found.parts[-1].strip(".")) == 1 or len(found.parts[0].strip(".")) == 1
    if by_doctor:
        return Tier.ASK
    plausible = given or not {each.strip(".").casefold() for each in found.parts} & NO_NAME
    if plausible and _PATIENT.search(found.before):
        sure = given or _NAMED.search(found.before) or _GOES_ON.match(found.after)
        return Tier.STOP if sure else Tier.ASK
    if given or (plausible and _PERSON.search(found.before)):
        return Tier.ASK
    appositive = found.before.rstrip(" ").endswith(",") and found.after[:1] in ",("
    return Tier.ASK if plausible and initialled and appositive else None


# After the name of one person, not of a scale or a programme.
_GOES_ON = re.compile(
    r"[,;.(]|'s\b|[ ](?:who|is|was|has|had|seen|admitted|with|w/|aged?|dob|from|presented)\b"
)
_NAMED = re.compile(r"named?|called|known[ ]as|goes[ ]by")


def _is_other(found: _Found) -> bool:
    """An eponym, a house of care, a saint."""
    if found.before.endswith(("st. ", "mt. ", "@")) or _FACILITY.fullmatch(found.parts[-1]):
        return True
    if " ".join(found.parts[:2]).casefold() in NO_PERSON:
        return True
    after = _AFTER.match(found.after)
    if after is None:
        return False
    word = (after[1] or after[2] or "").casefold()
    return not (after[1] or after[2]) or word in AFTER_EPONYM


def _is_near(about: list[int], start: int) -> bool:
    at = bisect_left(about, start)
    return any(abs(about[each] - start) <= NEAR for each in (at - 1, at) if 0 <= each < len(about))


def _initials(read: Plain) -> Iterator[Span]:
    for found in _INITIALS.finditer(read.text):
        if re.sub(r"\W", "", found[0]).casefold() in _NO_INITIALS:
            continue
        if _AGED.search(read.low, max(0, found.start() - 30), found.end() + 30):
            yield Span(found.start(), found.end(), Kind.INITIALS, Tier.ASK)
