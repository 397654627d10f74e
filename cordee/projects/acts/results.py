"""The results of a study: who may use them, for what, until when; what a newcomer pays, and to whom it goes back."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from cordee.governance.models import DecisionType
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat, within_mandate
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import KnowWhat, check_leads, my_tool
from cordee.projects.models import BuyIn, Participant, Project, ResultRule, UseRight
from cordee.projects.reads import checks_of, entry_price


class DecideFirst(Refusal):
    """The members have to decide this before anybody does it."""


class PriceMoved(Refusal):
    """Another company came in meanwhile: the amount is not the same any more."""


def grant_right(
    project: Project, *, seat: Seat, use: str, scope: str = "", until: date | None = None, by: Actor, at: datetime
) -> UseRight:
    """Write that a company may use the results: for what, until when.

    Allowed       who leads the project, once the members decided whose the results are.
    Refused when  the tool is put away, this is not decided, the company does not take part, or the day is past.
    Tells         projects.use_right.granted: to which seat, for what.
    """
    with act("projects.use_right.granted", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, mine = my_tool(project, by, "results", ended=True)
        check_leads(fresh, mine)
        _decided(fresh, "rights", _("À qui sont les résultats n’est pas encore décidé."))
        if use not in UseRight.Use.values or not fresh.participants.filter(left_at=None, seat=seat).exists():
            raise NotYours
        if until is not None and until < at.date():
            raise Refusal(_("Cette date est passée."), do=_("Laissez vide pour un droit sans fin."))
        made = UseRight.objects.create(
            project=fresh, seat=seat, use=use, scope=scope.strip()[:300], until=until, given_by=mine, at=at
        )
        facts |= {"to": seat.public_id, "use": use, "until": until.isoformat() if until else ""}
    return made


def end_right(right: UseRight, *, why: str, by: Actor, at: datetime) -> UseRight:
    """End a right to use the results; why is written.

    Allowed       who leads the project, or the company that has it.
    Refused when  the tool is put away, it is ended already, or nothing says why.
    Tells         projects.use_right.ended.
    """
    with act("projects.use_right.ended", book=right.project.grouping.book, by=by, at=at, on=right) as facts:
        project, seat = my_tool(right.project, by, "results", ended=True)
        fresh = UseRight.objects.select_for_update().get(pk=right.pk)
        if seat.pk != fresh.seat_id:
            check_leads(project, seat)
        if fresh.ended_at:
            raise Refusal(_("Ce droit est déjà terminé."))
        if not why.strip():
            raise KnowWhat(_("Dites pourquoi ce droit prend fin."))
        fresh.ended_at, fresh.ended_why = at, why.strip()[:300]
        fresh.save(update_fields=["ended_at", "ended_why"])
        facts |= {"to": right.seat.public_id, "use": fresh.use}
    return fresh


def set_result_rule(project: Project, *, yearly: int, floor: int, since: date, by: Actor, at: datetime) -> ResultRule:
    """Write how the study loses value with time, for whoever comes later.

    Allowed       who leads the project.
    Refused when  the tool is put away, a part is not a percentage, or a newcomer came in by the rule before.
    Tells         projects.result_rule.set: the two percentages, since when.
    """
    with act("projects.result_rule.set", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "results", ended=True)
        check_leads(fresh, seat)
        if not (0 <= yearly <= 100 and 0 <= floor <= 100):
            raise Refusal(_("Ces parts vont de 0 à 100 %."))
        if fresh.buy_ins.filter(state=BuyIn.State.ACCEPTED).exists():
            raise Refusal(_("Une entreprise est déjà entrée par cette règle : elle vaut pour les suivantes."))
        values = {"yearly": yearly, "floor": floor, "since": since, "seat": seat, "at": at}
        row, _made = ResultRule.objects.update_or_create(project=fresh, defaults=values)
        facts |= {"yearly": yearly, "floor": floor, "since": since.isoformat()}
    return row


def offer_buy_in(project: Project, *, to: Seat, by: Actor, at: datetime) -> BuyIn:
    """Propose to a member of the grouping to come in: the amount by the rule, explained; it answers itself.

    Allowed       who leads the project, once the members decided on newcomers.
    Refused when  the tool is put away, this is not decided or has no rule, nobody paid yet, or the company is not a
                  member, paid already or came in before.
    Tells         projects.buy_in.offered: to which seat, how much.
    """
    with act("projects.buy_in.offered", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "results", ended=True)
        check_leads(fresh, seat)
        _decided(fresh, "newcomers", _("Le droit d’entrée des nouveaux n’est pas encore décidé."))
        if to.grouping_id != fresh.grouping_id or to.state != Seat.State.MEMBER:
            raise NotYours
        found = entry_price(fresh, on=at.date())
        if found is None:
            raise DecideFirst(
                _("Il n’y a pas encore de prix d’entrée."), do=_("Écrivez la règle, et lancez une tranche.")
            )
        if to.public_id in found.back:
            raise Refusal(_("Cette entreprise a déjà payé sa part."))
        values = {
            "cents": found.due,
            "worth_cents": found.worth,
            "years": found.years,
            "back": found.back,
            "why": found.why,
            "offered_by": seat,
            "offered_at": at,
        }
        made, _new = BuyIn.objects.update_or_create(project=fresh, seat=to, state=BuyIn.State.OFFERED, defaults=values)
        facts.on = address(made)
        facts |= {"to": to.public_id, "cents": made.cents}
    return made


def answer_buy_in(buy_in: BuyIn, *, accepted: bool, by: Actor, at: datetime) -> BuyIn:
    """Accept or decline to come in at this price; accepted, the company takes part and may use the results.

    Allowed       the company to which it was proposed, within the mandate of whoever acts.
    Refused when  it is answered already, or another company came in meanwhile and the amount has moved.
    Tells         projects.buy_in.answered: accepted or not, how much.
    """
    with act("projects.buy_in.answered", book=buy_in.project.grouping.book, by=by, at=at, on=buy_in) as facts:
        seat = acting_seat(buy_in.project.grouping, by)
        fresh = BuyIn.objects.select_for_update(of=("self",)).select_related("project__grouping").get(pk=buy_in.pk)
        if seat.pk != fresh.seat_id:
            raise NotYours
        if fresh.state != BuyIn.State.OFFERED:
            raise Refusal(_("Vous avez déjà répondu."))
        if accepted:
            within_mandate(seat, by.person, decision_type=DecisionType.BUDGET, cents=fresh.cents, at=at)
            found = entry_price(fresh.project, on=fresh.offered_at.date())
            if found is None or (found.due, found.back) != (fresh.cents, fresh.back):
                raise PriceMoved(
                    _("Une autre entreprise est entrée entre-temps : le montant n’est plus le même."),
                    do=_("Demandez au responsable du projet une nouvelle proposition."),
                )
            Participant.objects.update_or_create(
                project=fresh.project, seat=seat, defaults={"left_at": None}, create_defaults={"joined_at": at}
            )
            UseRight.objects.create(
                project=fresh.project, seat=seat, use=UseRight.Use.OWN, given_by=fresh.offered_by, at=at
            )
        fresh.state = BuyIn.State.ACCEPTED if accepted else BuyIn.State.DECLINED
        fresh.answered_at = at
        fresh.save(update_fields=["state", "answered_at"])
        facts |= {"accepted": accepted, "cents": fresh.cents}
    return fresh


def _decided(project: Project, slug: str, text: str) -> None:
    """Refused where the playbook asks for this decision and it is not taken."""
    point = checks_of(project).get(slug)
    if point is not None and not point.holds:
        raise DecideFirst(text, do=_("Mettez-le au vote, ou notez où il est réglé, depuis la page du projet."))
