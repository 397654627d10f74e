"""One page of the directory: the lines that are shown, with what one wants to know at a glance."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from cordee.directory.models import Company, CompanyTrade, Place, Representative
from cordee.directory.reads.cards import headcount_words, trade_line, where_about
from cordee.directory.reads.search import Found, Query, search_companies
from cordee.engines.places import Commune, Point, distance_km, search_communes
from cordee.ground.people.models import Person

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One company of the list."""

    company: Company
    city: str
    km: int | None
    trades: tuple[str, ...]
    more_trades: int
    headcount: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of what was found."""

    found: Found
    lines: tuple[Line, ...]
    page: Page[Company]
    total: int


def list_page(query: Query, *, person: Person, number: int = 1) -> ListPage:
    """Find, then read one page of it; a page beyond the last one is the last one."""
    found = search_companies(query, person=person)
    rows = found.companies.order_by(*(("km",) if found.centre else ()), "shown_name", "id")
    rows = rows.prefetch_related(
        Prefetch("places", Place.objects.order_by("-is_head", "id")),
        Prefetch("trades", CompanyTrade.objects.order_by("-declared", "-strength", "id")),
        Prefetch("representatives", Representative.objects.filter(until=None).order_by("id")),
    )
    pages = Paginator(rows, PER_PAGE)
    page = pages.get_page(number)
    if not pages.count:  # a word of names that this person may not see is not told either
        found = replace(found, corrected="")
    return ListPage(found, tuple(_line(company, found.centre) for company in page), page, pages.count)


def _line(company: Company, centre: Point | None) -> Line:
    places = list(company.places.all())
    sight: Any = company.veil()
    trades = [trade_line(one).label for one in company.trades.all()]
    far = [
        (distance_km(centre, Point(place.lon, place.lat)), place)
        for place in places
        if sight.is_named and centre and place.lon is not None and place.lat is not None
    ]
    km, nearest = min(far, key=lambda one: one[0]) if far else (None, places[0] if places else None)
    return Line(
        company=company,
        city=(str(nearest) if nearest else "") if sight.is_named else where_about(company),
        km=None if km is None else round(km),
        trades=tuple(trades[:3]),
        more_trades=max(0, len(trades) - 3),
        headcount=headcount_words(company),
        is_held=any(one.binds for one in company.representatives.all()),
    )


def register_matches(text: str, *, person: Person) -> tuple[Line, ...]:
    """The companies that somebody may mean who types a name or a SIREN to find their own."""
    if not text.strip():
        return ()
    return list_page(Query(text=text), person=person).lines[:8]


def places_named(text: str) -> tuple[Commune, ...]:
    """The communes that a name or a postcode means, the likeliest first."""
    return search_communes(text[:80], 5)
