"""What the companies agreed on a shared sales person, the time noted, the month closed, the client file handed back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.prospects import RULES
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import check_leads, my_tool, same_version
from cordee.projects.models import Opportunity, Project, SalesField, SalesStatement, SalesTerms, SalesTime
from cordee.projects.reads import sales_month, terms_of

MOST_MINUTES = 16 * 60


class MonthClosed(Refusal):
    """The statement of this month is closed."""


class NoTerms(Refusal):
    """The companies have not written what they agreed."""


def set_sales_terms(
    project: Project,
    *,
    order: Sequence[str],
    by_equal: int,
    by_time: int,
    by_orders: int,
    commission: int,
    month_cents: int,
    payer: Seat,
    sight: str,
    joint: str,
    version: int = 0,
    by: Actor,
    at: datetime,
) -> SalesTerms:
    """Write what the companies agreed: whose an opportunity is, who sees what, what a month costs and how it is shared.

    What was given or closed before stays as it is.

    Allowed       who leads the project.
    Refused when  the tool is put away, a rule is not known or said twice, the three parts do not make 100 %, who pays
                  does not take part, or somebody wrote it in between.
    Tells         projects.sales_terms.set: the order of the rules, the parts, the commission, who sees what.
    """
    with act("projects.sales_terms.set", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "pipeline")
        check_leads(fresh, seat)
        if set(order) - set(RULES) or len(set(order)) != len(order):
            raise NotYours
        if sight not in SalesTerms.Sight.values or joint not in SalesTerms.Joint.values:
            raise NotYours
        if not fresh.participants.filter(left_at=None, seat=payer).exists():
            raise NotYours
        parts = (by_equal, by_time, by_orders)
        if min(parts) < 0 or sum(parts) != 100:
            raise Refusal(
                _("Les trois parts font %(sum)s %%, pas 100 %%.") % {"sum": sum(parts)},
                do=_("Corrigez-en une pour que tout le coût soit partagé."),
            )
        known = SalesTerms.objects.select_for_update().filter(project=fresh).first()
        row = known or SalesTerms(project=fresh, version=0)
        if known is not None:
            mine, theirs = [" / ".join(map(str, each)) for each in (parts, _parts(known))]
            same_version(known.version, version, now={_("Parts"): theirs}, wanted={_("Parts"): mine})
        row.order, (row.by_equal, row.by_time, row.by_orders) = list(order), parts
        row.commission, row.month_cents, row.payer = commission, month_cents, payer
        row.sight, row.joint, row.seat, row.at, row.version = sight, joint, seat, at, row.version + 1
        row.save()
        facts |= {"order": " ".join(order), "equal": by_equal, "time": by_time, "orders": by_orders}
        facts |= {"commission": commission, "month": month_cents, "sight": sight, "joint": joint}
    return row


def _parts(terms: SalesTerms) -> tuple[int, int, int]:
    return terms.by_equal, terms.by_time, terms.by_orders


def cover_field(
    project: Project, *, zones: Sequence[str], trades: Sequence[str], by: Actor, at: datetime
) -> SalesField:
    """Say what one’s company covers: the beginnings of postcodes, the trades it sells. Nothing: everything.

    Allowed       any participant, for its own company.
    Refused when  the tool is put away, or a territory is not the beginning of a postcode.
    Tells         projects.sales_field.covered: how many territories, how many trades.
    """
    with act("projects.sales_field.covered", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "pipeline")
        wrong = [zone for zone in zones if not (zone.isascii() and zone.isdigit() and len(zone) <= 5)]
        if wrong:
            raise Refusal(
                _("« %(zone)s » n’est pas le début d’un code postal.") % {"zone": wrong[0]},
                do=_("Écrivez par exemple 34, ou 34070."),
            )
        values = {"zones": list(dict.fromkeys(zones)), "trades": list(dict.fromkeys(trades)), "at": at}
        row, _made = SalesField.objects.update_or_create(project=fresh, seat=seat, defaults=values)
        facts |= {"zones": len(row.zones), "trades": len(row.trades), "seat": seat.public_id}
    return row


def note_time(
    project: Project,
    *,
    seat: Seat,
    on: date,
    minutes: int,
    kind: str,
    expenses_cents: int = 0,
    by: Actor,
    at: datetime,
) -> SalesTime:
    """Note the time that the sales person gave to a company, and what was spent for it alone.

    Allowed       the company that pays the sales person, for all; another participant, for itself.
    Refused when  the tool is put away, nothing is agreed yet, the month is closed, the day is to come, or the time is
                  nothing or more than a day holds.
    Tells         projects.sales_time.noted: for which seat, how long, what was spent.
    """
    with act("projects.sales_time.noted", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, mine = my_tool(project, by, "sales")
        terms = _terms(fresh)
        if mine.pk not in (terms.payer_id, seat.pk):
            raise NotAllowed(
                _("Vous notez le temps donné à votre entreprise."),
                why=_("%(payer)s, qui emploie, note celui de toutes.") % {"payer": terms.payer},
            )
        if kind not in SalesTime.Kind.values or not fresh.participants.filter(left_at=None, seat=seat).exists():
            raise NotYours
        if on > localtime(at).date():
            raise Refusal(_("Ce jour n’est pas encore venu."))
        if not 0 <= minutes <= MOST_MINUTES or expenses_cents < 0 or not (minutes or expenses_cents):
            raise Refusal(_("Notez une durée jusqu’à seize heures, ou des frais."))
        _month_open(fresh, on)
        row = SalesTime.objects.create(
            project=fresh,
            seat=seat,
            on=on,
            minutes=minutes,
            kind=kind,
            expenses_cents=expenses_cents,
            noted_by=mine,
            at=at,
        )
        facts.on = address(row)
        facts |= {"seat": seat.public_id, "minutes": minutes, "expenses": expenses_cents, "on": on.isoformat()}
    return row


def strike_time(row: SalesTime, *, by: Actor, at: datetime) -> SalesTime:
    """Strike out time noted by mistake.

    Allowed       the company that noted it, or the one that pays the sales person.
    Refused when  the tool is put away, it is struck out already, or the month is closed.
    Tells         projects.sales_time.struck: for which seat, how long.
    """
    with act("projects.sales_time.struck", book=row.project.grouping.book, by=by, at=at, on=row) as facts:
        project, seat = my_tool(row.project, by, "sales")
        fresh = SalesTime.objects.select_for_update(of=("self",)).select_related("seat").get(pk=row.pk)
        if seat.pk not in (fresh.noted_by_id, _terms(project).payer_id):
            raise NotAllowed(_("Celle qui l’a noté, ou celle qui emploie, peut le rayer."))
        if fresh.struck_at:
            raise Refusal(_("Cette ligne est déjà rayée."))
        _month_open(project, fresh.on)
        fresh.struck_at = at
        fresh.save(update_fields=["struck_at"])
        facts |= {"seat": fresh.seat.public_id, "minutes": fresh.minutes}
    return fresh


def close_sales_month(project: Project, *, month: date, by: Actor, at: datetime) -> SalesStatement:
    """Close a month: what each owes is written to the cent and changes no more.

    Allowed       the company that pays the sales person, or who leads the project.
    Refused when  the tool is put away, nothing is agreed, the month is not over, it is closed, or it costs nothing.
    Tells         projects.sales_month.closed: the month, its cost, what all owe.
    """
    with act("projects.sales_month.closed", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "sales", ended=True)
        terms = _terms(fresh)
        if seat.pk != terms.payer_id:
            check_leads(fresh, seat)
        first = month.replace(day=1)
        if first >= localtime(at).date().replace(day=1):
            raise Refusal(_("Ce mois n’est pas fini."), do=_("L’aperçu montre déjà où il en est."))
        _month_open(fresh, first)
        found = sales_month(fresh, first)
        if not found.total:
            raise Refusal(_("Ce mois n’a rien coûté."))
        made = SalesStatement.objects.create(
            project=fresh,
            month=first,
            cost_cents=found.cost,
            rows={line.seat.public_id: line.plain() for line in found.lines},
            total_cents=found.total,
            payer=terms.payer,
            seat=seat,
            at=at,
        )
        facts.on = address(made)
        facts |= {"month": first.isoformat(), "cost": found.cost, "total": found.total}
    return made


def hand_back_file(project: Project, *, by: Actor, at: datetime) -> SalesTerms:
    """Hand the client file back: each company takes its own contacts, and the pipeline is put away.

    Allowed       who leads the project.
    Refused when  the tool is put away, nothing is agreed, it was handed back, or an opportunity is being disputed.
    Tells         projects.sales_file.handed_back: how many opportunities, how many of them together.
    """
    with act("projects.sales_file.handed_back", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "pipeline")
        check_leads(fresh, seat)
        terms = _terms(fresh)
        if terms.handed_at:
            raise Refusal(_("Le fichier est déjà rendu."))
        every = Opportunity.objects.filter(project=fresh, erased_at=None).prefetch_related("parts")
        if every.filter(disputes__isnull=False, disputes__settled_at=None).exists():
            raise Refusal(_("Une affaire est encore contestée."), do=_("Attendez que les membres aient décidé."))
        terms.handed_at = at
        terms.save(update_fields=["handed_at"])
        fresh.tools = [tool for tool in fresh.tools if tool != "pipeline"]
        fresh.save(update_fields=["tools"])
        facts |= {"opportunities": len(every), "together": sum(len(one.parts.all()) > 1 for one in every)}
    return terms


def _terms(project: Project) -> SalesTerms:
    found = terms_of(project)
    if found is None:
        raise NoTerms(
            _("Ce que vous avez convenu n’est pas encore écrit."),
            do=_("Le responsable du projet écrit les règles et le coût du mois, depuis les affaires."),
        )
    return found


def _month_open(project: Project, day: date) -> None:
    if project.sales_statements.filter(month=day.replace(day=1)).exists():
        raise MonthClosed(_("Ce mois est arrêté : il ne change plus."))
