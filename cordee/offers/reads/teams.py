"""The teams of a search as its page shows them: cards, the matrix lots × companies, what would make it possible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.directory.models import Company, Representative
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.groupings.permissions import speaks_for
from cordee.offers.models import NeedLot, Pursuit, TeamSearch
from cordee.offers.permissions import companies_of
from cordee.offers.reads.asked import all_lots
from cordee.offers.reads.found import Saying
from cordee.offers.reads.lots import money

KNOTS = 8
"""Beyond so many lots, knots no longer stand in one line: a bar says how many are covered."""
ROWS = 120
REASONS = 4
PROBLEMS = {
    "contradiction": gettext_lazy("La demande se contredit : changez le nombre d’entreprises ou la distance."),
    "stopped": gettext_lazy("La recherche s’est arrêtée en route."),
}


@dataclass(frozen=True, slots=True)
class Mate:
    """One company of a team, and why it is there."""

    public_id: str
    name: str
    key: int
    me: bool
    role: str
    reasons: list[str]
    more: list[str]
    off: bool = False
    new: bool = False  # it has a card, and nobody on Cordée yet


@dataclass(frozen=True, slots=True)
class Knot:
    """One lot of the row of knots."""

    mark: str
    done: bool


@dataclass(frozen=True, slots=True)
class TeamCard:
    """One possible team."""

    number: int
    best: bool
    title: str
    badge: str
    icon: str
    lots: list[Knot]
    covered: int
    figures: list[tuple[str, str]]
    members: list[Mate]
    pile: list[Mate]
    names: str
    lead: str
    missing: list[str]
    note: str
    to_confirm: list[str]
    grouping: str  # the exchange already open with it, else empty

    @property
    def knots(self) -> bool:
        return len(self.lots) <= KNOTS

    @property
    def to_invite(self) -> int:
        """How many of its companies nobody speaks for on Cordée yet."""
        return sum(mate.new for mate in self.members)


@dataclass(frozen=True, slots=True)
class Row:
    """One lot of the matrix, with a cell per company: "full" does it, "half" could help, or nothing."""

    label: str
    value: str
    cells: list[tuple[Mate, str]]
    missing: bool


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """A search: under way, stopped, or done."""

    search: TeamSearch
    over: bool
    problem: str
    cards: list[TeamCard] = field(default_factory=list)
    companies: list[Mate] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    hidden_rows: int = 0
    covered: str = ""
    total: str = ""
    infeasible: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    may_open: bool = False
    proof: str = ""


def search_of(person: Person, public_id: str) -> TeamSearch:
    """A search, for those who act for the company that asked: it stands on that company's own ties."""
    found = (
        TeamSearch.objects.filter(public_id=public_id, need__company__in=companies_of(person))
        .select_related("need__company", "company")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def teams_page(person: Person, public_id: str) -> TeamsPage:
    """What a search found, or how far it is."""
    search = search_of(person, public_id)
    over = search.state in (TeamSearch.State.DONE, TeamSearch.State.FAILED)
    problem = str(PROBLEMS.get(search.problem, "")) if search.state == TeamSearch.State.FAILED else ""
    if search.state != TeamSearch.State.DONE or not search.result:
        return TeamsPage(search, over, problem)
    return _found(person, search, search.result)


def _found(person: Person, search: TeamSearch, result: Mapping[str, Any]) -> TeamsPage:
    lots = all_lots(search.need)
    seen = _seen_today(person, search, result)
    names = {one: mate.name for one, mate in seen.items()}
    say = Saying(names, {lot.ident: lot.mark if len(lots) > 1 else _("unique") for lot in lots})
    open_already = dict(
        Pursuit.objects.filter(search=search, team__isnull=False).values_list("team", "grouping__public_id")
    )
    teams = result["teams"]
    cards = [
        _card(number, team, teams[0], lots, seen, result, say, open_already) for number, team in enumerate(teams, 1)
    ]
    companies = list({mate.public_id: mate for card in cards for mate in card.members}.values())
    companies.sort(key=lambda mate: not mate.me)
    rows = [_row(lot, companies, teams, result["capable"]) for lot in lots[:ROWS]]
    values = [lot.value_cents for lot in lots if lot.value_cents is not None]
    lacking = result["infeasible"]
    return TeamsPage(
        search,
        True,
        "",
        cards,
        companies,
        rows,
        max(0, len(lots) - ROWS),
        _covered(lots, teams),
        money(sum(values)) if values else "",
        [say(change) for change in lacking["changes"]] if lacking else [],
        _notes(result["notes"], say, lots=len(lots)),
        speaks_for(person, search.company),
    )


def _notes(kept: Sequence[Mapping[str, Any]], say: Saying, *, lots: int) -> list[str]:
    """What to know, each thing once: places that are not known are told together."""
    nowhere = [note for note in kept if note["code"] == "no_place"]
    told = [say(note) for note in kept if note["code"] not in ("fewer_teams", "no_place")]
    if len(nowhere) < 2:
        return told + [say(note) for note in nowhere]
    if len(nowhere) == lots:
        return [*told, _("Le lieu des lots n’est pas assez précis : la distance n’a pas compté.")]
    words = _("Le lieu de %(count)s lots n’est pas assez précis : leur distance n’a pas compté.")
    return [*told, words % {"count": len(nowhere)}]


def _covered(lots: Sequence[NeedLot], teams: Sequence[Mapping[str, Any]]) -> str:
    bare = [lot for lot in lots if not any(team["coverage"].get(lot.ident) for team in teams)]
    if not bare:
        return ngettext(
            "Le lot est couvert par au moins une entreprise.",
            "Les %(count)s lots sont couverts par au moins une entreprise.",
            len(lots),
        ) % {"count": len(lots)}
    return ngettext("%(count)s lot n’a personne.", "%(count)s lots n’ont personne.", len(bare)) % {"count": len(bare)}


def _card(
    number: int,
    team: Mapping[str, Any],
    best: Mapping[str, Any],
    lots: Sequence[NeedLot],
    seen: Mapping[str, Mate],
    result: Mapping[str, Any],
    say: Saying,
    open_already: Mapping[int | None, str],
) -> TeamCard:
    short = {gap["lot"] for gap in team["gaps"]}
    done = [bool(team["coverage"].get(lot.ident)) and lot.ident not in short for lot in lots]
    members = [_mate(one, seen[one["id"]], say) for one in team["members"]]
    members.sort(key=lambda mate: not mate.me)
    mine = result["me"] in [mate.public_id for mate in members]
    title, badge, icon = _title(number, team, best, complete=not short, me=result["me"])
    values = [lot.value_cents for lot, yes in zip(lots, done, strict=True) if yes and lot.value_cents is not None]
    missing = [say(gap["reason"]) for gap in team["gaps"]]
    figures = [
        (_("Lots couverts"), _("%(done)s sur %(all)s") % {"done": sum(done), "all": len(lots)}),
        (_("Montant"), money(sum(values)) if values else _("à confirmer")),
        (_("Distance moyenne"), f"{km}\u00a0km" if (km := mean_km(team)) is not None else _("à confirmer")),
    ]
    if mine:
        figures.append((_("Vous connaissez"), _acquainted(_known(team, result["me"]))))
    figures.append((_("Points à confirmer"), str(len(team["to_confirm"]))))
    nobody = [Mate(f"?{place}", "?", 0, False, "", [], [], off=True) for place in range(min(len(short), 2))]
    return TeamCard(
        number,
        number == 1,
        title,
        badge,
        icon,
        [Knot(lot.mark if len(lot.mark) < 4 else str(lot.rank), yes) for lot, yes in zip(lots, done, strict=True)],
        sum(done),
        figures,
        members,
        [*members[: (5 if nobody else 7)], *nobody],
        ", ".join(_("Vous") if mate.me else mate.name for mate in members),
        _("Personne ne manque.") if not missing else missing[0],
        missing[1:],
        _proof(team, first=number == 1),
        [say(reason) for reason in team["to_confirm"] if _about_seen(reason, seen)],
        open_already.get(number, ""),
    )


def _seen_today(person: Person, search: TeamSearch, result: Mapping[str, Any]) -> dict[str, Mate]:
    """The companies of a search as this person may see them now: one that hid itself since has no name and no reasons
    left; one that keeps its name since, no reasons."""
    me = result["me"]
    cards: Any = Company.objects.seen_by(person).sighted(person).filter(public_id__in=result["companies"])
    speaking = Representative.objects.filter(company=OuterRef("pk"), until=None)
    rows = {row.public_id: row.veil() for row in cards.annotate(spoken_for=Exists(speaking))}
    found = {}
    for public_id, told in result["companies"].items():
        row = rows.get(public_id)
        name = str(search.company) if public_id == me else str(row) if row else _("une entreprise qui s’est retirée")
        off = row is None or (not row.is_named and told != name)
        new = row is not None and not row.spoken_for
        found[public_id] = Mate(
            public_id, name, row.pk if row else 0, public_id == me, "", [], [], off and public_id != me, new
        )
    return found


def _about_seen(reason: Mapping[str, Any], seen: Mapping[str, Mate]) -> bool:
    about = seen.get(str(reason["params"].get("company", "")))
    return about is None or not about.off


def _mate(one: Mapping[str, Any], seen: Mate, say: Saying) -> Mate:
    reasons = [] if seen.off else [say(reason) for reason in one["reasons"] if reason["code"] != "given"]
    roles = {"lot": _("pour un lot"), "pool": _("pour une part de lot"), "reserve": _("en renfort")}
    role = roles.get(one["role"], "")
    return replace(seen, role=role, reasons=reasons[:REASONS], more=reasons[REASONS:])


def _title(
    number: int, team: Mapping[str, Any], best: Mapping[str, Any], *, complete: bool, me: str
) -> tuple[str, str, str]:
    """What sets a team apart from the best one: its name, its badge, its icon."""
    if number == 1:
        title = _("L’équipe complète") if complete else _("L’équipe la plus complète")
        return title, _("Notre conseil"), "check"
    size, usual = len(team["members"]), len(best["members"])
    here, there = mean_km(team), mean_km(best)
    known = ngettext("%(count)s entreprise", "%(count)s entreprises", size) % {"count": size}
    if _known(team, me) > _known(best, me):
        return _("L’équipe que vous connaissez le mieux"), known, "link"
    if size < usual:
        return _("L’équipe légère"), known, "users"
    if here is not None and there is not None and here < there:
        return _("L’équipe la plus proche"), known, "map-pin"
    if size > usual:
        return _("L’équipe élargie"), known, "users-plus"
    return _("Une autre équipe"), known, "users"


def mean_km(team: Mapping[str, Any]) -> int | None:
    """How far the members are from the lots they do, on average; None when no distance is known."""
    nearest = [
        min(near)
        for one in team["members"]
        if (near := [reason["params"]["km"] for reason in one["reasons"] if reason["code"] == "near"])
    ]
    return round(sum(nearest) / len(nearest)) if nearest else None


def _known(team: Mapping[str, Any], me: str) -> int:
    """How many members the searching company already knows: its own ties only."""
    ties = {
        (one["id"], reason["params"]["company"])
        for one in team["members"]
        for reason in one["reasons"]
        if reason["code"] == "tie"
    }
    return len({other if one == me else one for one, other in ties if me in (one, other)})


def _acquainted(count: int) -> str:
    if not count:
        return _("aucune")
    return ngettext("%(count)s entreprise", "%(count)s entreprises", count) % {"count": count}


def _proof(team: Mapping[str, Any], *, first: bool) -> str:
    if team["proven"] and first:
        return _("Aucune autre équipe de l’annuaire ne convient mieux : c’est prouvé.")
    if team["proven"]:
        return _("Parmi les équipes vraiment différentes, aucune ne convient mieux : c’est prouvé.")
    gap = max(0, team["cost"] - team["bound"])
    share = max(1, round(100 * gap / team["cost"])) if team["cost"] else 0
    return _("Une équipe meilleure de %(share)s %% au plus reste possible : la recherche a été écourtée.") % {
        "share": share
    }


def _row(
    lot: NeedLot, companies: Sequence[Mate], teams: Sequence[Mapping[str, Any]], capable: Mapping[str, Sequence[str]]
) -> Row:
    doing = {one for team in teams for one in team["coverage"].get(lot.ident, ())}
    able = set(capable.get(lot.ident, ()))
    cells = [
        (mate, "full" if mate.public_id in doing else "half" if mate.public_id in able else "") for mate in companies
    ]
    return Row(str(lot), money(lot.value_cents, lot.currency), cells, not doing)
