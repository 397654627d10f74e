"""What happens aside in projects: timetables, votes taken in, promises, contacts forgotten; what is told by mail."""

from datetime import datetime, timedelta

from django_tasks import task

from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import Teller
from cordee.projects.acts import forget_leads, give_up_timetable, old_leads, solve_timetable
from cordee.projects.models import Project, Timetable
from cordee.projects.tasks import brand, sheets, study
from cordee.projects.tasks.brand import follow_tool_votes, keep_out_of_sanctions, lapse_orders, turn_licences
from cordee.projects.tasks.sheets import remind_hours
from cordee.projects.tasks.study import end_promises, forget_old_opportunities, take_in_votes

__all__ = [
    "DEADLINES",
    "LETTERS",
    "end_promises",
    "finish_timetables",
    "follow_tool_votes",
    "forget_old_leads",
    "forget_old_opportunities",
    "keep_out_of_sanctions",
    "lapse_orders",
    "remind_hours",
    "take_in_votes",
    "turn_licences",
    "work_out",
]

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


DEADLINES = (forget_old_leads, finish_timetables, *study.DEADLINES, *brand.DEADLINES, *sheets.DEADLINES)
LETTERS: dict[str, Teller] = {**study.LETTERS, **brand.LETTERS, **sheets.LETTERS}
