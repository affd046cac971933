"""Topics and experts out of a CSV file: every faulty row named with its line, or all of them."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.curriculum import QUESTION_MAX, own_id
from bot.errors import MentorBotError
from bot.members import Profile
from bot.programme import ExpertRow, TopicRow
from bot.rules.words import clean, tag_of
from bot.rules.working_hours import parse_days, parse_hours
from bot.views.members import CAPACITY, CAPACITY_MAX
from storage.records import CareerStage, Question, Topic, TopicClass
from storage.records.profiles import Need

Row = TypeVar("Row")

TOPIC_COLUMNS = ("topic", "synonyms", "class", "fallback_channel")
EXPERT_COLUMNS = ("user", "topics", "capacity", "hours", "days", "about")
QUESTION_COLUMNS = ("question", "stage", "prompt")
NEED_COLUMNS = ("need", "stage", "topics", "about", "id")
NAME_MAX, ABOUT_MAX = 60, 200
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{2,}")


class FileFaults(MentorBotError):
    """The file can't be used; the message names each fault with its line."""


@dataclass(slots=True)
class _Line:
    """One row, and the faults found in it."""

    number: int
    values: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def get(self, column: str) -> str:
        return clean(self.values.get(column) or "")

    def said(self) -> frozenset[str]:
        """The columns the file has: those it leaves out change nothing."""
        return frozenset(self.values)

    def several(self, column: str) -> tuple[str, ...]:
        parts = (part.strip() for part in self.get(column).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def need(self, column: str, longest: int) -> str:
        value = self.get(column)
        if not value:
            self.fault(f"{column} is missing")
        if len(value) > longest:
            self.fault(f"{column} is longer than {longest} characters")
        return value

    def fault(self, words: str) -> None:
        self.faults.append(f"line {self.number}: {words}")


def topics_in(text: str, channels: Mapping[str, str] | None = None) -> list[TopicRow]:
    """The topics of a file. `channels` gives the ids of channel names. Raises FileFaults.

    Without `channels` a name is left as it is written, to be looked up later.
    """

    def topic(line: _Line) -> TopicRow:
        kind = line.get("class").lower() or TopicClass.GENERAL
        if kind not in set(TopicClass):
            line.fault(f"class is {' or '.join(TopicClass)}")
            kind = TopicClass.GENERAL
        channel = line.get("fallback_channel").lstrip("#")
        if channels is not None and channel and not CHANNEL_ID.fullmatch(channel):
            if channel not in channels:
                line.fault(f"there is no channel {channel} (its id, like C012AB3CD, will do too)")
            channel = channels.get(channel, "")
        name, synonyms = line.need("topic", NAME_MAX), line.several("synonyms")
        found = Topic(0, name, TopicClass(kind), channel or None, synonyms)
        return TopicRow(found, line.said())

    return _rows(text, TOPIC_COLUMNS, ("topic",), topic)


def names_channel(row: TopicRow) -> bool:
    """Whether its channel stands there by its name, and not by its id."""
    channel = row.topic.fallback_channel
    return channel is not None and not CHANNEL_ID.fullmatch(channel)


def questions_in(text: str) -> list[Question]:
    """The programme's own questions for circles. Raises FileFaults.

    A question's id comes of its words, so that importing it again changes it.
    """

    def question(line: _Line) -> Question:
        stage = line.get("stage").lower()
        if stage and stage not in set(CareerStage):
            line.fault(f"stage is {', '.join(CareerStage)}, or empty for all")
            stage = ""
        words, prompt = line.need("question", QUESTION_MAX), line.get("prompt")
        if len(prompt) > QUESTION_MAX:
            line.fault(f"prompt is longer than {QUESTION_MAX} characters")
        return Question(own_id(words), words, CareerStage(stage) if stage else None, prompt)

    return _rows(text, QUESTION_COLUMNS, ("question",), question)


def needs_in(text: str) -> list[Need]:
    """The programme's own needs of a career stage. Raises FileFaults.

    Without an `id` it comes of the stage and the name; with that of a need that is shipped, the row
    stands in its place.
    """

    def need(line: _Line) -> Need:
        stage = line.get("stage").lower()
        if stage not in set(CareerStage):
            line.fault(f"stage is {', '.join(CareerStage)}")
            stage = CareerStage.EARLY
        name, about = line.need("need", NAME_MAX), line.get("about")
        if len(about) > ABOUT_MAX:
            line.fault(f"about is longer than {ABOUT_MAX} characters")
        need_id = line.get("id") or f"{stage}-{tag_of(name)}"
        if len(need_id) > NAME_MAX:
            line.fault(f"id is longer than {NAME_MAX} characters")
        return Need(need_id, CareerStage(stage), name, about, line.several("topics"))

    return _rows(text, NEED_COLUMNS, ("need", "stage"), need)


def experts_in(text: str) -> list[ExpertRow]:
    """The experts of a file; their topics are looked up when they are stored. Raises FileFaults."""

    def expert(line: _Line) -> ExpertRow:
        topics = line.several("topics")
        if not topics:
            line.fault("topics are missing")
        starts, ends = _read(line, "hours", parse_hours, (9 * 60, 17 * 60))
        profile = Profile(
            (),
            line.get("about")[:ABOUT_MAX],
            _read(line, "capacity", _capacity, CAPACITY),
            starts,
            ends,
            _read(line, "days", parse_days, (1, 2, 3, 4, 5)),
        )
        return ExpertRow(line.number, line.need("user", 200), topics, profile, line.said())

    return _rows(text, EXPERT_COLUMNS, ("user", "topics"), expert)


def _capacity(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= CAPACITY_MAX):
        raise ValueError(f"capacity is a number from 1 to {CAPACITY_MAX}")
    return int(text)


def _read(line: _Line, column: str, parse: Callable[[str], Row], otherwise: Row) -> Row:
    text = line.get(column)
    if not text:
        return otherwise
    try:
        return parse(text)
    except ValueError as error:
        line.fault(str(error))
        return otherwise


def _rows(
    text: str,
    columns: tuple[str, ...],
    needed: tuple[str, ...],
    make: Callable[[_Line], Row],
) -> list[Row]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise FileFaults(f"line 1: {error}") from error
    faults = _column_faults(names, columns, needed)
    if faults:
        raise FileFaults(f"line 1: the columns are {','.join(columns)}; {faults}")
    reader.fieldnames = names
    rows: list[Row] = []
    found: list[str] = []
    lines: dict[str, int] = {}
    try:
        for values in reader:
            line = _Line(reader.line_num, {k: v for k, v in values.items() if isinstance(v, str)})
            if None in values:
                line.fault("there are more values than columns")
            rows.append(make(line))
            name = line.get(needed[0])
            first = lines.setdefault(name.casefold(), line.number)
            if name and first != line.number:
                line.fault(f"{name} stands on line {first} already")
            found += line.faults
    except csv.Error as error:
        found.append(f"line {reader.line_num + 1}: {error}")
    if found:
        raise FileFaults("; ".join(found))
    return rows


def _column_faults(names: list[str], columns: tuple[str, ...], needed: tuple[str, ...]) -> str:
    wrong = {
        "missing": [column for column in needed if column not in names],
        "unknown": [name for name in names if name not in columns],
        "twice": sorted({name for name in names if names.count(name) > 1}),
    }
    return ", ".join(f"{fault}: {', '.join(which)}" for fault, which in wrong.items() if which)
