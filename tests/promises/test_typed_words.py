"""Promise 23: what people type mentions nobody, links nowhere, formats nothing, breaks no layout.

Proved on every message, form and Home; `test_keeping_apart` sends some through the whole bot.
"""

import dataclasses
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.views.blocks import Message, plain, safe, typed
from bot.views.consults import forms
from bot.views.endorsements import endorse_form, endorsed, endorsement_card
from bot.views.home import Standing, home
from bot.views.members import expert_form, expert_saved
from bot.views.programme import Overview, dead_letters, panel
from storage.records import (
    Consult,
    ConsultState,
    Delivery,
    DeliveryState,
    DetailState,
    Draft,
    Endorsement,
    EndorsementState,
    Expert,
    Offer,
    OfferState,
    Outcome,
    Step,
    Topic,
    WorkingHours,
)
from tests.support.cards import (
    NOON,
    OURS,
    PEOPLE,
    closed,
    consult,
    detail,
    every_message,
    every_relayed,
    faults_of,
    faults_of_message,
    helped,
    marked_up,
    objects,
    offer,
)

NASTY = (
    "<!channel>", "<!here>", "<@U0EVIL>", "<#C0EVIL|general>", "<http://evil.example|Accept>",
    "http://evil.example", "@everyone", "@channel", "#general", "*bold*", "_it_", "~no~", "`code`",
    "```\nblock\n```", "\n> quoted", ":tada:", "&lt;!channel&gt;", "&amp;", "<", ">", "&", "\u202e",
    "\u2066", "\u200b", "\ufeff", "\ud800", "\0", "\x1b[31m", "\r\n", "\n\n\n\n", "&<>*" * 20,
)  # fmt: skip
anything = st.lists(
    st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=()), max_size=9), max_size=4
).map("".join)
# What handlers let in: at most Slack's own limit of a field.
words = anything.map(lambda each: each[:3000])
names = anything.map(lambda each: each[:60] or "x")
topics = st.lists(
    st.builds(Topic, st.integers(1, 999), names, fallback_channel=st.sampled_from([None, "C0ONC"])),
    max_size=5,
    unique_by=lambda each: each.id,
).map(tuple)
nasty_consults = st.builds(
    consult,
    question=words,
    tried=words,
    answer=st.none() | words,
    state=st.sampled_from(ConsultState),
    step=st.sampled_from(Step),
    expert=st.sampled_from([None, "U0ADA"]),
    admin=st.sampled_from([None, "U0IVY"]),
    outcome=st.sampled_from([None, *Outcome]),
    topics=topics,
    anonymous=st.booleans(),
    revealed_at=st.sampled_from([None, NOON]),
    details=st.lists(
        st.builds(
            detail,
            st.sampled_from(DetailState),
            question=words.map(lambda each: each[:1000] or "x"),
            answer=st.none() | words.map(lambda each: each[:1000] or "x"),
        ),
        max_size=7,
    ).map(tuple),
    names_personal=st.booleans(),
)
nasty_offers = st.lists(
    st.builds(
        offer,
        st.sampled_from(OfferState),
        st.sampled_from(PEOPLE),
        partial=st.booleans(),
        rests_until=st.sampled_from([None, NOON]),
        forwarded_to=st.sampled_from(PEOPLE),
        thought_of_by=st.sampled_from([None, *PEOPLE]),
    ),
    max_size=8,
)
nasty_experts = st.builds(
    Expert,
    st.sampled_from(PEOPLE),
    words.map(lambda each: each[:200]),
    st.integers(1, 50),
    st.builds(WorkingHours, st.integers(0, 700), st.integers(701, 1440)),
    st.sampled_from([None, NOON - 1, NOON + 60, NOON + 50 * 365 * 86400]),
    topics,
)
nasty_rows = st.builds(
    Delivery, st.integers(1, 99), st.just("T0"), st.just("offer-card/17/U0ADA"), st.just("m"),
    st.just(DeliveryState.DEAD), st.just(1), st.just(9), st.just(NOON), reason=st.none() | words,
)  # fmt: skip
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Signs that format, but for those of our own sentences.
OURS_FORMATTED = re.compile(
    r"`/mentor[a-z ]*(@colleague)?`|\*(It waits for an admin\.|Formal|Informal|Spot|Peer)\*"
)
FORMATTING = re.compile(r"[*_~`](?!\u200b)")
LIVE = re.compile(r"[@#](?!\u200b|[UC]0)|://|:(?!\u200b)[\w+-]+:|(^|\n)&gt;")


def read_as_markup(markup: str) -> list[str]:
    """What Slack would make something of, that is not ours."""
    rest = OURS_FORMATTED.sub("", OURS.sub("", markup))
    found = re.findall(r"<[^>]*>?|>", rest)
    found += [each.group() for each in LIVE.finditer(rest)]
    return found + FORMATTING.findall(rest)


def check(name: str, shown: Message) -> None:
    for markup in marked_up(shown):
        assert read_as_markup(markup) == [], name
    assert faults_of_message(shown) == [], name
    shown.text.encode()
    for each in objects(shown.blocks):
        if isinstance(each.get("text"), str):
            each["text"].encode()
            assert not set(each["text"]) & set("\u202e\u2066\ufeff\0\x1b"), name


@few
@given(nasty_consults, nasty_offers, words)
def test_no_message_of_a_consult_is_harmed_by_what_was_typed(
    seen: Consult, offers: list[Offer], thanks: str
) -> None:
    helps = [helped(thanks=thanks, outcome=Outcome.PARTLY)]
    shown_in = every_message(seen, offers, helps) | every_relayed(seen, seen.question or "x")
    for name, shown in shown_in.items():
        check(name, shown)


