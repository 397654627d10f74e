"""What every act of this room checks, inside its lock: who acts, and for which seat."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor, Person
from cordee.groupings.models import Grouping, Office, Seat
from cordee.groupings.permissions import BINDING, LEADING, by_law, by_writing, may_lead, seats_open_to


class DecidedTogether(Refusal):
    """Once something is signed, it changes by a vote."""


class WritingMissing(NotAllowed):
    """Whoever sits without leading the company binds it once its written delegation is there."""


class GroupingClosed(Refusal):
    """A closed grouping is an archive."""


def acting_seat(grouping: Grouping, by: Actor) -> Seat:
    """Re-read the seat that acts. A stranger learns nothing; somebody who only prepares is told who commits."""
    named = Seat.objects.filter(grouping=grouping, public_id=by.seat.rpartition("/")[2], state=Seat.State.MEMBER)
    power = {"by_law": by_law(by.person), "by_writing": by_writing(by.person)}
    found = named.select_related("grouping").annotate(**power)
    seat = next(iter(found), None)
    if seat is None:
        raise NotYours
    sits = by.person.pk in (seat.holder_id, seat.substitute_id)
    if not sits and not seats_open_to(by.person).filter(pk=seat.pk).exists():
        raise NotYours
    if seat.grouping.stage == Grouping.Stage.CLOSED:  # whatever the room: an archive is read
        raise closed()
    if sits and not (seat.__dict__["by_law"] or seat.__dict__["by_writing"]):
        raise WritingMissing(
            _("La délégation écrite de %(company)s n’est pas encore là.") % {"company": seat.company},
            why=_("Vous siégez sans être son représentant légal : vous pouvez préparer, pas voter ni engager."),
            do=_("Demandez-la d’un bouton, page « Mandats » du groupement."),
        )
    if not sits:
        raise NotAllowed(
            _("%(holder)s engage %(company)s, pas vous.")
            % {"holder": seat.holder.name or _("La personne qui la représente"), "company": seat.company},
            why=_("Vous pouvez préparer, pas engager l’entreprise."),
        )
    return seat


def within_mandate(seat: Seat, person: Person, *, decision_type: str, cents: int | None, at: datetime) -> None:
    """Refuse what a mandate does not cover: its type of decision, its limit in euros, its days.

    The legal representative who sits is bound by no mandate; one who substitutes without any stands in fully.
    """
    if person.pk == seat.holder_id and getattr(seat, "by_law", False):  # as `acting_seat` has read it
        return
    mandate = seat.mandates.filter(person=person, kind__in=BINDING, ended_at=None).first()
    if mandate is None:
        return
    ask = _("Demandez à %(holder)s de le faire, ou d’élargir votre mandat.") % {
        "holder": (seat.holder.name if person.pk != seat.holder_id else "")
        or _("la personne qui représente l’entreprise")
    }
    if not mandate.stands(localtime(at).date()):
        days = {"since": date_format(mandate.since, "d/m/Y")}
        until = _(" au %(until)s") % {"until": date_format(mandate.until, "d/m/Y")} if mandate.until else ""
        raise NotAllowed(
            _("Votre mandat ne vaut pas ce jour-là."), why=_("Il va du %(since)s") % days + until + ".", do=ask
        )
    if mandate.types and decision_type not in mandate.types:
        raise NotAllowed(_("Votre mandat ne couvre pas ce type de décision."), do=ask)
    if mandate.limit_cents is not None and cents is not None and cents > mandate.limit_cents:
        raise NotAllowed(
            _("Votre mandat s’arrête à %(limit)s, et cette décision engage %(amount)s.")
            % {"limit": euros(mandate.limit_cents), "amount": euros(cents)},
            do=ask,
        )


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
