"""Orders of the client: the rule is voted, each order is shared by it, each company accepts its part or not."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from cordee.engines.orders import Rule, allocate, say_why_not, why_not
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.kit.words import for_the_papers, language
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.projects import permissions
from cordee.projects.acts.brand import BeingVoted
from cordee.projects.acts.capacity import GivesAway
from cordee.projects.acts.inside import KnowWhat, living_project, my_tool
from cordee.projects.acts.votes import ask_members
from cordee.projects.models import CapacityPeriod, CapacityPool, ClientOrder, OrderPart, OrderRule, Project
from cordee.projects.reads import far_of, figures_in, haves, last_calls, outcome, partners_of, start_of

MOST = 10_000_000
State = OrderPart.State


class NoRule(Refusal):
    """The members have not agreed on a rule yet."""


class TooLateToAnswer(Refusal):
    """The part was answered, its time is over, or another company took it."""


def propose_order_rule(project: Project, *, rule: str, hours: int = 48, by: Actor, at: datetime) -> OrderRule:
    """Put the rule by which orders are shared to the vote; the one before holds until then.

    Allowed       any participant.
    Refused when  the tool is put away; the rule is not one; another rule is being voted.
    Tells         projects.order_rule.proposed: the rule, the hours to answer; governance.ballot.opened.
    """
    with act("projects.order_rule.proposed", book=project.grouping.book, by=by, at=at) as facts:
        fresh, seat = my_tool(project, by, "capacity")
        if rule not in OrderRule.Rule.values or not 1 <= hours <= 720:
            raise KnowWhat(_("Choisissez une règle, et un délai d’une heure à trente jours."))
        if fresh.order_rules.filter(state=OrderRule.State.VOTING).exists():
            raise BeingVoted(_("Une règle est déjà au vote."), do=_("Attendez le résultat."))
        with for_the_papers():
            title = _("%(project)s : à qui va une commande") % {"project": fresh.name}
            text = _(
                "Les commandes sont partagées ainsi : %(rule)s. Chaque entreprise accepte ou décline sa part en "
                "%(hours)s heures ; sans réponse, la part va aux autres. La règle vaut pour ce projet seulement."
            ) % {"rule": str(OrderRule.Rule(rule).label).lower(), "hours": hours}
        ballot = ask_members(fresh, title=title, text=text, decision_type="rules_amendment", by=by, at=at)
        row = OrderRule.objects.create(
            project=fresh, rule=rule, hours=hours, ballot=address(ballot), proposed_by=seat, proposed_at=at
        )
        facts.on = address(row)
        facts |= {"rule": rule, "hours": hours, "ballot": ballot.public_id}
    return row


def settle_order_rule(rule: OrderRule, *, at: datetime) -> OrderRule:
    """Put the rule in force, or note that the members refused it.

    Allowed       Cordée itself, once the vote is closed.
    Refused when  it is no longer being voted.
    Tells         projects.order_rule.settled: the rule, adopted or not.
    """
    project = rule.project
    with act("projects.order_rule.settled", book=project.grouping.book, by=Clockwork(), at=at, on=rule) as facts:
        living_project(project)
        fresh = OrderRule.objects.select_for_update().get(pk=rule.pk)
        adopted = outcome(last_calls([fresh.ballot]).get(fresh.ballot))
        if fresh.state != OrderRule.State.VOTING or adopted is None:
            raise NotYours
        if adopted:
            project.order_rules.filter(state=OrderRule.State.IN_FORCE).update(state=OrderRule.State.REPLACED)
            fresh.since = at
        fresh.state = OrderRule.State.IN_FORCE if adopted else OrderRule.State.REFUSED
        fresh.save(update_fields=["state", "since"])
        facts |= {"rule": fresh.rule, "adopted": adopted}
    return fresh


def enter_order(
    pool: CapacityPool, *, title: str, quantity: int, on: date, postcode: str = "", by: Actor, at: datetime
) -> ClientOrder:
    """Enter an order of the client: it is shared at once by the rule in force, and each company is asked.

    By capacity, the figures of its period no longer change from then on.

    Allowed       the neutral person, and who leads the project.
    Refused when  there is no rule in force; nothing says what or how much; by capacity, what each receives would give
                  a company away; by distance, the place is not known.
    Tells         projects.order.entered: the whole quantity, the rule, how many companies are asked; no part.
    """
    project = pool.project
    with act("projects.order.entered", book=project.grouping.book, by=by, at=at) as facts:
        fresh = living_project(project)
        if not permissions.is_neutral(pool, by.person):
            fresh, seat = my_tool(project, by, "capacity")
            if not permissions.may_lead(fresh, seat):
                raise NotAllowed(_("L’assembleur neutre ou le responsable du projet entre les commandes."))
        rule = fresh.order_rules.filter(state=OrderRule.State.IN_FORCE).first()
        if rule is None:
            raise NoRule(_("La règle d’attribution n’est pas encore votée."), do=_("Mettez-la au vote d’abord."))
        if not title.strip() or not 1 <= quantity <= MOST:
            raise KnowWhat(_("Dites ce que le client commande, et combien."))
        order = ClientOrder.objects.create(
            project=fresh, rule=rule, title=title.strip()[:120], quantity=quantity, on=on, postcode=postcode.strip(),
            entered_at=at,
        )  # fmt: skip
        if rule.rule == OrderRule.Rule.CAPACITY:
            stopped = why_not(list(figures_in(pool, start_of(pool, on)).values()))
            if stopped:
                raise GivesAway(
                    say_why_not(stopped, language()), do=_("Attendez que d’autres déclarent leur capacité.")
                )
            CapacityPeriod.objects.get_or_create(pool=pool, start=start_of(pool, on), defaults={"frozen_at": at})
        asked = _offer(order, quantity, pool, at=at)
        if not asked and rule.rule == OrderRule.Rule.NEAREST:
            raise KnowWhat(
                _("La distance n’est connue pour personne."), do=_("Écrivez le code postal de la livraison.")
            )
        facts.on = address(order)
        facts |= {"quantity": quantity, "rule": rule.rule, "asked": asked}
    return order


def answer_part(part: OrderPart, *, accept: bool, by: Actor, at: datetime) -> OrderPart:
    """Accept the part of an order that one is offered, or decline it; what is declined goes to the others.

    Allowed       the company that is offered it.
    Refused when  it was answered, its time is over, or another company took it first.
    Tells         projects.order_part.answered: accepted or not; not how much.
    """
    project = part.order.project
    with act("projects.order_part.answered", book=project.grouping.book, by=by, at=at, on=part) as facts:
        living_project(project)
        seat = acting_seat(project.grouping, by)
        fresh = _part(part)
        if fresh.seat_id != seat.pk:
            raise NotYours
        if fresh.state != State.OFFERED or at > fresh.answer_by:
            raise TooLateToAnswer(
                _("Cette part n’attend plus de réponse."), why=str(fresh.get_state_display()).capitalize() + "."
            )
        fresh.state, fresh.answered_at = (State.ACCEPTED if accept else State.DECLINED), at
        fresh.save(update_fields=["state", "answered_at"])
        if accept and fresh.order.rule.rule == OrderRule.Rule.FIRST:
            fresh.order.parts.filter(state=State.OFFERED).update(state=State.TAKEN)
        elif not accept:
            _go_on(fresh.order, at)
        facts["accepted"] = accept
    return fresh


def lapse_order(order: ClientOrder, *, at: datetime) -> ClientOrder:
    """Whoever did not answer in time is taken to decline: what they were offered goes to the others.

    Allowed       Cordée itself, once the time to answer is over.
    Refused when  nobody is late.
    Tells         projects.order.lapsed: how many did not answer.
    """
    project = order.project
    with act("projects.order.lapsed", book=project.grouping.book, by=Clockwork(), at=at, on=order) as facts:
        living_project(project)
        fresh = ClientOrder.objects.select_for_update(of=("self",)).select_related("project", "rule").get(pk=order.pk)
        late = fresh.parts.filter(state=State.OFFERED, answer_by__lt=at).update(state=State.LAPSED)
        if not late:
            raise NotYours
        _go_on(fresh, at)
        facts["late"] = late
    return fresh


def _go_on(order: ClientOrder, at: datetime) -> None:
    """Once the round is answered: offer what was declined to those who have declined nothing of this order."""
    parts = list(order.parts.all())
    if any(part.state == State.OFFERED for part in parts):
        return
    last = max(part.round for part in parts)
    if order.rule.rule == OrderRule.Rule.FIRST:
        taken = any(part.state == State.ACCEPTED for part in parts)
        open_still = 0 if taken else order.quantity
    else:
        gone = (State.DECLINED, State.LAPSED)
        open_still = sum(part.quantity for part in parts if part.round == last and part.state in gone)
        if open_still and _offer(order, open_still, order.project.capacity_pool, at=at, round_=last + 1):
            return
    order.left += open_still
    order.save(update_fields=["left"])


def _offer(order: ClientOrder, quantity: int, pool: CapacityPool, *, at: datetime, round_: int = 1) -> int:
    """Share a quantity between the companies that have declined nothing of this order; how many are asked."""
    gone = set(order.parts.filter(state__in=[State.DECLINED, State.LAPSED]).values_list("seat_id", flat=True))
    seats = {seat.public_id: seat for seat in partners_of(order.project) if seat.pk not in gone}
    rules: dict[str, Rule] = {"capacity": "capacity", "turns": "turns", "nearest": "nearest", "first": "first"}
    known = haves(pool, order, list(seats.values()), far_of(order, list(seats.values())))
    try:
        found = allocate(quantity, known, rules[order.rule.rule])
    except ValueError:  # nobody is left, or no distance is known
        return 0
    until = at + timedelta(hours=order.rule.hours)
    OrderPart.objects.bulk_create(
        [
            OrderPart(
                public_id=new_public_id(), order=order, seat=seats[one.key], round=round_, quantity=one.quantity,
                agreed=str(Fraction(one.agreed)), answer_by=until,
                why={"code": one.why.code, "facts": {name: str(value) for name, value in one.why.facts}},
                state=State.OFFERED if one.quantity else State.COUNTED,
            )
            for one in found.parts
        ]
    )  # fmt: skip
    asked = sum(1 for one in found.parts if one.quantity)
    if asked and found.left:
        order.left += found.left
        order.save(update_fields=["left"])
    elif round_ == 1 and not asked and order.rule.rule == OrderRule.Rule.CAPACITY:
        order.left = quantity
        order.save(update_fields=["left"])
    return asked


def _part(part: OrderPart) -> OrderPart:
    known = OrderPart.objects.select_for_update(of=("self",)).select_related("order__rule", "order__project__grouping")
    return known.get(pk=part.pk)