@few
@given(
    offered=topics,
    state=st.sampled_from(EndorsementState),
    many=st.integers(1, 30),
    vouched=st.booleans(),
)
def test_no_word_about_a_colleague_is_harmed(
    *, offered: tuple[Topic, ...], state: EndorsementState, many: int, vouched: bool
) -> None:
    about = [
        Endorsement("U0ADA", 1, PEOPLE[number % 4], state, not vouched, NOON)
        for number in range(many)
    ]
    for topic in offered:
        check("endorsement", endorsement_card(topic, about, takes=vouched))
    check("endorsed", endorsed("U0ADA", offered))


@few
@given(st.lists(nasty_experts, max_size=5), topics, st.lists(nasty_rows, max_size=5))
def test_no_message_to_admins_is_harmed(
    experts: list[Expert], offered: tuple[Topic, ...], failed: list[Delivery]
) -> None:
    waiting = [consult(topics=offered, step=Step.ADMIN)] * 30
    check("panel", panel(Overview(offered, experts, waiting, failed, NOON)))
    check("dead letters", dead_letters(failed))
    for expert in experts:
        check("saved", expert_saved(expert))


@few
@given(nasty_consults, nasty_experts)
def test_home_is_not_harmed(seen: Consult, expert: Expert) -> None:
    many = [seen] * 30
    asked = [(seen, [offer()])] * 30
    blocks = home(Standing("U0BEN", many, many, asked, expert, NOON)).to_api()["blocks"]
    assert faults_of(blocks, most=100) == []
    for markup in marked_up(Message("", blocks)):
        assert read_as_markup(markup) == []


@few
@given(nasty_consults, nasty_experts, topics)
def test_no_form_is_harmed(seen: Consult, expert: Expert, offered: tuple[Topic, ...]) -> None:
    draft = Draft(seen.question, seen.tried, tuple(each.id for each in offered))
    for form in (
        forms.ask_form(offered, draft, about_message=True),
        forms.change_form(offered, seen),
        forms.answer_form(seen),
        forms.detail_form(seen),
        forms.rest_form(seen, date(2026, 11, 24)),
        forms.forward_form(seen),
        *(forms.detail_answer_form(each) for each in seen.details),
        endorse_form(offered, "U0ADA"),
        expert_form(offered, expert, ["U0CAM"]),
    ):
        view = form.to_api()
        assert faults_of(view["blocks"], most=100) == []
        assert len(view["title"]["text"]) <= 24
        for markup in marked_up(Message("", view["blocks"])):
            assert read_as_markup(markup) == []
        assert view["private_metadata"] in ("", "17")


@pytest.mark.parametrize("each", NASTY, ids=range(len(NASTY)))
def test_typed_words_are_disarmed(each: str) -> None:
    assert read_as_markup(safe(f"{each} and {each}")) == []


@given(anything, st.integers(10, 200))
def test_disarmed_words_fit_and_no_escape_is_left_half(each: str, limit: int) -> None:
    short = safe(each, limit)
    assert len(short) <= limit
    assert not re.search(r"&(?!amp;|lt;|gt;)", short)


@given(anything)
def test_a_quotation_keeps_the_words_as_they_were_typed(each: str) -> None:
    quoted = typed(each)["elements"][0]["elements"][0]
    assert quoted["type"] == "text"
    assert 0 < len(quoted["text"]) <= 3000
    plain_words = "Is 5 < 6 & *really* `so`?"
    assert typed(plain_words)["elements"][0]["elements"][0]["text"] == plain_words


def test_what_was_typed_can_still_be_read_in_the_text() -> None:
    told = safe("5 < 6 & a*b").replace("\u200b", "")
    assert told == "5 &lt; 6 &amp; a*b"


def test_a_name_never_becomes_an_emoji() -> None:
    assert plain(":tada:")["emoji"] is False


LONGEST = [
    pytest.param("&" * 3000, id="escapes"),
    pytest.param("*_" * 1500, id="formatting"),
    pytest.param("🩺" * 3000, id="emoji"),
    pytest.param("x" * 40_000, id="forty thousand characters"),
    pytest.param("<@U0EVIL>\n" * 300, id="mentions"),
    pytest.param("e\u0301" * 1500, id="combining marks"),
]


@pytest.mark.parametrize("long", LONGEST)
def test_the_longest_words_still_fit(long: str) -> None:
    many = tuple(Topic(number, long[:60], fallback_channel="C0ONC") for number in range(20))
    asked = [detail(DetailState.ANSWERED, question=long[:1000], answer=long[:1000])] * 9
    seen = closed(
        Outcome.NO, question=long, tried=long, answer=long, topics=many, details=tuple(asked)
    )
    told = [helped(thanks=long[:1000], learned=long[:1000], outcome=Outcome.NO)]
    for changed in (seen, dataclasses.replace(seen, state=ConsultState.OPEN, step=Step.ADMIN)):
        hidden = dataclasses.replace(changed, anonymous=True)
        for seen_as in (changed, hidden):
            shown_in = every_message(seen_as, [offer()] * 8, told) | every_relayed(seen_as, long)
            for name, shown in shown_in.items():
                check(name, shown)
    expert = Expert("U0ADA", long[:200], 50, WorkingHours(), None, many * 5)
    row = Delivery(1, "T0", "x/1", "m", DeliveryState.DEAD, 1, 9, NOON, reason=long)
    check("panel", panel(Overview(many * 9, [expert] * 99, [seen] * 99, [row] * 99, NOON)))
    check("dead letters", dead_letters([row] * 99))
