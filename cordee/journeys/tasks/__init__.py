"""Everything that happens by itself: which letters are told from which lines, and what falls due."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from cordee.agreements import tasks as agreements
from cordee.delivery import tasks as delivery
from cordee.directory import tasks as directory
from cordee.governance import tasks as governance
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import Teller, send_due, tell
from cordee.ground.register.reads import signed_head, unsigned_books
from cordee.ground.signing import tasks as signing
from cordee.groupings import tasks as groupings
from cordee.journeys.models import Beat
from cordee.journeys.tasks import deadlines, letters
from cordee.journeys.tasks.deadlines import apply_decisions as apply_decisions
from cordee.journeys.tasks.hooks import tell_hooks
from cordee.learning import tasks as learning
from cordee.money import tasks as money
from cordee.offers import tasks as offers
from cordee.projects import tasks as projects

LETTERS: dict[str, Teller] = {
    **signing.LETTERS,
    **directory.LETTERS,
    **groupings.LETTERS,
    **governance.LETTERS,
    **agreements.LETTERS,
    **projects.LETTERS,
    **offers.LETTERS,
    **delivery.LETTERS,
    **money.LETTERS,
    **learning.LETTERS,
    **letters.LETTERS,
}
"""Who writes what from which line. Each room lists its own; here they are united, and no act has two tellers."""


def sign_heads(*, at: datetime) -> int:
    """Sign the head of each grouping's book that has grown, once a day: every export carries it from then on."""
    books = unsigned_books(since=at - timedelta(days=1))
    return each_apart(books, lambda book: signed_head(book, at=at))


DEADLINES: tuple[Callable[..., int], ...] = (
    governance.close_due,
    deadlines.keep_out_of_their_vote,
    deadlines.apply_decisions,
    deadlines.follow_votes,
    deadlines.carry_out_departures,
    deadlines.complete_arrivals,
    deadlines.turn_mandates,
    deadlines.watch_minimum,
    deadlines.ask_the_yearly_question,
    deadlines.close_reviews,
    deadlines.vote_on_the_end,
    governance.remind,
    governance.remind_meetings,
    governance.remind_owners,
    governance.follow_minutes,
    governance.open_digest,
    signing.seal_due,
    signing.remind,
    signing.follow_provider,
    agreements.follow_ceremonies,
    agreements.note_dates,
    agreements.note_lagging,
    offers.catch_up,
    offers.follow_clients,
    offers.radar_due,
    *delivery.DEADLINES,
    directory.resume_stopped,
    *projects.DEADLINES,
    directory.ask_about_cards,
    sign_heads,
    tell_hooks,
    *money.DEADLINES,
    *learning.DEADLINES,
)
"""What each room does when time passes: `function(*, at)`, says how much it did, and doing it twice does it once."""


def tick(*, at: datetime, most: int = 200) -> dict[str, int]:
    """One round: what fell due, the letters the books call for, the letters to send. Says how much of each.

    Several tickers do no harm: deadlines and letters are claimed row by row, in a transaction of their own. What fails
    is told in the log and tried again at the next round; the letters leave all the same.
    """
    done = {f"{each.__module__}.{each.__name__}": 0 for each in DEADLINES}

    def one(deadline: Callable[..., int]) -> None:
        done[f"{deadline.__module__}.{deadline.__name__}"] = deadline(at=at)

    each_apart(DEADLINES, one)
    return {**done, "told": tell(LETTERS, at=at), "sent": send_due(at=at, most=most)}


# --- Signs of life ---

EVERY = timedelta(seconds=30)
"""How often the ticker asks a worker for a sign of life."""
KEPT = timedelta(days=14)
"""How long the results of tasks are kept."""
MOST_STARTS = 3
"""A task whose worker died so often may be what kills it: it is not started again."""


@task()
def beat_worker() -> None:
    """A worker took this task, hence a worker works."""
    beat("worker", at=now())


def beat(name: str, *, at: datetime) -> None:
    """Note that this one is alive."""
    Beat.objects.update_or_create(name=name, defaults={"at": at})


def look_after(*, at: datetime) -> None:
    """After a round of the ticker: its own sign of life, now and then that of a worker; old results go."""
    beat("ticker", at=at)
    asked = DBTaskResult.objects.filter(task_path=beat_worker.module_path)
    if asked.filter(enqueued_at__gt=at - EVERY).exists() or asked.filter(status=TaskResultStatus.READY).exists():
        return
    finished = DBTaskResult.objects.finished()
    finished.filter(task_path=beat_worker.module_path).delete()
    finished.filter(finished_at__lt=at - KEPT).delete()
    beat_worker.enqueue()


def release(worker: str) -> int:
    """Give back what a worker of this name had begun when it was killed; how many tasks. For its next start only.

    Tasks are written so that doing one again changes nothing. One that was begun three times is left as failed.
    """
    begun = [each for each in DBTaskResult.objects.running() if each.worker_ids[-1:] == [worker]]
    for each in begun:
        if len(each.worker_ids) >= MOST_STARTS:
            each.set_failed(RuntimeError("the worker died each time that this task ran"))
        else:
            each.status = TaskResultStatus.READY
            each.save(update_fields=["status"])
    return len(begun)
