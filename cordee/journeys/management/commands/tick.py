"""The ticker: every few seconds, what fell due, the letters to write, the letters to send."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cordee.ground.kit.clock import now
from cordee.journeys.tasks import look_after, tick

log = logging.getLogger(__name__)
MOST = 20
"""Letters in one round: a round stays short, so that the moment it bears is true of the last letter too."""


class Command(BaseCommand):
    help = "Do what falls due, write and send the letters; for ever, or once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--every", type=float, default=3.0, metavar="SECONDS", help="pause between rounds (3)")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        if once:
            self.stdout.write(", ".join(f"{name} {count}" for name, count in tick(at=now()).items()))
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_received: stop.set())
        pause = every
        while not stop.wait(pause):
            pause = every
            close_old_connections()
            try:
                if tick(at=now(), most=MOST)["sent"]:
                    pause = 0  # more may wait
                look_after(at=now())
            except Exception:  # a round that fails must not end the ticker: it is told, and tried again
                log.exception("this round failed")
