"""What every act of this room checks, inside its lock: who acts, and for which seat."""

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.groupings.models import Grouping, Office, Seat
from cordee.groupings.permissions import LEADING, may_bind, may_lead, seats_open_to


class DecidedTogether(Refusal):
    """Once something is signed, it changes by a vote."""


class GroupingClosed(Refusal):
    """A closed grouping is an archive."""


def acting_seat(grouping: Grouping, by: Actor) -> Seat:
    """Re-read the seat that acts. A stranger learns nothing; somebody who only prepares is told who commits."""
    seat = (
        seats_open_to(by.person)
        .filter(grouping=grouping, public_id=by.seat.rpartition("/")[2])
        .select_related("company", "holder", "grouping")
        .distinct()
        .first()
    )
    if seat is None:
        raise NotYours
    if seat.grouping.stage == Grouping.Stage.CLOSED:  # whatever the room: an archive is read
        raise closed()
    if not may_bind(by.person, seat):
        raise NotAllowed(
            _("%(holder)s engage %(company)s, pas vous.")
            % {"holder": seat.holder.name or _("La personne qui la représente"), "company": seat.company},
            why=_("Vous pouvez préparer, pas engager l’entreprise."),
        )
    return seat


def leading_seat(grouping: Grouping, by: Actor, what: str) -> Seat:
    """The acting seat, where it leads. `what` ends the sentence « Seule l’animation peut … »."""
    seat = acting_seat(grouping, by)
    if not may_lead(seat):
        leaders = Office.objects.filter(grouping=grouping, role__in=LEADING, until=None).select_related(
            "seat__company", "seat__holder"
        )
        names = sorted({f"{office.seat.holder.name}, {office.seat.company}" for office in leaders})
        raise NotAllowed(
            _("Vous ne pouvez pas %(what)s.") % {"what": what},
            why=_("C’est à la personne qui anime ou au mandataire de le faire : %(names)s.")
            % {"names": " ; ".join(names)},
        )
    return seat


def living(grouping: Grouping) -> Grouping:
    """Re-read a grouping to change it; refused once it is closed."""
    fresh = Grouping.objects.select_for_update().get(pk=grouping.pk)
    if fresh.stage == Grouping.Stage.CLOSED:
        raise closed()
    return fresh


def closed() -> GroupingClosed:
    """The refusal of whatever would change an archive."""
    return GroupingClosed(
        _("Ce groupement est clos : il se lit, il ne change plus."),
        do=_("Pour repartir ensemble, ouvrez un nouvel échange."),
    )
