"""Promises 19 to 23: only who may, only Slack, one workspace, and typed words do no harm."""

import asyncio
import io
import json

import aiohttp
import pytest

from bot import consults, identifiers, programme
from bot.authority import ALLOWED, Action, Actor, authorise
from bot.errors import Reason, Refused
from bot.views.consults import ids
from sandbox.delivery import sign
from storage import consults as queries
from storage.records import ConsultState, Draft, Topic, TopicClass, Urgency
from storage.records.identifiers import IdentifierCheck
from tests.support.world import TEAM, World

# Ben asks, Ada is offered it or has it, Ivy runs the programme, Leo has nothing to do with it.
MAY = {
    Action.CHANGE: {("U0BEN", "open")},
    Action.WITHDRAW: {("U0BEN", "open")},
    Action.ASK_ANONYMOUSLY: {("U0BEN", "open")},
    Action.REVEAL: {("U0BEN", "open"), ("U0BEN", "accepted"), ("U0BEN", "closed")},
    Action.ACCEPT: {("U0ADA", "open")},
    Action.PASS: {("U0ADA", "open")},
    Action.NEED_DETAIL: {("U0ADA", "open")},
    Action.ANSWER_DETAIL: {("U0BEN", "open")},
    Action.REST: {("U0ADA", "open")},
    Action.FORWARD: {("U0ADA", "open")},
    Action.HAND_ON: {("U0ADA", "open"), ("U0IVY", "open")},  # Ada owns the workspace
    Action.RELEASE: {("U0BEN", "accepted"), ("U0ADA", "accepted"), ("U0IVY", "accepted")},
    Action.TALK: {("U0BEN", "accepted"), ("U0ADA", "accepted")},
    Action.CONFIRM_RELAYED: {("U0BEN", "accepted"), ("U0ADA", "accepted")},
    Action.KEEP_OPEN: {("U0BEN", "accepted")},
    Action.CLOSE: {("U0BEN", "accepted"), ("U0ADA", "accepted")},
    Action.SAY_OUTCOME: {("U0BEN", "closed")},
    Action.SAY_EFFORT: {("U0ADA", "closed")},
    Action.ASK_OTHERS: {("U0BEN", "closed")},
    Action.SEE_WHY: {("U0BEN", "open"), ("U0BEN", "accepted")},
    Action.SHARE: {("U0BEN", "closed"), ("U0ADA", "closed")},
}
STATES = ("open", "accepted", "closed", "withdrawn")


async def consult_in(world: World, state: str) -> int:
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.THIS_WEEK)
    bot = world.app.bot
    if state in ("accepted", "closed"):
        await bot.write(TEAM, consults.accept, Actor("U0ADA"), consult)
    if state == "closed":
        await bot.write(TEAM, consults.close, Actor("U0ADA"), consult)
    if state == "withdrawn":
        await bot.write(TEAM, consults.withdraw, Actor("U0BEN"), consult)
    return consult


def test_every_action_has_a_row() -> None:
    assert set(ALLOWED) == set(Action) == set(MAY)


@pytest.mark.parametrize("state", STATES)
async def test_each_may_do_what_the_table_says_and_nothing_else(
    socket_world: World, state: str
) -> None:
    world = socket_world
    consult = await consult_in(world, state)
    assert (await world.consult(consult)).state == ConsultState(state)
    for action in Action:
        for user in ("U0BEN", "U0ADA", "U0IVY", "U0LEO"):
            try:
                await world.app.bot.read(TEAM, authorise, Actor(user), action, consult)
                may = True
            except Refused:
                may = False
            assert may == ((user, state) in MAY[action]), (action, user, state)


@pytest.mark.parametrize(
    ("workspace", "number"),
    [
        pytest.param("T0OTHER", 1, id="same id, other workspace"),
        pytest.param(TEAM, 999, id="no such consult"),
        pytest.param(TEAM, 1, id="somebody else's"),
    ],
)
async def test_a_guessed_id_tells_nothing(socket_world: World, workspace: str, number: int) -> None:
    world = socket_world
    await consult_in(world, "open")
    actor = Actor("U0LEO" if workspace == TEAM else "U0ADA")
    with pytest.raises(Refused) as no:
        await world.app.bot.write(workspace, consults.accept, actor, number)
    assert no.value.reason is Reason.NOT_YOURS


