"""How a mentorship goes, by what each of the two says in private. product.md, section 3.5."""

from collections.abc import Mapping
from enum import StrEnum

# Scores go from 1 (hardly) to this (very much); so low asks for help.
BEST = 5
LOW = 2


class Trait(StrEnum):
    """What relationships succeed through."""

    RECIPROCITY = "reciprocity"
    RESPECT = "respect"
    EXPECTATIONS = "expectations"
    CONNECTION = "connection"
    VALUES = "values"


class Aspect(StrEnum):
    """Eleven aspects of a healthy partnership (Allen and Poteet)."""

    COMMUNICATION = "communication"
    STANDARDS = "standards"
    TRUST = "trust"
    CARE = "care"
    MISTAKES = "mistakes"
    WILLINGNESS = "willingness"
    FLEXIBILITY = "flexibility"
    CONSTRAINTS = "constraints"
    LEARNING = "learning"
    COMMON_TASKS = "common_tasks"
    COMFORT = "comfort"


class MentoringOutcome(StrEnum):
    """What came of a mentorship, as a community programme has published it."""

    GOALS = "goals"
    NEXT_STEPS = "next_steps"
    INSIGHTS = "insights"
    LONG_DEFERRED = "long_deferred"
    LESS_STRESS = "less_stress"
    CONFIDENCE = "confidence"


class Barrier(StrEnum):
    """What stood in the way."""

    TIME = "time"
    SELF_AWARENESS = "self_awareness"
    CONFIDENCE = "confidence"
    OVER_COMMITMENT = "over_commitment"
    CONFLICT_AVOIDANCE = "conflict_avoidance"
    GENERATIONS = "generations"


# product.md: per cent of the participants who reported each.
PUBLISHED = {
    MentoringOutcome.GOALS: 62,
    MentoringOutcome.NEXT_STEPS: 60,
    MentoringOutcome.INSIGHTS: 52,
    MentoringOutcome.LONG_DEFERRED: 30,
    MentoringOutcome.LESS_STRESS: 19,
    MentoringOutcome.CONFIDENCE: 19,
}
# product.md, section 7: smaller groups are not shown.
FEW = 5

Scores = Mapping[str, int]
# In the order in which they are asked.
ASPECTS_AND_TRAITS: tuple[Trait | Aspect, ...] = (*Trait, *Aspect)


def complete(scores: Scores) -> bool:
    """Whether somebody has scored all there is."""
    return set(scores) >= set(ASPECTS_AND_TRAITS)


def low(scores: Scores) -> list[str]:
    """What was scored so low that help is offered, the lowest first, in the order of the form."""
    found = [each for each in ASPECTS_AND_TRAITS if scores.get(each, BEST) <= LOW]
    return sorted(found, key=lambda each: scores[each])


def per_cent(reached: int, asked: int, people: int) -> int | None:
    """How many per cent of the answers that is, rounded; None if they are of very few `people`."""
    return None if people < FEW else round(100 * reached / asked)
