"""Answering a tender together: when each step is due, whether the team is strong enough, who may still change.

And for a private client: what the law demands, who guarantees what, what a common volume unlocks.
"""

from cordee.engines.procurement.capacity import Held, Line, Requirement, consolidated
from cordee.engines.procurement.composition import CASES, Change, may_change
from cordee.engines.procurement.guarantees import ROWS, Cover, Row, matrix
from cordee.engines.procurement.planning import STEPS, Step, retro_plan, step_label
from cordee.engines.procurement.private import Block, Work, blocks
from cordee.engines.procurement.volumes import Tier, Unlocked, unlocked

__all__ = [
    "CASES",
    "ROWS",
    "STEPS",
    "Block",
    "Change",
    "Cover",
    "Held",
    "Line",
    "Requirement",
    "Row",
    "Step",
    "Tier",
    "Unlocked",
    "Work",
    "blocks",
    "consolidated",
    "matrix",
    "may_change",
    "retro_plan",
    "step_label",
    "unlocked",
]
