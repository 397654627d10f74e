"""Events, introductions, suggestions: what one company sees of those around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import segno
from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from cordee.directory.models import Company, CompanyTrade, Event, Introduction, Presence
from cordee.directory.reads.cards import chosen_company, my_companies
from cordee.directory.reads.ties import TiesPage
from cordee.engines.ecosystem import Firm, Gathering, Suggestion, Surroundings, suggest
from cordee.engines.trades import all_trades, trades_named
from cordee.ground.kit.clock import PARIS
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person

RECENT = timedelta(days=400)
MOST_PRESENT = 200


@dataclass(frozen=True, slots=True)
class Advice:
    """One suggestion, in words, with the companies it names and who may introduce them."""

    text: str
    companies: tuple[Company, ...]
    through: Company | None
    event: Event | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One introduction as one of my companies sees it: what it may do now."""

    one: Introduction
    role: str  # "asker", "through", "target"
    mine: Company
    turn: bool


def suggestions(page: TiesPage, person: Person, *, at: datetime) -> tuple[Advice, ...]:
    """Whom to talk to next, in three queries: only companies that this person may see under their name."""
    company = page.company
    mine = {tie.other_id: str(tie.kind) for tie in reversed(page.ties)}
    shown: dict[int, dict[int, str]] = {}
    for middle, other, kind in page.shown:
        shown.setdefault(middle, {})[other] = kind
    there: dict[int, list[int]] = {}
    my_events = Presence.objects.filter(company=company, at__gte=at - RECENT).values("event")
    events = {}
    for each in Presence.objects.filter(event__in=my_events).select_related("event").order_by("id")[:2000]:
        there.setdefault(each.event_id, []).append(each.company_id)
        events[each.event_id] = each.event
    keys = {company.pk, *mine, *(other for others in shown.values() for other in others)}
    keys |= {key for some in there.values() for key in some}
    if len(keys) == 1:
        return ()
    named: dict[int, Company] = {}
    rows: Any = Company.objects.seen_by(person).sighted(person).filter(pk__in=keys)
    for one in rows:
        if one.is_named:
            named[one.pk] = one.veil()
    firms = _firms(named)
    known = {str(key): kind for key, kind in mine.items() if key in named}
    around = Surroundings(
        me=str(company.pk),
        firms=firms,
        ties=known,
        shown={str(key): {str(one): kind for one, kind in some.items()} for key, some in shown.items()},
        lacking=lacking_trades(company) - firms[str(company.pk)].trades if str(company.pk) in firms else frozenset(),
        gatherings=tuple(
            Gathering(str(key), events[key].name, tuple(map(str, some))) for key, some in sorted(there.items())
        ),
    )
    return tuple(_advice(one, named, events) for one in suggest(around))


def _firms(named: dict[int, Company]) -> dict[str, Firm]:
    trades: dict[int, set[str]] = {}
    for key, slug in CompanyTrade.objects.filter(company__in=named, strength__gte=3).values_list("company_id", "trade"):
        trades.setdefault(key, set()).add(slug)
    known = {one.slug for one in all_trades()}
    return {str(key): Firm(str(key), str(one), frozenset(trades.get(key, set()) & known)) for key, one in named.items()}


def lacking_trades(company: Company) -> frozenset[str]:
    """The trades that « ce que je cherche » names."""
    return frozenset(one.slug for one in trades_named(company.looks_for[:600], all_trades()))


def _advice(one: Suggestion, named: dict[int, Company], events: dict[int, Event]) -> Advice:
    return Advice(
        one.text(language()),
        tuple(named[int(key)] for key in one.companies),
        named[int(one.through)] if one.through else None,
        events[int(one.where)] if one.where else None,
    )


