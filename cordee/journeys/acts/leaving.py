"""Leaving: at once while nothing is signed, with a notice and a money statement afterwards; excluded, heard first."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.lifecycle import HEARING_DAYS, exclusion_vote_open, withdrawal_effective
from cordee.governance.acts import propose_resolution, set_aside
from cordee.governance.models import Ballot, DecisionType
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.acts import revoke_links_of_seat
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts import leave
from cordee.groupings.acts.at_the_table import acting_seat, leading_seat, living
from cordee.groupings.acts.seats import SomethingLeft as SomethingLeft
from cordee.groupings.models import Departure, Grouping, Office, Seat
from cordee.journeys.reads import left_to_settle, statement_of

INFORMAL = (Grouping.Stage.EXCHANGE, Grouping.Stage.COLLECTIVE)
GOING = (Departure.State.HEARING, Departure.State.VOTING, Departure.State.NOTICE)
EXCLUSION_NOTICE = timedelta(days=15)
"""From the adopted exclusion to its effect: time to give back what is common."""
VOTE_LENGTH = timedelta(days=10)


class NothingWritten(Refusal):
    """Grievances and their answer are written."""


class AlreadyLeaving(Refusal):
    """A departure of this company is under way."""


class TooSoonToVote(Refusal):
    """The company has not had its time to answer."""


class NotUnderWay(Refusal):
    """This departure is over, or is at another point."""


class LeavesAtTheEnd(Refusal):
    """Who winds up leaves with the others."""


def leave_grouping(seat: Seat, *, by: Actor, at: datetime) -> Departure | None:
    """Leave. As long as nothing is signed, at once; afterwards, with the notice of the rules and a money statement.

    Allowed       the representative or the substitute.
    Refused when  informal: an account that it shares is open, a payment of its is not confirmed, it is asked to sign a
                  text (all are listed). Committed: it is leaving already. Winding up: it leaves with the others.
    Tells         groupings.seat.left at once; or journeys.departure.announced: the day it takes effect, the balance.
    """
    grouping = Grouping.objects.get(pk=seat.grouping_id)
    if grouping.stage in INFORMAL:
        leave(seat, by=by, at=at, left=left_to_settle)
        return None
    with act("journeys.departure.announced", book=grouping.book, by=by, at=at) as told:
        mine = acting_seat(living(grouping), by)
        if mine.grouping.stage == Grouping.Stage.WINDING_UP:
            raise LeavesAtTheEnd(
                _("Le groupement se termine : chacun part avec les autres."), do=_("Voyez ce qui reste à solder.")
            )
        _not_leaving_yet(mine)
        day = withdrawal_effective(localtime(at).date(), mine.grouping.notice_months)
        statement = statement_of(mine)
        made = Departure.objects.create(
            grouping=mine.grouping,
            seat=mine,
            kind=Departure.Kind.WITHDRAWAL,
            state=Departure.State.NOTICE,
            asked_by=mine,
            asked_at=at,
            effective_on=day,
            statement=statement.as_rows(),
        )
        told.on = address(made)
        told |= {"seat": mine.public_id, "effective_on": day.isoformat(), "cents": statement.balance}
    return made


def stay_after_all(departure: Departure, *, by: Actor, at: datetime) -> Departure:
    """Take one's withdrawal back before it takes effect.

    Allowed       the company that announced it.
    Refused when  it has taken effect, or it is an exclusion.
    Tells         journeys.departure.taken_back.
    """
    with act("journeys.departure.taken_back", book=departure.grouping.book, by=by, at=at, on=departure):
        fresh = _under_way(departure, Departure.State.NOTICE)
        mine = acting_seat(living(fresh.grouping), by)
        if fresh.seat_id != mine.pk or fresh.kind != Departure.Kind.WITHDRAWAL:
            raise NotYours
        fresh.state, fresh.done_at = Departure.State.DROPPED, at
        fresh.save(update_fields=["state", "done_at"])
    return fresh


def open_exclusion(seat: Seat, *, grievances: str, hearing_at: datetime, by: Actor, at: datetime) -> Departure:
    """Write to a company what it is reproached with, and when it will be heard; nothing is decided yet.

    Allowed       whoever leads, unless it is their own company.
    Refused when  nothing is written, the hearing is less than fifteen days away, or a departure is under way.
    Tells         journeys.exclusion.opened: the day of the hearing; the grievances stay out of the book.
    """
    with act("journeys.exclusion.opened", book=seat.grouping.book, by=by, at=at) as told:
        grouping = living(seat.grouping)
        mine = leading_seat(grouping, by, _("ouvrir une exclusion"))
        target = Seat.objects.filter(pk=seat.pk, grouping=grouping, state=Seat.State.MEMBER).first()
        if target is None:
            raise NotYours
        if target.pk == mine.pk or grouping.stage == Grouping.Stage.WINDING_UP:
            raise NotUnderWay(_("Cela ne se fait pas ici."), do=_("Pour partir vous-même, passez par « Partir »."))
        if len(grievances.strip()) < 20:
            raise NothingWritten(_("Écrivez ce qui est reproché, avec les faits et les dates."))
        if (localtime(hearing_at).date() - localtime(at).date()).days < HEARING_DAYS:
            raise TooSoonToVote(
                _("L’entreprise doit avoir %(days)s jours au moins pour préparer sa réponse.") % {"days": HEARING_DAYS},
                do=_("Choisissez une date plus lointaine."),
            )
        _not_leaving_yet(target)
        made = Departure.objects.create(
            grouping=grouping,
            seat=target,
            kind=Departure.Kind.EXCLUSION,
            state=Departure.State.HEARING,
            asked_by=mine,
            asked_at=at,
            why=grievances.strip()[:4000],
            hearing_at=hearing_at,
        )
        told.on = address(made)
        told |= {"seat": target.public_id, "hearing": hearing_at.isoformat()}
    return made


def answer_exclusion(departure: Departure, *, answer: str, by: Actor, at: datetime) -> Departure:
    """Answer what one's company is reproached with; the members will read it beside the grievances.

    Allowed       the company concerned.
    Refused when  nothing is written, or the vote is closed.
    Tells         journeys.exclusion.answered; the words stay out of the book.
    """
    with act("journeys.exclusion.answered", book=departure.grouping.book, by=by, at=at, on=departure):
        fresh = _under_way(departure, Departure.State.HEARING, Departure.State.VOTING)
        mine = acting_seat(living(fresh.grouping), by)
        if mine.pk != fresh.seat_id:
            raise NotYours
        if not answer.strip():
            raise NothingWritten(_("Votre réponse est vide."))
        fresh.answer, fresh.answered_at = answer.strip()[:4000], at
        fresh.save(update_fields=["answer", "answered_at"])
    return fresh


def drop_exclusion(departure: Departure, *, by: Actor, at: datetime) -> Departure:
    """Give the exclusion up before any vote: nobody else will have heard of it.

    Allowed       whoever leads.
    Refused when  it is being voted or over.
    Tells         journeys.exclusion.dropped.
    """
    with act("journeys.exclusion.dropped", book=departure.grouping.book, by=by, at=at, on=departure):
        fresh = _under_way(departure, Departure.State.HEARING)
        leading_seat(living(fresh.grouping), by, _("abandonner cette exclusion"))
        fresh.state, fresh.done_at = Departure.State.DROPPED, at
        fresh.save(update_fields=["state", "done_at"])
    return fresh


def put_exclusion_to_vote(departure: Departure, *, by: Actor, at: datetime) -> Ballot:
    """Ask the members to decide, once the company could answer and be heard; it has no voice in this vote.

    Allowed       whoever leads.
    Refused when  the day of the hearing has not come.
    Tells         journeys.exclusion.put_to_vote, and governance.ballot.opened.
    """
    with act("journeys.exclusion.put_to_vote", book=departure.grouping.book, by=by, at=at, on=departure) as told:
        fresh = _under_way(departure, Departure.State.HEARING)
        leading_seat(living(fresh.grouping), by, _("mettre cette exclusion au vote"))
        heard = fresh.hearing_at is not None and at >= fresh.hearing_at
        if not exclusion_vote_open(localtime(fresh.asked_at).date(), heard, localtime(at).date()):
            raise TooSoonToVote(
                _("%(company)s n’a pas encore été entendue.") % {"company": fresh.seat.company},
                do=_("Le vote s’ouvre après la date prévue pour l’entendre."),
            )
        with for_the_papers():
            title = _("Exclure %(company)s") % {"company": fresh.seat.company}
            lines = [_("Ce qui est reproché :"), fresh.why, _("Ce que l’entreprise répond :")]
            lines.append(fresh.answer or _("Elle n’a pas répondu ; elle a été appelée à le faire."))
            lines.append(_("%(company)s ne vote pas sur cette question.") % {"company": fresh.seat.company})
        ballot = propose_resolution(
            fresh.grouping,
            title=title[:160],
            text="\n".join(lines),
            decision_type=DecisionType.EXCLUSION,
            closes_at=at + VOTE_LENGTH,
            effect="exclude",
            effect_on=address(fresh),
            by=by,
            at=at,
        )
        set_aside(ballot, seat=fresh.seat, by=by, at=at)
        fresh.state, fresh.decision = Departure.State.VOTING, address(ballot)
        fresh.save(update_fields=["state", "decision"])
        told |= {"ballot": ballot.public_id, "without": fresh.seat.public_id}
    return ballot


def begin_exclusion_notice(departure: Departure, *, by_decision: str, by: By, at: datetime) -> Departure:
    """The members excluded a company: say from when, and what it owes or is owed.

    Allowed  the effect of an adopted decision.
    Tells    journeys.departure.announced: the day it takes effect, the balance.
    """
    with act("journeys.departure.announced", book=departure.grouping.book, by=by, at=at, on=departure) as told:
        fresh = _under_way(departure, Departure.State.VOTING)
        statement = statement_of(fresh.seat)
        day = localtime(at + EXCLUSION_NOTICE).date()
        fresh.state, fresh.effective_on, fresh.statement = Departure.State.NOTICE, day, statement.as_rows()
        fresh.save(update_fields=["state", "effective_on", "statement"])
        told |= {"seat": fresh.seat.public_id, "effective_on": day.isoformat(), "cents": statement.balance}
        told["by_decision"] = by_decision
    return fresh


def note_rejected_exclusion(departure: Departure, *, by: By, at: datetime) -> Departure:
    """Note that the members did not exclude the company.

    Allowed       Cordée itself, once the vote is closed without adoption.
    Refused when  it is no longer being voted.
    Tells         journeys.exclusion.rejected.
    """
    with act("journeys.exclusion.rejected", book=departure.grouping.book, by=by, at=at, on=departure):
        fresh = _under_way(departure, Departure.State.VOTING)
        fresh.state, fresh.done_at = Departure.State.DROPPED, at
        fresh.save(update_fields=["state", "done_at"])
    return fresh


def carry_out_departure(departure: Departure, *, by: By, at: datetime) -> Departure:
    """Let a company go on its day, with its last statement. Its roles end, its links no longer open anything.

    Allowed       Cordée itself, from the day it takes effect.
    Refused when  the day has not come, it is over, or one that leaves of its own will is still bound by an account.
    Tells         journeys.departure.carried_out: the balance.
    """
    with act("journeys.departure.carried_out", book=departure.grouping.book, by=by, at=at, on=departure) as told:
        fresh = _under_way(departure, Departure.State.NOTICE)
        if fresh.effective_on is None or localtime(at).date() < fresh.effective_on:
            raise NotUnderWay(_("Le jour du départ n’est pas venu."))
        left = left_to_settle(fresh.seat)
        if left and fresh.kind == Departure.Kind.WITHDRAWAL:
            raise SomethingLeft(_("Il reste des choses à régler avant de partir."), why=" ".join(left))
        statement = statement_of(fresh.seat)
        fresh.state, fresh.done_at, fresh.statement = Departure.State.GONE, at, statement.as_rows()
        fresh.save(update_fields=["state", "done_at", "statement"])
        Office.objects.filter(seat=fresh.seat, until=None).update(until=at)
        Seat.objects.filter(pk=fresh.seat_id).update(state=Seat.State.LEFT, left_at=at, substitute=None)
        revoke_links_of_seat(fresh.seat, at=at)
        told |= {"seat": fresh.seat.public_id, "cents": statement.balance, "kind": fresh.kind}
    return fresh


def _not_leaving_yet(seat: Seat) -> None:
    if Departure.objects.filter(seat=seat, state__in=GOING).exists():
        raise AlreadyLeaving(_("Un départ de cette entreprise est déjà en cours."), do=_("Suivez-le sur sa page."))


def _under_way(departure: Departure, *states: str) -> Departure:
    fresh = (
        Departure.objects.select_for_update(of=("self",))
        .select_related("grouping", "seat__company", "seat__grouping")
        .get(pk=departure.pk)
    )
    if fresh.state not in states:
        raise NotUnderWay(_("Ce départ en est ailleurs."), do=_("Rechargez la page."))
    return fresh
