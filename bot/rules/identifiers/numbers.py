"""Numbers and codes of one person: telephone, records, insurance, addresses of computers."""

import re
from collections.abc import Iterator

from bot.rules.identifiers.plain import Plain
from bot.rules.identifiers.spans import Kind, Span, Tier

TRIED = 12  # rows of digits that are looked up; beyond these their shape alone decides

FEWEST = 3  # digits of a record's number
LONG_ENOUGH = 5  # digits of one that is not called a number

_CODE = r"\#?(?=[a-z-]{0,12}\d)[a-z0-9](?:[a-z0-9]|[-/](?=[a-z0-9])){2,24}"
_NAMED = (
    r"(?:[\s:#=.()\"'-]"
    r"|\b(?:ids?|no|nos|nr|numbers?|num|nbr|code|is|was|of|with|plan|policy|card)\b)"
)
# What says by itself that a number follows.
_SURE = (
    r"mrns?|m\.r\.n|med(?:ical)?[\s.]{1,2}rec(?:ord)?s?|emr|ehr|ssn|acct|account|nhs\s(?:no"
    r"|number)"
    r"|csn|accession|passport|beneficiary"
    r"|(?:medicare|medicaid|member|subscriber|insurance|insurer|ins|policy|health\splan|plan"
    r"|hmo|ppo"
    r"|health|payer|group|coverage|card)\s?(?:plan\s|policy\s|card\s)?(?:id|no\b|num|#)"
)
# What may as well be followed by a word: a number has to be named or to be long.
_PERHAPS = (
    r"insurance|insurer|ins|policy|hmo|ppo|medicare|medicaid|plan|member|subscriber|chart"
    r"|records?|file"
    r"|case|encounter|visit|hospital|patient|pt|specimen|identified\sas|identifier|ref"
    r"(?:erence|\.)?|code"
    r"|licen[cs]e|driver'?s|vin|plate|serial|device|badge|npi|dea|subject|participant|site|id"
    r"|study"
)
_CALLED = re.compile(
    rf"(?<![a-z0-9])(?=[a-il-nprsv])(?:({_SURE})|({_PERHAPS}))\b({_NAMED}{{0,8}}+)({_CODE})"
    rf"(?![\w@]|-\w)",
    re.IGNORECASE,
)
_PLANS = re.compile(
    r"medicare|medicaid|member|subscriber|ins|policy|plan|hmo|ppo|payer|group|coverage|card"
    r"|benef|health"
)
_RECORDS = re.compile(
    r"mrn|m\.r|med|emr|ehr|acct|account|nhs|csn|accession|chart|record|file|case|encounter"
    r"|visit|hospital"
    r"|patient|pt|specimen"
)
_NUMBERED = re.compile(r"[#:=]|\b(?:ids?|no|nos|nr|numbers?|num|nbr|code)\b")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-/](?:\d\d|(?:19|20)\d\d))?$")
_UNIT = re.compile(
    r"\s?(?:mg|mcg|g|kg|ml|l|cm|mm|units?|iu|%|/|days?|weeks?|months?|years?|yrs?|patients?"
    r"|pts|cells?|copies|cycles?|cases|participants|subjects|hours?|am|pm|x\d|gy|k|m|mmol"
    r"|/?mm3|per)\b|\s?[%/]"
)

