"""A company asks to come in: the page for it is opened by who leads; the answer follows the stage of the grouping."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import DecidedTogether, GroupingClosed, leading_seat, living
from cordee.groupings.acts.invitations import AlreadyThere
from cordee.groupings.models import Grouping, JoinRequest, Seat
from cordee.groupings.permissions import speaks_for

OPEN = (JoinRequest.State.ASKED, JoinRequest.State.VOTING)


class DoorShut(Refusal):
    """This grouping takes no requests."""


class RequestAnswered(Refusal):
    """The request was answered, or is being voted."""


def open_door(grouping: Grouping, *, by: Actor, at: datetime) -> Grouping:
    """Make a page on which companies may ask to come in; whoever has its address sees the name and the purpose.

    Allowed       whoever leads.
    Refused when  the grouping ends or is closed.
    Tells         groupings.door.opened.
    """
    with act("groupings.door.opened", book=grouping.book, by=by, at=at, on=grouping):
        fresh = living(grouping)
        leading_seat(fresh, by, _("ouvrir les demandes"))
        if fresh.stage == Grouping.Stage.WINDING_UP:
            raise GroupingClosed(_("Le groupement se termine : personne n’y entre plus."))
        fresh.door = fresh.door or new_public_id() + new_public_id()
        fresh.save(update_fields=["door"])
    return fresh


def shut_door(grouping: Grouping, *, by: Actor, at: datetime) -> Grouping:
    """Take no more requests; the address of the page no longer works. Requests already made stay.

    Allowed  whoever leads.
    Tells    groupings.door.shut.
    """
    with act("groupings.door.shut", book=grouping.book, by=by, at=at, on=grouping):
        fresh = living(grouping)
        leading_seat(fresh, by, _("fermer les demandes"))
        fresh.door = ""
        fresh.save(update_fields=["door"])
    return fresh


def ask_to_join(grouping: Grouping, company: Company, words: str, *, door: str, by: Actor, at: datetime) -> JoinRequest:
    """Ask to come in, for one's company, with a few words of what it brings.

    Allowed       whoever may commit the company and holds the address of the page.
    Refused when  the page was shut, the grouping ends, or the company is there or has asked already.
    Tells         groupings.request.made.
    """
    with act("groupings.request.made", book=grouping.book, by=by, at=at) as facts:
        fresh = Grouping.objects.select_for_update().get(pk=grouping.pk)
        if not door or fresh.door != door:
            raise NotYours
        if fresh.stage in (Grouping.Stage.WINDING_UP, Grouping.Stage.CLOSED):
            raise DoorShut(_("Ce groupement ne prend plus de demandes."))
        if not speaks_for(by.person, company):
            raise NotAllowed(_("Vous ne pouvez pas engager %(company)s.") % {"company": company})
        there = Seat.objects.filter(grouping=fresh, company=company, state=Seat.State.MEMBER).exists()
        if there or fresh.requests.filter(company=company, state__in=OPEN).exists():
            raise AlreadyThere(_("%(company)s est déjà là, ou a déjà demandé.") % {"company": company})
        made = JoinRequest.objects.create(
            grouping=fresh, company=company, person=by.person, words=words.strip()[:2000], asked_at=at
        )
        facts.on = address(made)
        facts["company"] = company.public_id
    return made


def withdraw_request(request: JoinRequest, *, by: Actor, at: datetime) -> JoinRequest:
    """Take one's request back.

    Allowed       who made it.
    Refused when  it was answered, or is being voted.
    Tells         groupings.request.withdrawn.
    """
    with act("groupings.request.withdrawn", book=request.grouping.book, by=by, at=at, on=request):
        fresh = waiting_request(request)
        if fresh.person_id != by.person.pk:
            raise NotYours
        _answer(fresh, JoinRequest.State.WITHDRAWN, at)
    return fresh


def decline_request(request: JoinRequest, *, by: Actor, at: datetime) -> JoinRequest:
    """Say no to a request, while the grouping only exchanges; later, the members vote.

    Allowed       whoever leads.
    Refused when  it was answered, or the grouping is past the exchange.
    Tells         groupings.request.declined.
    """
    with act("groupings.request.declined", book=request.grouping.book, by=by, at=at, on=request):
        fresh = waiting_request(request)
        grouping = living(fresh.grouping)
        leading_seat(grouping, by, _("répondre à cette demande"))
        if grouping.stage != Grouping.Stage.EXCHANGE:
            raise DecidedTogether(
                _("L’entrée d’une entreprise se vote à cette étape."), do=_("Mettez la demande au vote.")
            )
        _answer(fresh, JoinRequest.State.DECLINED, at)
    return fresh


def waiting_request(request: JoinRequest) -> JoinRequest:
    """Re-read a request that waits; refused once it is answered or voted."""
    fresh = JoinRequest.objects.select_for_update(of=("self",)).select_related("grouping", "company").get(pk=request.pk)
    if fresh.state != JoinRequest.State.ASKED:
        raise RequestAnswered(_("Cette demande est déjà %(state)s.") % {"state": fresh.get_state_display()})
    return fresh


def _answer(request: JoinRequest, state: str, at: datetime) -> None:
    request.state, request.answered_at = state, at
    request.save(update_fields=["state", "answered_at"])
