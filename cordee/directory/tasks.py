"""The long work of the directory, behind the pages: importing lists, and taking up those that stopped."""

from datetime import datetime

from django_tasks import task

from cordee.directory.acts import import_companies, kept_files, note_resumed
from cordee.directory.models import ImportRun
from cordee.directory.reads import stopped_imports
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Actor, Clockwork


@task()
def run_import(public_id: str) -> None:
    """Import the files that were kept. Run twice, or taken up after a stop, it does each company once."""
    run = ImportRun.objects.select_related("asked_by").get(public_id=public_id)
    if run.over:
        return
    streams = kept_files(run)
    try:
        by = Actor(run.asked_by) if run.asked_by else Clockwork()
        import_companies(run, streams, by=by, at=now(), clock=now)
    finally:
        for stream in streams:
            stream.close()


def resume_stopped(*, at: datetime) -> int:
    """Take up the imports that gave no sign of life for a while, and say how many."""
    stopped = stopped_imports(at=at)
    for run in stopped:
        note_resumed(run, at=at)
        run_import.enqueue(run.public_id)
    return len(stopped)
