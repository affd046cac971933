"""A question on a personal topic stands in no channel: at no stage, on no path."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot import consults, members, people, programme
from bot.authority import Action, Actor, authorise
from bot.consults.widening import fallback_channel
from bot.delivery.target import Channel, Posted
from bot.delivery.targets import render
from bot.errors import MentorBotError, Refused
from bot.views.consults import forms, ids
from storage import consults as queries
from storage import offers, topics
from storage.database import Tx
from storage.migrations import migrations
from storage.records import (
    Consult,
    ConsultState,
    Draft,
    Member,
    Step,
    Topic,
    TopicClass,
    Urgency,
)
from tests.support.world import DAY, HOUR, TEAM, TUESDAY, World

ASKER, ADMIN, OUTSIDER, PLACE = "U0BEN", "U0IVY", "U0LEO", "C0ONC"
EXPERTS = ("U0ADA", "U0CHI", "U0DOT")
CANARY = "canary"
NAMES = ("grief", "pain", "writing")
GRIEF = ("grief", "bereavement")  # what the words of a question may name


@dataclass
class Life:
    """One question, and what its topic's channel shows of it."""

    tx: Tx
    consult: int = 1
    classes: dict[str, TopicClass] = field(
        default_factory=lambda: dict.fromkeys(NAMES, TopicClass.GENERAL)
    )
    shown: str = ""

    def ids_of(self, *names: str) -> tuple[int, ...]:
        return tuple(each.id for each in topics.every(self.tx) if each.name in names)

    def stands(self) -> Consult:
        found = queries.get(self.tx, self.consult)
        assert found
        return found

    def private(self) -> bool:
        """Whether it is about a personal topic, reckoned without the bot's rule."""
        consult = self.stands()
        about = {each.name for each in consult.topics}
        details = "".join(f"{each.question} {each.answer}" for each in consult.details)
        named = any(each in f"{consult.question} {consult.tried} {details}" for each in GRIEF)
        about |= {"grief"} if named else set()
        return any(self.classes[name] is TopicClass.PERSONAL for name in about)

    def set_class(self, name: str, to: TopicClass) -> None:
        self.classes[name] = to
        synonyms = ("bereavement",) if name == "grief" else ()
        topic = Topic(0, name, to, PLACE, synonyms)
        programme.add_topic(self.tx, Actor(ADMIN), topic)

    def deliver(self) -> None:
        """Show whatever is asked for, as the worker would, in any order of things before."""
        due = self.tx.rows(
            "SELECT id, key FROM outbox WHERE workspace = :workspace AND state = 'pending'"
        )
        for row in due:
            drawn = render(self.tx, row["key"])
            place = "D0MESSAGES"
            if isinstance(drawn, Posted) and isinstance(drawn.place, Channel):
                self.shown = drawn.message.text + str(drawn.message.blocks)
                assert not (self.private() and CANARY in self.shown)
                place = drawn.place.id
            stands = place if drawn else None
            self.tx.execute(
                """UPDATE outbox SET state = 'sent', channel = COALESCE(:stands, channel)
                    WHERE workspace = :workspace AND id = :id""",
                id=row["id"],
                stands=stands,
            )


OPENED: list[sqlite3.Connection] = []


@pytest.fixture(autouse=True, scope="module")
def closed_in_the_end() -> Iterator[None]:
    """Python 3.13 warns of what is left open."""
    yield
    while OPENED:
        OPENED.pop().close()
    filled().close()
    filled.cache_clear()


@cache
def filled() -> sqlite3.Connection:
    """A store with three experts, made once."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.row_factory = sqlite3.Row
    db = Database(conn)
    conn.execute("PRAGMA foreign_keys = ON")
    migrations.apply(db)
    life = Life(Tx(db, TEAM, TUESDAY))
    for user in (*EXPERTS, ASKER, OUTSIDER, ADMIN):
        person = Member(user, user, "America/New_York", workspace_admin=user == ADMIN)
        people.keep(life.tx, [person])
    for name in NAMES:
        life.set_class(name, TopicClass.GENERAL)
    for user in EXPERTS:
        held = members.Profile(life.ids_of("grief", "pain"), capacity=50)
        members.store_expert(life.tx, user, held, tagged_by=user)
    return conn


def fresh() -> Life:
    """The same store once more, before Ben's question is asked."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    OPENED.append(conn)
    if len(OPENED) > 1:
        OPENED.pop(0).close()  # of the life before
    filled().backup(conn)
    conn.row_factory = sqlite3.Row
    conn.execute("PRAGMA foreign_keys = ON")
    return Life(Tx(Database(conn), TEAM, TUESDAY))


def later(life: Life, hours: int) -> None:
    for _ in range(hours):
        life.tx = Tx(life.tx.db, TEAM, life.tx.now + HOUR)
        consults.step_due(life.tx)


