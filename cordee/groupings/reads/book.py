"""What a book says of groupings, and who is behind its pseudonyms."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.ground.people.models import Person
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat

SENTENCES: Mapping[str, str | Promise] = {
    "groupings.grouping.opened": gettext_lazy("%(who)s a ouvert l’échange"),
    "groupings.grouping.changed": gettext_lazy("%(who)s a modifié la présentation du groupement"),
    "groupings.grouping.paused": gettext_lazy("%(who)s a mis le groupement en pause"),
    "groupings.grouping.resumed": gettext_lazy("%(who)s a repris le groupement"),
    "groupings.seat.proposed": gettext_lazy("%(who)s a noté une entreprise à inviter"),
    "groupings.seat.invited": gettext_lazy("%(who)s a envoyé une invitation"),
    "groupings.seat.withdrawn": gettext_lazy("%(who)s a retiré une invitation"),
    "groupings.seat.accepted": gettext_lazy("%(who)s a accepté l’invitation"),
    "groupings.seat.declined": gettext_lazy("%(who)s a décliné l’invitation"),
    "groupings.seat.handed_over": gettext_lazy("%(who)s a changé de représentant"),
    "groupings.seat.left": gettext_lazy("%(who)s a quitté le groupement"),
    "groupings.substitute.named": gettext_lazy("%(who)s a désigné son suppléant"),
    "groupings.mandate.given": gettext_lazy("%(who)s a donné un mandat"),
    "groupings.mandate.begun": gettext_lazy("Un mandat a pris effet"),
    "groupings.mandate.ended": gettext_lazy("Un mandat a pris fin"),
    "groupings.writing.asked": gettext_lazy("%(who)s a demandé sa délégation écrite"),
    "groupings.writing.given": gettext_lazy("%(who)s a donné une délégation écrite"),
    "groupings.writing.declined": gettext_lazy("%(who)s n’a pas donné la délégation écrite demandée"),
    "groupings.guest.asked": gettext_lazy("%(who)s a proposé d’accueillir quelqu’un de l’extérieur"),
    "groupings.guest.answered": gettext_lazy("%(who)s a répondu pour une personne de l’extérieur"),
    "groupings.guest.ended": gettext_lazy("L’accès d’une personne de l’extérieur a pris fin"),
    "groupings.member.declared": gettext_lazy("%(who)s a déclaré un membre du groupement repris"),
    "groupings.review.opened": gettext_lazy("La question de l’année est posée : le but vaut-il encore la peine ?"),
    "groupings.review.answered": gettext_lazy("%(who)s a répondu à la question de l’année"),
    "groupings.review.closed": gettext_lazy("La question de l’année a sa réponse"),
    "groupings.door.opened": gettext_lazy("%(who)s a ouvert une page de demande d’entrée"),
    "groupings.door.shut": gettext_lazy("%(who)s a fermé la page de demande d’entrée"),
    "groupings.request.made": gettext_lazy("%(who)s a demandé à entrer"),
    "groupings.request.withdrawn": gettext_lazy("%(who)s a retiré sa demande d’entrée"),
    "groupings.request.declined": gettext_lazy("%(who)s a décliné une demande d’entrée"),
    "groupings.holding.declared": gettext_lazy("%(who)s a déclaré un lien de son entreprise"),
    "groupings.holding.ended": gettext_lazy("%(who)s a déclaré la fin d’un lien"),
    "groupings.independence.justified": gettext_lazy("%(who)s a justifié un lien entre deux entreprises"),
    "groupings.item.settled": gettext_lazy("%(who)s a mis à jour un point de la clôture"),
    "groupings.statement.accepted": gettext_lazy("%(who)s a accepté son décompte final"),
    "groupings.office.given": gettext_lazy("%(subject)s a reçu un rôle, donné par %(who)s"),
}
"""What a book says of this room's acts."""


def books_of(company: str) -> list[str]:
    """The books that a company may read, from its address: its own, and those of the groupings it sits in today."""
    mine = Seat.objects.filter(company__public_id=company.rpartition("/")[2], state=Seat.State.MEMBER)
    sits = mine.values_list("grouping__public_id", flat=True)
    return [f"companies/{company.rpartition('/')[2]}", *(f"groupings/{each}" for each in sits)]


class Names:
    """Who the pseudonyms and addresses of some lines of a book are, today: read once, for all of them."""

    def __init__(self, entries: Iterable[Entry], known: Iterable[Seat] = ()) -> None:
        self._entries = list(entries)
        self._known = {address(seat): str(seat.company) for seat in known}

    @cached_property
    def _seats(self) -> dict[str, str]:
        addresses = {each.by.partition(" ")[2] for each in self._entries} | {each.subject for each in self._entries}
        wanted = {each for each in addresses if each.startswith("groupings/seat/")} - set(self._known)
        ids = [each.rpartition("/")[2] for each in wanted]
        if not ids:
            return self._known
        return self._known | {
            address(seat): str(seat.company)
            for seat in Seat.objects.filter(public_id__in=ids).select_related("company")
        }

    @cached_property
    def _people(self) -> dict[str, str]:
        ids = {each.by.partition(" ")[0] for each in self._entries if not each.by.partition(" ")[2]}
        return {person.pseudonym: person.name for person in Person.objects.filter(pseudonym__in=ids)}

    def who(self, entry: Entry) -> str:
        """The company whose seat acted; else the person; else Cordée itself."""
        person, _space, seat = entry.by.partition(" ")
        if person == "cordee":
            return "Cordée"
        return self._seats.get(seat) or self._people.get(person) or _("Une personne invitée")

    def subject(self, entry: Entry) -> str:
        """The company a line is about."""
        return self._seats.get(entry.subject, _("Une entreprise"))
