"""Looking for teams, and opening an exchange with one of them."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.directory.acts import bring_near
from cordee.directory.models import Company, Representative
from cordee.engines import teaming
from cordee.engines.places import Point
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.acts import Invitee, open_exchange
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Grouping
from cordee.groupings.permissions import speaks_for
from cordee.offers.acts.needs import prepared
from cordee.offers.models import Need, NeedLot, Pursuit, TeamSearch
from cordee.offers.permissions import companies_of
from cordee.offers.reads.asked import all_lots, asked_lots, companies_for
from cordee.offers.reads.found import found_as_json

TEAMS, SECONDS = 3, 1.0
FEWEST, MOST = 3, 12
CLOCK = Clockwork()
LOTS_NAMED = 8


class NothingToSearch(Refusal):
    """No lot has a trade: nobody can be looked for."""


class SearchUnderWay(Refusal):
    """The teams are not known yet, or the search stopped."""


class SearchOver(Refusal):
    """The search has ended: nothing is left to give up."""


class ExchangeAlreadyOpen(Refusal):
    """This team already has its exchange."""


def ask_for_teams(
    need: Need,
    *,
    company: Company,
    around: bool = True,
    members: int = MOST,
    max_km: int | None = None,
    competitors: bool = True,
    by: Actor,
    at: datetime,
) -> TeamSearch:
    """Ask for the best teams for a need. The search itself happens aside; its page says how far it is.

    Allowed       whoever acts for the company that brought the need.
    Refused when  the need is put away, or none of its lots has a trade.
    Tells         offers.search.asked: around the company or not, how many members at most, from how far.
    """
    search = TeamSearch(public_id=new_public_id(), need=need, company=company, asked_by=by.person, asked_at=at)
    search.options = {"around": around, "members": members, "max_km": max_km, "competitors": competitors}
    with act("offers.search.asked", book=need.book, by=by, at=at, on=address(search)) as facts:
        prepared(need, by)
        if not companies_of(by.person).filter(pk=company.pk).exists():
            raise NotAllowed(_("Vous n’agissez pas pour %(company)s.") % {"company": company})
        if not any(NeedLot.objects.filter(need=need).values_list("trades", flat=True)):
            raise NothingToSearch(
                _("Aucun lot n’a encore de métier : nous ne savons pas qui chercher."),
                do=_("Choisissez le métier d’au moins un lot."),
            )
        search.save()
        facts["need"] = need.public_id
        facts["around"] = around
        facts["members"] = members
        facts["max_km"] = max_km or 0
    return search


def find_teams_now(search: TeamSearch, *, at: datetime) -> TeamSearch:
    """Find the teams of a search that waits. Done twice, it happens once: whoever takes it first does it.

    Allowed       Cordée itself.
    Refused when  never: a search already taken is left as it is.
    Tells         offers.search.done: companies compared, teams found, whether the best is proven; or why it stopped.
    """
    waiting = TeamSearch.objects.filter(pk=search.pk, state=TeamSearch.State.WAITING)
    if not waiting.update(state=TeamSearch.State.RUNNING, started_at=at):
        return TeamSearch.objects.get(pk=search.pk)
    taken = TeamSearch.objects.select_related("need__company", "company", "asked_by").get(pk=search.pk)
    asked = asked_lots(all_lots(taken.need), taken.need.title)
    bring_near(((lot.trades, Point(*lot.place) if lot.place else None, lot.radius_km) for lot in asked.lots), at=at)
    companies = companies_for(taken, at=at)
    TeamSearch.objects.filter(pk=taken.pk).update(compared=len(companies))
    problem, result = "", None
    try:
        answer = teaming.find_teams(asked, companies, _options(taken))
        result = found_as_json(answer, asked, companies, me=taken.company.public_id)
    except ValueError:
        problem = "contradiction"
    with act("offers.search.done", book=taken.need.book, by=CLOCK, at=at, on=taken) as facts:
        fresh = TeamSearch.objects.select_for_update().get(pk=taken.pk)
        fresh.state = TeamSearch.State.FAILED if problem else TeamSearch.State.DONE
        fresh.problem, fresh.result, fresh.finished_at = problem, result, at
        fresh.save(update_fields=["state", "problem", "result", "finished_at"])
        facts["compared"] = len(companies)
        facts["teams"] = len(result["teams"]) if result else 0
        facts["proven"] = bool(result and result["teams"] and result["teams"][0]["proven"])
        facts["problem"] = problem
    return fresh


def _options(search: TeamSearch) -> teaming.Options:
    asked: dict[str, Any] = search.options
    return teaming.Options(
        min_members=FEWEST,
        max_members=min(max(int(asked.get("members") or MOST), FEWEST), MOST),
        around=(search.company.public_id,) if asked.get("around", True) else (),
        competitors=bool(asked.get("competitors", True)),
        max_km=asked.get("max_km"),
        count=TEAMS,
        seconds=SECONDS,
    )


def give_up_search(search: TeamSearch, *, at: datetime) -> TeamSearch:
    """Say that a search stopped half-way, so that its page offers to ask again.

    Allowed       Cordée itself.
    Refused when  it has ended: nothing is left to give up.
    Tells         offers.search.stopped.
    """
    with act("offers.search.stopped", book=search.need.book, by=CLOCK, at=at, on=search) as facts:
        fresh = TeamSearch.objects.select_for_update().get(pk=search.pk)
        facts["was"] = fresh.state
        if fresh.state not in (TeamSearch.State.WAITING, TeamSearch.State.RUNNING):
            raise SearchOver(_("Cette recherche est terminée."))
        fresh.state, fresh.problem, fresh.finished_at = TeamSearch.State.FAILED, "stopped", at
        fresh.save(update_fields=["state", "problem", "finished_at"])
    return fresh


def open_exchange_with(search: TeamSearch, *, team: int, by: Actor, at: datetime) -> Grouping:
    """Open an exchange with a team that was found: its companies are invited, with the need in words.

    A company whose leader is not known is noted with « adresse à compléter ».

    Allowed       whoever may commit the company that searched.
    Refused when  the search is not over, there is no such team, or its exchange is already open.
    Tells         offers.need.pursued: the need, the exchange, how many companies; then what opening one tells.
    """
    need = search.need
    with act("offers.need.pursued", book=need.book, by=by, at=at, on=need) as facts:
        fresh = prepared(need, by)
        if not speaks_for(by.person, search.company):
            raise NotAllowed(
                _("Ouvrir un échange engage %(company)s.") % {"company": search.company},
                why=_("Vous pouvez préparer, pas engager l’entreprise."),
                do=_("Demandez à la personne qui la dirige de le faire : elle voit cette page."),
            )
        members = _members(search, team)
        already = Pursuit.objects.filter(search=search, team=team).select_related("grouping").first()
        if already is not None:
            raise ExchangeAlreadyOpen(
                _("L’échange avec cette équipe est déjà ouvert."),
                do=_("Retrouvez-le dans « Mes groupements » : %(name)s.") % {"name": already.grouping.name},
            )
        grouping = open_exchange(
            name=fresh.title[:120],
            purpose=in_words(fresh),
            host_company=search.company,
            invitees=_invitees(members, host=search.company, by=by),
            need=address(fresh),
            by=by,
            at=at,
        )
        Pursuit.objects.create(need=fresh, grouping=grouping, search=search, team=team, since=at)
        facts["grouping"] = grouping.public_id
        facts["companies"] = len(members)
        facts["search"] = search.public_id
    return grouping


def look_together(need: Need, grouping: Grouping, *, by: Actor, at: datetime) -> Pursuit:
    """Bring an occasion to a grouping that exists already: its members see it, and may prepare the answer together.

    Allowed       whoever prepares the need, with a seat in the grouping.
    Refused when  the grouping is closed, or already looks at it; the occasion was put aside.
    Tells         offers.need.shared, in the book of the grouping: the need.
    """
    with act("offers.need.shared", book=grouping.book, by=by, at=at, on=need) as facts:
        living(grouping)
        acting_seat(grouping, by)
        fresh = prepared(need, by)
        found, new = Pursuit.objects.get_or_create(need=fresh, grouping=grouping, defaults={"since": at})
        if not new:
            raise ExchangeAlreadyOpen(_("%(name)s regarde déjà cette occasion.") % {"name": grouping.name})
        Grouping.objects.filter(pk=grouping.pk).update(need=address(fresh))
        facts["need"] = fresh.public_id
    return found


def _members(search: TeamSearch, team: int) -> list[str]:
    found = (search.result or {}).get("teams", [])
    if search.state != TeamSearch.State.DONE or not 1 <= team <= len(found):
        raise SearchUnderWay(
            _("Cette équipe n’est pas dans les résultats."), do=_("Relancez la recherche, puis choisissez une équipe.")
        )
    return [member["id"] for member in found[team - 1]["members"]]


def _invitees(members: list[str], *, host: Company, by: Actor) -> list[Invitee]:
    """One invitation per company, to the person who leads it where Cordée knows who that is; nobody is asked twice."""
    # A company that hid itself since the search is not reached around its card.
    companies = Company.objects.seen_by(by.person).filter(public_id__in=members).exclude(pk=host.pk)
    leaders: dict[int, Representative] = {}
    speaking = Representative.objects.filter(company__in=companies, until=None).select_related("person")
    for one in speaking.exclude(capacity=Representative.Capacity.ASSISTANT).order_by("-since", "-pk"):
        known = leaders.get(one.company_id)
        if known is None or known.capacity != Representative.Capacity.LEGAL:
            leaders[one.company_id] = one
    order = {public_id: place for place, public_id in enumerate(members)}
    invitees, asked = [], {by.person.pk}
    for company in sorted(companies, key=lambda each: order[each.public_id]):
        leader = leaders.get(company.pk)
        email, name = "", ""
        if leader and leader.person_id not in asked:
            email, name = leader.person.email, leader.person.name
            asked.add(leader.person_id)
        invitees.append(Invitee(email=email, name=name, company=company, company_name=company.discreet_name))
    return invitees


def in_words(need: Need) -> str:
    """The need in three sentences, for those who are invited to look at it."""
    said = [
        _("Répondre ensemble à « %(title)s », pour %(client)s.") % {"title": need.title, "client": need.client}
        if need.client
        else _("Répondre ensemble à « %(title)s ».") % {"title": need.title}
    ]
    lots = all_lots(need)
    names = [lot.title for lot in lots if lot.title]
    if len(lots) > 1 and names:
        shown = " ; ".join(names[:LOTS_NAMED]) + (" …" if len(names) > LOTS_NAMED else ".")
        count = ngettext("%(count)s lot", "%(count)s lots", len(lots)) % {"count": len(lots)}
        said.append(_("%(count)s : %(names)s") % {"count": count, "names": shown})
    if need.deadline:
        said.append(_("Réponse attendue avant le %(day)s.") % {"day": date_format(localtime(need.deadline), "j F Y")})
    return " ".join(said)
