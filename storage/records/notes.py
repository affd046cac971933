"""Notes: what came of an answered consult, reworded by the two of it, for others to read."""

from dataclasses import dataclass
from enum import StrEnum

from storage.records.members import Topic


class NoteState(StrEnum):
    """DRAFT until both of the two agree to the same words, then SHARED.

    OVER: declined, withdrawn or taken down, which is not told apart: its words are deleted.
    """

    DRAFT = "draft"
    SHARED = "shared"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Note:
    """A question and its answer, as two people would let others read them.

    `version` counts the wordings; `asker_agrees` and `expert_agrees` are about the newest. An empty
    `answer` is still to be written, by the expert. `ended_by`: who ended it; `helped`: how many
    colleagues said that it helped them.
    """

    id: int
    consult_id: int | None
    asker: str
    expert: str
    state: NoteState
    version: int
    question: str
    answer: str
    asker_agrees: bool
    expert_agrees: bool
    written_at: int
    shared_at: int | None = None
    ended_by: str | None = None
    helped: int = 0
    topics: tuple[Topic, ...] = ()

    @property
    def authors(self) -> tuple[str, str]:
        """The two whose note it is."""
        return (self.asker, self.expert)

    def agrees(self, user: str) -> bool:
        """Whether one of the two agrees to its words."""
        return self.asker_agrees if user == self.asker else self.expert_agrees


@dataclass(frozen=True, slots=True)
class NoteWord:
    """A word that a note has in common with a question; `asked`: it stands in the note's question.

    `common`: so many notes have it that not all of them were looked at.
    """

    note: int
    word: str
    asked: bool
    common: bool = False
