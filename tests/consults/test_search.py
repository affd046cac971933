"""Whom the store finds: bounded walks that nobody who can't be asked stands in the way of."""

from collections.abc import Callable

import pytest

from bot.rules.ranking import Ranking
from bot.rules.routing import choose
from bot.rules.words import words_of
from bot.rules.working_hours import working
from storage import members, search, topics, turns
from storage.database import Tx
from storage.records import Expert, Member, Topic, WorkingHours
from tests.support.world import TEAM, World

ALWAYS = (0, 24 * 60, (1, 2, 3, 4, 5, 6, 7))
CROWD = 2 * search.WALK


def expert(tx: Tx, user: str, zone: str = "America/New_York", *, hours: object = None) -> None:
    held = next(each for each in topics.every(tx) if each.name == "crowd")
    members.keep(tx, Member(user, user, zone))
    times = WorkingHours(*ALWAYS, zone) if hours is None else WorkingHours(zone=zone)
    members.keep_expert(tx, Expert(user, "", 3, times, None, (held,)), tagged_by="x")


def crowd(tx: Tx, make: Callable[[Tx, str], None]) -> list[str]:
    """A crowd that can't be asked, in front of one who can; gives whom routing picks."""
    topics.keep(tx, Topic(0, "crowd"), {"crowd"}, {"crowd": None})
    for number in range(CROWD):
        expert(tx, f"U_CROWD{number:04d}")
        make(tx, f"U_CROWD{number:04d}")
    expert(tx, "U_FREE")
    members.asked_now(tx, "U_FREE")
    return picked(tx)


def picked(tx: Tx, asker: str = "U0BEN") -> list[str]:
    held = next(each for each in topics.every(tx) if each.name == "crowd")
    found = search.candidates(
        tx,
        topic_ids=[held.id],
        words=frozenset(),
        leave_out=[asker],
        works_now=lambda hours: working(hours, tx.now),
        score=Ranking(1).score,
    )
    return [each.user for each in choose(found, now=tx.now, count=3).picked]


def asleep(tx: Tx, user: str) -> None:
    expert(tx, user, "Asia/Tokyo", hours="usual")


def paused(tx: Tx, user: str) -> None:
    members.pause(tx, user, tx.now + 3600)


def left(tx: Tx, user: str) -> None:
    members.keep(tx, Member(user, user, "America/New_York", deactivated=True))


def guest(tx: Tx, user: str) -> None:
    members.keep(tx, Member(user, user, "America/New_York", guest=True))


@pytest.mark.parametrize("make", [asleep, paused, left, guest])
async def test_a_crowd_that_cannot_be_asked_stands_in_nobodys_way(
    socket_world: World, make: Callable[[Tx, str], None]
) -> None:
    assert await socket_world.app.store.write(TEAM, crowd, make) == ["U_FREE"]


async def test_the_asker_and_people_kept_apart_from_them_are_never_found(
    socket_world: World,
) -> None:
    def story(tx: Tx) -> list[list[str]]:
        topics.keep(tx, Topic(0, "crowd"), {"crowd"}, {"crowd": None})
        for user in ("U_A", "U_B", "U_C"):
            expert(tx, user)
        members.leave_out(tx, "U_A", ["U_ASKER"])
        members.leave_out(tx, "U_ASKER", ["U_B"])
        return [picked(tx, "U_ASKER"), picked(tx, "U_A")]

    assert await socket_world.app.store.write(TEAM, story) == [["U_C"], ["U_B", "U_C"]]


async def test_a_pause_that_ends_gives_the_turn_back(socket_world: World) -> None:
    def story(tx: Tx) -> list[str]:
        topics.keep(tx, Topic(0, "crowd"), {"crowd"}, {"crowd": None})
        expert(tx, "U_A")
        paused(tx, "U_A")
        members.pause(tx, "U_A", None)
        return picked(tx)

    assert await socket_world.app.store.write(TEAM, story) == ["U_A"]


async def test_who_moves_to_another_zone_is_asked_in_its_hours(socket_world: World) -> None:
    def story(tx: Tx) -> list[list[str]]:
        topics.keep(tx, Topic(0, "crowd"), {"crowd"}, {"crowd": None})
        expert(tx, "U_A", hours="usual")
        before = picked(tx)
        members.keep(tx, Member("U_A", "U_A", "Asia/Tokyo"))
        return [before, picked(tx)]

    assert await socket_world.app.store.write(TEAM, story) == [["U_A"], []]


async def test_experts_of_another_workspace_are_not_found(socket_world: World) -> None:
    await socket_world.app.store.write("T0OTHER", crowd, paused)

    def found(tx: Tx) -> list[str]:
        return [shift.hours.zone for shift in turns.shifts_of(tx, 999)]

    assert await socket_world.app.store.read(TEAM, found) == []


async def test_topics_are_found_by_tag_synonym_and_word(socket_world: World) -> None:
    def names(tx: Tx) -> list[object]:
        by_id = {each.id: each.name for each in topics.every(tx)}
        return [
            [by_id[each] for each in search.find_topics(tx, ["lung-cancer", "irae", "nothing"])],
            [
                by_id[each]
                for each in search.topics_for_words(tx, words_of("steroids, pneumonitis"))
            ],
        ]

    tags, words = await socket_world.app.store.read(TEAM, names)
    assert tags == ["lung cancer", "immunotherapy"]
    assert set(words) == {"immunotherapy", "steroids"}  # type: ignore[call-overload]
