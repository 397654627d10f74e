"""A grouping's life: its stages, what each step needs, the rules in force, the companies that count."""

from cordee.engines.lifecycle.defaults import (
    DECISION_TYPES,
    FORMS,
    DecisionType,
    Form,
    default_rule,
    proposed_rule,
)
from cordee.engines.lifecycle.delays import (
    earliest_meeting,
    exclusion_vote_open,
    purpose_review_due,
    second_call,
    withdrawal_effective,
)
from cordee.engines.lifecycle.facts import CHECKLIST, CURE_DAYS, MINIMUM, STAGES, Facts, Kind, Minimum, Stage, minimum
from cordee.engines.lifecycle.gates import (
    GateReport,
    Point,
    Role,
    gate,
    step_back,
    to_closed,
    to_collective,
    to_committed,
    to_winding_up,
    ways,
)
from cordee.engines.lifecycle.independence import Company, Independence, Link, Override, independence, say_link
from cordee.engines.lifecycle.words import say_minimum, say_point, say_role

__all__ = [
    "CHECKLIST",
    "CURE_DAYS",
    "DECISION_TYPES",
    "FORMS",
    "MINIMUM",
    "STAGES",
    "Company",
    "DecisionType",
    "Facts",
    "Form",
    "GateReport",
    "Independence",
    "Kind",
    "Link",
    "Minimum",
    "Override",
    "Point",
    "Role",
    "Stage",
    "default_rule",
    "earliest_meeting",
    "exclusion_vote_open",
    "gate",
    "independence",
    "minimum",
    "proposed_rule",
    "purpose_review_due",
    "say_link",
    "say_minimum",
    "say_point",
    "say_role",
    "second_call",
    "step_back",
    "to_closed",
    "to_collective",
    "to_committed",
    "to_winding_up",
    "ways",
    "withdrawal_effective",
]
