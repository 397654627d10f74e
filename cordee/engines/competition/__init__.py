"""May these companies bid together? Twelve points, a verdict, and what to do; who may see which information."""

from cordee.engines.competition.levels import LEVELS, Level, may_read
from cordee.engines.competition.note import POINTS, Answers, Rival, Verdict, judge, point_label, say
from cordee.engines.competition.sums import Sum, may_be_shown

__all__ = [
    "LEVELS",
    "POINTS",
    "Answers",
    "Level",
    "Rival",
    "Sum",
    "Verdict",
    "judge",
    "may_be_shown",
    "may_read",
    "point_label",
    "say",
]
