"""From needs and companies as they are kept to what the team engine understands, with few queries."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from cordee.directory.models import Certificate, Company, CompanyTrade, Place, Tie
from cordee.engines import notices, places, teaming, trades
from cordee.engines.teaming.from_notice import HELD, mark_name, need_of
from cordee.offers.models import Need, NeedLot

DEDUCED = 60
"""How surely a company practises a trade that neither it nor its NAF code states."""


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


def companies_for(searcher: Company, *, on: date) -> list[teaming.Company]:
    """Every company of the directory as the engine wants it; of ties, only those of the company that searches.

    Holds   what others keep private of their ecosystem is neither read nor used: six queries, no tie but one's own.
    """
    practised = _trades()
    spots = _spots()
    marks: dict[int, set[str]] = {}
    valid = Certificate.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on))
    for company, code, label in valid.values_list("company_id", "code", "label"):
        marks.setdefault(company, set()).update((mark_name(label), mark_name(code)))
    ties = _own_ties(searcher)
    rows = Company.objects.values_list(
        "pk", "public_id", "name", "brand_name", "naf", "turnover_cents", "headcount_low", "capital_group"
    )
    return [
        teaming.Company(
            id=public_id,
            name=brand or name,
            trades=held_trades(naf, practised.get(pk, {})),
            places=tuple(spots.get(pk, ())),
            certificates=frozenset(marks[pk]) if pk in marks else None,
            turnover=turnover,
            headcount=headcount,
            ties=ties if pk == searcher.pk else {},
            group=group.casefold() or None,
        )
        for pk, public_id, name, brand, naf, turnover, headcount, group in rows
    ]


def _trades() -> dict[int, dict[str, bool]]:
    found: dict[int, dict[str, bool]] = {}
    for company, slug, declared in CompanyTrade.objects.values_list("company_id", "trade", "declared"):
        found.setdefault(company, {})[slug] = declared
    return found


def _spots() -> dict[int, list[tuple[float, float]]]:
    found: dict[int, list[tuple[float, float]]] = {}
    rows = Place.objects.order_by("company_id", "-is_head", "pk")
    for company, lon, lat, postcode, city in rows.values_list("company_id", "lon", "lat", "postcode", "city"):
        if lon is not None and lat is not None:
            found.setdefault(company, []).append((lon, lat))
        elif postcode and (point := places.point_of_postcode(postcode, city)) is not None:
            found.setdefault(company, []).append((point.lon, point.lat))
    return found


def _own_ties(company: Company) -> dict[str, int]:
    """The ties this company declared, and those another declared with it and shared: the closest of each pair."""
    found: dict[str, int] = {}
    mine = Tie.objects.filter(company=company).values_list("other__public_id", "trust")
    shared = Tie.objects.filter(other=company, shared=True).values_list("company__public_id", "trust")
    for other, trust in (*mine, *shared):
        found[other] = max(found.get(other, 1), trust)
    return found


def held_trades(naf: str, practised: dict[str, bool]) -> dict[str, int]:
    """The trades of a company and how sure each is: declared (100), named by its NAF code, or only noted."""
    found: dict[str, int] = {}
    try:
        found = {one.trade.slug: HELD[one.strength] for one in trades.trades_for_naf(naf)} if naf else {}
    except ValueError:
        found = {}
    for slug, declared in practised.items():
        found[slug] = 100 if declared else max(found.get(slug, 0), DEDUCED)
    return found


def own_trades(company: Company) -> dict[str, int]:
    """The trades of one company."""
    practised = dict(CompanyTrade.objects.filter(company=company).values_list("trade", "declared"))
    return held_trades(company.naf, practised)


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
