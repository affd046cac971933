"""What an asker can expect on a topic."""

from bot.rules.expecting import AT_LEAST, DAY, Expectation, expect
from bot.views.consults.status import expectation
from storage.records import ConsultState, Outcome, Wait

NOW = 1795521600
HOUR = 3600


def taken(hours: float, outcome: Outcome | None = Outcome.SOLVED) -> Wait:
    return Wait(NOW - DAY, ConsultState.CLOSED, NOW, outcome, int(hours * HOUR))


def waiting(days: int) -> Wait:
    return Wait(NOW - days * DAY, ConsultState.OPEN, None, None, None)


def withdrawn(after: int) -> Wait:
    return Wait(NOW - 9 * DAY, ConsultState.WITHDRAWN, NOW - 9 * DAY + after, Outcome.UNKNOWN, None)


def test_nothing_is_said_of_fewer_than_five() -> None:
    assert expect("pain", [taken(1)] * (AT_LEAST - 1), NOW) is None
    assert expect("pain", [taken(1)] * AT_LEAST, NOW) is not None


def test_it_says_the_median_and_how_many_found_somebody_who_helped() -> None:
    latest = [taken(1), taken(2), taken(3), taken(8, Outcome.NO), taken(30), waiting(8)]
    assert expect("pain", latest, NOW) == Expectation("pain", 4, 6, 3 * HOUR)


def test_a_question_that_may_still_find_somebody_is_not_counted() -> None:
    assert expect("pain", [taken(1)] * 4 + [waiting(6)], NOW) is None


def test_who_changed_their_mind_at_once_is_not_counted_who_waited_in_vain_is() -> None:
    assert expect("pain", [taken(1)] * 4 + [withdrawn(HOUR)], NOW) is None
    found = expect("pain", [taken(1)] * 4 + [withdrawn(2 * DAY)], NOW)
    assert found == Expectation("pain", 4, 5, None)


def test_it_is_told_in_words() -> None:
    def told(hours: float) -> str:
        return expectation(Expectation("pain", 4, 6, int(hours * HOUR)))

    assert "usually taken within an hour of working time; 4 of the last 6" in told(0.2)
    assert "within 3 working hours" in told(2.5)
    assert "within 2 working days" in told(9)
    assert "usually" not in expectation(Expectation("pain", 4, 6, None))
