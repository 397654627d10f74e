"""Shared employees among companies: fair timetables within the law."""

from cordee.engines.staffing.limits import LIMITS, Limits, limits_on
from cordee.engines.staffing.model import Company, Employee, Need, Problem, Share, Wish
from cordee.engines.staffing.result import Certificate, Clash, Given, Level, Timetable, Visit
from cordee.engines.staffing.statement import MonthLine, YearEnd, monthly, year_end
from cordee.engines.staffing.timetable import plan
from cordee.engines.staffing.validator import violations
from cordee.engines.staffing.words import explain
from cordee.engines.staffing.worked import Stint, breaches

__all__ = [
    "LIMITS",
    "Certificate",
    "Clash",
    "Company",
    "Employee",
    "Given",
    "Level",
    "Limits",
    "MonthLine",
    "Need",
    "Problem",
    "Share",
    "Stint",
    "Timetable",
    "Visit",
    "Wish",
    "YearEnd",
    "breaches",
    "explain",
    "limits_on",
    "monthly",
    "plan",
    "violations",
    "year_end",
]
