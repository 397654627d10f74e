"""Making an award: who of its members leads."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from cordee.engines.notices.model import Award, LeadBasis, Member, Money, Organisation

_NAMED_LEAD = re.compile(r"\bmandataires?\b|\blead(er)?\b|\bchef de file\b", re.IGNORECASE)


def award_of(
    lot: str | None,
    companies: Sequence[Organisation],
    *,
    grouping: bool,
    stated_lead: int | None = None,
    value: Money | None = None,
    day: date | None = None,
) -> Award:
    """An award to these companies, in the order of the notice.

    Shape   companies: at least one; stated_lead: the position of the member the notice marks as leading.
    Holds   exactly one member leads: the marked one, else the only one named « mandataire », else the first.
    """
    named = [place for place, company in enumerate(companies) if _NAMED_LEAD.search(company.name)]
    lead, basis = _lead(len(companies), stated_lead, named)
    members = tuple(Member(company, place == lead) for place, company in enumerate(companies))
    return Award(lot, members, grouping or len(companies) > 1, basis, value, day)


def _lead(count: int, stated: int | None, named: list[int]) -> tuple[int, LeadBasis]:
    if stated is not None and stated < count:
        return stated, "stated"
    if count == 1:
        return 0, "alone"
    return (named[0], "named") if len(named) == 1 else (0, "order")


def without_winner(lots: Iterable[str], awards: Iterable[Award]) -> tuple[str, ...]:
    """These lots, each once, but those that somebody won all the same (of several contracts, some not awarded)."""
    won = {award.lot for award in awards}
    return tuple(lot for lot in dict.fromkeys(lots) if lot not in won)
