"""May these companies bid together? Twelve points, a verdict, and what to do; who may see which information."""

from cordee.engines.competition.levels import LEVELS, Level, may_read
from cordee.engines.competition.note import POINTS, Answers, Rival, Verdict, judge, point_label, say

__all__ = ["LEVELS", "POINTS", "Answers", "Level", "Rival", "Verdict", "judge", "may_read", "point_label", "say"]