# AB-123456, AB123456, 12345-AB, #AB123
_BARE = re.compile(
    r"(?<![\w.-])(?:\#?([A-Z]{1,5})-?\d{5,12}(?:-?[A-Z]{1,3})?|\d{5,12}-[A-Z]{1,5}"
    r"|\#[A-Z]{0,5}-?\d{4,12}(?:-[A-Z]{1,5})?)(?![\w-])"
)
# Names of substances under study, of trials and of entries in public lists.
_PUBLIC = frozenset(
    """
    nct isrctn pmid pmc cpt icd rs cosm eudract ctri actrn umin jprn drks crd omim mim hgnc ensg
    enst nm np ng xm chebi cas gse snomed loinc isbn issn doi rfc covid hla un
    pf ly bms gsk azd mk abt amg ro cc jnj medi bay tak sar ds incb cp ag gdc rg bgb shr ono
    regn abbv loxo blu tas sgn immu bi bibf tg arq xl kte jcar hm ap
    plx su zd pd sti cpx vx otx mek
    """.split()  # noqa: SIM905 - words read best as words
)
_BEFORE_PUBLIC = re.compile(
    r"\b(?:pmid|pmcid|nct|icd(?:[\s-]?\d{1,2})?(?:[\s-]?cm)?|cpt|hcpcs|doi|isbn|issn|omim"
    r"|snomed|loinc|rxcui|ndc"
    r"|trial|clinicaltrials\.gov|eudract|protocol|dbsnp|rs|chr\w{1,2}:)[\s:#.]{0,3}$"
)
_SLACK_ID = re.compile(r"[UWCDGTBFAS]0[A-Z0-9]{7,10}")
_LONG = re.compile(r"\d(?<![\w.,/+-]\d)\d{6,13}(?![\w,/-]|\.\d)")
_SSN = re.compile(r"\d(?<![\w-]\d)\d\d([-\s.])\d{2}\1\d{4}(?![\w-])")
_SSN_CALLED = re.compile(
    r"\b(?:ssn|social(?:\ssecurity)?)\b[\s:#]{0,3}(?:(?:no|number|is|last|four|4|digits|ends"
    r"|in)[\s:.]{1,2}){0,4}"
    r"(\d{3}[\s-]?\d{2}[\s-]?\d{4}|\d{4})\b"
)
# Rows of digits as people write telephone numbers.
_DIGITS = re.compile(
    r"[+(\d](?<![\w.,/+(-].)(?:(?<=\d)|\d)(?:[\s.()/-]{0,2}\d){6,15}(?![\w/-]|\.\d)(?:\s?(?:x"
    r"|ext\.?)\s?\d{1,6})?"
)
_AMERICAN = re.compile(r"(?:\+?1[\s.-]{0,2})?\(?\d{3}\)?[\s.-]{1,2}\d{3}[\s.-]\d{4}(?:\D.*)?$")
# Dates and social security numbers; rows of figures below one another.
_NO_TELEPHONE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}|[^\n]*\n.*", re.DOTALL)
_CALLING = re.compile(
    r"\b(fax|facsimile)?(?:tel(?:ephone)?|ph(?:one)?|cell|mobile|call(?:ed|s)?|contact|fax"
    r"|text|whatsapp|reach(?:ed)?"
    r"|pager|beeper|handy|hotline)\b[^\d]{0,24}$"
)
_FAX = re.compile(r"\bfax\b")
# Where a number without its country's code may be from, the likeliest first.
_REGIONS = ("US", "GB", "DE", "FR", "IN", "AU")

_IP = re.compile(
    r"\d(?<![\w.]\d)\d{0,2}\.(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){2}(?:25[0-5]|2[0-4]\d|1?\d?\d)"
    r"(?![\w]|\.\d)"
)
_IP_LONG = re.compile(
    r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::|[0-9a-f]{1,4})[0-9a-f:]{0,24}(?![\w:])"
)
_MAC = re.compile(r"(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])")
_LOCAL = re.compile(r"[\w.+%'-]{1,64}$")
_DOMAIN = re.compile(r"\s?[\w-]{1,63}(?:\s?\.\s?[a-z][\w-]{1,30}){1,4}")
_SPOKEN = re.compile(
    r"[\w.+-]{2,40}\s?[\[(<]?\s?\bat\b\s?[\])>]?\s?[\w-]{2,40}\s?[\[(<]?\s?\bdot\b\s?[\])>]?\s?"
    r"(?:com|org|net|edu|gov|io|info|[a-z]{2})\b"
)
_URL = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"'()\[\]|]{2,200}")
_ENDING = re.compile(r"\.(?:com|org|net|edu|gov|info|io)(?:/[^\s<>\"'()\[\]|]{0,200}|\b(?![\w@-]))")
_HOST = re.compile(r"(?<![\w@.-])[\w-]{1,40}(?:\.[\w-]{1,40}){0,3}$")
# Where literature and guidelines stand: no link into these leads to one person.
_LITERATURE = re.compile(
    r"(?:https?://)?(?:[\w-]{1,40}\.){0,3}(?:doi\.org|nih\.gov|nejm\.org|nccn\.org|asco\.org"
    r"|ascopubs\.org|esmo\.org"
    r"|thelancet\.com|jamanetwork\.com|nature\.com|bmj\.com|sciencedirect\.com|springer\.com"
    r"|wiley\.com"
    r"|cochrane\.org|cochranelibrary\.com|uptodate\.com|who\.int|cdc\.gov|fda\.gov|europa\.eu"
    r"|nice\.org\.uk"
    r"|clinicaltrials\.gov|cancer\.gov|cancer\.org|medscape\.com|mdcalc\.com|plos\.org"
    r"|wikipedia\.org)(?:[/?#].*)?"
)


def numbers(read: Plain) -> Iterator[Span]:
    """Every number or code of a person that the rules know."""
    low = read.low
    yield from _of_computers(low)
    for each in _SSN.finditer(low):
        yield Span(*each.span(), Kind.SSN, Tier.STOP)
    for each in _SSN_CALLED.finditer(low) if "ssn" in low or "social" in low else ():
        yield Span(*each.span(1), Kind.SSN, Tier.STOP)
    yield from _called(read)
    yield from _telephones(read)
    yield from _bare(read)