def introductions(companies: Iterable[Company]) -> tuple[Asked, ...]:
    """The introductions of one's own companies, those that wait for one first."""
    own = {company.pk: company for company in companies}
    sides = Q(asker__in=own) | Q(through__in=own) | Q(target__in=own, state__in=["passed", "accepted", "declined"])
    found = Introduction.objects.filter(sides).select_related("asker", "through", "target", "asked_by")[:40]
    rows = []
    for one in found:
        for role in ("asker", "through", "target"):
            key = getattr(one, f"{role}_id")
            hidden = role == "target" and not (one.state in ("passed", "accepted") or one.word)
            if key in own and not hidden:
                turn = (role, one.state) in (("through", "asked"), ("target", "passed"))
                rows.append(Asked(one, role, own[key], turn))
                break
    return tuple(sorted(rows, key=lambda row: not row.turn))


def introduction_of(person: Person, public_id: str) -> Introduction:
    """One introduction in which one of this person's companies has a part; NotYours for all others."""
    own = my_companies(person).values("pk")
    sides = Q(asker__in=own) | Q(through__in=own) | Q(target__in=own, state__in=["passed", "accepted", "declined"])
    found = Introduction.objects.filter(sides, public_id=public_id).select_related("asker", "through", "target")
    if (one := found.first()) is None:
        raise NotYours
    return one


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code as one path: its side in dots, margin included, and the dark dots."""

    side: int
    path: str


def code_of(text: str) -> Code:
    """The QR code of an address."""
    dots = segno.make(text, error="m", micro=False).matrix
    path = "".join(f"M{x + 4} {y + 4}h1v1h-1z" for y, line in enumerate(dots) for x, dark in enumerate(line) if dark)
    return Code(len(dots) + 8, path)


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event, for who holds its code: who else is there, once one has said so oneself."""

    event: Event
    company: Company | None
    companies: tuple[Company, ...]
    present: bool
    others: tuple[Company, ...]
    chosen: str
    is_open: bool
    code: Code | None  # mine: who scans it lands here, with my company chosen


def event_of(code: str) -> Event:
    """An event, by the code of its poster."""
    found = Event.objects.filter(code=code).select_related("host").first()
    if found is None:
        raise NotYours
    return found


def event_page(person: Person, code: str, *, pour: str = "", chosen: str = "", at: datetime) -> EventPage:
    """What whoever scanned the code sees: the others only once one is there oneself, and only those one may see."""
    event = event_of(code)
    own = tuple(my_companies(person))
    company = chosen_company(person, pour) if own else None
    here = Presence.objects.filter(event=event)
    present = company is not None and here.filter(company=company).exists()
    others: tuple[Company, ...] = ()
    if present:
        rows = Company.objects.seen_by(person).sighted(person).filter(pk__in=here.values("company"), is_named=True)
        rows = rows.exclude(pk__in=[one.pk for one in own]).order_by("shown_name", "id")
        others = tuple(one.veil() for one in rows.prefetch_related("trades", "places")[:MOST_PRESENT])
    today = at.astimezone(PARIS).date()
    is_open = event.starts_on - timedelta(days=1) <= today <= event.ends_on + timedelta(days=60)
    picture = code_of(event_address(event, company)) if present and company else None
    return EventPage(event, company, own, present, others, chosen, is_open, picture)


def my_events(person: Person) -> list[Event]:
    """The events that my companies host, and those where they were."""
    own = my_companies(person).values("pk")
    there = Presence.objects.filter(company__in=own).values("event")
    return list(Event.objects.filter(Q(host__in=own) | Q(pk__in=there)).select_related("host")[:50])


def hosted_event(person: Person, public_id: str) -> Event:
    """An event that one of this person's companies hosts."""
    found = Event.objects.filter(public_id=public_id, host__in=my_companies(person)).select_related("host").first()
    if found is None:
        raise NotYours
    return found


def event_address(event: Event, company: Company | None = None) -> str:
    """What the code of an event says; with a company, the code that this company shows to whom it meets there."""
    address = str(settings.SITE_URL) + reverse("directory:event", args=[event.code])
    return f"{address}?avec={company.public_id}" if company else address