def ask_again(life: Life, words: str, names: tuple[str, ...]) -> None:
    draft = Draft(f"{CANARY} {words}", "", life.ids_of(*names), life.stands().urgency)
    consults.change(life.tx, Actor(ASKER), life.consult, draft)


def answer_detail(life: Life, words: str) -> None:
    waits_for = life.stands().waits_for
    if waits_for:
        consults.answer_detail(life.tx, Actor(ASKER), waits_for.id, f"{CANARY} {words}")


def detail(life: Life, user: str) -> None:
    consults.need_detail(life.tx, Actor(user), life.consult, f"{CANARY}: since when?")


def rest(life: Life, user: str) -> None:
    today = date.fromtimestamp(life.tx.now - 5 * HOUR)  # noqa: DTZ012 - New York
    consults.rest(life.tx, Actor(user), life.consult, today + timedelta(days=1))


def forward(life: Life, user: str) -> None:
    others = [each for each in (*EXPERTS, OUTSIDER) if each != user]
    consults.forward(life.tx, Actor(user), life.consult, others[life.tx.now % 3], ())


def take_in_channel(life: Life) -> None:
    consults.accept(life.tx, Actor(OUTSIDER, PLACE), life.consult)


words = st.sampled_from(("How?", "after bereavement", "grief!", "about rest"))
chosen = st.sampled_from(((), ("pain",), ("grief",), ("pain", "grief"), ("writing",)))
experts = st.sampled_from((*EXPERTS, OUTSIDER))
on_question = st.one_of(
    st.builds(lambda text, names: lambda life: ask_again(life, text, names), words, chosen),
    st.builds(lambda text: lambda life: answer_detail(life, text), words),
    st.just(lambda life: consults.release(life.tx, Actor(ASKER), life.consult)),
    st.just(take_in_channel),
)
on_offer = st.builds(
    lambda use, user: lambda life: use(life, user),
    st.sampled_from(
        (
            detail,
            rest,
            forward,
            lambda life, user: consults.accept(life.tx, Actor(user), life.consult),
            lambda life, user: consults.pass_on(life.tx, Actor(user), life.consult, ""),
            lambda life, user: consults.hand_on(life.tx, Actor(ADMIN), life.consult, user),
        )
    ),
    experts,
)
passes = st.builds(lambda hours: lambda life: later(life, hours), st.sampled_from((1, 2, 5, 9, 26)))
changes = st.builds(
    lambda name, to: lambda life: life.set_class(name, to),
    st.sampled_from(NAMES),
    st.sampled_from(TopicClass),
)
delivers = st.just(Life.deliver)
steps = st.lists(
    st.one_of(passes, passes, on_offer, on_question, changes, delivers, delivers), max_size=25
)


def check(life: Life) -> None:
    """What has to be so after everything that happens."""
    consult = life.stands()
    assert consult.personal == life.private()
    if not life.private():
        return
    assert fallback_channel(consult) is None
    with contextlib.suppress(MentorBotError):
        authorise(life.tx, Actor(OUTSIDER, PLACE), Action.ACCEPT, life.consult)
        offer = offers.of_expert(life.tx, life.consult, OUTSIDER)
        assert offer, "taken in a channel"


@settings(max_examples=80)
@given(st.sampled_from(Urgency), words, chosen, st.sets(st.sampled_from(NAMES)), steps)
def test_a_personal_question_stands_in_no_channel_whatever_happens(
    urgency: Urgency,
    text: str,
    names: tuple[str, ...],
    personal: set[str],
    happens: list[Callable[[Life], object]],
) -> None:
    life = fresh()
    for name in personal:
        life.set_class(name, TopicClass.PERSONAL)
    draft = Draft(f"{CANARY} {text}", "", life.ids_of(*names), urgency)
    consults.ask(life.tx, Actor(ASKER), draft, delivery="d")
    check(life)
    for each in happens:
        with contextlib.suppress(MentorBotError):
            each(life)
        check(life)
    life.deliver()
    assert not (life.private() and CANARY in life.shown)
    later(life, 1)
    stands = life.stands()
    if life.private() and stands.state is ConsultState.OPEN:
        assert stands.step is not Step.FALLBACK_CHANNEL


def test_the_walk_does_reach_the_channel_where_nothing_is_personal() -> None:
    life = fresh()
    draft = Draft(f"{CANARY} How?", "", life.ids_of("pain"), Urgency.TODAY)
    consults.ask(life.tx, Actor(ASKER), draft, delivery="d")
    later(life, 5)
    life.deliver()
    assert CANARY in life.shown
    take_in_channel(life)
    assert life.stands().expert == OUTSIDER


