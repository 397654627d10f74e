"""Shared employees among companies: fair timetables within the law."""

from cordee.engines.staffing.limits import LIMITS, Limits, limits_on
from cordee.engines.staffing.model import Company, Employee, Need, Problem, Share, Wish

__all__ = [
    "LIMITS",
    "Company",
    "Employee",
    "Limits",
    "Need",
    "Problem",
    "Share",
    "Wish",
    "limits_on",
]