@pytest.mark.parametrize("forged", ["999", "-1", "1 OR 1=1", "", "9" * 40, "١"])
async def test_a_forged_button_gets_the_polite_refusal(world: World, forged: str) -> None:
    await consult_in(world, "open")
    await world.clicks("U0ADA", ids.ACCEPT, value=forged)
    await asyncio.sleep(0.1)
    assert (await world.consult(1)).state is ConsultState.OPEN
    assert any("not possible here" in each.text for each in world.messages("U0ADA"))


async def test_a_stale_form_is_refused_and_changes_nothing(socket_world: World) -> None:
    world = socket_world
    await consult_in(world, "open")
    await world.clicks("U0BEN", ids.CHANGE)
    await world.app.bot.write(TEAM, consults.withdraw, Actor("U0BEN"), 1)
    await world.submits("U0BEN", question="another question")
    assert (await world.consult(1)).question == "immunotherapy question"
    assert "moved on" in str(world.space.modals["U0BEN"][-1])


async def test_an_unknown_button_is_answered_and_not_sent_again(world: World) -> None:
    await consult_in(world, "open")
    outcome = await world.clicks("U0ADA", ids.ACCEPT)
    assert outcome.acknowledged
    channel, message = world.card("U0ADA", ids.CLOSE)
    forged = await world.act.click("U0ADA", "no.such.button", channel=channel.id, ts=message.ts)
    assert forged.acknowledged


async def test_a_member_of_the_fallback_channel_can_accept_there_and_only_there(
    socket_world: World,
) -> None:
    world = socket_world
    await world.asked(question="immunotherapy question", urgency=Urgency.TODAY)
    await world.later(12 * 3600)
    with pytest.raises(Refused):
        await world.app.bot.write(TEAM, consults.accept, Actor("U0LEO", "C_ELSEWHERE"), 1)
    channel = world.space.find_channel("oncology-questions")
    card = channel.messages[-1]
    await world.act.click("U0LEO", ids.ACCEPT, channel=channel.id, ts=card.ts)
    await world.settle()
    assert (await world.consult(1)).expert == "U0LEO"
    assert "immunotherapy question" not in channel.messages[-1].text


async def test_a_card_from_before_a_topic_became_personal_accepts_nothing(
    socket_world: World,
) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question", urgency=Urgency.TODAY)
    await world.later(12 * 3600)
    channel = world.space.find_channel("oncology-questions")
    topic = Topic(0, "immunotherapy", TopicClass.PERSONAL, channel.id)
    await world.app.bot.write(TEAM, programme.add_topic, Actor("U0IVY"), topic)
    with pytest.raises(Refused):
        await world.app.bot.write(TEAM, consults.accept, Actor("U0LEO", channel.id), consult)


async def test_people_kept_apart_are_never_brought_together(socket_world: World) -> None:
    world = socket_world
    await world.types("U0ADA", "expert")
    await world.submits("U0ADA", left_out=["U0BEN"])
    consult = await world.asked(question="immunotherapy question")
    assert "U0ADA" not in {each.expert for each in await world.offers(consult)}


# -- only Slack gets in

FORGERIES = [
    pytest.param({}, id="no signature"),
    pytest.param({"x-slack-signature": "v0=00"}, id="a wrong one"),
    pytest.param({"x-slack-request-timestamp": "soon"}, id="no time"),
]


async def knock(world: World, body: bytes, headers: dict[str, str]) -> int:
    url = f"http://127.0.0.1:{world.app.port}/slack/events"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status


def signed(world: World, body: bytes) -> dict[str, str]:
    now = world.sandbox.clock.now()
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": str(now),
        "x-slack-signature": sign(world.sandbox.signing_secret, now, body),
    }


COMMAND = b"command=%2Fmentor&text=canary+question&user_id=U0BEN&team_id=T0SANDBOX&trigger_id=1.2"


