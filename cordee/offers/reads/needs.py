"""Occasions: my list, one need in plain words, the occasion of a grouping."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.directory.models import Company
from cordee.engines import notices, places
from cordee.engines.notices.words import groupings_words, word
from cordee.ground.files.models import Document
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.ground.reference.reads import labels
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.permissions import seats_open_to
from cordee.offers.models import Need, NeedLot, Pursuit, TeamSearch
from cordee.offers.permissions import companies_of, may_prepare, needs_open_to
from cordee.offers.reads.asked import own_point, own_trades
from cordee.offers.reads.lots import LotCard, cents_of, criteria, lot_card, money, requirements

LOTS_ON_A_PAGE = 30
SEARCHES_SHOWN = 5
LISTED = 100


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One occasion of the list. `state` is a tone and a word; `late` when its deadline is over."""

    need: Need
    lots: int
    tone: str
    state: str
    icon: str
    late: bool


@dataclass(frozen=True, slots=True)
class NeedList:
    """The occasions one may still answer, and those whose deadline is over."""

    living: list[NeedLine]
    over: list[NeedLine]


def my_needs(person: Person, *, at: datetime) -> NeedList:
    """The occasions one may see: the next deadlines first, then those without one."""
    found = (
        needs_open_to(person)
        .exclude(state=Need.State.DROPPED)
        .annotate(
            count=models.Count("lots", distinct=True),
            found=models.Count("searches", filter=models.Q(searches__state=TeamSearch.State.DONE), distinct=True),
            begun=models.Count("pursuits", distinct=True),
        )
        .select_related("company")
        .defer("reading", "description")
        .order_by("-created_at")[:LISTED]
    )
    lines = [_line(need, at) for need in found]
    last = datetime.max.replace(tzinfo=at.tzinfo)
    lines.sort(key=lambda line: line.need.deadline or last)
    return NeedList([line for line in lines if not line.late], [line for line in reversed(lines) if line.late])


def _line(need: Any, at: datetime) -> NeedLine:
    late = need.deadline is not None and need.deadline <= at
    if late:
        tone, state, icon = "", _("délai passé"), "clock"
    elif need.begun:
        tone, state, icon = "ok", _("échange ouvert"), "users"
    elif need.found:
        tone, state, icon = "ice", _("équipes trouvées"), "target"
    else:
        tone, state, icon = "warn", _("équipe à chercher"), "search"
    return NeedLine(need, need.count, tone, state, icon, late)


@dataclass(frozen=True, slots=True)
class NeedPage:
    """A need in plain words, for one reader."""

    need: Need
    prepares: bool
    lots: list[LotCard]
    page: Page[NeedLot]
    mine: list[str]  # the marks of the lots that the reader's company can do
    to_specify: int  # how many lots have no trade
    km: int | None
    facts: list[tuple[str, str]]
    groupings: list[str]
    groupings_text: str
    criteria: list[tuple[str, str]]  # the same for every lot
    requirements: list[tuple[str, str]]  # the same for every lot
    over: str  # why nobody can answer any more, or yet
    total: str
    searches: list[TeamSearch]
    pursuits: list[Pursuit]
    groupings_to_ask: list[Grouping]  # of the reader, where nobody looks at it yet


def need_of(person: Person, public_id: str) -> Need:
    """A need one may see; a stranger finds nothing."""
    found = needs_open_to(person).select_related("company", "file", "brought_by").filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    return found


def lot_of(person: Person, public_id: str, rank: int) -> NeedLot:
    """One lot of a need that one may see."""
    need = need_of(person, public_id)
    lot = NeedLot.objects.filter(need=need, rank=rank).first()
    if lot is None:
        raise NotYours
    lot.need = need
    return lot


def file_of(person: Person, public_id: str) -> Document:
    """The notice as it was brought."""
    need = need_of(person, public_id)
    if need.file is None:
        raise NotYours
    return need.file


def need_page(person: Person, public_id: str, *, at: datetime, number: str = "1") -> NeedPage:
    """One need: what is asked lot by lot, what the notice says of groupings, what was already done with it."""
    need = need_of(person, public_id)
    prepares = may_prepare(person, need)
    company = need.company if prepares else companies_of(person).order_by("pk").first()
    held = own_trades(company) if company else set()
    every = list(NeedLot.objects.filter(need=need).order_by("rank"))
    page = Paginator(every, LOTS_ON_A_PAGE).get_page(number)
    read: dict[str, Any] = {lot["id"]: lot for lot in need.reading.get("lots") or need.reading.get("parts") or []}
    codes = labels("cpv", {code for lot in page.object_list for code in lot.cpv[:6]})
    shared, weights = _alike(list(read.values()))
    values = [lot.value_cents for lot in every if lot.value_cents is not None]
    overall = cents_of(need.reading.get("value"))
    pursuits = _pursuits(person, need)
    return NeedPage(
        need,
        prepares,
        [
            lot_card(
                lot,
                {**read.get(lot.ident, {}), **({"criteria": []} if weights else {})},
                held=held,
                shared=[text for _area, text in shared],
                codes=codes,
            )
            for lot in page.object_list
        ],
        page,
        [lot.mark for lot in every if set(lot.trades) & held],
        sum(not lot.trades for lot in every),
        _km(every, company),
        _facts(need),
        groupings_words(notices.Groupings(**need.groupings), language()) if need.groupings else [],
        need.groupings.get("text") or "",
        weights,
        shared,
        _over(need, at),
        money(overall if overall is not None else sum(values) if values else None),
        list(need.searches.order_by("-asked_at")[:SEARCHES_SHOWN]) if prepares else [],
        pursuits,
        _to_ask(person, pursuits) if prepares and need.state == Need.State.OPEN else [],
    )


