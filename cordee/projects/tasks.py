"""What happens aside in projects: timetables are worked out, old contacts forgotten, links to time sheets sent."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.reads import link_address
from cordee.ground.register.models import Entry
from cordee.projects.acts import forget_leads, give_up_timetable, old_leads, sheet_link, solve_timetable
from cordee.projects.models import Project, SharedPerson, Timetable

TAKEN_OVER_AFTER, GIVEN_UP_AFTER = timedelta(seconds=30), timedelta(minutes=5)


@task()
def work_out(timetable: str) -> str:
    """Work out one timetable, named by its public identifier; says in what state it ends."""
    return str(solve_timetable(Timetable.objects.get(public_id=timetable), at=now()).state)


def finish_timetables(*, at: datetime) -> int:
    """Work out those that no worker took; say of those that stopped half-way that they did. How many."""
    every = Timetable.objects.select_related("project__grouping")
    waiting = every.filter(state=Timetable.State.WAITING, asked_at__lte=at - TAKEN_OVER_AFTER)
    done = each_apart(list(waiting), lambda one: solve_timetable(one, at=at))
    stuck = every.filter(state=Timetable.State.RUNNING, started_at__lte=at - GIVEN_UP_AFTER)
    return done + each_apart(list(stuck), lambda one: give_up_timetable(one, at=at))


def forget_old_leads(*, at: datetime) -> int:
    """Erase the contacts that were kept for three years; how many projects had some."""
    old = Project.objects.filter(pk__in=old_leads(at).values("project")).select_related("grouping")
    return each_apart(list(old), lambda project: forget_leads(project, at=at))


DEADLINES = (forget_old_leads, finish_timetables)


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
            subject=_("Vos heures : %(project)s") % {"project": person.project.name[:100]},
            lines=(
                _("Notez vos heures d’un geste, jour après jour, sur votre téléphone : aucun compte à ouvrir."),
                _("Chaque entreprise ne voit que les heures faites chez elle. Ce lien n’est que pour vous."),
            ),
            button=_("Ouvrir mes heures"),
            url=link_address(sheet_link(person, at=at), "projects:sheet"),
            why=_("Vous recevez ce message car %(host)s vous partage entre plusieurs entreprises.")
            % {"host": person.project.grouping.name},
        )


LETTERS: dict[str, Teller] = {"projects.sheet_link.given": tell_sheet_link}
