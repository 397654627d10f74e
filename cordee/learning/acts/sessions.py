"""Peer sessions: planned, joined, moved on step by step, closed; the plan that stays and what came of it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat
from cordee.learning import permissions
from cordee.learning.models import PeerAction, PeerSeat, PeerSession

LAST_STEP = 6
FEWEST_AROUND = 3
"""A client, somebody who leads, and one at least who helps."""


class TwoRoles(Refusal):
    """The same company asks and leads."""


class SessionNotOpen(Refusal):
    """The session has not begun, or is over."""


class TooFewAround(Refusal):
    """Too few have promised to keep what is said to themselves."""


def plan_session(
    grouping: Grouping, *, client: Seat, facilitator: Seat, subject: str, starts_at: datetime, place: str = "",
    by: Actor, at: datetime,
) -> PeerSession:  # fmt: skip
    """Plan a co-development session: who brings a question, who leads. The question never goes into the book.

    Allowed       any member.
    Refused when  the same company asks and leads; one of them is no member of the grouping.
    Tells         learning.session.planned: the seats of the client and of who leads.
    """
    with act("learning.session.planned", book=grouping.book, by=by, at=at) as facts:
        mine = acting_seat(grouping, by)
        if client.pk == facilitator.pk:
            raise TwoRoles(_("Qui apporte la question ne peut pas animer."), do=_("Choisissez une autre entreprise."))
        for each in (client, facilitator):
            if each.grouping_id != grouping.pk or each.state != Seat.State.MEMBER:
                raise NotAllowed(_("Cette entreprise n’est pas membre du groupement."))
        session = PeerSession.objects.create(
            grouping=grouping, client=client, facilitator=facilitator, subject=subject.strip(), starts_at=starts_at,
            place=place.strip(), planned_by=mine, planned_at=at,
        )  # fmt: skip
        PeerSeat.objects.create(session=session, seat=mine, promised_at=at)
        facts.on = address(session)
        facts |= {"client": client.public_id, "facilitator": facilitator.public_id}
    return session


def _living(session: PeerSession) -> PeerSession:
    fresh = PeerSession.objects.select_for_update().select_related("grouping").get(pk=session.pk)
    if fresh.state in (PeerSession.State.CLOSED, PeerSession.State.CANCELLED):
        raise SessionNotOpen(_("Cette séance est finie."))
    return fresh


def join_session(session: PeerSession, *, by: Actor, at: datetime) -> PeerSeat:
    """Come in, and promise that what is said in the session stays there.

    Allowed       any member of the grouping.
    Refused when  the session is over.
    Tells         learning.session.joined.
    """
    with act("learning.session.joined", book=session.book, by=by, at=at, on=session):
        fresh = _living(session)
        seat = acting_seat(fresh.grouping, by)
        found, _new = PeerSeat.objects.get_or_create(session=fresh, seat=seat, defaults={"promised_at": at})
    return found


def move_on(session: PeerSession, *, to: int, by: Actor, at: datetime) -> PeerSession:
    """Go to a step, and start its time. The first one opens the session.

    Allowed       who leads the session.
    Refused when  it is over; fewer than three companies have promised, the client and who leads among them.
    Tells         learning.session.stepped: which step.
    """
    with act("learning.session.stepped", book=session.book, by=by, at=at, on=session) as facts:
        fresh = _living(session)
        if not permissions.may_run(fresh, acting_seat(fresh.grouping, by)):
            raise NotAllowed(_("Seule l’entreprise qui anime fait avancer la séance."))
        promised = set(fresh.seats.values_list("seat", flat=True))
        if len(promised) < FEWEST_AROUND or not {fresh.client_id, fresh.facilitator_id} <= promised:
            raise TooFewAround(
                _("Il faut trois entreprises au moins, le client et l’animateur compris."),
                do=_("Chacune entre dans la séance en promettant la confidentialité."),
            )
        fresh.step = min(max(to, 1), LAST_STEP)
        fresh.state, fresh.step_since = PeerSession.State.RUNNING, at
        fresh.save(update_fields=["step", "state", "step_since"])
        facts["step"] = fresh.step
    return fresh


def close_session(
    session: PeerSession, *, actions: Sequence[tuple[str, date | None]], by: Actor, at: datetime
) -> PeerSession:
    """End a session: the question is emptied, the client's plan is all that is kept.

    Allowed       the client, whose plan it is.
    Refused when  the session has not reached its plan.
    Tells         learning.session.closed: how many actions.
    """
    with act("learning.session.closed", book=session.book, by=by, at=at, on=session) as facts:
        fresh = _living(session)
        if acting_seat(fresh.grouping, by).pk != fresh.client_id:
            raise NotAllowed(_("Le plan d’action est celui du client : lui seul l’écrit."))
        if fresh.step < LAST_STEP - 1:
            raise SessionNotOpen(_("Le plan d’action vient à la cinquième étape."))
        plan = [PeerAction(session=fresh, text=text.strip(), due_on=due) for text, due in actions if text.strip()]
        PeerAction.objects.bulk_create(plan)
        fresh.state, fresh.ended_at, fresh.subject = PeerSession.State.CLOSED, at, ""
        fresh.save(update_fields=["state", "ended_at", "subject"])
        facts["actions"] = len(plan)
    return fresh


def cancel_session(session: PeerSession, *, by: Actor, at: datetime) -> PeerSession:
    """Call a session off; its question is emptied.

    Allowed  the client, who leads it, who planned it.
    Tells    learning.session.cancelled.
    """
    with act("learning.session.cancelled", book=session.book, by=by, at=at, on=session):
        fresh = _living(session)
        if acting_seat(fresh.grouping, by).pk not in (fresh.client_id, fresh.facilitator_id, fresh.planned_by_id):
            raise NotAllowed(_("Le client, l’animateur ou qui l’a prévue annule la séance."))
        fresh.state, fresh.ended_at, fresh.subject = PeerSession.State.CANCELLED, at, ""
        fresh.save(update_fields=["state", "ended_at", "subject"])
    return fresh


def follow_action(action: PeerAction, *, done: bool, said: str, by: Actor, at: datetime) -> PeerAction:
    """Say what came of an action of one's plan.

    Allowed  the client of the session.
    Tells    learning.action.followed: whether it is done.
    """
    with act("learning.action.followed", book=action.session.book, by=by, at=at, on=action.session) as facts:
        fresh = PeerAction.objects.select_for_update().select_related("session__grouping").get(pk=action.pk)
        if acting_seat(fresh.session.grouping, by).pk != fresh.session.client_id:
            raise NotAllowed(_("Le plan d’action est celui du client : lui seul le suit."))
        fresh.done_at = (fresh.done_at or at) if done else None
        fresh.said = said.strip()
        fresh.save(update_fields=["done_at", "said"])
        facts["done"] = done
    return fresh
