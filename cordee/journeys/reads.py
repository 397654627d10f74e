"""What crosses rooms about one grouping: the facts that its next step needs, and the gate as the page shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.agreements.models import Agreement, DocumentKind
from cordee.directory.models import Representative
from cordee.engines import lifecycle
from cordee.governance.models import Ballot, HouseRule
from cordee.ground.kit.counting import count_of
from cordee.ground.kit.words import language
from cordee.ground.register.models import Entry, address
from cordee.ground.signing.models import Signatory
from cordee.groupings.models import Grouping, Office, Seat
from cordee.groupings.reads import seats_with_offices
from cordee.journeys.models import Beat
from cordee.money.models import CostPool, SharingKey
from cordee.offers.models import Need
from cordee.offers.reads import occasion_of

FactReader = Callable[[Grouping], Mapping[str, Any]]


def legal_representatives(companies: list[int]) -> models.QuerySet[Representative]:
    """Those who lead these companies by law. A page of many groupings sets them once, as `legal`, on each."""
    return Representative.objects.filter(
        company__in=companies, until=None, capacity=Representative.Capacity.LEGAL
    ).order_by("pk")


def facts_of_groupings(grouping: Grouping) -> dict[str, Any]:
    """Companies, those of them that are independent, purpose, offices."""
    seats = [seat for seat in seats_with_offices(grouping) if seat.state == Seat.State.MEMBER]
    leaders: dict[int, set[str]] = {seat.company_id: {str(seat.holder_id)} for seat in seats}
    known = grouping.__dict__.get("legal")
    for each in legal_representatives(list(leaders)) if known is None else known:
        if each.company_id in leaders and each.capacity == Representative.Capacity.LEGAL:
            leaders[each.company_id].add(str(each.person_id))
    companies = tuple(
        lifecycle.Company(
            seat.company.public_id, frozenset(leaders[seat.company_id]), group=seat.company.capital_group.casefold()
        )
        for seat in seats
    )
    offices = {office.role: office.by_decision for seat in seats for office in seat.offices.all()}
    return {
        "stage": grouping.stage,
        "paused": grouping.paused_at is not None,
        "companies": len(companies),
        "independent": lifecycle.independence(companies).count,
        "partnership": grouping.partnership,
        "purpose": bool(grouping.purpose.strip()),
        "end_condition": bool(grouping.end_condition.strip()),
        "necessity": bool(grouping.necessity.strip()),
        "facilitator": bool({Office.Role.FACILITATOR, Office.Role.COORDINATOR} & set(offices)),
        "lead_decided": bool(offices.get(Office.Role.COORDINATOR)),
    }


def facts_of_decisions(grouping: Grouping) -> dict[str, Any]:
    """Rules and key in force, votes under way, signatures of the convention: read at once, or with the grouping."""
    known = grouping.__dict__
    if not all(name in known for name in DECIDED):
        known = with_decisions(Grouping.objects.filter(pk=grouping.pk)).values(*DECIDED).get()
    return {name: known[name] for name in DECIDED}


DECIDED = ("rules_chosen", "sharing_key", "common_money", "open_ballots", "to_sign", "signed")


def with_decisions(groupings: models.QuerySet[Grouping]) -> models.QuerySet[Grouping]:
    """The same groupings, with what four rooms know of their decisions."""
    here = models.OuterRef("pk")
    last = (
        Agreement.objects.filter(grouping=here, kind=DocumentKind.GME_CONJOINT, state__in=["sent", "signed"])
        .order_by("-prepared_at")
        .values("ceremony")[:1]
    )
    return groupings.annotate(
        rules_chosen=models.Exists(HouseRule.objects.filter(grouping=here)),
        sharing_key=models.Exists(SharingKey.objects.filter(pool__grouping=here, adopted_at__isnull=False)),
        common_money=models.Exists(CostPool.objects.filter(grouping=here, state=CostPool.State.OPEN)),
        open_ballots=count_of(Ballot.objects.filter(grouping=here, closed_at=None)),
        last=models.Subquery(last),
    ).annotate(
        to_sign=count_of(Signatory.objects.filter(ceremony=models.OuterRef("last"))),
        signed=count_of(Signatory.objects.filter(ceremony=models.OuterRef("last"), state="signed")),
    )


FACTS: tuple[FactReader, ...] = (facts_of_groupings, facts_of_decisions)
"""Each room's part of `lifecycle.Facts`, by field name. A room whose facts count adds its function here.

