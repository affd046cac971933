"""What people see of a consult is true in every state, and carries everything in its text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.blocks import Message, date
from bot.views.consults import closing, ids, offers, status, talking, widened
from bot.views.message import message, shares
from storage.records import (
    Consult,
    ConsultState,
    DetailState,
    Offer,
    OfferState,
    Outcome,
    Step,
    Topic,
    TopicClass,
    Urgency,
)
from tests.support.cards import (
    ADA,
    BEN,
    CAM,
    IVY,
    NOON,
    accepted,
    action_ids,
    closed,
    consult,
    detail,
    every_message,
    helped,
    objects,
    offer,
)

WITHDRAWN = consult(state=ConsultState.WITHDRAWN, due_at=None)


def status_of(seen: Consult, *offers: Offer) -> str:
    return status.status_card(seen, offers).text


def test_the_status_card_says_with_whom_it_is_and_when_it_goes_further() -> None:
    text = status_of(consult(), offer(), offer(expert=CAM), offer(OfferState.PASSED, IVY))
    assert f"It is with <@{ADA}> and <@{CAM}>." in text
    assert f"<@{IVY}>" not in text
    assert date(NOON + 7200) in text


def test_the_status_card_names_a_partial_match_as_one() -> None:
    text = status_of(consult(), offer(), offer(expert=CAM, partial=True))
    assert f"(<@{CAM}>: a partial match)" in text


def test_a_card_on_which_all_match_partly_names_them_once() -> None:
    assert f"It is with <@{CAM}> (a partial match)." in status_of(
        consult(), offer(expert=CAM, partial=True)
    )
    two = status_of(consult(), offer(partial=True), offer(expert=CAM, partial=True))
    assert f"It is with <@{ADA}> and <@{CAM}> (partial matches)." in two


def test_the_status_card_says_that_it_waits_for_the_colleague_who_was_chosen() -> None:
    waits = consult(step=Step.WAITING, due_at=NOON, wanted_expert=CAM)
    assert f"<@{CAM}> is asked {date(NOON)}" in status_of(waits)
    assert f"<@{CAM}>" not in status_of(waits, offer(OfferState.PASSED, CAM))


@pytest.mark.parametrize(
    ("stage", "kind", "ahead"),
    [
        pytest.param(
            1, TopicClass.GENERAL, "the bot looks for more colleagues", id="more colleagues"
        ),
        pytest.param(2, TopicClass.GENERAL, "it is put to <#C0ONC>", id="the channel"),
        pytest.param(
            2, TopicClass.PERSONAL, "it goes to those who run the programme", id="never a channel"
        ),
        pytest.param(
            3, TopicClass.GENERAL, "it goes to those who run the programme", id="an admin"
        ),
    ],
)
def test_the_status_card_says_what_comes_next(stage: int, kind: TopicClass, ahead: str) -> None:
    topic = Topic(1, "confidence", kind, "C0ONC")
    seen = consult(stage=stage, urgency=Urgency.TODAY, topics=(topic,), due_at=NOON)
    assert f"If nobody takes it, {ahead} {date(NOON)}." in status_of(seen, offer())


def test_the_status_card_tells_in_order_whom_it_has_reached() -> None:
    text = status_of(consult(step=Step.FALLBACK_CHANNEL), offer())
    assert f"It is with <@{ADA}>. It has been put to <#C0ONC> as well. If nobody" in text
    assert "as well" not in status_of(consult(step=Step.FALLBACK_CHANNEL))


def test_the_status_card_says_that_it_waits_for_working_hours() -> None:
    assert f"waits for working hours: somebody who may know is asked {date(NOON)}" in status_of(
        consult(step=Step.WAITING, due_at=NOON)
    )


def test_the_status_card_never_claims_somebody_who_was_not_asked() -> None:
    for step in Step:
        text = status_of(consult(step=step, admin=IVY), offer(OfferState.PASSED))
        assert "It is with" not in text
        assert "  " not in text


def test_the_status_card_names_the_channel_and_then_the_admin() -> None:
    assert "<#C0ONC>" in status_of(consult(step=Step.FALLBACK_CHANNEL))
    assert f"<@{IVY}>" in status_of(consult(step=Step.ADMIN, admin=IVY, due_at=None))


def test_the_answer_stands_on_the_status_card() -> None:
    text = status_of(accepted(answer="Over six weeks"), offer(OfferState.ACCEPTED))
    assert f"Answer from <@{ADA}>: Over six weeks" in text


@pytest.mark.parametrize(
    ("seen", "offered"),
    [
        pytest.param(consult(), {ids.CHANGE, ids.ASK_ANONYMOUSLY, ids.WITHDRAW}, id="open"),
        pytest.param(
            consult(anonymous=True), {ids.CHANGE, ids.REVEAL, ids.WITHDRAW}, id="anonymous"
        ),
        pytest.param(
            consult(anonymous=True, revealed_at=NOON), {ids.CHANGE, ids.WITHDRAW}, id="revealed"
        ),
        pytest.param(
            accepted(anonymous=True, conversation=True),
            {ids.CLOSE, ids.RELEASE, ids.REVEAL},
            id="talking anonymously",
        ),
        pytest.param(closed(Outcome.SOLVED, anonymous=True), {ids.REVEAL}, id="solved anonymously"),
        pytest.param(
            consult(state=ConsultState.WITHDRAWN, anonymous=True), set(), id="withdrawn anonymously"
        ),
        pytest.param(accepted(), {ids.TALK, ids.CLOSE, ids.RELEASE}, id="answered by form"),
        pytest.param(accepted(conversation=True), {ids.CLOSE, ids.RELEASE}, id="talking"),
        pytest.param(closed(Outcome.SOLVED), set(), id="solved"),
        pytest.param(closed(Outcome.NO), {ids.ASK_OTHERS}, id="not solved"),
        pytest.param(WITHDRAWN, set(), id="withdrawn"),
    ],
)
def test_the_asker_is_offered_what_is_possible(seen: Consult, offered: set[str]) -> None:
    assert action_ids(status.status_card(seen, [])) == offered


@pytest.mark.parametrize("seen", [consult(), consult(step=Step.ADMIN), accepted()])
def test_decisions_on_a_patient_now_are_pointed_to_the_person_on_call(seen: Consult) -> None:
    assert "please call the person on call" in status_of(seen)


def test_nobody_is_said_to_have_helped_where_it_did_not_help() -> None:
    text = status_of(closed(Outcome.NO))
    assert "not solved" in text
    assert "helped" not in text


def test_an_expert_sees_everything_needed_to_decide() -> None:
    card = offers.offer_card(consult(), offer(partial=True))
    for words in (f"<@{BEN}>", "taper", "guideline", "immunotherapy", "today", "only a part"):
        assert words in card.text
    assert action_ids(card) == {
        ids.ACCEPT, ids.ANSWER_NOW, ids.NEED_DETAIL, ids.REST, ids.FORWARD, ids.PASS,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "state", "words"),
    [
        pytest.param(accepted(expert=CAM), OfferState.GONE, "Somebody else has taken", id="taken"),
        pytest.param(consult(), OfferState.GONE, "was changed", id="changed and routed anew"),
        pytest.param(WITHDRAWN, OfferState.GONE, "was withdrawn", id="withdrawn"),
        pytest.param(consult(), OfferState.PASSED, "quite all right", id="passed"),
        pytest.param(consult(), OfferState.RELEASED, "gone to others", id="given back"),
        pytest.param(closed(), OfferState.ACCEPTED, "it is closed", id="closed"),
    ],
)
def test_an_offer_that_is_over_says_so_kindly_and_without_the_question(
    seen: Consult, state: OfferState, words: str
) -> None:
    card = offers.offer_card(seen, offer(state))
    assert words in card.text
    assert "taper" not in card.text
    assert not action_ids(card)


@pytest.mark.parametrize(
    ("state", "expert", "words"),
    [
        pytest.param(DetailState.OPEN, ADA, "You have asked one detail.", id="mine waits"),
        pytest.param(DetailState.OPEN, CAM, "A colleague has asked", id="a colleague's waits"),
        pytest.param(DetailState.LAPSED, ADA, "No answer has come", id="mine came to nothing"),
        pytest.param(DetailState.CHANGED, ADA, "was changed since", id="changed instead"),
    ],
)
def test_an_expert_reads_how_it_stands_with_a_detail(
    state: DetailState, expert: str, words: str
) -> None:
    seen = consult(details=(detail(state, expert=expert),))
    card = offers.offer_card(seen, offer())
    assert words in card.text
    assert ids.ACCEPT in action_ids(card)
    assert ids.NEED_DETAIL not in action_ids(card)


def test_another_expert_may_ask_once_the_detail_of_a_colleague_is_settled() -> None:
    seen = consult(details=(detail(DetailState.ANSWERED, answer="Three", expert=CAM),))
    assert ids.NEED_DETAIL in action_ids(offers.offer_card(seen, offer()))


def test_while_a_detail_is_waited_for_the_asker_reads_no_date_at_which_it_widens() -> None:
    text = status_of(consult(details=(detail(),)), offer())
    assert f"<@{ADA}> has asked you one detail" in text
    assert f"until {date(NOON + 57600)}" in text
    assert "If nobody takes it" not in text


def test_the_asker_reads_who_is_asked_when_the_clock_next_looks() -> None:
    resting = offer(OfferState.RESTING, CAM, rests_until=NOON)
    text = status_of(consult(due_at=NOON), offer(), resting)
    assert f"If nobody takes it, <@{CAM}> is asked {date(NOON)}." in text
    later = status_of(consult(due_at=NOON - 60), offer(), resting)
    assert f"<@{CAM}>" not in later


def test_a_card_of_a_private_question_says_that_it_stays_private() -> None:
    private = consult(names_personal=True)
    for card in (offers.offer_card(private, offer()), status.status_card(private, [offer()])):
        assert "never put in a channel" in card.text
    assert "never put in a channel" not in offers.offer_card(consult(), offer()).text


def test_a_reason_for_passing_is_shown_to_nobody_who_asked() -> None:
    passed = offer(OfferState.PASSED, reason="Too busy with a grant")
    for name, shown in every_message(consult(), [passed]).items():
        assert "grant" not in str(shown), name


def test_a_reminder_needs_an_offer_that_is_still_open() -> None:
    reminder = offers.reminder(consult(), offer())
    assert reminder
    assert "taper" not in reminder.text
    assert offers.reminder(consult(), offer(OfferState.PASSED)) is None
    assert offers.reminder(accepted(expert=CAM), offer()) is None


def test_a_reminder_says_that_a_detail_is_waited_for() -> None:
    waiting = offers.reminder(consult(details=(detail(),)), offer())
    assert waiting
    assert "waits for one detail" in waiting.text


PERSONAL = (Topic(2, "burn-out", TopicClass.PERSONAL), Topic(1, "x", fallback_channel="C0ONC"))


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(accepted(step=Step.FALLBACK_CHANNEL), id="taken"),
        pytest.param(closed(step=Step.FALLBACK_CHANNEL), id="closed"),
        pytest.param(consult(step=Step.EXPERTS), id="routed anew"),
        pytest.param(consult(step=Step.FALLBACK_CHANNEL, topics=PERSONAL), id="made personal"),
        pytest.param(consult(step=Step.ADMIN, topics=PERSONAL), id="personal, with an admin"),
        pytest.param(consult(step=Step.FALLBACK_CHANNEL, names_personal=True), id="named"),
    ],
)
def test_a_channel_shows_a_question_only_while_it_may_be_taken_there(seen: Consult) -> None:
    card = widened.fallback_card(seen)
    assert "taper" not in str(card)
    assert "guideline" not in str(card)
    assert not action_ids(card)


def test_in_the_channel_anybody_can_take_it() -> None:
    card = widened.fallback_card(consult(step=Step.FALLBACK_CHANNEL))
    assert "taper" in card.text
    assert action_ids(card) == {ids.ACCEPT}


def test_an_admin_never_sees_the_words_and_sees_whom_they_put_it_to() -> None:
    seen = consult(step=Step.ADMIN, admin=IVY)
    card = widened.admin_card(seen, [offer(expert=CAM)])
    assert f"It is with <@{CAM}>" in card.text
    assert action_ids(card) == {ids.ACCEPT, ids.HAND_ON}
    assert card.blocks[-1]["block_id"] == "17"
    for shown in (card, widened.admin_card(accepted(), [])):
        assert "taper" not in str(shown)
        assert "guideline" not in str(shown)


def test_not_yet_moves_the_date_of_the_next_question() -> None:
    before = talking.silence_question(accepted(silence_asked=1, due_at=NOON + 100))
    after = talking.silence_question(accepted(silence_asked=1, due_at=NOON + 86400))
    assert f"I ask again {date(NOON + 100)}" in before.text
    assert f"I ask again {date(NOON + 86400)}" in after.text
    last = talking.silence_question(accepted(silence_asked=3, due_at=NOON))
    assert f"closes by itself {date(NOON)}" in last.text


def test_closing_asks_each_side_one_thing_and_then_no_more() -> None:
    assert action_ids(closing.closing_question_to_asker(closed())) == {ids.SAY_OUTCOME}
    assert not action_ids(closing.closing_question_to_asker(closed(Outcome.SOLVED)))
    assert action_ids(closing.closing_question_to_asker(closed(Outcome.NO))) == {ids.ASK_OTHERS}
    assert action_ids(closing.closing_question_to_expert(closed(), [helped()])) == {ids.SAY_EFFORT}
    told = closing.closing_question_to_expert(closed(), [helped(minutes=0)])
    assert not action_ids(told)


def test_the_expert_reads_the_thank_you() -> None:
    told = helped(outcome=Outcome.SOLVED, thanks="You saved my week")
    text = closing.closing_question_to_expert(closed(Outcome.SOLVED), [told]).text
    assert "You saved my week" in text
    assert "solved" in text


states = st.sampled_from(ConsultState)
seen_consults = st.builds(
    consult,
    state=states,
    step=st.sampled_from(Step),
    expert=st.sampled_from([None, ADA]),
    admin=st.sampled_from([None, IVY]),
    outcome=st.sampled_from([None, *Outcome]),
    answer=st.sampled_from([None, "Over six weeks"]),
    conversation=st.booleans(),
    due_at=st.sampled_from([None, NOON]),
    silence_asked=st.integers(0, 3),
    names_personal=st.booleans(),
    details=st.lists(
        st.builds(
            detail,
            st.sampled_from(DetailState),
            answer=st.sampled_from([None, "Grade three"]),
            expert=st.sampled_from([ADA, CAM]),
        ),
        max_size=8,
    ).map(tuple),
)
some_offers = st.lists(
    st.builds(
        offer,
        st.sampled_from(OfferState),
        partial=st.booleans(),
        rests_until=st.sampled_from([None, NOON]),
        forwarded_to=st.just(CAM),
        thought_of_by=st.sampled_from([None, IVY]),
    )
)


def words_in_blocks(shown: Message) -> list[str]:
    """Every paragraph and quotation of a message, in order."""
    found = []
    for block in shown.blocks:
        if block["type"] == "section":
            found.append(block["text"]["text"])
        elif block["type"] == "rich_text":
            found.append(block["elements"][0]["elements"][0]["text"])
    return found


@given(seen_consults, some_offers)
def test_text_carries_everything_the_blocks_show(seen: Consult, offers: list[Offer]) -> None:
    for shown in every_message(seen, offers, [helped(thanks="Thanks")]).values():
        for words in words_in_blocks(shown):
            assert words in shown.text


@given(seen_consults, some_offers)
def test_what_is_over_can_not_be_taken(seen: Consult, offers: list[Offer]) -> None:
    for shown in every_message(seen, offers).values():
        if seen.state is not ConsultState.OPEN:
            assert not action_ids(shown) & {ids.ACCEPT, ids.ANSWER_NOW, ids.PASS, ids.HAND_ON}


@given(seen_consults, some_offers)
def test_a_button_carries_the_id_and_nobodys_words(seen: Consult, offers: list[Offer]) -> None:
    for shown in every_message(seen, offers).values():
        buttons = [each for each in objects(shown.blocks) if each.get("type") == "button"]
        assert {each["value"] for each in buttons} <= {"17"}


JARGON = re.compile(r"\b(invalid|error|failed|must|consult|expert_|null|None|step|route)\b")


@given(seen_consults, some_offers)
def test_the_words_are_plain(seen: Consult, offers: list[Offer]) -> None:
    for shown in every_message(seen, offers).values():
        assert not JARGON.search(shown.text)


@given(st.lists(st.integers(0, 50)), st.integers(-10, 100))
def test_room_is_shared_fairly_and_never_wasted(wanted: list[int], total: int) -> None:
    given_to = shares(wanted, total)
    assert all(got <= asked for got, asked in zip(given_to, wanted, strict=True))
    assert sum(given_to) <= max(total, 0)
    short = [got for got, asked in zip(given_to, wanted, strict=True) if got < asked]
    if short:
        assert sum(given_to) >= total - len(wanted)
        assert max(given_to) - min(short) <= len(wanted)


def test_a_short_answer_is_whole_beside_a_long_question() -> None:
    text = message([("Question", "x" * 9000), ("Answer", "Over six weeks")]).text
    assert text.endswith("Answer: Over six weeks")
    assert 3800 < len(text) <= 4000
