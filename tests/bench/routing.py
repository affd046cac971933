"""How well routing finds who can answer, on a set of real questions and who answered them.

`python -m tests.bench.routing --set DIR --out FILE` reads `experts.jsonl` and `queries.jsonl` (or
the same with `.gz`) from DIR, feeds a real store through the functions that the bot itself calls,
asks it each question in the order of time, and writes `{"query_id", "ranked"}` a line, best first.

* An expert's tags become topics they hold; each answer a consult that they took, and that was
  solved, at its own time.
* Of a question only text and time are used. The first of each ranking is offered the question, so
  that the brake on who was asked much works as it does in life.
* Times of a set go from 0 to 1; here that is PERIOD. The ranking halves what is a year old, which
  is a fifth of it.

Prints the p50 and p95 of the time until the best three are known, which is as far as the bot reads,
in milliseconds, by the clock and of the processor (on a busy machine the two differ much), and the
greatest memory that the process has held, in MB, with how much of it came after it had started.
"""

import argparse
import gzip
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bot.clock import RealClock
from bot.consults import knowing, learning
from bot.members import Profile, store_expert
from bot.programme import TopicRow, import_topics
from bot.rules.words import words_of
from storage import consults, members, offers, search, topics
from storage.database import Store, Tx, open_store
from storage.records import Consult, ConsultState, Draft, Member, Outcome, Topic, Urgency

BEGINS = 1_600_000_000
PERIOD = 5 * 365 * 24 * 3600
ASKER = "U_ASKER"
DEEP, AT_ONCE = 50, 3

# Milliseconds by the clock, and of the processor.
Took = tuple[float, float]


def lines(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a file of the set, packed or not."""
    plain = folder / f"{name}.jsonl"
    with (
        plain.open(encoding="utf-8")
        if plain.exists()
        else gzip.open(f"{plain}.gz", "rt", encoding="utf-8") as rows
    ):
        for row in rows:
            if row.strip():
                yield json.loads(row)


def at(tx: Tx, ordinal: float) -> Tx:
    """The same transaction at a time of the set."""
    return Tx(tx.db, tx.workspace, BEGINS + int(ordinal * PERIOD))


def name_of(tag: str) -> str:
    """A tag as the name of a topic."""
    return tag.replace("-", " ")


def feed(tx: Tx, folder: Path) -> None:
    """Store the experts, then what they answered, the oldest first."""
    tags = sorted({name_of(tag) for row in lines(folder, "experts") for tag in row["tags"]})
    rows = [TopicRow(Topic(0, tag), frozenset()) for tag in tags]
    import_topics(at(tx, 0), rows)
    topic_ids = {topic.name: topic.id for topic in topics.every(tx)}
    for row in lines(folder, "experts"):
        user = row["expert_id"]
        members.keep(at(tx, 0), Member(user, user, "UTC"))
        held = tuple(dict.fromkeys(topic_ids[name_of(tag)] for tag in row["tags"]))
        profile = Profile(held, row["bio"], 100, 0, 24 * 60, (1, 2, 3, 4, 5, 6, 7))
        store_expert(at(tx, 0), user, profile, tagged_by=user)
    answers = [
        (answer["ts"], row["expert_id"], answer["text"])
        for row in lines(folder, "experts")
        for answer in row["answered"]
    ]
    for when, user, text in sorted(answers):
        answered(at(tx, when), user, text)


def asked(tx: Tx, text: str) -> Consult:
    """A question as the bot stores it: with the topics that its words name."""
    named = tuple(search.topics_for_words(tx, words_of(text)))
    return consults.add(tx, ASKER, Draft(text, topic_ids=named, urgency=Urgency.THIS_WEEK))


def answered(tx: Tx, user: str, text: str) -> None:
    """A consult that the expert took, and that helped."""
    consult = asked(tx, text)
    consults.take(tx, consult.id, user, tx.now)
    consults.end(tx, consult.id, ConsultState.CLOSED, user, Outcome.SOLVED)
    closed = consults.get(tx, consult.id)
    assert closed is not None
    learning.learn(tx, closed, Outcome.SOLVED)


def route(tx: Tx, text: str) -> tuple[list[str], Took]:
    """The ranking of a question, and what it took; its first is offered it."""
    consult = asked(tx, text)
    began, used = time.perf_counter(), time.process_time()
    candidates = knowing.who_may_know(tx, consult)
    ranked = [each.user for each in islice(candidates, AT_ONCE)]
    took = ((time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000)
    ranked += [each.user for each in islice(candidates, DEEP - AT_ONCE)]
    if ranked:
        offers.make(tx, consult.id, ranked[0], partial=False)
        members.asked_now(tx, ranked[0])
    return ranked, took


def run(store: Store, folder: Path, out: Path) -> list[Took]:
    """Feed, ask, write; gives how long each ranking took."""
    db = store._writer  # noqa: SLF001 - one transaction, as a use case has it
    tx = Tx(db, "T", BEGINS)
    db.conn.execute("BEGIN")
    feed(tx, folder)
    db.conn.execute("COMMIT")
    queries = sorted(
        ((row["ts"], row["query_id"], row["text"]) for row in lines(folder, "queries")),
    )
    took = []
    db.conn.execute("BEGIN")
    with out.open("w", encoding="utf-8") as file:
        for when, query_id, text in queries:
            ranked, spent = route(at(tx, when), text)
            took.append(spent)
            file.write(json.dumps({"query_id": query_id, "ranked": ranked}) + "\n")
    db.conn.execute("COMMIT")
    return took


def held() -> float:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Write the rankings, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--set", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    before = held()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "mentor.db", RealClock())
        took = run(store, options.set, options.out)
        store.close()
    by_clock, of_processor = (sorted(each) for each in zip(*took, strict=True))
    middle, slow = len(took) // 2, len(took) * 95 // 100
    sys.stdout.write(
        f"{len(took)} questions: p50 {by_clock[middle]:.1f} ms,"
        f" p95 {by_clock[slow]:.1f} ms a question"
        f" (processor: p50 {of_processor[middle]:.1f} ms, p95 {of_processor[slow]:.1f} ms);"
        f" {held():.0f} MB at most, {held() - before:.0f} MB of it after start\n"
    )


if __name__ == "__main__":
    main()
