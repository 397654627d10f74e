"""An invitation, from its link: nobody's address is shown."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from cordee.directory.models import Company, Representative
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.ground.people.reads import OpenedLink
from cordee.groupings.models import Arrival, Grouping, Invitation, OpeningBalance, Seat
from cordee.groupings.reads.pages import city_of, my_companies


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at the table, or asked to it: nobody's address."""

    company: str
    name: str
    trade: str
    city: str
    state: str  # "here", "asked", or "later": not asked yet


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What a leader sees from the link in the mail. `state` is "open" when the answer may still be given."""

    opened: OpenedLink
    invitation: Invitation
    state: str
    host: Seat
    others: list[Guest]
    companies: list[Company]
    stranger: Person | None
    opening: OpeningBalance | None = None  # of a member of a groupement that existed before, and comes in

    @property
    def arrival(self) -> Arrival | None:
        """What was declared of a groupement that existed before: answering is confirming it."""
        return self.opening.arrival if self.opening else None

    @property
    def grouping(self) -> Grouping:
        return self.invitation.grouping

    @property
    def shows(self) -> bool:
        """What it is about and with whom is shown as long as one may answer, or once one has come in."""
        return self.state in ("open", "accepted")

    @property
    def shown_name(self) -> str:
        return self.grouping.name if self.shows else _("à votre nom")


def invitation_page(opened: OpenedLink, *, reader: Person | None) -> InvitationPage:
    """The page of an invitation. `reader`: who is signed in, if anybody; a link forwarded to another is told so."""
    invitation = (
        Invitation.objects.filter(public_id=opened.link.subject.rpartition("/")[2])
        .select_related("grouping", "company", "invited_by__company", "invited_by__holder", "person", "seat__company")
        .first()
    )
    if invitation is None:
        raise NotYours
    seats = (
        Seat.objects.filter(grouping=invitation.grouping, state=Seat.State.MEMBER)
        .select_related("company", "holder")
        .prefetch_related("company__places", "company__trades")
    )
    asked = (
        Invitation.objects.filter(
            grouping=invitation.grouping, state__in=[Invitation.State.SENT, Invitation.State.WAITING]
        )
        .exclude(pk=invitation.pk)
        .select_related("company", "person")
        .prefetch_related("company__places", "company__trades")
    )
    others = [_guest(seat.company, seat.holder.name, str(seat.company), "here") for seat in seats]
    for each in asked:
        state = "asked" if each.state == Invitation.State.SENT else "later"
        others.append(_guest(each.company, each.shown_person, each.shown_company, state, discreet=each.discreet))
    if _state(opened, invitation) not in ("open", "accepted"):
        others = []
    stranger = reader if reader is not None and reader.pk != opened.person.pk else None
    return InvitationPage(
        opened,
        invitation,
        _state(opened, invitation),
        invitation.invited_by,
        others,
        my_companies(opened.person) if invitation.company is None else [],
        stranger,
        OpeningBalance.objects.filter(invitation=invitation).select_related("arrival").first(),
    )


def enters_at_once(seat: Seat) -> bool:
    """Whether accepting an invitation is enough to enter: only who never came in and has nothing else here.

    The mail of an invitation may have been forwarded. Whoever opened it may sit where it invites, and no further: a
    person who has other seats, or was here before, enters with a code sent to their own address.
    """
    person = seat.holder
    elsewhere = Seat.objects.filter(Q(holder=person) | Q(substitute=person)).exclude(pk=seat.pk)
    others = Representative.objects.filter(person=person).exclude(company=seat.company)
    return person.last_login is None and not elsewhere.exists() and not others.exists()


def _state(opened: OpenedLink, invitation: Invitation) -> str:
    """ "accepted", "declined" and "withdrawn" tell more than the link's own "used" and "revoked"."""
    if invitation.state in (Invitation.State.ACCEPTED, Invitation.State.DECLINED, Invitation.State.WITHDRAWN):
        return str(invitation.state)
    return opened.state


def _guest(company: Company | None, person: str, name: str, state: str, *, discreet: bool = False) -> Guest:
    trade = next((each.trade for each in company.trades.all()), "") if company else ""
    return Guest(
        name or _("Entreprise à préciser"),
        person,
        trade.replace("-", " ").capitalize(),
        city_of(company) if company and not discreet else "",
        state,
    )
