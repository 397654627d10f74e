"""What crosses rooms about one grouping: the facts that its next step needs, and the gate as the page shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from cordee.ground.register.models import address
from cordee.ground.signing.models import Signatory
from cordee.groupings.models import (
    Departure,
    Exemption,
    FinalStatement,
    Grouping,
    Holding,
    JoinRequest,
    Office,
    Review,
    Seat,
    Settling,
)
from cordee.groupings.reads import seats_with_offices
from cordee.journeys.reads.ties import Ties, ties
from cordee.money.models import CostPool, SharingKey, Transfer
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
    tied = ties(grouping, seats) if grouping.__dict__.get("tied") else Ties()
    companies = tuple(
        lifecycle.Company(
            seat.company.public_id,
            frozenset(leaders[seat.company_id]),
            owners=tied.owners.get(seat.company_id, {}),
            group=seat.company.capital_group.casefold(),
        )
        for seat in seats
    )
    offices = {office.role: office.by_decision for seat in seats for office in seat.offices.all()}
    return {
        "stage": grouping.stage,
        "paused": grouping.paused_at is not None,
        "companies": len(companies),
        "independent": lifecycle.independence(companies, tied.overrides).count,
        "partnership": grouping.partnership,
        "purpose": bool(grouping.purpose.strip()),
        "end_condition": bool(grouping.end_condition.strip()),
        "necessity": bool(grouping.necessity.strip()),
        "facilitator": bool({Office.Role.FACILITATOR, Office.Role.COORDINATOR} & set(offices)),
        "lead_decided": bool(offices.get(Office.Role.COORDINATOR)),
        "winding_up_lead": Office.Role.CLOSING in offices,
        "settled": _settled(grouping),
    }


def _settled(grouping: Grouping) -> frozenset[str]:
    """What a winding-up has settled; nothing to read elsewhere."""
    if grouping.stage != Grouping.Stage.WINDING_UP:
        return frozenset()
    done = grouping.settlings.exclude(state=Settling.State.OPEN)
    return frozenset(done.values_list("item", flat=True))


def facts_of_decisions(grouping: Grouping) -> dict[str, Any]:
    """Rules and key in force, votes under way, signatures of the convention: read at once, or with the grouping."""
    known = decisions_of(grouping)
    return {name: known[name] for name in DECIDED}


def decisions_of(grouping: Grouping) -> Mapping[str, Any]:
    """What other rooms know of a grouping: one query, unless a page has read it for all of its groupings."""
    known = grouping.__dict__
    if all(name in known for name in (*DECIDED, *ASIDE)):
        return known
    return dict(with_decisions(Grouping.objects.filter(pk=grouping.pk)).values(*DECIDED, *ASIDE).get())


def know_decisions(grouping: Grouping) -> None:
    """Read it once for a whole page, which changes nothing."""
    grouping.__dict__.update({name: value for name, value in decisions_of(grouping).items() if name in KNOWN})


DECIDED = (
    "rules_chosen", "shared", "sharing_key", "common_money", "open_ballots", "open_papers", "to_sign", "signed",
    "winding_up_voted", "closing_voted", "step_back_voted", "statements_accepted",
)  # fmt: skip
ASIDE = ("tied", "asked", "reviewing", "leaving")
"""What is not a fact of a gate: ties declared, requests to join, the yearly question, departures under way."""
KNOWN = frozenset((*DECIDED, *ASIDE))


def with_decisions(groupings: models.QuerySet[Grouping]) -> models.QuerySet[Grouping]:
    """The same groupings, with what four rooms know of their decisions."""
    here = models.OuterRef("pk")
    last = (
        Agreement.objects.filter(grouping=here, kind=DocumentKind.GME_CONJOINT, state__in=["sent", "signed"])
        .order_by("-prepared_at")
        .values("ceremony")[:1]
    )
    members = Seat.objects.filter(grouping=models.OuterRef(models.OuterRef("pk")), state=Seat.State.MEMBER)
    unpaid = Transfer.objects.filter(pool__grouping=here, received_at=None)
    going = Departure.objects.filter(grouping=here, state__in=["hearing", "voting", "notice"])
    return groupings.annotate(
        shared=models.Exists(CostPool.objects.filter(grouping=here)),
        open_papers=count_of(Agreement.objects.filter(grouping=here, state=Agreement.State.SENT)),
        winding_up_voted=_voted("wind_up"),
        closing_voted=_voted("closing"),
        step_back_voted=_voted("step_back"),
        statements_accepted=count_of(
            FinalStatement.objects.filter(grouping=here, accepted_at__isnull=False, seat__state=Seat.State.MEMBER)
        ),
        tied=models.Exists(Exemption.objects.filter(grouping=here))
        | models.Exists(Holding.objects.filter(ended_at=None, company__in=members.values("company"))),
        asked=count_of(JoinRequest.objects.filter(grouping=here, state=JoinRequest.State.ASKED)),
        reviewing=models.Exists(Review.objects.filter(grouping=here, closed_at=None)),
        leaving=count_of(going),
        rules_chosen=models.Exists(HouseRule.objects.filter(grouping=here)),
        sharing_key=models.Exists(SharingKey.objects.filter(pool__grouping=here, adopted_at__isnull=False)),
        common_money=models.Exists(CostPool.objects.filter(grouping=here, state=CostPool.State.OPEN))
        | models.Exists(unpaid),
        open_ballots=count_of(Ballot.objects.filter(grouping=here, closed_at=None)),
        last=models.Subquery(last),
    ).annotate(
        to_sign=count_of(Signatory.objects.filter(ceremony=models.OuterRef("last"))),
        signed=count_of(Signatory.objects.filter(ceremony=models.OuterRef("last"), state="signed")),
    )


def _voted(effect: str) -> models.Exists:
    """Whether a turn of life was adopted since the grouping is at its present stage."""
    adopted = Ballot.objects.filter(outcome=Ballot.Outcome.ADOPTED, closed_at__gte=models.OuterRef("stage_since"))
    return models.Exists(adopted.filter(grouping=models.OuterRef("pk"), resolution__effect=effect))


FACTS: tuple[FactReader, ...] = (facts_of_groupings, facts_of_decisions)
"""Each room's part of `lifecycle.Facts`, by field name. A room whose facts count adds its function here.

