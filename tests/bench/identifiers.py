"""How much the identifier check finds, and how long it takes, by the function the bot calls.

`python -m tests.bench.identifiers --set FILE.jsonl --out FILE`: one JSON object a line with "text"
in, one with "spans" ([start, end, kind, tier]) out, in the same order.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bot.rules.identifiers import find

LONG = 3000  # characters, the most that a field takes
ROUNDS = 7


def milliseconds(text: str, clock: Callable[[], float]) -> float:
    """The quickest of a few runs: what the machine did besides is not the rule's."""
    taken = []
    for _ in range(ROUNDS):
        began = clock()
        find(text)
        taken.append((clock() - began) * 1000)
    return min(taken)


def long_texts(texts: list[str]) -> list[str]:
    """The set's texts one after the other, cut into texts of the longest size."""
    whole = "\n".join(texts)
    whole *= 1 + LONG // (len(whole) + 1)
    return [whole[at : at + LONG] for at in range(0, len(whole) - LONG + 1, LONG)]


def main() -> None:
    """Write what was found, and print how long it took."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--set", type=Path, required=True)
    wanted.add_argument("--out", type=Path, required=True)
    args = wanted.parse_args()
    texts = [json.loads(line)["text"] for line in args.set.read_text(encoding="utf-8").splitlines()]
    with args.out.open("w", encoding="utf-8") as out:
        for text in texts:
            spans = [[each.start, each.end, each.kind, each.tier] for each in find(text)]
            out.write(json.dumps({"spans": spans}) + "\n")
    for name, clock in (
        ("by the clock", time.perf_counter),
        ("of the processor", time.process_time),
    ):
        taken = sorted(milliseconds(text, clock) for text in long_texts(texts))
        print(  # noqa: T201 - what it is run for
            f"{LONG} characters, {name}: p50 {statistics.median(taken):.2f} ms,"
            f" p95 {taken[int(len(taken) * 0.95)]:.2f} ms, worst {taken[-1]:.2f} ms"
        )


if __name__ == "__main__":
    main()
