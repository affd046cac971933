"""How long choosing three experts takes among a thousand, a hundred thousand and a million.

`python -m tests.bench.routing_scale [SIZE …]` fills a real store and prints p50 and p99 of 2,000
choices each: for a common topic, two topics often held together, and two never held together.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from bot.clock import RealClock
from bot.rules.ranking import Ranking
from bot.rules.routing import choose
from bot.rules.words import words_of
from bot.rules.working_hours import working
from storage import search
from storage.database import Store, Tx, open_store

TOPICS = 200
CHOICES = 2000
TOGETHER, APART = (1, 2), (3, 4)
BOTH = 0.2  # of the experts hold both of TOGETHER
WORDS = ["steroid", "taper", "grade", *(f"word{number}" for number in range(300))]


def fill(store: Store, size: int) -> None:
    """Experts with two or three topics each; topics 3 and 4 split them, and nobody has both."""
    chance = random.Random(7)  # noqa: S311 - a repeatable store, no secret
    db = store._writer.conn  # noqa: SLF001 - filling a million rows by use cases takes an hour
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO topics (id, workspace, name) VALUES (?, 'T', ?)",
        [(number, f"topic {number}") for number in range(1, TOPICS + 1)],
    )
    zones = ("America/New_York", "Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles")
    db.executemany(
        "INSERT INTO shifts VALUES (?, 'T', ?, 540, 1020, '12345')", list(enumerate(zones, 1))
    )
    for number in range(size):
        user, asked = f"U{number:08d}", chance.randrange(10**9)
        shift = 1 + chance.randrange(len(zones))
        held = {3 if number % 2 else 4, 5 + chance.randrange(TOPICS - 5)}
        if chance.random() < BOTH:
            held |= set(TOGETHER)
        db.execute(
            "INSERT INTO members (workspace, user, name, zone, synced_at) VALUES ('T', ?, ?, ?, 0)",
            (user, user, zones[shift - 1]),
        )
        db.execute(
            """INSERT INTO experts (workspace, user, last_asked_at, tagged_by, shift, turn_at)
               VALUES ('T', ?, ?, 'x', ?, ?)""",
            (user, asked, shift, asked),
        )
        db.executemany(
            "INSERT INTO expert_topics VALUES ('T', ?, ?, 'declared', ?, ?)",
            [(topic, user, shift, asked) for topic in held],
        )
        db.executemany(
            "INSERT INTO expert_words VALUES ('T', ?, ?)",
            [(word, user) for word in chance.sample(WORDS, 3)],
        )
    db.execute("COMMIT")
    db.execute("ANALYZE")


def measure(store: Store, topics: tuple[int, ...]) -> tuple[float, float]:
    """p50 and p99 in milliseconds."""
    words = words_of("how do I taper steroids after grade 3 pneumonitis")
    tx = Tx(store._writer, "T", 1_795_532_400)  # noqa: SLF001 - the writer's connection, as in a use case
    took = []
    for number in range(CHOICES):
        began = time.perf_counter()
        found = search.candidates(
            tx,
            topic_ids=topics,
            words=words,
            leave_out=[f"U{number:08d}"],
            works_now=lambda hours: working(hours, tx.now),
            score=Ranking(len(topics)).score,
        )
        assert len(choose(found, now=tx.now, count=3).picked) == 3
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return took[CHOICES // 2], took[CHOICES * 99 // 100]


def main(sizes: list[int]) -> None:
    """Print the table."""
    kinds = (("common topic", (3,)), ("together", TOGETHER), ("never together", APART))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(Path(folder) / "mentor.db", RealClock())
            fill(store, size)
            for name, topics in kinds:
                p50, p99 = measure(store, topics)
                sys.stdout.write(f"{size:>9,} experts  {name:<16} p50 {p50:.2f} p99 {p99:.2f} ms\n")
            store.close()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 100_000, 1_000_000])
