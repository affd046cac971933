"""Street addresses, and towns and houses of care that somebody was at."""

import re
from collections.abc import Iterator

from bot.rules.identifiers.plain import Plain
from bot.rules.identifiers.spans import Kind, Span, Tier
from bot.rules.identifiers.words import AFTER_EPONYM, CITIES, FACILITY, NO_PLACE, STATES

_STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl"
    r"|Terrace|Parkway|Pkwy|Square|Sq|Highway|Hwy)\b\.?"
)
_CAP = r"[A-Z][\w'&.-]{0,24}"
# Beginning with the capital itself, the search is several times faster.
_CAP_AHEAD = r"[A-Z](?<!\w.)[\w'&.-]{0,24}"
_ADDRESS = re.compile(
    rf"\d(?<![\w.,/-]\d)\d{{0,4}}[A-Za-z]?\s(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?"
    rf"(?:\d{{1,3}}(?:st|nd|rd|th)\s|(?:{_CAP}\s){{1,3}}){_STREET}"
    rf"(?:,?\s(?:Apt|Unit|Suite|\#)\.?\s?\w{{1,5}})?"
    r"|\bP\.?\s?O\.?\sBox\s\d{1,6}"
)
_ADDRESS_SMALL = re.compile(
    r"\b(?:lives?\sat|living\sat|address(?:\sis)?|resid(?:es|ing)\sat|home)[\s:]{1,2}"
    r"(\d{1,5}\s\w[\w'.]{1,20}(?:\s\w[\w'.]{1,20}){1,3})"
)
_ZIP = re.compile(
    r"\b(?:zip|postal|post)\s?-?(?:code)?[\s:#]{1,3}(?:is\s|of\s)?(\d{5}(?:-\d{4})?"
    r"|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2})\b"
)
_STATE_ZIP = re.compile(rf",\s?(?:{STATES})\.?,?\s\d{{5}}(?:-\d{{4}})?\b")
_STREET_NAME = re.compile(
    rf"(?<=[a-z,]\s)(?:{_CAP}\s){{1,2}}(?:Street|Avenue|Road|Boulevard|Lane)\b"
)

_HOUSE = re.compile(
    rf"{_CAP_AHEAD}(?:\s(?:and|of|&|{_CAP})){{0,4}}?\s{FACILITY}\b\.?(?:\s(?:{FACILITY}|C"
    rf"(?:en)?t(?:e)?r\.?|System|Office|{_CAP})\b){{0,2}}"
)
_TOWN_STATE = re.compile(rf"{_CAP_AHEAD}(?:\s{_CAP}){{0,2}},\s?(?:{STATES})\b")
# seen at Riverside, admitted to UCX, presented to our Springfield office
_WENT = re.compile(
    r"\b(?:seen|admit(?:ted)?|treated|tx'?d|dx'?d|diagnosed|evaluated|assessed|reviewed"
    r"|presented|presenting|transferred"
    r"|discharged|followed|operated|checked\sin|hospitali[sz]ed|attend(?:ed|ing|s)?|visit(?:ed"
    r"|ing)?|surgery|procedure|scan(?:ned)?"
    r"|resid(?:es|ing|ent)|liv(?:es|ing)|follow-up|consult(?:ed)?|case|born|biops(?:y|ied)"
    r"|cared\sfor|care|monitored|appointment|visit)"
    r"\b[^.;?!\n]{0,48}?\s?(?:\b(?:at|to|from|visited|visiting|by)|@)\s?(?:the\s|our\s)?"
    rf"((?:(?:St|Mt)\.?\s)?{_CAP}(?:\s(?:(?:and|of|&)\s)?{_CAP}){{0,4}})"
)
_DOCTOR_AT = re.compile(
    rf"\bDr\.?\s(?:[A-Z][\w'-]{{0,20}}\.?\s){{1,3}}(?:at|from)\s?(?:the\s|our\s)?((?:(?:St"
    rf"|Mt)\.?\s)?{_CAP}(?:\s(?:(?:and|of|&)\s)?{_CAP}){{0,4}})"
)
_LED_TO = re.compile(r"\b(?:in|from|at|our|near|of|the|to|greater|visited|,)\s?$")
_IN_TOWN = re.compile(r"[A-Z](?<!\w.)[a-z]{2,14}(?:\s[A-Z][a-z]{2,12}){0,1}")
_PUBLISHED = re.compile(
    r"\b(?:guidelines?|recommendations?|stud(?:y|ies)|trials?|data|protocols?|criteria"
    r"|consensus|paper|published)\b"
    r"[^.;?!]{0,24}$"
)


def addresses(read: Plain) -> Iterator[Span]:
    """Where somebody lives: stopped."""
    text, low = read.text, read.low
    for found in _ADDRESS.finditer(text):
        yield Span(*found.span(), Kind.ADDRESS, Tier.STOP)
    for pattern, word in ((_ADDRESS_SMALL, " "), (_ZIP, "zip"), (_ZIP, "post")):
        for found in pattern.finditer(low) if word in low else ():
            yield Span(*found.span(1), Kind.ADDRESS, Tier.STOP)
    if "," in text:
        for found in _STATE_ZIP.finditer(text):
            yield Span(*found.span(), Kind.ADDRESS, Tier.STOP)


def places(read: Plain) -> Iterator[Span]:
    """Towns and houses of care: asked about."""
    text, low = read.text, read.low
    for found in _STREET_NAME.finditer(text):
        yield Span(*found.span(), Kind.PLACE, Tier.ASK)
    for found in _HOUSE.finditer(text):
        before = low[max(0, found.start() - 44) : found.start()]
        if _LED_TO.search(before) and not _PUBLISHED.search(before):
            yield Span(*found.span(), Kind.PLACE, Tier.ASK)
    for found in _TOWN_STATE.finditer(text):
        yield Span(*found.span(), Kind.PLACE, Tier.ASK)
    for found in (*_WENT.finditer(text), *_DOCTOR_AT.finditer(text)):
        parts = [each.strip(".,'") for each in found[1].casefold().split()]
        is_place = parts[0] not in NO_PLACE and parts[-1] not in AFTER_EPONYM
        if is_place and not found[1].startswith(("Dr", "Mr", "Ms", "Prof")):
            yield Span(*found.span(1), Kind.PLACE, Tier.ASK)
    for found in _IN_TOWN.finditer(text):
        name = found[0].casefold()
        town = name if name in CITIES else name.split()[0]
        before = low[max(0, found.start() - 9) : found.start()]
        if town in CITIES and _LED_TO.search(before):
            yield Span(found.start(), found.start() + len(town), Kind.PLACE, Tier.ASK)