async def in_channel(world: World, question: str) -> int:
    consult = await world.asked(question=question, urgency=Urgency.TODAY)
    for _ in range(12):
        if (await world.consult(consult)).step is Step.FALLBACK_CHANNEL:
            break
        await world.later(HOUR)
    assert question in channel_shows(world)
    return consult


def channel_shows(world: World) -> str:
    shown = world.space.find_channel("oncology-questions").messages[-1]
    return shown.text + str(shown.blocks)


async def test_a_topic_that_becomes_personal_takes_its_questions_out_of_the_channel(
    socket_world: World,
) -> None:
    world = socket_world
    consult = await in_channel(world, "immunotherapy question")
    place = world.space.find_channel("oncology-questions").id
    topic = Topic(0, "immunotherapy", TopicClass.PERSONAL, place)
    await world.app.bot.write(TEAM, programme.add_topic, Actor("U0IVY"), topic)
    await world.settle()
    assert "immunotherapy question" not in channel_shows(world)
    assert ids.ACCEPT not in channel_shows(world)
    assert "It has been put to" not in world.messages("U0BEN")[-1].text
    with pytest.raises(Refused):
        await world.app.bot.write(TEAM, consults.accept, Actor("U0LEO", place), consult)
    await world.later(DAY)
    assert (await world.consult(consult)).step is Step.ADMIN


async def test_words_that_name_a_personal_topic_keep_it_private_whatever_was_chosen(
    socket_world: World,
) -> None:
    world = socket_world

    def held(tx: Tx) -> tuple[int, ...]:
        return tuple(each.id for each in topics.every(tx) if each.name == "immunotherapy")

    chosen_topics = await world.app.bot.read(TEAM, held)
    consult = await world.asked(question="I feel burn out coming", topic_ids=chosen_topics)
    assert [each.name for each in (await world.consult(consult)).topics] == ["immunotherapy"]
    assert "never put in a channel" in world.card("U0ADA", ids.ACCEPT)[1].text
    assert "never put in a channel" in world.messages("U0BEN")[-1].text
    for _ in range(30):
        await world.later(HOUR)
        assert (await world.consult(consult)).step is not Step.FALLBACK_CHANNEL
    channels = [each for each in world.space.channels.values() if each.kind in ("channel", "group")]
    assert not any("burn out" in str(each.messages) for each in channels)


async def test_a_personal_topic_written_apart_is_its_topic_all_the_same(
    socket_world: World,
) -> None:
    world = socket_world
    consult = await world.asked(question="How do I get through burn out?")
    assert [each.name for each in (await world.consult(consult)).topics] == ["burn-out"]
    assert not any(each.partial for each in await world.offers(consult))


async def test_new_words_take_it_out_of_the_channel(socket_world: World) -> None:
    world = socket_world
    consult = await in_channel(world, "immunotherapy question")
    before = await world.consult(consult)
    draft = Draft(
        "immunotherapy and exhaustion", "", tuple(t.id for t in before.topics), before.urgency
    )
    await world.app.bot.write(TEAM, consults.change, Actor("U0BEN"), consult, draft)
    await world.settle()
    assert "exhaustion" not in channel_shows(world)
    assert (await world.consult(consult)).step is Step.MORE_EXPERTS


async def test_an_admin_never_reads_the_words(socket_world: World) -> None:
    world = socket_world
    consult = await world.asked(question="canary about burnout", wanted_expert="U0ADA")
    await world.clicks("U0ADA", ids.NEED_DETAIL)
    await world.submits("U0ADA", detail="canary, since when?")
    await world.clicks("U0BEN", ids.ANSWER_DETAIL)
    await world.submits("U0BEN", answer="canary, a month")
    await world.later(2 * DAY)
    admin = str((await world.consult(consult)).admin)
    card = world.card(admin, ids.HAND_ON)[1]
    assert "canary" not in card.text + str(card.blocks)


def test_the_form_says_which_topics_stay_private() -> None:
    private = [Topic(number, f"private {number}", TopicClass.PERSONAL) for number in range(8)]
    shown = str(forms.ask_form([Topic(99, "pain"), *private], Draft()).to_api())
    assert "Questions on private 0, private 1" in shown
    assert "3 more stay private: never in a channel." in shown
    assert "stay private" not in str(forms.ask_form([Topic(99, "pain")], Draft()).to_api())


async def test_what_is_private_in_one_workspace_is_looked_at_in_no_other(
    socket_world: World,
) -> None:
    world = socket_world
    consult = await world.asked(question="immunotherapy question")
    bot, before = world.app.bot, await world.consult(consult)
    assert await bot.read("T0OTHER", topics.personal) == []
    assert await bot.read("T0OTHER", queries.looking) == []
    await bot.write("T0OTHER", queries.look_again, consult)
    await bot.write("T0OTHER", queries.names_personal, consult, named=True)
    assert await world.consult(consult) == before
