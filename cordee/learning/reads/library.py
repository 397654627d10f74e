"""How others split and decided: what a grouping may tell, put into ranges and words that name nobody."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cordee.governance.models import Ballot, DecisionType
from cordee.ground.kit.words import for_the_papers
from cordee.ground.register.acts import address
from cordee.groupings.models import Grouping, Seat
from cordee.learning.models import CaseConsent, SharedCase
from cordee.money.models import PoolLine, SharingKey

BANDS = ((2, 5), (6, 9), (10, 19), (20, 49))
COSTS = (1_000, 5_000, 20_000, 100_000)
"""Euros: where one range ends and the next begins."""


@dataclass(frozen=True, slots=True)
class Tellable:
    """A key that was adopted, or a vote that is closed."""

    kind: str
    about: str
    title: str  # for the members only: it is not told
    source: SharingKey | Ballot


def tellable(grouping: Grouping) -> list[Tellable]:
    """What a grouping could tell and has not proposed yet."""
    known = set(SharedCase.objects.filter(grouping=grouping, withdrawn_at=None).values_list("about", flat=True))
    keys = SharingKey.objects.filter(pool__grouping=grouping, adopted_at__isnull=False).select_related("pool")
    votes = Ballot.objects.filter(grouping=grouping, closed_at__isnull=False, outcome="adopted")
    found = [Tellable("key", address(key), f"{key.get_kind_display()} – {key.pool}", key) for key in keys]
    found += [
        Tellable("decision", address(ballot), str(ballot.resolution), ballot)
        for ballot in votes.select_related("resolution").order_by("-closed_at")[:20]
    ]
    return [one for one in found if one.about not in known]


def case_told(one: Tellable) -> dict[str, Any]:
    """What strangers will read of it, in the words of the house: no name, no place, no exact figure."""
    with for_the_papers():
        return _of_key(one.source) if isinstance(one.source, SharingKey) else _of_ballot(one.source)


def _of_key(key: SharingKey) -> dict[str, Any]:
    lines = PoolLine.objects.filter(pool=key.pool, struck_at=None).exclude(nature="advance")
    cents = sum(lines.values_list("cents", flat=True))
    return {
        "what": str(key.get_kind_display()),
        "size": band(key.pool.members.count()),
        "cost": cost_band(cents),
        "later": str(key.get_later_display()),
    }


def _of_ballot(ballot: Ballot) -> dict[str, Any]:
    days = max(1, (ballot.closes_at - ballot.opened_at).days)
    return {
        "what": str(DecisionType(ballot.resolution.decision_type).label),
        "size": band(ballot.voters.count()),
        "outcome": str(ballot.get_outcome_display()),
        "days": _("moins d’une semaine")
        if days < 7
        else _("une à deux semaines")
        if days < 15
        else _("plus longtemps"),
    }


def band(count: int) -> str:
    """A number of companies as a range: « 3 à 5 entreprises »."""
    low, high = next(((low, high) for low, high in BANDS if count <= high), (50, 0))
    if not high:
        return _("50 entreprises et plus")
    return _("%(low)s à %(high)s entreprises") % {"low": low, "high": high}


def cost_band(cents: int) -> str:
    """An amount as a range."""
    euros = cents // 100
    for limit in COSTS:
        if euros < limit:
            return _("moins de %(limit)s €") % {"limit": f"{limit:,}".replace(",", "\u202f")}
    return _("plus de %(limit)s €") % {"limit": f"{COSTS[-1]:,}".replace(",", "\u202f")}


@dataclass(frozen=True, slots=True)
class Case:
    """A case, as a member of its grouping sees it."""

    case: SharedCase
    agreed: int
    members: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Library:
    """What others told, and what my grouping could tell."""

    told: list[SharedCase]
    ours: list[Case]
    could: list[Tellable]


def library(grouping: Grouping, seat: Seat) -> Library:
    """The library, for a member: four or five queries."""
    told = SharedCase.objects.filter(published_at__isnull=False, withdrawn_at=None)
    members = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).count()
    ours = []
    cases = SharedCase.objects.filter(grouping=grouping, withdrawn_at=None).prefetch_related("consents")
    for case in cases.order_by("-proposed_at"):
        agreed: list[CaseConsent] = list(case.consents.all())
        ours.append(Case(case, len(agreed), members, any(one.seat_id == seat.pk for one in agreed)))
    return Library(list(told[:60]), ours, tellable(grouping))
