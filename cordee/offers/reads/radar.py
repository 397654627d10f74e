"""The radar as leaders see it, and as the engine wants it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from cordee.directory.models import Company, CompanyTrade, Place, Tie
from cordee.engines.notices import Lot
from cordee.engines.places import Place as Where
from cordee.engines.places.departments import departments_of_nuts
from cordee.engines.procurement.radar import Asked, Radar, Watcher, habit, say_reason
from cordee.engines.sentences import Reason, reason
from cordee.engines.units import Cents
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.offers.models import Award, RadarHit, RadarNotice, RadarProfile, RadarSweep
from cordee.offers.permissions import companies_of

SHOWN = 5


def departments_of_lot(lot: Lot, where: Where | None) -> list[str]:
    """The departments of a lot, from its NUTS codes; where it says none, those of the notice."""
    found = [each.code for code in lot.nuts for each in departments_of_nuts(code)]
    if not found and where is not None and where.level != "country":
        found = list(where.departments)
    return list(dict.fromkeys(found))[:110]


def asked_of(notice: RadarNotice) -> list[Asked]:
    """A notice as the engine wants it."""
    return [
        Asked(
            lot["title"],
            lot["trades"],
            frozenset(lot["departments"]),
            None if lot["value"] is None else Cents(lot["value"]),
        )
        for lot in notice.lots
    ]


WATCHED = ("pk", "trades", "departments", "least_cents", "most_cents", "partners", "learnt")


def watchers() -> tuple[Radar, dict[str, int]]:
    """Every company as a possible partner, those with a profile as possible winners too; and the profiles."""
    profiles = {each[0]: each[1:] for each in RadarProfile.objects.filter(active=True).values_list("company", *WATCHED)}
    homes = dict(Place.objects.order_by("is_head").exclude(department="").values_list("company_id", "department"))
    trades: dict[int, dict[str, int]] = {}
    for company, slug, declared in CompanyTrade.objects.values_list("company_id", "trade", "declared").iterator():
        trades.setdefault(company, {})[slug] = 100 if declared else 70
    found, keys = [], {}
    companies = Company.objects.values_list("pk", "public_id", "name", "brand_name", "listed")
    for pk, public_id, name, brand, listed in companies.iterator():
        profile, own = profiles.get(pk), trades.get(pk, {})
        if profile is None:
            if listed:
                found.append(Watcher(public_id, brand or name, own, homes.get(pk, ""), watches=False))
            continue
        key, only, departments, least, most, partners, learnt = profile
        keys[public_id] = key
        if only:
            own = dict.fromkeys(only, 100)
        found.append(
            Watcher(
                public_id,
                brand or name,
                own,
                homes.get(pk, ""),
                frozenset(departments),
                None if least is None else Cents(least),
                None if most is None else Cents(most),
                frozenset(partners),
                learnt,
            )
        )
    return Radar(found), keys


@dataclass(frozen=True, slots=True)
class HitCard:
    """One notice in the short list: why, with whom."""

    hit: RadarHit
    lots: list[str]
    reasons: list[str]
    partners: list[tuple[str, str, str]]  # public id, name, the lot it would do


@dataclass(frozen=True, slots=True)
class RadarPage:
    """The radar of one company."""

    company: Company
    profile: RadarProfile | None
    cards: list[HitCard]
    answered: list[RadarHit]


def radar_company(person: Person, public_id: str) -> Company:
    """A company that this person acts for; NotYours for any other."""
    found = companies_of(person).filter(public_id=public_id).first() if public_id else companies_of(person).first()
    if found is None:
        raise NotYours
    return found


def radar_page(company: Company, *, at: datetime) -> RadarPage:
    """« You could win this one, with these two »: the best few that still run, and what was answered."""
    profile = RadarProfile.objects.filter(company=company).first()
    if profile is None:
        return RadarPage(company, None, [], [])
    running = RadarHit.objects.filter(profile=profile).select_related("notice").defer("notice__packed")
    fresh = running.filter(answer="").filter(Q(notice__deadline=None) | Q(notice__deadline__gt=at))[:SHOWN]
    hits = list(fresh)
    names = _names(each[0] for hit in hits for each in hit.partners)
    habits = _habits({hit.notice.buyer for hit in hits})
    lang = language()
    cards = [
        HitCard(
            hit,
            [hit.notice.lots[rank]["title"] or hit.notice.title for rank in hit.lots if rank < len(hit.notice.lots)],
            [
                *(say_reason(reason(code, **facts), lang) for code, facts in hit.reasons),
                *(say_reason(each, lang) for each in [habits.get(hit.notice.buyer.casefold())] if each),
            ],
            [(one, names[one], _lot_title(hit, rank)) for one, rank in hit.partners if one in names],
        )
        for hit in hits
    ]
    return RadarPage(
        company, profile, cards, list(running.exclude(answer="").select_related("need").order_by("-answered_at")[:10])
    )


def _lot_title(hit: RadarHit, rank: int) -> str:
    return str(hit.notice.lots[rank]["title"]) if rank < len(hit.notice.lots) else ""


def _names(ids: Iterable[str]) -> dict[str, str]:
    return {each.public_id: str(each) for each in Company.objects.filter(public_id__in=list(ids), listed=True)}


def _habits(buyers: Iterable[str]) -> dict[str, Reason]:
    """For each buyer with past awards, how often they went to groups: one query for all."""
    asked = Q(pk=None)
    for buyer in filter(None, buyers):
        asked |= Q(buyer__iexact=buyer)
    counts: dict[str, list[bool]] = {}
    for buyer, together in Award.objects.filter(asked).order_by("-day").values_list("buyer", "together")[:500]:
        counts.setdefault(buyer.casefold(), []).append(together)
    found = {buyer: habit(sum(said), len(said)) for buyer, said in counts.items()}
    return {buyer: each for buyer, each in found.items() if each is not None}


def known_partners(company: Company) -> list[Company]:
    """With whom a company may like to win: those it sits with, those of its own ecosystem."""
    seats = Seat.objects.filter(state=Seat.State.MEMBER)
    beside = seats.filter(grouping__in=seats.filter(company=company).values("grouping")).values("company")
    tied = Tie.objects.filter(company=company).values("other")
    found = Company.objects.filter(Q(pk__in=beside) | Q(pk__in=tied)).exclude(pk=company.pk)
    return list(found.order_by("name")[:200])


@dataclass(frozen=True, slots=True)
class LastSweep:
    """The last sweep: how many notices, how far it is."""

    sweep: RadarSweep
    share: int

    @property
    def running(self) -> bool:
        return self.sweep.state != RadarSweep.State.DONE

    @property
    def unread(self) -> bool:
        return not self.running and not self.sweep.total and bool(self.sweep.refused)


def last_sweep() -> LastSweep | None:
    """How the last sweep went, or how far it is."""
    sweep = (
        RadarSweep.objects.order_by("-started_at", "-id")
        .annotate(parts=Count("slices"), swept=Count("slices", filter=Q(slices__done_at__isnull=False)))
        .first()
    )
    return LastSweep(sweep, 100 * sweep.swept // sweep.parts if sweep.parts else 0) if sweep else None
