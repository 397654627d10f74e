"""From needs and companies as they are kept to what the team engine understands, with few queries."""

from collections.abc import Iterable
from datetime import datetime

from cordee.directory.models import Company, CompanyTrade, Place
from cordee.directory.reads import companies_for_teaming
from cordee.engines import notices, places, teaming
from cordee.engines.teaming.from_notice import mark_name, need_of
from cordee.offers.models import Need, NeedLot, TeamSearch
from cordee.offers.permissions import companies_of


def asked_lots(lots: Iterable[NeedLot], title: str = "") -> teaming.Need:
    """The lots as the engine wants them: trades, place, certificates as corrected by hand; the volume by its own rule.

    Holds   what is not known stays None.
    """
    rows = list(lots)
    volumes = {one.id: one for one in need_of(_as_notice(rows)).lots}
    return teaming.Need(
        tuple(
            teaming.LotNeed(
                id=row.ident,
                title=row.title,
                trades=row.trades,
                volume=volumes[row.ident].volume,
                unit=volumes[row.ident].unit,
                place=None if row.lon is None or row.lat is None else (row.lon, row.lat),
                radius_km=row.radius_km,
                certificates=tuple(mark_name(mark) for mark in row.certificates),
                turnover=row.turnover_cents,
                essential=row.essential,
            )
            for row in rows
        ),
        title,
    )


def _as_notice(rows: list[NeedLot]) -> notices.Notice:
    """Only what the volume of a lot depends on: its value and how long it lasts."""
    lots = tuple(
        notices.Lot(
            id=row.ident,
            value=None if row.value_cents is None else notices.Money(row.value_cents, row.currency or None),
            duration=None if row.months is None else notices.Duration(months=row.months),
        )
        for row in rows
    )
    return notices.Notice(source="ocds", id=None, kind="competition", lots=lots)


def companies_for(search: TeamSearch, *, at: datetime) -> list[teaming.Company]:
    """The companies that whoever asked may be shown, as the engine wants them.

    Holds   of private ties, only those of the company that searches: not those of another company that the same
            person acts for, which its colleagues here do not know. A capacity in a trade's own unit is left out:
            lots are told in euros, and nothing turns one into the other.
    """
    mine = companies_of(search.asked_by).exclude(pk=search.company_id).values_list("public_id", flat=True)
    elsewhere = set(mine)
    return [
        teaming.Company(
            id=one.id,
            name=one.name,
            trades=one.trades,
            capacity=one.capacity,
            places=one.places,
            certificates=one.certificates,
            turnover=one.turnover,
            headcount=one.headcount,
            ties={} if one.id in elsewhere else one.ties,
            group=one.group.casefold() if one.group else None,
        )
        for one in companies_for_teaming(person=search.asked_by, at=at)
    ]


def own_trades(company: Company) -> set[str]:
    """The trades of one company."""
    return set(CompanyTrade.objects.filter(company=company).values_list("trade", flat=True))


def own_point(company: Company) -> places.Point | None:
    """Where a company works from, as far as it is known."""
    for place in Place.objects.filter(company=company).order_by("-is_head", "pk"):
        if place.lon is not None and place.lat is not None:
            return places.Point(place.lon, place.lat)
        if place.postcode and (point := places.point_of_postcode(place.postcode, place.city)) is not None:
            return point
    return None


def all_lots(need: Need) -> list[NeedLot]:
    """The lots of a need, in order."""
    return list(NeedLot.objects.filter(need=need).order_by("rank"))
