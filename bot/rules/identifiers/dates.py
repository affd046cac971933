"""Dates that name a day or a month, and ages that few reach."""

import re
from collections.abc import Iterator

from bot.rules.identifiers.plain import Plain
from bot.rules.identifiers.spans import Kind, Span, Tier

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?(?:st|nd|rd|th))?"
# Beginning with the digit itself, the search is several times faster.
_DAY_AHEAD = (
    r"\d(?<![\w.,/-]\d)(?:(?<=[12])\d|(?<=3)[01]|(?<=0)[1-9]|(?<!0))(?:\s?(?:st|nd|rd|th))?"
)
_YEAR = r"(?:(?:19|20)\d\d\b|'\s?\d\d\b)"
_AMOUNT = r"(?!\s?(?:mg|mcg|µg|ug|g|kg|ml|l|cm|mm|units?|iu|%|x|mmol|mol|fr|gy)\b|\s?%)"

# March 5th, 2023; March 5; March 2023
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})(?:\s{{0,3}}(?:the\s)?({_DAY})\b(?!\s?[:/]\d)(?:\s?,?\s{{0,3}}(?:of\s"
    rf"|in\s)?({_YEAR}))?"
    rf"|,?\s{{0,3}}(?:of\s)?({_YEAR}))"
)
# 5th of March 2023, 5-Mar-23, 5 March
_DAY_FIRST = re.compile(
    rf"{_DAY_AHEAD}(?:\s(?:day\s)?of)?[\s/-]{{0,3}}({_MONTH})(?:[\s,/-]{{0,3}}({_YEAR}|\d\d\b"
    rf"(?!:)))?"
)
# 3/5/2023, 05.03.2023, 5-3-23
_NUMBERS = re.compile(
    r"(\d(?<![\w./-]\d)\d?)\s?([/.-])\s?(\d{1,2})\s?\2\s?((?:19|20)?\d\d)(?![\w/-]|\.\d)" + _AMOUNT
)
# 2023-03-05
_YEAR_FIRST = re.compile(
    r"[12](?<![\w./-].)[09]\d\d([/.-])(?:0?[1-9]|1[0-2])\1(?:3[01]|[12]\d|0?[1-9])(?![\d/-])"
)
# 03/2023
_MONTH_AND_YEAR = re.compile(
    r"\d(?<![\w./-]\d)(?:(?<=0)[1-9]|(?<=1)[0-2]|(?<!0))[/-](?:19|20)\d\d(?![\w/-]|\.\d)"
)
# seen on 08/22
_SHORT = re.compile(
    r"(\d(?<![\w./-]\d)\d?)/([0-3]?\d)(?![\w/-]|\.\d)"
    r"(?!\s?(?:of|tab|dose|day|arm|pain|lesion|node|sample|case|patient|time|week|cycle)|\s?[%x])"
)
_HAPPENED = re.compile(
    r"\b(?:on|since|until|till|dated?|visit(?:ed)?|admit(?:ted)?|seen|born|dob|surgery|scan"
    r"|clinic)[\s:]{1,3}$"
)
_LAST = re.compile(
    rf"\b(?:last|this\spast|this)\s((?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    rf"|{_MONTH}(?!\s(?:be|have|not|help)\b))"
)
_BIRTH = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|(?:date\sof\s)?birth(?:\s?da(?:te|y))?|born(?:\son)?|b-?day)"
    r"[\s:=\-(]{0,4}(?:is\s|on\s|was\s)?$"
)
# Eight digits are a date of birth only where it says so.
_BIRTH_DIGITS = re.compile(
    r"\b(?:d\.?o\.?b\b\.?|date\sof\sbirth|born)[\s:=\-(]{0,4}(?:is\s|on\s)?(\d{8}|\d{6})\b"
)

_OVER = re.compile(r"(?:over|above|than|beyond|least|until|up\sto|reach(?:ed|ing)?|[>≥<=])\s?$")
# 94-year-old, 94 y/o, 94 years of age, 94m w/ …
_AGE = re.compile(
    r"[91](?<![\w.,/-].)(?:(?<=9)\d|[0-2]\d)(?:[\s-]{0,2}(?:years?|yrs?|y)[\s-]{0,2}(?:olds?|o"
    r"|of\sage)\b|\s?y[./\s]?o\b"
    r"|\s?(?:m|(?<=9[0-4])f)(?=\s(?:w/|with|c/o|p/w|s/p|pt|patient|presenting|who|on|h/o)))"
)
_AGED = re.compile(
    r"\b(?:aged?|age\sof|age\sis|turn(?:s|ed|ing))[\s:]{0,2}(?:9\d|1[0-2]\d)\b"
    r"(?![%./-]\d|\s?(?:%|mg|ml|or\b|and\s(?:over|older|above)|\+))"
)
_AGE_IN_WORDS = re.compile(
    r"\b(?:ninety|(?:a|one)[\s-]hundred)(?:[\s-](?:and[\s-])?(?:one|two|three|four|five|six"
    r"|seven|eight|nine))?"
    r"[\s-]years?[\s-]old\b"
)


