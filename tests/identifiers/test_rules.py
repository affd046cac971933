"""What the rules find, what always passes, and that no disguise and no length defeats them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.identifiers import MOST, Kind, Span, Tier, find

ALWAYS_PASS = [
    "T2N1M0", "ER+/PR-", "C3D1", "cycle 2 day 15", "q3w ×6", "75 mg/m2", "1000/500/125 mg",
    "BP 120/80", "L858R", "c.5266dupC", "p.Gln1756fs", "PD-L1 80%", "NCT01234567", "PMID 31562797",
    "ICD-10 C50.911", "CPT 99213", "NCCN v4.2023", "KEYNOTE-189", "Wilson", "Graves", "Crohn",
    "Parkinson", "Hodgkin", "age 89", "Dr Patel", "2021", "#peds", "U024BE7LH", "C0G9QF9GZ",
    "<@U024BE7LH|Jane Doe>", "<#C0G9QF9GZ|boston>", "Lou Gehrig's disease", "Ann Arbor stage III",
    "MK-3475", "PF-06463922", "CheckMate-067", "platelets 250000", "temp 98F", "over 90 years old",
    "neutrophils 1500", "GCS 14/15", "days 1, 8, 15", "may 15 mg", "1/2 tablet", "MS drugs",
    "mRS score 2", "MR imaging", "60 Gy in 30 fractions", "10^9/L", "95% CI 0.60-0.85", "24/7",
    "rs1800566",
    "https://doi.org/10.1056/NEJMoa1801005", "https://www.nccn.org/guidelines", "chr17:41276045",
    "NM_007294.3", "weeks 12/24", "Hepatitis C", "vitamin D", "Child-Pugh B", "2019-2021",
    "Marie Curie", "Karl Fischer titration", "study of 1234567 patients", "COVID-19",
]  # fmt: skip
AROUND = ["{}", "Is {} relevant here?", "A 64-year-old male patient with {} on treatment."]

FOUND = [
    # what, kind, tier
    ("Mr. Quill", Kind.NAME, Tier.STOP),
    ("Mrs Okafor", Kind.NAME, Tier.STOP),
    ("Ms. Anna-Lena Brück", Kind.NAME, Tier.STOP),
    ("patient Bob Quill", Kind.NAME, Tier.STOP),
    ("a pt named Xiu Zhang", Kind.NAME, Tier.STOP),
    ("patient name: thea ostrom", Kind.NAME, Tier.STOP),
    ("a 61-year-old man, Peter Quill, on warfarin", Kind.NAME, Tier.ASK),
    ("62yo female, Tess O., with asthma", Kind.NAME, Tier.ASK),
    ("my patient, seen by Dr. Emil Novak", Kind.NAME, Tier.ASK),
    ("62yo J.S. with asthma", Kind.INITIALS, Tier.ASK),
    ("DOB: 04/22/1955", Kind.BIRTH, Tier.STOP),
    ("born on 3 May 1961", Kind.BIRTH, Tier.STOP),
    ("DOB 19550422", Kind.BIRTH, Tier.STOP),
    ("March 5th, 2023", Kind.DATE, Tier.STOP),
    ("the 5th of March 2023", Kind.DATE, Tier.STOP),
    ("17-Feb-2023", Kind.DATE, Tier.STOP),
    ("Aug 10, '23", Kind.DATE, Tier.STOP),
    ("3/5/23", Kind.DATE, Tier.STOP),
    ("05.03.2023", Kind.DATE, Tier.STOP),
    ("2023-03-05", Kind.DATE, Tier.STOP),
    ("on Feb 22nd", Kind.DATE, Tier.ASK),
    ("seen on 08/22", Kind.DATE, Tier.ASK),
    ("last Friday", Kind.DATE, Tier.ASK),
    ("January 2023", Kind.MONTH, Tier.ASK),
    ("03/2023", Kind.MONTH, Tier.ASK),
    ("a 94-year-old", Kind.AGE, Tier.STOP),
    ("97 y/o", Kind.AGE, Tier.STOP),
    ("aged 101", Kind.AGE, Tier.STOP),
    ("ninety-four-year-old", Kind.AGE, Tier.STOP),
    ("555-010-4477", Kind.PHONE, Tier.STOP),
    ("(555) 010-4477 ext. 12", Kind.PHONE, Tier.STOP),
    ("+49 30 901820", Kind.PHONE, Tier.STOP),
    ("020 7946 0958", Kind.PHONE, Tier.STOP),
    ("call her on 0170 1234567", Kind.PHONE, Tier.STOP),
    ("fax records to 555-010-4477", Kind.FAX, Tier.STOP),
    ("t.quill@example.org", Kind.EMAIL, Tier.STOP),
    ("quill at example dot org", Kind.EMAIL, Tier.STOP),
    ("https://portal.example.org/p/7731", Kind.URL, Tier.STOP),
    ("www.quill-family.net", Kind.URL, Tier.STOP),
    ("203.0.113.9", Kind.IP, Tier.STOP),
    ("2001:db8:0:0:1:0:0:1", Kind.IP, Tier.STOP),
    ("078-05-1120", Kind.SSN, Tier.STOP),
    ("social security number ends in 1120", Kind.SSN, Tier.STOP),
    ("MRN 55120", Kind.RECORD, Tier.STOP),
    ("medical record number QX-551209", Kind.RECORD, Tier.STOP),
    ("acct #88120", Kind.RECORD, Tier.STOP),
    ("insurance ID: 88120077", Kind.PLAN, Tier.STOP),
    ("her policy number is ZZ-551209", Kind.PLAN, Tier.STOP),
    ("ref. code: QQ-2554", Kind.NUMBER, Tier.STOP),
    ("QX-551209", Kind.NUMBER, Tier.STOP),
    ("licence no D5512099", Kind.NUMBER, Tier.STOP),
    ("the number 55120988", Kind.NUMBER, Tier.ASK),
    ("12 Larch Street", Kind.ADDRESS, Tier.STOP),
    ("lives at 12 larch lane north", Kind.ADDRESS, Tier.STOP),
    ("zip code 94103", Kind.ADDRESS, Tier.STOP),
    ("PO Box 112", Kind.ADDRESS, Tier.STOP),
    ("seen at Larchfield Clinic", Kind.PLACE, Tier.ASK),
    ("admitted to QXMC", Kind.PLACE, Tier.ASK),
    ("from Glasgow", Kind.PLACE, Tier.ASK),
    ("lives in Larchfield, OH", Kind.PLACE, Tier.ASK),
]  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("words", ALWAYS_PASS)
def test_what_clinicians_write_every_day_passes(words: str, around: str) -> None:
    assert find(around.format(words)) == ()


@pytest.mark.parametrize(("words", "kind", "tier"), FOUND)
def test_what_identifies_a_patient_is_found(words: str, kind: Kind, tier: Tier) -> None:
    found = {(span.kind, span.tier) for span in find(f"Advice on {words}?")}
    assert (kind, tier) in found


def test_every_kind_is_found_by_some_rule() -> None:
    assert {kind for _, kind, _ in FOUND} == set(Kind)


DISGUISES = [
    pytest.param("０７８-０５-１１２０", id="full-width digits"),
    pytest.param("078\u201105\u20111120", id="another dash"),
    pytest.param("078\u200b-05\u200b-11\u200d20", id="zero-width signs"),
    pytest.param("\u202e078-05-1120", id="written backwards"),
    pytest.param("٠٧٨-٠٥-١١٢٠", id="Arabic digits"),
    pytest.param("078\u00a005\u00a01120", id="spaces that do not break"),
]


@pytest.mark.parametrize("words", DISGUISES)
def test_a_disguise_is_seen_through_and_the_mark_stands_on_what_was_typed(words: str) -> None:
    text = f"é Her number is {words}, how is it treated?"
    (span,) = (each for each in find(text) if each.kind in (Kind.SSN, Kind.PHONE))
    assert text[span.start : span.end] == words.lstrip("\u202e")


def test_a_date_in_arabic_digits_is_a_date() -> None:
    assert [each.kind for each in find("٠٣/٠٥/٢٠٢٣")] == [Kind.DATE]


def test_a_name_in_decomposed_letters_is_marked_whole() -> None:
    text = "For Mrs Jose\u0301fina Bru\u0308ck, what now?"
    (span,) = find(text)
    assert text[span.start : span.end] == "Mrs Jose\u0301fina Bru\u0308ck"


def test_what_is_certain_goes_before_what_is_asked() -> None:
    spans = find("patient Tess Quill, DOB 04/22/1955, from Glasgow")
    assert [span.tier for span in spans] == [Tier.STOP, Tier.STOP, Tier.ASK]


PIECES = st.sampled_from([words for words, _, _ in FOUND] + ALWAYS_PASS)
anything = st.lists(PIECES | st.text(max_size=12) | st.sampled_from("\u202e\u200bÅİﬁ\ud800é１<@>"),
                    max_size=12).map(" ".join)  # fmt: skip


@given(anything)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = find(text)
    ends = 0
    for span in spans:
        assert ends <= span.start < span.end <= len(text)
        ends = span.end
    assert list(spans) == sorted(spans)


@given(st.sampled_from(FOUND), st.text(st.sampled_from("abc ,.\n"), max_size=40))
def test_what_is_found_is_found_wherever_it_stands(
    piece: tuple[str, Kind, Tier], before: str
) -> None:
    words, kind, _ = piece
    assert kind in {span.kind for span in find(f"{before}. Advice on {words}?")}


# Each repeats what some rule begins with; none may take a rule more than a look at each place.
REPEATED = [
    "a", "A", "1", "1-", "1/", "1.", "a.", "a@", "@", "<@", "(", "+", ":", "ab:", "'", "-", "\n",
    "\u202e", "e\u0301", "İ", "é", "１", "mrn ", "id id ", "patient ", "Ab Cd ", "Ab of ", "jan ",
    "1 jan ", "www.", ".com", "tel 1 ", "1 Ab Ab ", "seen at ", "Dr. A. ", "Mr Ab ", "A. ", "1234 ",
    "patient called ab cd ", "Ab de la ", "a at b dot ", "12345678 ", "AB-12345 ", "born on 1/1 ",
    "95-year-old ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_twelve_thousand_signs_of_one_kind_come_to_an_end(piece: str) -> None:
    """A rule that looked again from each place would not: it would take hours."""
    assert len(find((piece * 12_000)[:12_000])) <= 6 * MOST


def test_a_text_full_of_names_ends_with_as_many_as_can_be_looked_at() -> None:
    assert len(find("Mrs Quill, " * 300)) == MOST


def test_no_pattern_is_anchored_to_a_whole_text_by_mistake() -> None:
    text = "Mrs Quill asks.\n\nHer MRN is 55120.\n"
    assert [text[each.start : each.end] for each in find(text)] == ["Mrs Quill", "55120"]


def test_a_span_is_a_value() -> None:
    assert Span(1, 2, Kind.NAME, Tier.ASK) == Span(1, 2, Kind.NAME, Tier.ASK)
    assert re.fullmatch(r"\w+", Kind.NAME)
