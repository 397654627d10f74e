"""Questions prepared by those who may not put them: an assistant, an accountant, an adviser, a facilitator."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.governance.acts.ballots import propose_resolution
from cordee.governance.models import Ballot, DecisionType, Prepared
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.acts.guests import welcomed
from cordee.groupings.models import Grouping, Guest, Seat
from cordee.groupings.permissions import seats_open_to


class NothingPrepared(Refusal):
    """The question was put, dropped, or is empty."""


def prepare_question(
    grouping: Grouping, *, title: str, text: str, decision_type: str = DecisionType.ORDINARY, by: Actor, at: datetime
) -> Prepared:
    """Prepare a question for the members; nothing is put to the vote by it.

    Allowed       whoever sees the grouping through a seat, also who only prepares; a facilitator whom all welcomed.
    Refused when  nothing is written, or the grouping is closed. An observer never prepares.
    Tells         governance.question.prepared: its type, never its words.
    """
    with act("governance.question.prepared", book=grouping.book, by=by, at=at) as facts:
        fresh = living(grouping)
        seat = _prepares_for(fresh, by)
        if not title.strip() or not text.strip():
            raise NothingPrepared(_("Il manque la question ou la proposition."))
        if decision_type not in DecisionType.values:
            raise NothingPrepared(_("Ce type de décision n’existe pas."), do=_("Choisissez-en un dans la liste."))
        made = Prepared.objects.create(
            grouping=fresh,
            title=" ".join(title.split())[:160],
            text=text.strip()[:6000],
            decision_type=decision_type,
            by=by.person,
            seat=seat,
            at=at,
        )
        facts.on = address(made)
        facts |= {"type": decision_type, "guest": seat is None}
    return made


def drop_prepared(prepared: Prepared, *, by: Actor, at: datetime) -> Prepared:
    """Drop a prepared question.

    Allowed       who prepared it; any member.
    Refused when  it was put or dropped.
    Tells         governance.question.dropped.
    """
    with act("governance.question.dropped", book=prepared.grouping.book, by=by, at=at, on=prepared):
        fresh = waiting(prepared)
        if fresh.by_id == by.person.pk:
            _prepares_for(fresh.grouping, by)
        else:
            acting_seat(living(fresh.grouping), by)
        fresh.dropped_at = at
        fresh.save(update_fields=["dropped_at"])
    return fresh


def put_prepared(prepared: Prepared, *, by: Actor, at: datetime, **question: object) -> Ballot:
    """Put a prepared question to the vote, as it is or changed: from then on it is the member's own.

    Allowed       any member of the grouping, who may bind their company.
    Refused when  it was put or dropped, or what `propose_resolution` refuses.
    Tells         governance.question.put, and governance.ballot.opened.
    """
    with act("governance.question.put", book=prepared.grouping.book, by=by, at=at, on=prepared) as facts:
        fresh = waiting(prepared)
        ballot = propose_resolution(fresh.grouping, by=by, at=at, **question)  # type: ignore[arg-type]
        fresh.resolution = ballot.resolution
        fresh.save(update_fields=["resolution"])
        facts |= {"ballot": ballot.public_id}
    return ballot


def waiting(prepared: Prepared) -> Prepared:
    """Re-read a prepared question that waits."""
    fresh = Prepared.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=prepared.pk)
    if fresh.resolution_id or fresh.dropped_at:
        raise NothingPrepared(_("Cette question a déjà été posée, ou retirée."))
    return fresh


def _prepares_for(grouping: Grouping, by: Actor) -> Seat | None:
    """The seat for which somebody prepares; none for a facilitator whom every company welcomed."""
    if not by.seat:
        welcomed(grouping, by, kind=Guest.Kind.FACILITATOR)
        return None
    mine = seats_open_to(by.person).filter(grouping=grouping, public_id=by.seat.rpartition("/")[2]).first()
    if mine is None:
        raise NotYours
    return mine
