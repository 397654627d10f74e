"""Take answers by e-mail: one on standard input (a mail server’s pipe), or all the new ones of a maildir."""

import mailbox
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import Refusal
from cordee.ground.messages.acts import take_mail


class Command(BaseCommand):
    help = "Take answers by e-mail into their conversations: one on standard input, or a maildir."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--maildir", metavar="FOLDER", help="read the new mails of this maildir instead")

    def handle(self, *args: Any, maildir: str | None = None, **options: Any) -> None:
        if maildir is None:
            try:
                take_mail(sys.stdin.buffer.read(), at=now())
            except Refusal as refusal:
                raise CommandError(refusal.what, returncode=1) from None
            return
        try:
            box = mailbox.Maildir(maildir, create=False)
        except mailbox.NoSuchMailboxError:
            raise CommandError(f"no maildir there: {maildir}", returncode=2) from None
        taken = refused = 0
        for key in list(box.keys()):
            mail = box.get_message(key)
            if mail.get_subdir() != "new":
                continue
            try:
                take_mail(box.get_bytes(key), at=now())
                taken += 1
                mail.add_flag("S")
            except Refusal as refusal:
                refused += 1
                mail.add_flag("F")  # flagged: a person may look at it
                self.stderr.write(f"{key}: {refusal.what}")
            mail.set_subdir("cur")
            box[key] = mail
        self.stdout.write(f"taken {taken}, refused {refused}")
