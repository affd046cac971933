"""How well somebody matches, and that those who have answered nothing yet are asked too."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.rules import ranking
from bot.rules.ranking import LATELY, Ranking
from bot.rules.routing import BY_TURN, by_turn, choose
from bot.rules.terms import first_terms_of, stem, terms_of
from storage.records import Answerer, Candidate, Found, Ground, Outcome, WorkingHours

NOON = 1795521600
YEAR = 365 * 24 * 3600
ALWAYS = WorkingHours(0, 24 * 60, (1, 2, 3, 4, 5, 6, 7), "UTC")


def evidence(*postings: tuple[int, str, float, int]) -> dict[str, ranking.Evidence]:
    """Of answers with one term: number, who, weight, when."""
    found = ranking.met([(2.0, [(number, user, 1.0) for number, user, _, _ in postings])])
    people = [Answerer(user, 1, 1.0, NOON, 0) for user in sorted({row[1] for row in postings})]
    return ranking.evidence(found, postings, people, 1.0, NOON)


def test_endings_make_no_other_term() -> None:
    assert {stem("taper"), stem("tapering"), stem("tapered")} == {stem("taper")}
    assert terms_of("Tapering steroids, tapered steroid") == {stem("taper"): 2, stem("steroid"): 2}


def test_numbers_are_no_terms() -> None:
    assert terms_of("record 12345678 of 12-03-1961") == {stem("record"): 1}


def test_the_first_sentence_is_its_own() -> None:
    assert first_terms_of("Fever again? Nothing about nausea.") == {stem("fever")}


def test_who_solved_it_comes_before_who_did_so_partly_and_before_who_is_not_known_to() -> None:
    told = [
        ranking.helped(outcome, written=False)
        for outcome in (Outcome.SOLVED, Outcome.PARTLY, Outcome.UNKNOWN, Outcome.NO)
    ]
    assert told == sorted(told, reverse=True)
    assert told[-1] == 0
    assert ranking.helped(Outcome.UNKNOWN, written=True) > told[2]
    assert ranking.helped(Outcome.NO, written=True) == 0


def test_who_helped_more_and_more_lately_says_more() -> None:
    found = evidence((1, "U_SOLVED", 1.0, NOON), (2, "U_PARTLY", 0.7, NOON))
    assert found["U_SOLVED"].score > found["U_PARTLY"].score
    found = evidence((1, "U_NOW", 1.0, NOON), (2, "U_THEN", 1.0, NOON - YEAR))
    assert found["U_NOW"].score > found["U_THEN"].score


def test_what_was_answered_a_year_ago_counts_half() -> None:
    assert ranking.left(8.0, NOON - YEAR, NOON) == 4.0


def test_a_question_that_shares_most_of_its_terms_is_one_like_it() -> None:
    assert evidence((1, "U_A", 1.0, NOON), (2, "U_A", 1.0, NOON))["U_A"].answered == 2


def test_words_that_stand_everywhere_are_not_looked_up() -> None:
    often = {"fever": 900, "pneumonitis": 3}
    assert list(ranking.rarities(often, frozenset(), often, 1000)) == ["pneumonitis"]


@given(st.integers(0, LATELY), st.integers(0, LATELY))
def test_who_was_asked_more_never_comes_before_an_equal_who_was_asked_less(
    more: int, less: int
) -> None:
    known = {user: ranking.Evidence(1.5, 1, 0) for user in ("U_A", "U_B")}
    rank = Ranking(1, known, {"U_A": max(more, less), "U_B": min(more, less)})
    assert rank.score(Found("U_A")) <= rank.score(Found("U_B"))


@given(st.integers(0, LATELY), st.integers(2, 3), st.integers(0, 3))
def test_who_holds_all_topics_comes_before_who_holds_some_however_much_they_were_asked(
    asked: int, topics: int, words: int
) -> None:
    rank = Ranking(topics, lately={"U_ALL": asked})
    part = Found("U_SOME", held=topics // 2, met=0)
    assert rank.score(Found("U_ALL", held=topics, met=words)) > rank.score(part)


def candidate(user: str, **more: object) -> Candidate:
    known = Candidate(user, ALWAYS, 100, None, 0, 0, 1, 1, 0)
    return replace(known, **more)  # type: ignore[arg-type]


def simulated(questions: int, newcomers: int, *, at_once: int = 1) -> Counter[str]:
    """Who is asked on one topic where two people have answered all there was so far."""
    favourites = {"U_FAV1": ranking.Evidence(1.9, 9, 1), "U_FAV2": ranking.Evidence(1.7, 7, 1)}
    users = [*favourites, *(f"U_NEW{number:02d}" for number in range(newcomers))]
    last, offers, places = dict.fromkeys(users, 0), list[str](), 0
    for number in range(1, questions + 1):
        rank = Ranking(1, favourites, Counter(offers[-LATELY:]))
        held = [
            candidate(
                user,
                score=rank.score(Found(user, held=1)),
                last_asked_at=last[user],
                answered=favourites[user].answered if user in favourites else 0,
            )
            for user in users
        ]
        in_turn = sorted(held, key=lambda each: each.last_asked_at)
        best = sorted(in_turn, key=lambda each: -each.score)
        places += at_once
        turn = in_turn if by_turn(places, at_once) else []
        for pick in choose(best, now=NOON, count=at_once, turn=turn).picked:
            last[pick.user] = number
            offers.append(pick.user)
    return Counter(offers)


@given(st.integers(1, 12), st.integers(1, 3))
def test_every_newcomer_on_the_topic_is_asked_and_nobody_has_it_all(
    newcomers: int, at_once: int
) -> None:
    asked = simulated(200, newcomers, at_once=at_once)
    everybody = 200 * at_once
    fair = everybody / BY_TURN / (newcomers + 2)
    for number in range(newcomers):
        assert asked[f"U_NEW{number:02d}"] >= int(fair)
    assert max(asked.values()) <= 0.55 * everybody


def test_one_place_in_four_goes_by_turn() -> None:
    assert [by_turn(places, 1) for places in range(1, 9)] == [False, False, False, True] * 2
    assert by_turn(4, 3)
    assert not by_turn(3, 3)


def test_a_place_by_turn_goes_past_who_cannot_take_questions() -> None:
    paused = candidate("U_A", paused_until=NOON + 1)
    found = choose([candidate("U_BEST", score=2.0)], now=NOON, count=1, turn=[paused])
    assert [pick.user for pick in found.picked] == ["U_BEST"]


def test_why_somebody_was_chosen_is_told_by_what_counted() -> None:
    (pick,) = choose(
        [candidate("U_A", answered=2, topics_held=2, topics_given=1, topics_asked=2, words_met=3)],
        now=NOON,
        count=1,
    ).picked
    assert [(each.ground, each.many) for each in pick.why] == [
        (Ground.ANSWERED, 2),
        (Ground.DECLARED, 1),
        (Ground.GIVEN, 1),
        (Ground.DESCRIBED, 3),
        (Ground.AT_WORK, 1),
    ]


def test_whose_turn_it_was_is_told_so() -> None:
    (pick,) = choose([], now=NOON, count=1, turn=[candidate("U_A")]).picked
    assert Ground.TURN in {each.ground for each in pick.why}
    assert Ground.LEAST_LATELY not in {each.ground for each in pick.why}
