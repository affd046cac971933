from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.commands import Command, Name, parse
from bot.rules.words import clean, words_of

TODAY = date(2026, 11, 24)  # a Tuesday


def test_a_question_gives_its_tags_and_loses_them_at_its_end() -> None:
    assert parse("how do I taper steroids? #immunotherapy #Steroids", TODAY) == Command(
        Name.ASK, "how do I taper steroids?", ("immunotherapy", "steroids")
    )


def test_a_tag_in_the_middle_stays_part_of_the_sentence() -> None:
    asked = parse("is #immunotherapy safe after transplant?", TODAY)
    assert asked.text == "is #immunotherapy safe after transplant?"
    assert asked.tags == ("immunotherapy",)


@pytest.mark.parametrize("typed", ["<@U1|bo> how do I start?", "<@U1>, how do I start?"])
def test_a_colleague_named_first_is_the_one_wanted(typed: str) -> None:
    asked = parse(typed, TODAY)
    assert (asked.user, asked.text) == ("U1", "how do I start?")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("", Name.FORM),
        ("help", Name.HELP),
        ("STATUS", Name.STATUS),
        ("expert", Name.EXPERT),
        ("pause", Name.PAUSE),
        ("resume", Name.RESUME),
        ("admin", Name.ADMIN),
        ("notes", Name.NOTES),
        ("Notes #lung-cancer", Name.NOTES),
    ],
)
def test_a_command_alone_is_that_command(typed: str, name: Name) -> None:
    assert parse(typed, TODAY).name is name


@pytest.mark.parametrize(
    "typed",
    [
        "status of my grant application?",
        "notes on a difficult talk, how do you write them? #writing",
        "help me with a difficult family meeting",
        "expert opinion on re-irradiation?",
        "pause pembrolizumab before surgery?",
        "admin burden is eating my week, what do you do?",
    ],
)
def test_a_command_word_that_begins_a_sentence_is_a_question(typed: str) -> None:
    assert parse(typed, TODAY).name is Name.ASK


@pytest.mark.parametrize(
    ("typed", "nearest"), [("hlep", "help"), ("staus", "status"), ("puase", "pause")]
)
def test_a_typo_gets_the_nearest_command(typed: str, nearest: str) -> None:
    assert parse(typed, TODAY) == Command(Name.UNKNOWN, nearest)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("pause until friday", date(2026, 11, 27)),
        ("pause until tuesday", date(2026, 12, 1)),
        ("pause tomorrow", date(2026, 11, 25)),
        ("pause 2 weeks", date(2026, 12, 8)),
        ("pause for a week", date(2026, 12, 1)),
        ("pause for two weeks", date(2026, 12, 8)),
        ("pause until 2027-01-15", date(2027, 1, 15)),
    ],
)
def test_a_pause_says_until_when(typed: str, until: date) -> None:
    assert parse(typed, TODAY) == Command(Name.PAUSE, until=until)


@pytest.mark.parametrize(
    "typed",
    [
        "pause until 2020-01-01",
        "pause until whenever",
        "pause until the end of november",
        "pause for a fortnight",
    ],
)
def test_a_pause_until_no_date_is_said_to_be_misread(typed: str) -> None:
    assert parse(typed, TODAY).misread


def test_a_pause_that_is_asked_about_is_a_question() -> None:
    assert parse("pause until counts recover?", TODAY).name is Name.ASK


@pytest.mark.parametrize(
    ("typed", "name"), [("help?", Name.HELP), ("Status!", Name.STATUS), ("circles.", Name.CIRCLES)]
)
def test_a_command_may_end_as_a_sentence_does(typed: str, name: Name) -> None:
    assert parse(typed, TODAY) == Command(name)


def test_what_slack_escaped_is_what_was_typed() -> None:
    assert parse("is p &lt; 0.05 &amp; n = 5 enough?", TODAY).text == "is p < 0.05 & n = 5 enough?"


@given(st.text(max_size=300))
def test_anything_typed_is_something(typed: str) -> None:
    asked = parse(typed, TODAY)
    assert asked.name in set(Name)
    assert "\u202e" not in asked.text


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)


def test_words_are_told_apart_from_chatter() -> None:
    assert words_of("How do I taper the steroids?") == {"taper", "steroid"}
