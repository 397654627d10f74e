"""Telling what happened: the books are read past a bookmark, each line becomes letters, each letter is sent once."""

import smtplib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.text import Truncator

from cordee.ground.kit.apart import each_apart
from cordee.ground.messages.models import Bookmark, Letter, Thread
from cordee.ground.messages.reads import REPLY, REPLY_BOX, preferences_of, reply_token, stop_address
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Person
from cordee.ground.register.models import Book, Entry

LONGEST_SENDING = timedelta(minutes=10)
"""A letter claimed for longer than that has lost its sender. Twenty letters of a round, each waiting for a mail server
as long as EMAIL_TIMEOUT allows, take less."""
MOST_TRIES = 8
LONGEST_SUBJECT = 200
LONGEST_SMS = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person is told: one sentence or two, a few figures, one button, and why they get it."""

    to: Person
    kind: str
    subject: str
    lines: tuple[str, ...]
    button: str = ""
    url: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    other: str = ""  # a second, quiet link under the button (« décliner »)
    other_url: str = ""
    why: str = ""
    due_at: datetime | None = None
    context: Mapping[str, str] = field(default_factory=dict)
    group: str = ""  # "talk", "reminders", "digest": what one may stop; empty for what has to be told
    thread: Thread | None = None  # an answer by e-mail lands in this conversation
    seat: str = ""  # ... written for this seat
    sms: str = ""  # said in a text message too, to who asked for that


Teller = Callable[[Entry, datetime], Iterable[Draft]]


def tell(tellers: Mapping[str, Teller], *, at: datetime) -> int:
    """Read every book past its bookmark and write the letters its new lines call for.

    The bookmark moves in the same transaction as the letters are written: killed in the middle, it starts that book
    again and the unique key of a letter (line, kind, person) keeps it from being written twice.
    """
    read = Bookmark.objects.filter(book=models.OuterRef("name")).values("number")[:1]
    behind = Book.objects.filter(number__gt=Coalesce(models.Subquery(read), 0)).values_list("name", flat=True)
    written = 0

    def one(name: str) -> None:
        nonlocal written
        written += _tell_book(name, tellers, at=at)

    each_apart(list(behind), one)
    return written


def _tell_book(name: str, tellers: Mapping[str, Teller], *, at: datetime) -> int:
    written = 0
    with transaction.atomic():
        Bookmark.objects.get_or_create(book=name)
        mark = Bookmark.objects.select_for_update().get(book=name)
        for entry in Entry.objects.of(name).filter(number__gt=mark.number):
            teller = tellers.get(entry.act)
            if teller:
                written += sum(write_letter(draft, entry=entry, at=at) for draft in teller(entry, at))
            mark.number = entry.number
        mark.save(update_fields=["number"])
    return written


def write_letter(draft: Draft, *, entry: Entry, at: datetime) -> bool:
    """Write one letter, in the person's language; the same one again changes nothing. Say whether it is new.

    Nobody writes to a person whose account is closed. A subject is one line, short enough for its column and for mail
    servers, whatever the names and titles that stand in it.
    """
    wants = preferences_of(draft.to)
    if not draft.to.is_active or (draft.group and not getattr(wants, draft.group)):
        return False
    if draft.sms and wants.sms and draft.to.phone and settings.SMS_BACKEND:
        _write_sms(draft, entry=entry, at=at)
    stop = stop_address(draft.to, draft.group) if draft.group else ""
    answer = reply_address(draft, at=at) if draft.thread and settings.REPLY_DOMAIN else ""
    with translation.override(draft.to.language):
        context = {
            "draft": draft,
            "entry": entry,  # its seal in every mail: a history rewritten later shows in the members' own mailboxes
            "help_name": settings.HELP_NAME,
            "help_phone": settings.HELP_PHONE,
            "site": settings.SITE_URL,
            "settings_url": settings.SITE_URL + reverse("letters:preferences"),
            "stop_url": stop,
            "reply_to": answer,
        }
        _letter, new = Letter.objects.get_or_create(
            book=entry.book,
            number=entry.number,
            kind=draft.kind,
            to=draft.to,
            defaults={
                "address": draft.to.email,
                "subject": Truncator(_one_line(draft.subject)).chars(LONGEST_SUBJECT),
                "text": render_to_string("letters/letter.txt", context),
                "html": render_to_string("letters/letter.html", context),
                "due_at": draft.due_at or at,
                "reply_to": answer,
                "stop_url": stop,
            },
        )
    return new


def _write_sms(draft: Draft, *, entry: Entry, at: datetime) -> None:
    text = Truncator(_one_line(draft.sms)).chars(LONGEST_SMS)
    Letter.objects.get_or_create(
        book=entry.book,
        number=entry.number,
        kind=f"{draft.kind}.sms"[:60],
        to=draft.to,
        defaults={
            "channel": Letter.Channel.SMS,
            "address": draft.to.phone,
            "subject": text,
            "text": text,
            "html": "",
            "due_at": draft.due_at or at,
        },
    )


def reply_address(draft: Draft, *, at: datetime) -> str:
    """The address to which an answer goes: signed, of one person, for one conversation and one seat."""
    link = make_link(draft.to, purpose=REPLY, subject=draft.thread, seat=draft.seat, at=at)
    return f"{REPLY_BOX}+{reply_token(link)}@{settings.REPLY_DOMAIN}"


def _one_line(text: str) -> str:
    """No line break nor other control character: a header of a mail is one line. No-break spaces stay."""
    return "".join(letter if letter.isprintable() or letter in "\u00a0\u202f" else " " for letter in text)


def send_due(*, at: datetime, most: int = 200) -> int:
    """Send the letters that are due; several senders at once, or one killed in the middle, send none twice.

    A letter is first claimed, in a transaction of its own. One that stays claimed (its sender died) is handed over
    again with the same Message-ID: the demo's mailbox keeps one, and mail servers may drop the second. A mail server
    that does not answer ends the round: the letters wait, however long, and none is given up for that.
    """
    stuck = models.Q(state=Letter.State.SENDING, claimed_at__lt=at - LONGEST_SENDING)
    due = models.Q(state=Letter.State.WAITING, due_at__lte=at)
    sent = 0
    for pk in list(Letter.objects.filter(due | stuck).order_by("due_at").values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            letter = Letter.objects.select_for_update().filter(due | stuck, pk=pk).first()
            if letter is None:  # another sender was faster
                continue
            letter.state, letter.claimed_at, letter.tries = Letter.State.SENDING, at, letter.tries + 1
            letter.save(update_fields=["state", "claimed_at", "tries"])
        try:
            sent += _hand_over(letter, at=at)
        except _Unreachable:
            break
    return sent


class _Unreachable(Exception):
    """The mail server does not take letters at the moment, whichever they are."""


def _hand_over(letter: Letter, *, at: datetime) -> bool:
    try:
        _send_sms(letter) if letter.channel == Letter.Channel.SMS else _mail(letter).send()
    except ValueError as trouble:  # a letter that cannot be written as a mail, now or later: the others go on
        letter.state, letter.trouble = Letter.State.FAILED, str(trouble)[:300]
        letter.save(update_fields=["state", "trouble"])
        return False
    except OSError as trouble:  # the mail server's refusals are OSErrors: try again later, then say so
        refused = isinstance(trouble, smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | smtplib.SMTPDataError)
        failed = refused and letter.tries >= MOST_TRIES
        letter.state = Letter.State.FAILED if failed else Letter.State.WAITING
        letter.due_at = at + timedelta(minutes=2 ** min(letter.tries, MOST_TRIES) if refused else 2)
        letter.trouble = str(trouble)[:300]
        letter.save(update_fields=["state", "due_at", "trouble"])
        if not refused:
            raise _Unreachable from trouble
        return False
    letter.state, letter.sent_at = Letter.State.SENT, at
    letter.save(update_fields=["state", "sent_at"])
    return True


def _mail(letter: Letter) -> EmailMultiAlternatives:
    """The letter as a mail: it says that a machine wrote it, how one stops it, and where an answer goes."""
    domain = settings.SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
    headers = {
        "Message-ID": f"<{letter.public_id}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if letter.stop_url:
        headers |= {"List-Unsubscribe": f"<{letter.stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    reply_to = [letter.reply_to] if letter.reply_to else None
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address], headers=headers, reply_to=reply_to)
    mail.attach_alternative(letter.html, "text/html")
    return mail


def _send_sms(letter: Letter) -> None:
    """Hand a text message to the plug-in that the settings name. Its OSErrors are tried again, as for mail."""
    import_string(settings.SMS_BACKEND)(letter.address, letter.text)