One query each at most: the overview of a grouping asks them all.
"""


def facts(grouping: Grouping) -> lifecycle.Facts:
    """Everything that gates read, gathered from the rooms."""
    known = decisions_of(grouping)
    grouping.__dict__["tied"] = known["tied"]
    return lifecycle.Facts(**facts_of_groupings(grouping), **{name: known[name] for name in DECIDED})


# Where each point is done: the address (its argument is the grouping), the words on the button, the icon of the point.
PLACES: Mapping[str, tuple[str, str | Promise, str]] = {
    "groupings.purpose": ("groupings:purpose", gettext_lazy("Écrire"), "pencil"),
    "groupings.roles": ("groupings:members", gettext_lazy("Choisir"), "user-check"),
    "groupings.invite": ("groupings:members", gettext_lazy("Inviter"), "user-plus"),
    "groupings.independence": ("journeys:independence", gettext_lazy("Voir"), "users"),
    "journeys.wind_up": ("journeys:turn/wind_up", gettext_lazy("Proposer"), "thumb-up"),
    "journeys.closing": ("journeys:turn/closing", gettext_lazy("Proposer"), "thumb-up"),
    "journeys.step_back": ("journeys:turn/step_back", gettext_lazy("Proposer"), "thumb-up"),
    "groupings.winding_up": ("journeys:winding_up", gettext_lazy("Voir"), "check"),
    "money.settle": ("money:list", gettext_lazy("Voir"), "calculator"),
    "money.statements": ("journeys:winding_up", gettext_lazy("Voir"), "file-text"),
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


# What is missing; that nothing is; the words on the button. By the stage one goes to.
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
    "winding_up": (
        gettext_lazy("Pour terminer le groupement"),
        gettext_lazy("La fin est votée : elle peut commencer"),
        gettext_lazy("Commencer la clôture"),
    ),
    "closed": (
        gettext_lazy("Ce qui manque pour clore"),
        gettext_lazy("Tout est prêt pour clore"),
        gettext_lazy("Clore"),
    ),
}
_BACK = {
    "exchange": (
        gettext_lazy("Revenir à l’échange"),
        gettext_lazy("Revenir à l’échange"),
        gettext_lazy("Revenir à l’échange"),
    ),
    "collective": (
        gettext_lazy("Pour revenir au collectif"),
        gettext_lazy("Le retour au collectif est voté"),
        gettext_lazy("Revenir au collectif"),
    ),
    "committed": (
        gettext_lazy("Pour reprendre l’engagement"),
        gettext_lazy("Le retour à l’engagement est voté"),
        gettext_lazy("Reprendre l’engagement"),
    ),
}
_STOP = (
    gettext_lazy("Pour arrêter là"),
    gettext_lazy("Vous pouvez vous arrêter là, sans papier"),
    gettext_lazy("Arrêter et garder l’archive"),
)


def gate_page(grouping: Grouping, *, voice: str = "") -> GatePage | None:
    """The next step of a grouping; nothing once it is closed. A committed one lives: its end is not « next »."""
    found = facts(grouping)
    if grouping.stage in (Grouping.Stage.CLOSED, Grouping.Stage.COMMITTED):
        return None
    to = lifecycle.ways(found.stage)[0]
    return report_page(lifecycle.gate(found, to), grouping, voice)


def all_ways(grouping: Grouping, *, voice: str = "") -> list[GatePage]:
    """Every way from the present stage, the next one first."""
    found = facts(grouping)
    return [report_page(lifecycle.gate(found, to), grouping, voice) for to in lifecycle.ways(found.stage)]


def report_page(report: lifecycle.GateReport, grouping: Grouping, voice: str = "") -> GatePage:
    """One gate, as a page shows it."""
    back = lifecycle.STAGES.index(report.to) < lifecycle.STAGES.index(report.origin)
    stops = report.to == "closed" and report.origin in ("exchange", "collective")
    missing, ready, passing = _STOP if stops else (_BACK if back else _TITLES)[report.to]
    first = next((point for point in report.points if not point.holds and point.required), None)
    points = [_point(point, grouping, voice, primary=point is first) for point in report.points]
    title = str(ready if report.open else missing)
    return GatePage(report.to, title, str(passing), points, report.open, sum(point.ok for point in points))


def _point(point: lifecycle.Point, grouping: Grouping, voice: str, *, primary: bool) -> GatePoint:
    label = lifecycle.say_point(point, language())
    if point.holds:
        return GatePoint(label, "", True)
    who = lifecycle.say_role(point.who, language())
    note = _("Peut le faire : %(who)s") % {"who": who}
    place = "groupings.winding_up" if point.where.startswith("groupings.winding_up.") else point.where
    name, button, icon = PLACES.get(place, ("", "", "point"))
    url = _address(name, grouping, voice)
    return GatePoint(label, note, False, icon, url, str(button) if url else "", primary)


def _address(name: str, grouping: Grouping, voice: str) -> str:
    """The address where a point is done; nothing while its page does not exist."""
    if not name:
        return ""
    name, _mark, effect = name.partition("?")
    name, _slash, turn = name.partition("/")
    for args in ([grouping.public_id, *([turn] if turn else [])], []):
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
