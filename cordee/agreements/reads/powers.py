"""Who may sign for my companies."""

from dataclasses import dataclass
from datetime import datetime

from cordee.agreements.models import Delegation
from cordee.agreements.reads.knowing import kinds
from cordee.directory.models import Company, Representative
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person


@dataclass(frozen=True, slots=True)
class GivenPower:
    """One delegation as its company sees it."""

    delegation: Delegation
    kinds: tuple[str, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class PowersPage:
    """The companies of a person, and the delegations they gave."""

    led: tuple[Company, ...]  # those of which this person is the legal representative
    given: tuple[GivenPower, ...]


def powers_page(person: Person, *, at: datetime) -> PowersPage:
    """Who may sign for my companies, by a written delegation."""
    mine = list(Representative.objects.filter(person=person, until=None).select_related("company"))
    labels = {one.slug: one.label for one in kinds()}
    found = Delegation.objects.filter(company__in=[one.company_id for one in mine])
    return PowersPage(
        led=tuple(one.company for one in mine if one.capacity == Representative.Capacity.LEGAL),
        given=tuple(
            GivenPower(
                one,
                tuple(labels.get(slug, slug) for slug in one.kinds),
                one.revoked_at is not None or (one.until is not None and one.until < at.date()),
            )
            for one in found.select_related("company", "person", "giver")
        ),
    )


def delegation_of(person: Person, public_id: str) -> Delegation:
    """A delegation of one of my companies, or one that was given to me."""
    companies = Representative.objects.filter(person=person, until=None).values("company")
    found = Delegation.objects.select_related("company", "paper").filter(public_id=public_id)
    one = found.filter(company__in=companies).first() or found.filter(person=person).first()
    if one is None:
        raise NotYours
    return one
