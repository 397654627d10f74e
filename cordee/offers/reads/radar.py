"""The radar as leaders see it, and as the engine wants it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cordee.directory.models import Company, CompanyTrade, Place
from cordee.engines.notices import Lot
from cordee.engines.places import Place as Where
from cordee.engines.places.departments import departments_of_nuts
from cordee.engines.procurement.radar import Asked, Radar, Watcher, say_reason
from cordee.engines.sentences import reason
from cordee.engines.units import Cents
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.offers.models import Award, RadarHit, RadarNotice, RadarProfile
from cordee.offers.permissions import companies_of

SHOWN = 5


def departments_of_lot(lot: Lot, where: Where | None) -> list[str]:
    """The departments of a lot, from its NUTS codes."""
    found = [each.code for code in lot.nuts for each in departments_of_nuts(code)]
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


def watchers() -> tuple[Radar, dict[str, int]]:
    """Every company as a possible winner or partner, those with a profile by what they asked for; and the profiles."""
    profiles = {each.company_id: each for each in RadarProfile.objects.filter(active=True)}
    homes = dict(Place.objects.order_by("is_head").exclude(department="").values_list("company_id", "department"))
    trades: dict[int, dict[str, int]] = {}
    for company, slug, declared in CompanyTrade.objects.values_list("company_id", "trade", "declared"):
        trades.setdefault(company, {})[slug] = 100 if declared else 70
    found, keys = [], {}
    for pk, public_id, name, brand in Company.objects.filter(Q(listed=True) | Q(pk__in=profiles)).values_list(
        "pk", "public_id", "name", "brand_name"
    ):
        profile = profiles.get(pk)
        own = trades.get(pk, {}) | (dict.fromkeys(profile.trades, 100) if profile else {})
        if profile is not None:
            keys[public_id] = profile.pk
            own = {slug: own[slug] for slug in profile.trades} if profile.trades else own
        found.append(
            Watcher(
                public_id,
                brand or name,
                own,
                homes.get(pk, ""),
                frozenset(profile.departments) if profile else frozenset(),
                Cents(profile.least_cents) if profile and profile.least_cents is not None else None,
                Cents(profile.most_cents) if profile and profile.most_cents is not None else None,
                frozenset(profile.partners) if profile else frozenset(),
                profile.learnt if profile else {},
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
    running = RadarHit.objects.filter(profile=profile).select_related("notice")
    fresh = running.filter(answer="").filter(Q(notice__deadline=None) | Q(notice__deadline__gt=at))[:SHOWN]
    hits = list(fresh)
    names = _names(each[0] for hit in hits for each in hit.partners)
    lang = language()
    cards = [
        HitCard(
            hit,
            [hit.notice.lots[rank]["title"] or hit.notice.title for rank in hit.lots if rank < len(hit.notice.lots)],
            [say_reason(reason(code, **facts), lang) for code, facts in hit.reasons],
            [(one, names[one], _lot_title(hit, rank)) for one, rank in hit.partners if one in names],
        )
        for hit in hits
    ]
    return RadarPage(company, profile, cards, list(running.exclude(answer="").order_by("-answered_at")[:10]))


def _lot_title(hit: RadarHit, rank: int) -> str:
    return str(hit.notice.lots[rank]["title"]) if rank < len(hit.notice.lots) else ""


def _names(ids: Iterable[str]) -> dict[str, str]:
    return {each.public_id: str(each) for each in Company.objects.filter(public_id__in=list(ids), listed=True)}


def awards_page(text: str, department: str) -> list[Award]:
    """Who won what: by words of the buyer, by department, by the beginning of a CPV code."""
    found = Award.objects.all()
    if department:
        found = found.filter(department=department)
    if text.isdigit():
        found = found.filter(cpv__startswith=text[:8])
    elif text:
        found = found.filter(Q(buyer__icontains=text) | Q(title__icontains=text))
    return list(found[:50])