def _to_ask(person: Person, known: list[Pursuit]) -> list[Grouping]:
    """The living groupings in which somebody holds a seat and that do not look at it yet."""
    held = seats_open_to(person).filter(holder=person, state=Seat.State.MEMBER)
    living = Grouping.objects.filter(pk__in=held.values("grouping"), paused_at=None)
    living = living.exclude(stage__in=[Grouping.Stage.WINDING_UP, Grouping.Stage.CLOSED])
    return list(living.exclude(pk__in=[each.grouping_id for each in known]).order_by("name")[:20])


def _pursuits(person: Person, need: Need) -> list[Pursuit]:
    """The exchanges opened for it in which the reader takes part."""
    here = seats_open_to(person).values("grouping")
    return list(need.pursuits.filter(grouping__in=here).select_related("grouping"))


def _alike(read: list[dict[str, Any]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What every lot asks in the same words, and the award criteria where they are the same for all."""
    if not read:
        return [], []
    first = requirements(read[0])
    shared = [one for one in first if all(one in requirements(lot) for lot in read[1:])]
    weights = criteria(read[0])
    return shared, weights if all(criteria(lot) == weights for lot in read[1:]) else []


def _km(lots: list[NeedLot], company: Company | None) -> int | None:
    """How far the first lot whose place is known lies from the reader's company."""
    there = next((lot for lot in lots if lot.lon is not None and lot.lat is not None), None)
    here = own_point(company) if company and there else None
    if there is None or here is None:
        return None
    return round(places.distance_km(here, places.Point(there.lon or 0.0, there.lat or 0.0)))


def _facts(need: Need) -> list[tuple[str, str]]:
    lang, read = language(), need.reading
    if not read:
        return []
    procedure = word(f"procedure.{read['procedure']}", lang) if read.get("procedure") else ""
    buyers = [one["name"] for one in read.get("buyers", []) if one.get("name")]
    rows = [
        (_("Acheteur"), ", ".join(buyers[:4]) + (" …" if len(buyers) > 4 else "")),
        (_("Avis"), word(f"kind.{read.get('kind')}", lang)),
        (_("Procédure"), procedure),
        (_("Référence"), read.get("reference") or ""),
        (_("Publication"), " · ".join(part for part in (_source(need), _day(read.get("published"))) if part)),
        (_("Lots par candidat"), str(read["max_lots"]) if read.get("max_lots") and read.get("divided") else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _source(need: Need) -> str:
    return f"{word(f'source.{need.notice_format}', language())} {need.notice_id}".strip()


def _day(text: str | None) -> str:
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if text else ""


def _over(need: Need, at: datetime) -> str:
    kind = need.reading.get("kind")
    if kind in ("result", "direct-award", "change"):
        return _("Ce marché est déjà attribué : cet avis dit à qui. Vous pouvez voir qui aurait pu répondre.")
    if kind == "planning":
        return _("Cet avis annonce un marché à venir : c’est le moment de former une équipe.")
    if need.deadline and need.deadline <= at:
        return _("Le délai de réponse est passé.")
    return ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The need for which an exchange was opened, as its overview shows it."""

    need: Need
    lots: int
    pursuit: Pursuit


def occasion_of(grouping: Grouping) -> Occasion | None:
    """« L’occasion » of a grouping: the latest need it looks at, in one query; nothing where it has none.

    Whoever sees the grouping may see it: to be called behind the grouping's own permission.
    """
    found = (
        Pursuit.objects.filter(grouping=grouping)
        .exclude(need__state=Need.State.DROPPED)
        .annotate(lots=models.Count("need__lots"))
        .select_related("need__company")
        .defer("need__reading")
        .order_by("-since")
        .first()
    )
    return Occasion(found.need, found.lots, found) if found else None


NEED_SENTENCES: Mapping[str, str | Promise] = {
    "offers.need.brought": gettext_lazy("%(who)s a apporté un avis de marché"),
    "offers.need.written": gettext_lazy("%(who)s a écrit un besoin"),
    "offers.need.dropped": gettext_lazy("%(who)s a classé une occasion"),
    "offers.need.shared": gettext_lazy("%(who)s a apporté une occasion au groupement"),
    "offers.need.pursued": gettext_lazy("%(who)s a ouvert un échange pour une occasion"),
    "offers.lot.changed": gettext_lazy("%(who)s a corrigé le lot %(lot)s de l’occasion"),
    "offers.search.asked": gettext_lazy("%(who)s a demandé des équipes pour une occasion"),
    "offers.search.done": gettext_lazy("%(who)s a trouvé %(teams)s équipes parmi %(compared)s entreprises"),
    "offers.search.stopped": gettext_lazy("%(who)s a noté qu’une recherche s’était arrêtée"),
}
"""What a book says of the acts of occasions."""
