"""A worker: long tasks such as imports, one after the other. The letters are the ticker's."""

import socket
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cordee.journeys.tasks import release


class Command(BaseCommand):
    help = "Run the tasks that wait; first those that this worker had begun when it was killed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default=socket.gethostname()[:60], help="one name for each worker (this machine)")
        parser.add_argument("--once", action="store_true", help="run what waits, then stop")

    def handle(self, *args: Any, name: str, once: bool, **options: Any) -> None:
        if released := release(name):
            self.stderr.write(f"{released} task(s) begun by {name} when it was killed: back in the queue.")
        call_command(
            "db_worker", queue_name="*", interval=1, worker_id=name, batch=once, reload=False,
            startup_delay=False, verbosity=0,
        )  # fmt: skip
