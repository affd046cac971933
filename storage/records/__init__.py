"""What the store holds, as plain values. No SQL here, so rules and views may read these.

Instants (`*_at`, `*_until`) are UTC seconds; minutes of a day count from local midnight. What a
single feature needs stands in a module of its own here; these are used all over.
"""

from storage.records.circles import (
    Attendance,
    Beat,
    CareerStage,
    Circle,
    CircleDraft,
    CircleMember,
    CircleState,
    CircleWish,
    Commitment,
    CommitmentState,
    FormingState,
    ProposedForming,
    Question,
    Rhythm,
    Session,
    SessionState,
    Standing,
)
from storage.records.consults import (
    Candidate,
    Consult,
    ConsultState,
    Detail,
    DetailState,
    Draft,
    Offer,
    OfferState,
    Step,
    Urgency,
)
from storage.records.endorsements import (
    Endorsement,
    EndorsementState,
)
from storage.records.ledger import (
    Help,
    HelpCategory,
    HelpKind,
    Outcome,
)
from storage.records.members import (
    Expert,
    Member,
    Topic,
    TopicClass,
    TopicSource,
    WorkingHours,
)
from storage.records.outbox import (
    Delivery,
    DeliveryState,
)

__all__ = [
    "Attendance",
    "Beat",
    "Candidate",
    "CareerStage",
    "Circle",
    "CircleDraft",
    "CircleMember",
    "CircleState",
    "CircleWish",
    "Commitment",
    "CommitmentState",
    "Consult",
    "ConsultState",
    "Delivery",
    "DeliveryState",
    "Detail",
    "DetailState",
    "Draft",
    "Endorsement",
    "EndorsementState",
    "Expert",
    "FormingState",
    "Help",
    "HelpCategory",
    "HelpKind",
    "Member",
    "Offer",
    "OfferState",
    "Outcome",
    "ProposedForming",
    "Question",
    "Rhythm",
    "Session",
    "SessionState",
    "Standing",
    "Step",
    "Topic",
    "TopicClass",
    "TopicSource",
    "Urgency",
    "WorkingHours",
]
