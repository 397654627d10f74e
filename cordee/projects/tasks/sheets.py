"""The time sheets of people shared between companies: each gets the link to their own by mail."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.reads import link_address
from cordee.ground.register.models import Entry
from cordee.projects.acts import sheet_link
from cordee.projects.models import SharedPerson


def tell_sheet_link(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To a shared person: the link to their own time sheet."""
    people = SharedPerson.objects.select_related("who", "project__grouping")
    person = people.filter(public_id=entry.subject.rpartition("/")[2]).first()
    if person is None or person.who is None or person.left_at is not None:
        return
    with translation.override(person.who.language):
        yield Draft(
            to=person.who,
            kind=f"projects.sheet_link.{entry.number}",
            subject=_("Vos heures : %(project)s") % {"project": person.project.name[:100]},
            lines=(
                _("Notez vos heures d’un geste, jour après jour, sur votre téléphone : aucun compte à ouvrir."),
                _("Chaque entreprise ne voit que les heures faites chez elle. Ce lien n’est que pour vous."),
            ),
            button=_("Ouvrir mes heures"),
            url=link_address(sheet_link(person, at=at), "projects:sheet"),
            why=_("Vous recevez ce message car %(host)s vous partage entre plusieurs entreprises.")
            % {"host": person.project.grouping.name},
        )


LETTERS: dict[str, Teller] = {"projects.sheet_link.given": tell_sheet_link}