def dates(read: Plain) -> Iterator[Span]:
    """A whole date is stopped; one without its year, or a month and year, is asked about."""
    yield from _in_words(read)
    yield from _in_figures(read.low)


def _in_words(read: Plain) -> Iterator[Span]:
    """March 5th, 2023; the 5th of March; March 2023; last March."""
    low = read.low
    for found in _MONTH_FIRST.finditer(low):
        _, day, year, year_alone = found.groups()
        if day and year:
            yield _whole(low, found)
        elif not _is_word(read, found):
            kind = Kind.MONTH if year_alone else Kind.DATE
            yield _asked_or_birth(low, found, kind)
    for found in _DAY_FIRST.finditer(low):
        if found[2]:
            yield _whole(low, found)
        elif not _is_word(read, found):
            yield _asked_or_birth(low, found, Kind.DATE)
    for found in _LAST.finditer(low) if "last " in low or "this " in low else ():
        if not _is_word(read, found):
            yield Span(*found.span(), Kind.DATE, Tier.ASK)


def _in_figures(low: str) -> Iterator[Span]:
    """3/5/2023, 2023-03-05, 03/2023, seen on 3/5."""
    for found in _NUMBERS.finditer(low):
        if _is_date(int(found[1]), int(found[3]), found[2], found[4]):
            yield _whole(low, found)
    for found in _YEAR_FIRST.finditer(low):
        yield _whole(low, found)
    for found in _MONTH_AND_YEAR.finditer(low):
        yield _asked_or_birth(low, found, Kind.MONTH)
    for found in _SHORT.finditer(low):
        happened = _HAPPENED.search(low[max(0, found.start() - 14) : found.start()])
        if happened and _is_date(int(found[1]), int(found[2]), "/", "year"):
            yield _asked_or_birth(low, found, Kind.DATE)
    for found in _BIRTH_DIGITS.finditer(low):
        yield Span(*found.span(1), Kind.BIRTH, Tier.STOP)


def ages(read: Plain) -> Iterator[Span]:
    """Ages of 90 and more; not "over 90", which is what may be said of them."""
    low = read.low
    patterns = [_AGE]
    if " age" in low or low.startswith("age") or "turn" in low:
        patterns.append(_AGED)
    if "ninety" in low or "hundred" in low:
        patterns.append(_AGE_IN_WORDS)
    for pattern in patterns:
        for found in pattern.finditer(low):
            if not _OVER.search(low[max(0, found.start() - 10) : found.start()]):
                yield Span(*found.span(), Kind.AGE, Tier.STOP)


def _is_word(read: Plain, found: re.Match[str]) -> bool:
    """`may` and `mar` are words and measures as well; without a year only `May` is a month."""
    month = read.text[found.start(1) : found.end(1)]
    return month in ("may", "mar", "march", "MAR", "SEP", "DEC")


def _is_date(first: int, second: int, sign: str, year: str) -> bool:
    """Whether two numbers are a day and a month; a version has points and no long year."""
    if sign == "." and len(year) == 2:  # noqa: PLR2004 - a year in short
        return False
    return 1 <= min(first, second) <= 12 and max(first, second) <= 31  # noqa: PLR2004 - months, days


def _is_birth(text: str, start: int) -> bool:
    return _BIRTH.search(text[max(0, start - 28) : start]) is not None


def _whole(text: str, found: re.Match[str]) -> Span:
    kind = Kind.BIRTH if _is_birth(text, found.start()) else Kind.DATE
    return Span(*found.span(), kind, Tier.STOP)


def _asked_or_birth(text: str, found: re.Match[str], kind: Kind) -> Span:
    if _is_birth(text, found.start()):
        return Span(*found.span(), Kind.BIRTH, Tier.STOP)
    return Span(*found.span(), kind, Tier.ASK)
