"""Which notes are like a question that is being typed."""

from collections.abc import Collection, Iterable, Mapping

from storage.records.notes import NoteWord

# issue 6: up to three are shown while one asks.
SHOWN = 3
CONSIDERED = 20  # of which is asked under which topics they are
# A word of the note's question says more than one of its answer; one that many notes have, less.
IN_QUESTION, IN_ANSWER, SHARED_TOPIC = 2.0, 1.0, 1.0
COMMON = 0.5
# Two words of its question, or one and the topic.
ENOUGH = 3.0


def nearest(met: Iterable[NoteWord]) -> dict[int, float]:
    """The notes that have most in common with a question, by id, and how much; a bounded few.

    `met`: where words of the question stand in notes.
    """
    worth: dict[int, float] = {}
    for each in met:
        counts = IN_QUESTION if each.asked else IN_ANSWER
        worth[each.note] = worth.get(each.note, 0) + counts * (COMMON if each.common else 1)
    best = sorted(worth.items(), key=_first)[:CONSIDERED]
    return {note: counted for note, counted in best if counted + SHARED_TOPIC >= ENOUGH}


def closest(worth: Mapping[int, float], under: Collection[int]) -> list[int]:
    """The notes that are like it, by id, the closest first; of two alike the newer.

    `worth`: what the nearest have in common with it; `under`: those under one of its topics.
    """
    counted = {note: each + SHARED_TOPIC * (note in under) for note, each in worth.items()}
    near = [(note, each) for note, each in counted.items() if each >= ENOUGH]
    return [note for note, _ in sorted(near, key=_first)[:SHOWN]]


def _first(counted: tuple[int, float]) -> tuple[float, int]:
    note, worth = counted
    return (-worth, -note)
