"""Conversations: a page of messages, the documents that came with them, what the book says of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.models import Letter, Message, Preference, Thread
from cordee.ground.people.models import Link, Person
from cordee.ground.register.acts import address

PAGE = 50
REPLY, REPLY_BOX = "reply", "reponse"
"""The purpose of the link behind an address to answer to, and the first word of that address."""
_STOP = "cordee.messages.stop"

SENTENCES: Mapping[str, str | Promise] = {
    "messages.message.written": _("%(who)s a écrit dans la conversation"),
    "messages.letters.chosen": _("%(who)s a choisi ses e-mails"),
    "messages.hook.opened": _("%(who)s a branché un logiciel sur le registre"),
    "messages.hook.closed": _("%(who)s a débranché un logiciel du registre"),
    "people.key.made": _("%(who)s a fait une clé pour un logiciel"),
    "people.key.revoked": _("%(who)s a retiré une clé"),
}
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


def preferences_of(person: Person) -> Preference:
    """What this person wants to be written; the usual things where nothing was chosen."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


def who_want_digest() -> QuerySet[Person]:
    """Those who asked for one letter a week."""
    return Person.objects.filter(pk__in=Preference.objects.filter(digest=True).values("person"), is_active=True)


def stop_address(person: Person, group: str) -> str:
    """The address at which one click stops letters of a group; nothing to sign in to."""
    token = Signer(salt=_STOP, sep=".").sign(f"{person.public_id}-{group}")
    return str(settings.SITE_URL) + reverse("letters:stop", args=[token])


def read_stop(token: str) -> tuple[Person, str]:
    """Who stops what. NotYours when the address was never ours."""
    try:
        public_id, _dash, group = Signer(salt=_STOP, sep=".").unsign(token).partition("-")
        return Person.objects.get(public_id=public_id), group
    except (BadSignature, Person.DoesNotExist):
        raise NotYours from None


def reply_token(link: Link) -> str:
    """What stands in an address to answer to: small letters and figures, for mail servers that know no others."""
    mark = salted_hmac("cordee.messages.reply", link.public_id, algorithm="sha256").hexdigest()[:24]
    return f"{link.public_id}.{mark}"


def link_of_reply(token: str) -> Link | None:
    """The link behind an address to answer to; nothing when we never gave it."""
    link = Link.objects.select_related("person").filter(public_id=token.partition(".")[0], purpose=REPLY).first()
    return link if link is not None and constant_time_compare(token, reply_token(link)) else None
