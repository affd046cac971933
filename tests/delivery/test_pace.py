from bot.delivery.pace import A_MINUTE, NAP, Pace


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.slept: list[float] = []

    def now(self) -> int:
        return int(self.at)

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


async def test_one_message_a_second_and_channel() -> None:
    clock = Hand()
    pace = Pace(clock)
    for channel in ("C1", "C2", "C1", "C1"):
        await pace.post_in("T", channel)
    assert clock.slept == [1.0, 1.0]


def test_a_minutes_calls_come_at_once_and_then_evenly() -> None:
    clock = Hand()
    pace = Pace(clock)
    most = A_MINUTE["chat.update"]
    assert {pace.wait("T", "chat.update") for _ in range(most)} == {0.0}
    assert 0 < pace.wait("T", "chat.update") <= 60 / most
    assert pace.wait("T", "views.publish") == 0.0
    assert pace.wait("T2", "chat.update") == 0.0


def test_never_more_in_a_minute_than_twice_the_tier_and_an_even_flow_after() -> None:
    clock = Hand()
    pace = Pace(clock)
    made = 0
    for _ in range(6000):
        wait = pace.wait("T", "chat.update")
        if wait == 0.0:
            made += 1
        clock.at += 0.1
    assert made <= A_MINUTE["chat.update"] * 11 + 1


def test_what_slack_asks_to_wait_is_waited_for_that_method_alone() -> None:
    clock = Hand()
    pace = Pace(clock)
    pace.hold("T", "chat.update", 45)
    assert pace.wait("T", "chat.update") == 45 > NAP
    assert pace.wait("T", "chat.postMessage") == 0.0
    pace.hold("T", "*", 60)
    assert pace.wait("T", "chat.postMessage") == 60
    clock.at += 60
    assert pace.wait("T", "chat.update") == 0.0
