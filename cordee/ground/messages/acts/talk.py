"""Writing in a conversation."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext as _

from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import Refusal
from cordee.ground.messages.models import Attachment, Message, Thread
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address

MOST_FILES = 6


class EmptyMessage(Refusal):
    """Nothing was written."""


class TooManyFiles(Refusal):
    """More files than one message carries."""


def write_message(thread: Thread, text: str, *, by: Actor, at: datetime, files: Sequence[UploadedFile] = ()) -> Message:
    """Write in a conversation, with files or without. Whether one may is decided by the room that shows the thread.

    Refused when  nothing was written and no file given, too many files, or a file that is not taken.
    Tells         messages.message.written, with the digest of each file.
    """
    if not text.strip() and not files:
        raise EmptyMessage(_("Votre message est vide."), do=_("Écrivez quelques mots avant d’envoyer."))
    if len(files) > MOST_FILES:
        raise TooManyFiles(_("%(most)s fichiers au plus par message.") % {"most": MOST_FILES})
    with act("messages.message.written", book=thread.book, by=by, at=at) as facts:
        message = Message.objects.create(thread=thread, by=by.person, seat=by.seat, at=at, text=text.strip())
        kept = [keep(file, book=thread.book, by=by.person, at=at) for file in files]
        Attachment.objects.bulk_create(Attachment(message=message, document=document) for document in kept)
        facts.on = address(message)
        facts["thread"] = thread.public_id
        facts["about"] = thread.subject
        facts["files"] = len(kept)
        facts["digests"] = " ".join(document.digest for document in kept)
    return message


def thread_about(subject: models.Model | str, *, book: str, at: datetime, title: str = "") -> Thread:
    """The conversation about something; made on first use."""
    thread, _new = Thread.objects.get_or_create(
        book=book, subject=address(subject), defaults={"created_at": at, "title": title}
    )
    return thread
