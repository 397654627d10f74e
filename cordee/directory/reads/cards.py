"""A company's card, as one person may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from cordee.directory.models import (
    Certificate,
    Company,
    CompanyTrade,
    Hiding,
    Place,
    PublicContract,
    Representative,
    Tie,
)
from cordee.engines.places import department
from cordee.engines.trades import trade
from cordee.ground.kit.clock import PARIS
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person

SOON = timedelta(days=60)
CONTRACTS = 12


@dataclass(frozen=True, slots=True)
class TradeLine:
    """A trade in words, and where it is known from."""

    slug: str
    label: str
    source: str
    declared: bool


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate and how long it still holds."""

    id: int
    label: str
    valid_to: date | None
    state: Literal["ok", "soon", "over", "unknown"]


@dataclass(frozen=True, slots=True)
class ShownTie:
    """A tie that both sides show."""

    other: Company
    kind: str


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """All that one person may see of a company."""

    company: Company
    places: tuple[Place, ...]
    trades: tuple[TradeLine, ...]
    certificates: tuple[CertificateLine, ...]
    leaders: tuple[str, ...]  # names, never addresses
    is_held: bool  # somebody speaks for it already
    contracts: tuple[PublicContract, ...]
    where: str  # « Hérault (34) », where its name is not shown
    named: bool
    my_ties: tuple[Tie, ...]
    shown_ties: tuple[ShownTie, ...]  # those both sides agreed to show
    mine: Representative | None
    my_companies: tuple[Company, ...]
    hidden_here: bool  # one of mine hides from this one
    headcount: str

    @property
    def may_commit(self) -> bool:
        """Whether this person may commit the company."""
        return self.mine is not None and self.mine.binds


def my_companies(person: Person) -> QuerySet[Company]:
    """The companies that this person acts for, the first one first."""
    mine = Representative.objects.filter(person=person, until=None).order_by("id").values("company")
    return Company.objects.filter(pk__in=mine).order_by("id")


def chosen_company(person: Person, public_id: str = "") -> Company:
    """The company one acts for: the chosen one, else the first; NotYours where there is none."""
    for company in my_companies(person):
        if public_id in ("", company.public_id):
            return company
    raise NotYours


def company_of(person: Person, public_id: str) -> Company:
    """A company that this person may see; for all others it does not exist."""
    found = Company.objects.seen_by(person).sighted(person).filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    return found.veil()


def own_company_of(person: Person, public_id: str) -> Company:
    """A company that this person acts for."""
    return chosen_company(person, public_id)


def certificate_of(company: Company, number: int) -> Certificate:
    """One certificate of a company."""
    found = company.certificates.filter(pk=number).first()
    if found is None:
        raise NotYours
    return found


def company_page(company: Company, person: Person, *, at: datetime) -> CompanyPage:
    """One card, as far as this person may read it."""
    sight: Any = company if hasattr(company, "is_named") else company_of(person, company.public_id)
    company = sight
    named = bool(sight.is_named)
    people = list(company.representatives.filter(until=None).select_related("person").order_by("id"))
    hides = Exists(Hiding.objects.filter(company=OuterRef("pk"), hidden_from=company.pk))
    mine: tuple[Any, ...] = tuple(my_companies(person).annotate(hides=hides))
    keys = [one.pk for one in mine]
    ties = company_ties(company, person) if named else ()
    return CompanyPage(
        company=company,
        places=tuple(company.places.order_by("-is_head", "city", "id")[:30]) if named else (),
        where=where_about(company) if not named else "",
        named=named,
        trades=tuple(sorted((trade_line(one) for one in company.trades.all()), key=lambda line: line.label)),
        certificates=tuple(_certificate(one, at) for one in company.certificates.order_by("label")),
        leaders=_leaders(company, people),
        is_held=any(one.binds for one in people),
        contracts=tuple(company.contracts.all()[:CONTRACTS]) if company.shows("contracts") else (),
        my_ties=tuple(Tie.objects.filter(company__in=keys, other=company).select_related("company")),
        shown_ties=ties,
        mine=next((one for one in people if one.person_id == person.pk), None),
        my_companies=mine,
        hidden_here=any(one.hides for one in mine),
        headcount=headcount_words(company),
    )


def _leaders(company: Company, people: Sequence[Representative]) -> tuple[str, ...]:
    """Who leads it: those who speak for it here, else those whom a file names."""
    if not company.shows("leaders"):
        return ()
    here = tuple(one.person.name or _("nom à compléter") for one in people if one.binds)
    return here or tuple(name.strip() for name in company.leaders.split(",") if name.strip())


def where_about(company: Company) -> str:
    """The department of a company, where more would name it."""
    code = next((place.department for place in company.places.all() if place.department), "")
    known = department(code) if code else None
    return f"{known.name} ({known.code})" if known else ""


def company_ties(company: Company, person: Person) -> tuple[ShownTie, ...]:
    """The ties of a company that both sides agreed to show, with those whom this person may see."""
    ties = Tie.objects.filter(company=company, shared=True)
    kind = ties.filter(other=OuterRef("pk")).order_by("id").values("kind")[:1]
    seen = Company.objects.seen_by(person).sighted(person).filter(pk__in=ties.values("other"))
    found: list[Any] = list(seen.annotate(tie_kind=Subquery(kind)).order_by("shown_name", "id")[:50])
    return tuple(ShownTie(one.veil(), str(Tie.Kind(one.tie_kind).label)) for one in found)


def trade_line(one: CompanyTrade) -> TradeLine:
    """A trade as one reads it; a trade that left the table keeps its slug."""
    try:
        label = trade(one.trade).label(language())
    except ValueError:
        label = one.trade
    if one.declared:
        source = _("déclaré")
    elif one.strength == 3:
        source = _("selon le code NAF %(naf)s") % {"naf": one.naf}
    else:
        source = _("possible selon le code NAF %(naf)s, à confirmer") % {"naf": one.naf}
    return TradeLine(one.trade, label, source, one.declared)


def _certificate(one: Certificate, at: datetime) -> CertificateLine:
    today = at.astimezone(PARIS).date()
    if one.valid_to is None:
        return CertificateLine(one.pk, one.label, None, "unknown")
    state: Literal["ok", "soon", "over"] = "ok"
    if one.valid_to < today:
        state = "over"
    elif one.valid_to <= today + SOON:
        state = "soon"
    return CertificateLine(one.pk, one.label, one.valid_to, state)


def headcount_words(company: Company) -> str:
    """« 20 à 49 personnes »; nothing where it is not known."""
    low, high = company.headcount_low, company.headcount_high
    if low is None:
        return ""
    if high is None:
        return _("%(low)s personnes et plus") % {"low": low}
    if low == high:
        return _("%(low)s personnes") % {"low": low} if low > 1 else _("1 personne") if low else _("sans salarié")
    return _("%(low)s à %(high)s personnes") % {"low": low, "high": high}


def hidden_from(company: Company, person: Person) -> list[Company]:
    """Those whom this company never shows itself to, as far as they are seen themselves."""
    chosen = Hiding.objects.filter(company=company).values("hidden_from")
    seen = Company.objects.seen_by(person).sighted(person).filter(pk__in=chosen)
    return [one.veil() for one in seen.order_by("shown_name", "id")[:100]]