One query each at most: the overview of a grouping asks them all.
"""


def facts(grouping: Grouping) -> lifecycle.Facts:
    """Everything that gates read, gathered from the rooms."""
    gathered: dict[str, Any] = {}
    for reader in FACTS:
        gathered |= reader(grouping)
    return lifecycle.Facts(**gathered)


# Where each point is done: the address (its argument is the grouping), the words on the button, the icon of the point.
PLACES: Mapping[str, tuple[str, str | Promise, str]] = {
    "groupings.purpose": ("groupings:purpose", gettext_lazy("Écrire"), "pencil"),
    "groupings.roles": ("groupings:members", gettext_lazy("Choisir"), "user-check"),
    "groupings.invite": ("groupings:members", gettext_lazy("Inviter"), "user-plus"),
    "groupings.independence": ("groupings:members", gettext_lazy("Voir"), "users"),
    "groupings.pause": ("groupings:grouping", gettext_lazy("Reprendre"), "refresh"),
    "governance.resolution.new": ("governance:propose?effet=coordinator", gettext_lazy("Proposer"), "thumb-up"),
    "governance.rules": ("governance:propose?effet=rules", gettext_lazy("Proposer"), "scale"),
    "governance.ballots": ("governance:list", gettext_lazy("Voir"), "thumb-up"),
    "money.key": ("money:list", gettext_lazy("Comparer"), "calculator"),
    "agreements.new": ("journeys:convention", gettext_lazy("Préparer"), "file-text"),
    "agreements.sign": ("agreements:list", gettext_lazy("Signer"), "writing-sign"),
}


@dataclass(frozen=True, slots=True)
class GatePoint:
    """One line of the checklist."""

    label: str
    note: str
    ok: bool
    icon: str = ""
    url: str = ""
    button: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class GatePage:
    """The next step: what holds, what is missing, who can do it and where."""

    to: str
    title: str
    passing: str  # the words on the button that passes the gate
    points: list[GatePoint]
    open: bool
    held: int

    @property
    def total(self) -> int:
        return len(self.points)


# What is missing; that nothing is; the words on the button.
_TITLES = {
    "collective": (
        gettext_lazy("Ce qui manque pour devenir un collectif"),
        gettext_lazy("Tout est prêt pour devenir un collectif"),
        gettext_lazy("Devenir un collectif"),
    ),
    "committed": (
        gettext_lazy("Ce qui manque pour s’engager"),
        gettext_lazy("Tout est prêt pour s’engager"),
        gettext_lazy("S’engager"),
    ),
    "closed": (
        gettext_lazy("Ce qui manque pour clore"),
        gettext_lazy("Tout est prêt pour clore"),
        gettext_lazy("Clore"),
    ),
}


def gate_page(grouping: Grouping, *, voice: str = "") -> GatePage | None:
    """The next step of a grouping; nothing once it is closed. A committed one lives: its end is not « next »."""
    found = facts(grouping)
    if grouping.stage in (Grouping.Stage.CLOSED, Grouping.Stage.COMMITTED):
        return None
    to = lifecycle.ways(found.stage)[0]
    report = lifecycle.gate(found, to)
    first = next((point for point in report.points if not point.holds and point.required), None)
    points = [_point(point, grouping, voice, primary=point is first) for point in report.points]
    missing, ready, passing = _TITLES[to]
    return GatePage(
        to, str(ready if report.open else missing), str(passing), points, report.open, sum(point.ok for point in points)
    )


def _point(point: lifecycle.Point, grouping: Grouping, voice: str, *, primary: bool) -> GatePoint:
    label = lifecycle.say_point(point, language())
    if point.holds:
        return GatePoint(label, "", True)
    who = lifecycle.say_role(point.who, language())
    note = _("Peut le faire : %(who)s") % {"who": who}
    name, button, icon = PLACES.get(point.where, ("", "", "point"))
    url = _address(name, grouping, voice)
    return GatePoint(label, note, False, icon, url, str(button) if url else "", primary)


def _address(name: str, grouping: Grouping, voice: str) -> str:
    """The address where a point is done; nothing while its page does not exist."""
    if not name:
        return ""
    name, _mark, effect = name.partition("?")
    for args in ([grouping.public_id], []):
        try:
            address = reverse(name, args=args) + voice
            return f"{address}{'&' if '?' in address else '?'}{effect}" if effect else address
        except NoReverseMatch:
            continue
    return ""


def convention_values(grouping: Grouping) -> tuple[dict[str, Any], str]:
    """What the occasion of a grouping already says of its convention, and the address of that need.

    Each lot goes to the member that the team gave it to; a lot of nobody here is left for the interview. Prices are
    never filled in: each company prices its own.
    """
    occasion = occasion_of(grouping)
    if occasion is None:
        return {}, ""
    need = occasion.need
    seats = {seat.company.public_id: seat for seat in seats_with_offices(grouping) if seat.state == Seat.State.MEMBER}
    teams = (occasion.pursuit.search.result or {}).get("teams", []) if occasion.pursuit.search else []
    number = (occasion.pursuit.team or 0) - 1
    coverage = teams[number]["coverage"] if 0 <= number < len(teams) else {}
    rows = list(need.lots.order_by("rank"))
    lots = [
        {"id": row.number or str(row.rank), "title": row.title[:200], "member": seats[who].public_id}
        for row in rows
        for who in coverage.get(row.ident, [])
        if who in seats
    ]
    codes = [code for row in rows for code in row.cpv]
    values: dict[str, Any] = {
        "contract_title": need.title[:200],
        "client_name": need.client,
        "contract_reference": need.notice_id,
        "works_place": need.place,
        "client_kind": "public" if need.source == Need.Source.NOTICE else None,
        "building_works": True if codes and all(str(code).startswith("45") for code in codes) else None,
        "lots": lots,
    }
    return {name: value for name, value in values.items() if value not in (None, "", [])}, address(need)


def paper_facts(grouping: Grouping) -> dict[str, Any]:
    """What the later rooms already know that a document would ask: the occasion, its lots, the sharing key."""
    values, _need = convention_values(grouping)
    key = key_in_force(grouping)
    return {**values, "sharing_key": key} if key else values


def key_in_force(grouping: Grouping) -> str:
    """The way of sharing that the members adopted last; empty when they adopted none."""
    adopted = SharingKey.objects.filter(pool__grouping=grouping, adopted_at__isnull=False)
    return adopted.order_by("-adopted_at", "-pk").values_list("kind", flat=True).first() or ""


_REACHED: Mapping[str, str | Promise] = {
    "exchange": gettext_lazy("%(who)s est revenue à l’échange"),
    "collective": gettext_lazy("%(who)s a fait passer l’échange en collectif"),
    "committed": gettext_lazy("%(who)s a fait passer le groupement à l’engagement"),
    "winding_up": gettext_lazy("%(who)s a ouvert la clôture du groupement"),
    "closed": gettext_lazy("%(who)s a clos le groupement"),
}


def _passed(entry: Entry) -> str | Promise:
    return _REACHED.get(str(entry.facts.get("to")), gettext_lazy("%(who)s a changé l’étape du groupement"))


SENTENCES: Mapping[str, str | Promise | Callable[[Entry], str | Promise]] = {
    "journeys.gate.passed": _passed,
    "journeys.decision.applied": gettext_lazy("La décision adoptée a pris effet"),
}
"""What a book says of this room's acts."""


LATE = {"ticker": timedelta(minutes=2), "worker": timedelta(minutes=5)}
"""Without a sign of life for so long, it is taken for stopped (a long round or a long task is not)."""


def ages(*, at: datetime) -> dict[str, int | None]:
    """Seconds since the last sign of life of the ticker and of the workers; None when there never was one."""
    seen = dict(Beat.objects.values_list("name", "at"))
    return {name: max(0, int((at - seen[name]).total_seconds())) if name in seen else None for name in LATE}
