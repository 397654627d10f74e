"""Turns of presence: the opening hours, who can hold the stand and when, the planning, a turn changed by hand."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cordee.engines.rota import plan_turns
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.groupings.models import Seat
from cordee.projects import permissions
from cordee.projects.acts.inside import KnowWhat, check_leads, my_tool, same_version
from cordee.projects.models import PresenceHand, PresencePlan, PresenceSlot, PresenceTurn, PresenceWish, Project
from cordee.projects.reads import rota_of

MOST_SLOTS, MOST_HANDS, SECONDS = 120, 60, 6.0


class NobodyYet(Refusal):
    """There are no hours, or nobody to hold the stand."""


def open_stand(
    project: Project,
    *,
    first: date,
    days: int,
    opens: int,
    closes: int,
    length: int,
    need: int,
    in_row: int = 240,
    day_most: int = 480,
    by_surface: bool = False,
    by: Actor,
    at: datetime,
) -> PresencePlan:
    """Write the hours of the stand, cut into turns. What was planned on other hours goes; the people stay.

    Units         minutes: opens and closes since midnight, the length of a turn, in a row, in a day.
    Allowed       who leads the project.
    Refused when  the tool is put away, the hours do not follow each other, or there are more than 120 turns.
    Tells         projects.presence.opened: the first day, how many days, how many turns, how many people each.
    """
    with act("projects.presence.opened", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "presence")
        check_leads(fresh, seat)
        if not 0 <= opens < closes <= 1440 or length < 30 or not 1 <= need <= 20 or not 1 <= days <= 31:
            raise KnowWhat(_("Ces heures ne se suivent pas."), do=_("Des tours d’une demi-heure au moins."))
        starts = list(range(opens, closes, length))
        if len(starts) > 1 and closes - starts[-1] < 30:
            starts.pop()  # what is left is too short for a turn of its own: the last one is longer
        if days * len(starts) > MOST_SLOTS:
            raise Refusal(_("Trop de tours à la fois."), do=_("Allongez les tours, ou comptez moins de jours."))
        plan = PresencePlan.objects.filter(project=fresh).first() or PresencePlan(project=fresh, version=0)
        plan.by_surface, plan.in_row, plan.day_most = by_surface, in_row, day_most
        plan.proved, plan.planned_at, plan.changed, plan.version = [], None, False, plan.version + 1
        plan.save()
        plan.slots.all().delete()
        slots = [
            PresenceSlot(
                public_id=new_public_id(),
                plan=plan,
                day=first + timedelta(days=number),
                start=start,
                end=(*starts, closes)[place + 1],
                need=need,
            )
            for number in range(days)
            for place, start in enumerate(starts)
        ]
        PresenceSlot.objects.bulk_create(slots)
        facts |= {"first": first.isoformat(), "days": days, "turns": len(slots), "need": need}
    return plan


def add_hand(project: Project, *, name: str, by: Actor, at: datetime) -> PresenceHand:
    """Name somebody of one's company who can hold the stand.

    Allowed       any participant, for its own people.
    Refused when  the tool is put away, the hours are not written yet, no name is given, or there are sixty already.
    Tells         projects.presence_hand.added.
    """
    with act("projects.presence_hand.added", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "presence")
        plan = _plan(fresh)
        if not name.strip():
            raise KnowWhat(_("Écrivez le prénom et le nom."))
        if plan.hands.count() >= MOST_HANDS:
            raise Refusal(_("Soixante personnes au plus tiennent un stand."))
        hand = PresenceHand.objects.create(plan=plan, seat=seat, name=name.strip()[:80])
        facts["seat"] = seat.public_id
    return hand


def remove_hand(hand: PresenceHand, *, by: Actor, at: datetime) -> None:
    """Take somebody off the stand, with their turns.

    Allowed       the company of this person.
    Refused when  the tool is put away.
    Tells         projects.presence_hand.removed.
    """
    project = hand.plan.project
    with act("projects.presence_hand.removed", book=project.grouping.book, by=by, at=at, on=project) as facts:
        seat = _own(hand, by)
        _touched(hand.plan)
        PresenceHand.objects.filter(pk=hand.pk).delete()
        facts["seat"] = seat.public_id


def wish_presence(
    hand: PresenceHand, *, away: Iterable[str], rather_not: Iterable[str], by: Actor, at: datetime
) -> None:
    """Say when somebody cannot be there, and when they would rather not; turns are given by their public identifiers.

    Allowed       the company of this person.
    Refused when  the tool is put away.
    Tells         projects.presence_hand.wished: how many of each.
    """
    project = hand.plan.project
    with act("projects.presence_hand.wished", book=project.grouping.book, by=by, at=at, on=project) as facts:
        _own(hand, by)
        slots = {each.public_id: each for each in hand.plan.slots.all()}
        never = set(away) & set(slots)
        rather = set(rather_not) & set(slots) - never
        hand.wishes.all().delete()
        PresenceWish.objects.bulk_create(
            [PresenceWish(hand=hand, slot=slots[key], away=key in never) for key in sorted(never | rather)]
        )
        _touched(hand.plan)
        facts |= {"away": len(never), "rather_not": len(rather)}


def plan_presence(project: Project, *, by: Actor, at: datetime) -> PresencePlan:
    """Plan the turns: nobody missing if it can be, each company its part, then the wishes. Turns written before go.

    Allowed       any participant: the rule plans, not the person.
    Refused when  the tool is put away; there are no hours, or nobody to hold the stand.
    Tells         projects.presence.planned: turns, people missing, minutes off the fair part, whether it is proven.
    """
    with act("projects.presence.planned", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "presence")
        plan = _plan(fresh)
        rota = rota_of(plan)
        if not rota.hands or not rota.slots:
            raise NobodyYet(_("Il manque encore des personnes."), do=_("Chacun nomme ceux qui peuvent tenir le stand."))
        try:
            found = plan_turns(rota, seconds=SECONDS)
        except ValueError:
            raise Refusal(_("Aucun tour n’a été trouvé à temps."), do=_("Comptez moins de jours à la fois.")) from None
        slots = {each.public_id: each.pk for each in plan.slots.all()}
        hands = {each.public_id: each.pk for each in plan.hands.all()}
        PresenceTurn.objects.filter(slot__plan=plan).delete()
        PresenceTurn.objects.bulk_create(
            [PresenceTurn(slot_id=slots[turn.slot], hand_id=hands[turn.hand]) for turn in found.turns]
        )
        plan.proved = [{"name": one.name, "value": one.value, "bound": one.bound} for one in found.levels]
        plan.planned_at, plan.changed, plan.version = at, False, plan.version + 1
        plan.save(update_fields=["proved", "planned_at", "changed", "version"])
        values = {one.name: one.value for one in found.levels}
        facts |= {"turns": len(found.turns), "missing": values["missing"], "uneven": values["uneven"]}
        facts["proven"] = found.proven
    return plan


def set_turn(slot: PresenceSlot, *, hand: PresenceHand, wanted: bool, version: int, by: Actor, at: datetime) -> None:
    """Put somebody in a turn, or take them off it; the rules that this breaks are said on the page.

    Allowed       the company of this person; who leads the project.
    Refused when  the tool is put away, or somebody changed the turns in between.
    Tells         projects.presence.changed: on or off.
    """
    project = slot.plan.project
    with act("projects.presence.changed", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "presence")
        plan = _plan(fresh)
        if hand.seat_id != seat.pk and not permissions.may_lead(fresh, seat):
            raise NotAllowed(_("Chacun place les siens ; le responsable du projet place tout le monde."))
        same_version(plan.version, version, now={}, wanted={})
        if wanted and hand.plan_id == slot.plan_id == plan.pk:
            PresenceTurn.objects.get_or_create(slot=slot, hand=hand)
        else:
            PresenceTurn.objects.filter(slot=slot, hand=hand).delete()
        _touched(plan)
        facts["on"] = wanted


def _plan(project: Project) -> PresencePlan:
    plan = PresencePlan.objects.select_for_update().filter(project=project).first()
    if plan is None:
        raise NobodyYet(_("Les heures du stand ne sont pas encore écrites."))
    return plan


def _own(hand: PresenceHand, by: Actor) -> Seat:
    _fresh, seat = my_tool(hand.plan.project, by, "presence")
    if hand.seat_id != seat.pk:
        raise NotAllowed(_("Chaque entreprise parle pour les siens."))
    return seat


def _touched(plan: PresencePlan) -> None:
    """What was proven holds no more: something changed since."""
    fresh = PresencePlan.objects.get(pk=plan.pk)
    fresh.changed, fresh.version = fresh.planned_at is not None, fresh.version + 1
    fresh.save(update_fields=["changed", "version"])
