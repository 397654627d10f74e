"""What the team search reads of the directory: plain values, within a few queries, for thousands of companies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from cordee.directory.models import Certificate, Company, CompanyTrade, Place, Representative, Tie
from cordee.engines.places import department
from cordee.engines.trades import Strength
from cordee.ground.people.models import Person

HELD = {Strength.EXACT: 90, Strength.CLOSE: 60, Strength.RELATED: 40}
"""How surely a company practises a trade that its NAF code names; a declared trade counts 100."""

SHOWN = 50
"""The trust that counts for a tie of others which both sides show."""


@dataclass(frozen=True, slots=True)
class TeamCompany:
    """One company with what is known of it; None means « to be confirmed ». Its names are those of the team engine.

    Units  capacity in thousands of euros a year, over all its trades; capacities by trade, in the trade's own unit;
           turnover in cents; places as (longitude, latitude); ties: other company → trust, 1 to 100.
    """

    id: str
    name: str
    siren: str
    trades: Mapping[str, int]
    capacity: int | None
    capacities: Mapping[str, int]
    places: tuple[tuple[float, float], ...]
    certificates: frozenset[str] | None
    turnover: int | None
    headcount: int | None
    ties: Mapping[str, int]
    group: str | None


def companies_for_teaming(*, person: Person, at: datetime, trades: tuple[str, ...] = ()) -> tuple[TeamCompany, ...]:
    """The companies that this person may be shown, as values for a team search, in six queries.

    Shape   trades: only companies of one of these, and this person's own; all where empty.
    Holds   what a company keeps back from this person counts as not known; one that keeps its name is named discreetly.
            A tie is used only when it is this person's own company's, or shown by both sides (then without its
            trust, which stays private); a certificate that has ended does not count.
    """
    seen = Company.objects.seen_by(person).sighted(person)
    mine = set(Representative.objects.filter(person=person, until=None).values_list("company_id", flat=True))
    if trades:
        seen = seen.filter(Q(pk__in=CompanyTrade.objects.filter(trade__in=trades).values("company")) | Q(pk__in=mine))
    rows: list[Any] = [company.veil() for company in seen.defer("brings", "looks_for", "proofs").order_by("pk")]
    public = {row.pk: str(row.public_id) for row in rows}
    veiled = {row.pk for row in rows if not row.is_named}
    no_capacity = {row.pk for row in rows if not row.shows("capacity")}
    held: dict[int, dict[str, int]] = {}
    capacities: dict[int, dict[str, int]] = {}
    for one in CompanyTrade.objects.values_list("company_id", "trade", "declared", "strength", "capacity"):
        company, slug, declared, strength, capacity = one
        if company in public:
            held.setdefault(company, {})[slug] = 100 if declared else HELD[Strength(strength)]
            if capacity is not None and company not in no_capacity:
                capacities.setdefault(company, {})[slug] = capacity
    places: dict[int, list[tuple[float, float]]] = {}
    known = Place.objects.filter(lon__isnull=False, lat__isnull=False).order_by("-is_head", "pk")
    for company, lon, lat, code in known.values_list("company_id", "lon", "lat", "department"):
        if company in veiled:  # its department, no nearer
            away = department(code) if code else None
            if away and away.point:
                places[company] = [(away.point.lon, away.point.lat)]
        elif company in public and lon is not None and lat is not None:
            places.setdefault(company, []).append((lon, lat))
    marks: dict[int, set[str]] = {}
    valid = Certificate.objects.filter(Q(valid_to=None) | Q(valid_to__gte=at.date()))
    for company, label in valid.values_list("company_id", "label"):
        marks.setdefault(company, set()).add(" ".join(label.upper().split()))
    ties: dict[int, dict[str, int]] = {}
    usable = Tie.objects.filter(Q(company__in=mine) | Q(shared=True))
    for company, other, trust in usable.values_list("company_id", "other_id", "trust"):
        own_word = company in mine
        if company in public and other in public and trust and (own_word or not veiled & {company, other}):
            kept = ties.setdefault(company, {})
            kept[public[other]] = max(trust if own_word else SHOWN, kept.get(public[other], 0))
    return tuple(
        TeamCompany(
            id=public[row.pk],
            name=str(row),
            siren=row.siren or "",
            trades=held.get(row.pk, {}),
            capacity=None if row.capacity_cents is None else row.capacity_cents // 100_000,
            capacities=capacities.get(row.pk, {}),
            places=tuple(places.get(row.pk, ())),
            certificates=_marks(marks.get(row.pk), row.certificates_known),
            turnover=row.turnover_cents,
            headcount=row.headcount_low,
            ties=ties.get(row.pk, {}),
            group=row.capital_group or None,
        )
        for row in rows
    )


def _marks(found: set[str] | None, known: bool) -> frozenset[str] | None:
    """The certificates of a company; None where nobody said whether it has any."""
    return frozenset(found or ()) if found or known else None
