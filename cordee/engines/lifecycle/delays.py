"""The days that must pass: before a meeting, a second call, an exclusion, a departure."""

from datetime import date, timedelta

from cordee.engines.voting.rules import Rule

HEARING_DAYS = 15
"""From the written grievances to the hearing of the member who may be excluded."""


def earliest_meeting(sent: date, rule: Rule, *, urgent: bool = False) -> date:
    """Give the first day of a meeting whose notice was sent that day: full days, the day of sending not counted.

    >>> earliest_meeting(date(2026, 6, 1), Rule()).isoformat()
    '2026-06-16'
    """
    return sent + timedelta(days=rule.urgent_notice_days if urgent else rule.notice_days)


def second_call(first: date, rule: Rule) -> date | None:
    """Give the first day of the second meeting after one without quorum; None when the rule has no second call."""
    return None if rule.second_quorum is None else first + timedelta(days=rule.second_call_days)


def exclusion_vote_open(grievances_sent: date | None, heard: bool, today: date, days: int = HEARING_DAYS) -> bool:
    """Say whether an exclusion may be voted: grievances written, time to prepare given, the member heard (or called).

    Holds   never before the delay is over, never without a hearing offered.
    """
    return heard and grievances_sent is not None and today >= grievances_sent + timedelta(days=days)


def withdrawal_effective(asked: date, months: int = 3, commitments_end: date | None = None) -> date:
    """Give the day a departure takes effect: notice over, and current commitments kept.

    Holds   never before either; a day that the month lacks becomes its last one.

    >>> withdrawal_effective(date(2026, 11, 30)).isoformat()
    '2027-02-28'
    """
    if months < 0:
        raise ValueError("a notice can't be negative")
    left = add_months(asked, months)
    return left if commitments_end is None else max(left, commitments_end)


def purpose_review_due(last: date) -> date:
    """Give the day of the yearly question: is the purpose still worth it?"""
    return add_months(last, 12)


def add_months(day: date, months: int) -> date:
    """Move a day by whole months.

    >>> add_months(date(2028, 2, 29), 12).isoformat()
    '2029-02-28'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