def _of_computers(low: str) -> Iterator[Span]:
    """Mail, links, addresses of networks and devices."""
    if "@" in low:
        yield from _mail(low)
    if " dot " in low or "dot)" in low or "dot]" in low:
        yield from (Span(*each.span(), Kind.EMAIL, Tier.STOP) for each in _SPOKEN.finditer(low))
    if "." in low:
        yield from _links(low)
        yield from (Span(*each.span(), Kind.IP, Tier.STOP) for each in _IP.finditer(low))
    yield from (Span(*each.span(), Kind.NUMBER, Tier.STOP) for each in _MAC.finditer(low))
    for each in _IP_LONG.finditer(low) if ":" in low else ():
        if not each[0].replace(":", "").isdigit():  # times of day
            yield Span(*each.span(), Kind.IP, Tier.STOP)


def _mail(low: str) -> Iterator[Span]:
    at = low.find("@")
    while at >= 0:
        domain = _DOMAIN.match(low, at + 1)
        local = _LOCAL.search(low[max(0, at - 64) : at].rstrip(" ")) if domain else None
        if local and domain and "<" not in low[max(0, at - 1) : at]:
            start = max(0, at - 64) + local.start()
            yield Span(start, domain.end(), Kind.EMAIL, Tier.STOP)
        at = low.find("@", at + 1)


def _links(low: str) -> Iterator[Span]:
    found = [each.span() for each in _URL.finditer(low)] if "://" in low or "www." in low else []
    for ending in _ENDING.finditer(low):
        host = _HOST.search(low[max(0, ending.start() - 80) : ending.start()])
        if host:
            found.append((ending.start() - len(host[0]), ending.end()))
    for start, end in found:
        if not _LITERATURE.fullmatch(low[start:end].rstrip(".,;:!?")):
            yield Span(start, end, Kind.URL, Tier.STOP)


def _called(read: Plain) -> Iterator[Span]:
    """What stands after `MRN`, `insurance ID` and the like."""
    low = read.low
    for found in _CALLED.finditer(low):
        sure, perhaps, between, code = found.groups()
        start, end = found.span(4)
        digits = sum(sign.isdigit() for sign in code)
        if digits < FEWEST or _UNIT.match(low, end) or _SLACK_ID.fullmatch(read.text[start:end]):
            continue
        if perhaps and not _NUMBERED.search(between + code[:1]) and digits < LONG_ENOUGH:
            continue
        if perhaps and _YEARS.match(code) and "#" not in between + code:
            continue
        if not (perhaps and _is_public(low, start, code)):
            start -= low[start - 1] == "#"
            yield Span(start, end, _kind_of(sure or perhaps), Tier.STOP)


def _kind_of(called: str) -> Kind:
    if called == "ssn":
        return Kind.SSN
    if _RECORDS.match(called):
        return Kind.RECORD
    return Kind.PLAN if _PLANS.match(called) else Kind.NUMBER


def _is_public(low: str, start: int, code: str) -> bool:
    letters = re.match(r"#?([a-z]+)", code)
    if letters and letters[1] in _PUBLIC:
        return True
    return _BEFORE_PUBLIC.search(low[max(0, start - 22) : start]) is not None


def _bare(read: Plain) -> Iterator[Span]:
    """Codes and long numbers that nothing names."""
    low = read.low
    for found in _BARE.finditer(read.text):
        code = found[0]
        if _SLACK_ID.fullmatch(code) or _is_public(low, found.start(), code.lower()):
            continue
        if not _UNIT.match(low, found.end()):
            yield Span(*found.span(), Kind.NUMBER, Tier.STOP)
    for found in _LONG.finditer(low):
        if not _UNIT.match(low, found.end()) and not _is_public(low, found.start(), found[0]):
            yield Span(*found.span(), Kind.NUMBER, Tier.ASK)


def _telephones(read: Plain) -> Iterator[Span]:
    low, tried = read.low, 0
    for found in _DIGITS.finditer(low):
        words, before = found[0], low[max(0, found.start() - 40) : found.start()]
        called = _CALLING.search(before)
        if not called and (words.isdigit() or not any(each in words for each in " -.()+/")):
            continue
        if _UNIT.match(low, found.end()) or _is_public(low, found.start(), words):
            continue
        known = bool(called or _AMERICAN.match(words))
        if not known and not _NO_TELEPHONE.fullmatch(words):
            tried += 1
            known = tried > TRIED or _is_telephone(words)
        if known:
            kind = Kind.FAX if called and _FAX.search(before) else Kind.PHONE
            yield Span(*found.span(), kind, Tier.STOP)


def _is_telephone(words: str) -> bool:
    """Whether some country gives such numbers."""
    # Loaded where it is first needed: it takes 80 ms, which a start can do without.
    import phonenumbers  # noqa: PLC0415

    for region in (None,) if words.startswith("+") else _REGIONS:
        if region and not words.startswith(("0", "(0")) and region != "IN":
            continue
        try:
            number = phonenumbers.parse(words, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) or (
            region is None and phonenumbers.is_possible_number(number)
        ):
            return True
    return False
