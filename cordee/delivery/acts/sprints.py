"""Sprints: two to four weeks, a facilitator in turn, a review with the client, a retrospective that decides."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cordee.delivery.acts.inside import at_the_delivery, said
from cordee.delivery.models import Delivery, DeliveryMember, RetroNote, Sprint, WorkItem
from cordee.engines.delivery import next_turn
from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat

WEEKS = (2, 3, 4)
VOTE_LENGTH = timedelta(days=7)


class NothingDecided(Refusal):
    """A retrospective ends in a decision, or says why there is none."""


def open_sprint(
    delivery: Delivery,
    *,
    goal: str,
    starts_on: date,
    weeks: int,
    review_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Sprint:
    """Begin a sprint of two to four weeks; the company whose turn it is facilitates it.

    Allowed       a company that takes part.
    Refused when  one is open; it has no goal; it lasts less than two weeks or more than four.
    Tells         delivery.sprint.opened: its number, its weeks, who facilitates.
    """
    with act("delivery.sprint.opened", book=delivery.grouping.book, by=by, at=at) as facts:
        fresh, _seat = at_the_delivery(delivery, by)
        if weeks not in WEEKS:
            raise Refusal(_("Un sprint dure de deux à quatre semaines."))
        if fresh.sprints.filter(closed_at=None).exists():
            raise Refusal(_("Un sprint est en cours."), do=_("Terminez-le avant d’ouvrir le suivant."))
        past = list(fresh.sprints.order_by("number").values_list("facilitator__public_id", flat=True))
        rows = DeliveryMember.objects.filter(delivery=fresh, left_at=None, seat__state=Seat.State.MEMBER)
        seats = {one.seat.public_id: one.seat for one in rows.select_related("seat")}
        turn = seats[next_turn(list(seats), past)]
        found = Sprint.objects.create(
            public_id=new_public_id(), delivery=fresh, number=len(past) + 1, goal=said(goal, 300),
            starts_on=starts_on, ends_on=starts_on + timedelta(days=7 * weeks - 1), facilitator=turn,
            review_at=review_at,
        )  # fmt: skip
        facts.on = address(found)
        facts |= {"number": found.number, "weeks": weeks, "facilitator": turn.public_id}
    return found


def take_facilitation(sprint: Sprint, *, by: Actor, at: datetime) -> Sprint:
    """Facilitate in place of the company whose turn it was: it is taken, never given.

    Allowed       a company that takes part.
    Refused when  the sprint is over.
    Tells         delivery.sprint.facilitated.
    """
    with act("delivery.sprint.facilitated", book=sprint.delivery.grouping.book, by=by, at=at, on=sprint) as facts:
        fresh, seat = at_the_delivery(sprint.delivery, by)
        mine = _open(fresh, sprint)
        mine.facilitator = seat
        mine.save(update_fields=["facilitator"])
        facts["seat"] = seat.public_id
    return mine


def _open(delivery: Delivery, sprint: Sprint) -> Sprint:
    mine = Sprint.objects.select_for_update().get(pk=sprint.pk, delivery=delivery)
    if mine.closed_at is not None:
        raise Refusal(_("Ce sprint est terminé."))
    return mine


def plan_item(item: WorkItem, *, wanted: bool, by: Actor, at: datetime) -> WorkItem:
    """Put a card one carries into the sprint, or take it out.

    Allowed       the company that carries it.
    Refused when  no sprint is open; nobody carries it; it is done.
    Tells         delivery.item.planned: in or out.
    """
    with act("delivery.item.planned", book=item.delivery.grouping.book, by=by, at=at, on=item) as facts:
        fresh, seat = at_the_delivery(item.delivery, by)
        mine = WorkItem.objects.select_for_update().get(pk=item.pk)
        sprint = fresh.sprints.filter(closed_at=None).first()
        if mine.seat_id != seat.pk:
            raise NotAllowed(_("Seule l’entreprise qui porte une carte s’engage pour ce sprint."))
        if sprint is None or mine.state == WorkItem.State.DONE:
            raise Refusal(_("Aucun sprint n’est ouvert, ou la carte est finie."))
        mine.sprint = sprint if wanted else None
        mine.version += 1
        mine.save(update_fields=["sprint", "version"])
        facts |= {"sprint": sprint.number, "in": wanted}
    return mine


def note_review(sprint: Sprint, *, text: str, by: Actor, at: datetime) -> Sprint:
    """Note what was shown to the client at the review, and what they said.

    Allowed       who facilitates the sprint; the single contact.
    Refused when  nothing is said; the sprint is over.
    Tells         delivery.sprint.reviewed.
    """
    with act("delivery.sprint.reviewed", book=sprint.delivery.grouping.book, by=by, at=at, on=sprint) as facts:
        fresh, seat = at_the_delivery(sprint.delivery, by)
        mine = _open(fresh, sprint)
        if seat.pk not in (mine.facilitator_id, fresh.contact_id, fresh.deputy_id):
            raise NotAllowed(_("L’animation du sprint ou l’interlocuteur du client note la revue."))
        mine.review = said(text)
        mine.save(update_fields=["review"])
        facts["number"] = mine.number
    return mine


def add_retro(sprint: Sprint, *, kind: str, text: str, by: Actor, at: datetime) -> RetroNote:
    """Say one thing at the retrospective: to keep, to change, to try.

    Allowed       a company that takes part.
    Refused when  nothing is said; the sprint is over.
    Tells         delivery.retro.added.
    """
    with act("delivery.retro.added", book=sprint.delivery.grouping.book, by=by, at=at, on=sprint) as facts:
        fresh, seat = at_the_delivery(sprint.delivery, by)
        mine = _open(fresh, sprint)
        if kind not in RetroNote.Kind.values:
            raise Refusal(_("Dites si c’est à garder, à changer ou à essayer."))
        found = RetroNote.objects.create(
            public_id=new_public_id(), sprint=mine, kind=kind, text=said(text, 300), seat=seat, at=at
        )
        facts["kind"] = kind
    return found


def decide_retro(note: RetroNote, *, by: Actor, at: datetime) -> Ballot:
    """Turn what was said into a decision: it is put to the vote, then followed with an owner and a date.

    Allowed       a company that takes part.
    Refused when  it was put to the vote already; the sprint is over.
    Tells         delivery.retro.decided, and governance.ballot.opened.
    """
    with act("delivery.retro.decided", book=note.sprint.delivery.grouping.book, by=by, at=at, on=note) as facts:
        fresh, _seat = at_the_delivery(note.sprint.delivery, by)
        _open(fresh, note.sprint)
        mine = RetroNote.objects.select_for_update().get(pk=note.pk)
        if mine.ballot:
            raise Refusal(_("Cette proposition est déjà au vote."))
        with for_the_papers():
            title = _("%(title)s : %(text)s") % {"title": fresh.title[:60], "text": mine.text}
            text = _("Proposé à la rétrospective du sprint %(number)s.") % {"number": note.sprint.number}
        ballot = propose_resolution(
            fresh.grouping, title=title[:160], text=f"{mine.text}\n{text}", decision_type="ordinary",
            closes_at=at + VOTE_LENGTH, by=by, at=at,
        )  # fmt: skip
        mine.ballot = address(ballot)
        mine.save(update_fields=["ballot"])
        facts["ballot"] = ballot.public_id
    return ballot


def close_sprint(sprint: Sprint, *, nothing_to_change: str = "", by: Actor, at: datetime) -> Sprint:
    """End a sprint: cards that are not done go back to the board; the retrospective has decided, or says why not.

    Allowed       who facilitates it.
    Refused when  it is over; its review was not noted; nothing was decided and nobody says why.
    Tells         delivery.sprint.closed: cards done, cards that go on, decisions.
    """
    with act("delivery.sprint.closed", book=sprint.delivery.grouping.book, by=by, at=at, on=sprint) as facts:
        fresh, seat = at_the_delivery(sprint.delivery, by)
        mine = _open(fresh, sprint)
        if seat.pk != mine.facilitator_id:
            raise NotAllowed(_("L’entreprise qui anime ce sprint le termine."), do=_("Prenez l’animation au besoin."))
        if not mine.review:
            raise Refusal(_("La revue n’est pas notée."), do=_("Dites ce que le client a vu, et ce qu’il en a dit."))
        decided = mine.retro.exclude(ballot="").count()
        if not decided and not nothing_to_change.strip():
            raise NothingDecided(
                _("La rétrospective n’a rien décidé."),
                do=_("Mettez une proposition au vote, ou dites pourquoi rien ne change."),
            )
        mine.nothing_to_change, mine.closed_at = nothing_to_change.strip()[:300], at
        mine.save(update_fields=["nothing_to_change", "closed_at"])
        finished = mine.items.filter(state=WorkItem.State.DONE).count()
        going_on = mine.items.exclude(state=WorkItem.State.DONE)
        facts |= {"number": mine.number, "done": finished, "left": going_on.count(), "decided": decided}
        going_on.update(sprint=None)
    return mine