@pytest.mark.parametrize("world", ["http"], indirect=True)
@pytest.mark.parametrize("forged", FORGERIES)
async def test_what_slack_did_not_sign_is_turned_away_without_a_trace(
    world: World, forged: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    headers = signed(world, COMMAND) | forged if forged else {}
    assert await knock(world, COMMAND, headers) == 401
    assert "canary" not in caplog.text
    assert not await world.app.bot.read(TEAM, queries.unfinished, 9)


@pytest.mark.parametrize("world", ["http"], indirect=True)
@pytest.mark.parametrize("age", [-301, 301])
async def test_what_was_signed_too_long_ago_or_ahead_is_turned_away(world: World, age: int) -> None:
    sent_at = world.sandbox.clock.now() - age
    headers = {
        "x-slack-request-timestamp": str(sent_at),
        "x-slack-signature": sign(world.sandbox.signing_secret, sent_at, COMMAND),
    }
    assert await knock(world, COMMAND, headers) == 401


@pytest.mark.parametrize("world", ["http"], indirect=True)
async def test_a_body_of_five_megabytes_is_too_large(world: World) -> None:
    body = b"x" * 5_000_000
    assert await knock(world, body, signed(world, body)) == 413


@pytest.mark.parametrize("world", ["http"], indirect=True)
async def test_what_is_signed_for_another_app_is_dropped(world: World) -> None:
    other = COMMAND + b"&api_app_id=A0OTHER&channel_id=C1"
    # A yes, or Slack would send it again.
    assert await knock(world, other, signed(world, other)) == 200
    assert not await world.app.bot.read(TEAM, queries.unfinished, 9)


@pytest.mark.parametrize("world", ["http"], indirect=True)
async def test_slack_may_look_at_the_certificate(world: World) -> None:
    url = f"http://127.0.0.1:{world.app.port}/slack/events?ssl_check=1"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.status == 200


@pytest.mark.parametrize("world", ["http"], indirect=True)
async def test_the_health_page_says_nothing_of_anybody(world: World) -> None:
    url = f"http://127.0.0.1:{world.app.port}/healthz"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.status == 200
        health = await response.json()
    assert health["status"] == "ok"
    assert "U0" not in json.dumps(health)


# -- what people type

NASTY = [
    "<!channel> <!everyone> look",
    "<@U0ADA> and <http://evil.example|Accept>",
    "*bold* _it_ ~no~ `code` ```block```",
    "turn \u202e around \u200b and \u2066 back",
    "a lone \ud800 surrogate",
    "&lt;!here&gt; & <b>",
]


@pytest.mark.parametrize("typed", NASTY)
async def test_what_people_type_can_mention_nobody_and_format_nothing(
    socket_world: World, typed: str
) -> None:
    world = socket_world
    # A link would go back to its author: here it is to be shown.
    ivy, off = Actor("U0IVY"), IdentifierCheck.OFF
    await world.app.bot.write(TEAM, identifiers.set_strictness, ivy, off)
    await world.types("U0BEN", "")
    await world.submits("U0BEN", question=f"{typed} immunotherapy?", urgency="today")
    for user in ("U0BEN", "U0ADA"):
        card = world.messages(user)[-1]
        mrkdwn = [card.text] + [
            block["text"]["text"] for block in card.blocks if block["type"] == "section"
        ]
        for text in mrkdwn:
            assert "<!channel>" not in text
            assert "<!here>" not in text
            assert "<http" not in text
            assert "*bold*" not in text
            assert "`" not in text.replace("`\u200b", "")
            assert not set(text) & {"\u202e", "\u2066", "\ud800"}
        assert typed[:4] in str(card.blocks) or "\\u" in repr(typed)


async def test_forty_thousand_characters_are_kindly_refused(world: World) -> None:
    seen = await world.types("U0BEN", "long " * 8000)
    assert "3000 characters" in seen


async def test_the_longest_question_fits_into_every_card(socket_world: World) -> None:
    world = socket_world
    await world.types("U0BEN", "&<>*" * 745 + " immunotherapy?")
    assert world.messages("U0BEN")
    await world.clicks("U0ADA", ids.ANSWER_NOW)
    await world.submits("U0ADA", answer="&<>*" * 745)
    await world.clicks("U0BEN", ids.TALK)
    await world.clicks("U0BEN", ids.CLOSE)
    refused = [call for call in world.sandbox.ledger.calls if call.error]
    assert not refused


async def test_two_workspaces_never_see_a_row_of_one_another(socket_world: World) -> None:
    world = socket_world
    bot = world.app.bot
    await world.asked(question="immunotherapy question")
    draft = Draft("immunotherapy question")
    other, offers = await bot.write(
        "T0OTHER", consults.ask, Actor("U0BEN"), draft, delivery="story/U0BEN/x"
    )
    assert other.topics == ()
    assert offers == []
    assert len(await bot.read(TEAM, queries.unfinished, 9)) == 1
    assert await bot.read("T0OTHER", queries.get, 1) is None
