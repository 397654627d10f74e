"""Conversations: a page of messages, the documents that came with them, what the book says of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.models import Letter, Message, Thread
from cordee.ground.people.models import Person
from cordee.ground.register.acts import address

PAGE = 50

SENTENCES: Mapping[str, str | Promise] = {"messages.message.written": _("%(who)s a écrit dans la conversation")}
"""What a book says of this room's acts."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last messages of a thread, oldest first; `earlier` is where the page before begins."""

    messages: list[Message]
    earlier: str


def thread_of(subject: object, *, book: str) -> Thread | None:
    """The conversation about something, if anybody has written yet."""
    return Thread.objects.filter(book=book, subject=address(subject)).first()


def conversation(thread: Thread | None, *, before: str = "") -> Conversation:
    """One page of a conversation; `before` is the public identifier of the message that follows it."""
    if thread is None:
        return Conversation([], "")
    messages = Message.objects.filter(thread=thread).select_related("by").prefetch_related("attachments__document")
    if before:
        mark = messages.filter(public_id=before).first()
        if mark is None:
            raise NotYours
        messages = messages.filter(pk__lt=mark.pk)
    found = list(messages.order_by("-pk")[: PAGE + 1])
    page = found[:PAGE][::-1]
    return Conversation(page, page[0].public_id if len(found) > PAGE else "")


def attached(public_id: str, *, thread: Thread | None) -> Document:
    """A document that came with a message of this very conversation. NotYours for any other."""
    document = Document.objects.filter(
        public_id=public_id,
        pk__in=Message.objects.filter(thread=thread, thread__isnull=False).values("attachments__document"),
    ).first()
    if document is None:
        raise NotYours
    return document


def is_waiting(person: Person, kind: str) -> bool:
    """Whether a letter of this kind is already on its way to this person: one is enough."""
    return Letter.objects.filter(to=person, kind=kind, state=Letter.State.WAITING).exists()
