"""Webhooks: an address outside is told of each new line of the books, in order, signed, until it has answered."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from cordee.ground.kit.outside import NotOutside, host_of, post
from cordee.ground.kit.refusals import Refusal
from cordee.ground.messages.models import Hook, HookMark
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.ground.register.models import Book, Entry

HOOKS_AT_MOST = 5
LINES_AT_A_TIME = 20
GIVE_UP_AFTER = 12
"""Tries in a row: with pauses that double, up to six hours, this is about a day and a half."""
CLAIM = timedelta(minutes=5)
"""A hook claimed for longer than that has lost its sender."""

Post = Callable[[str, bytes, dict[str, str]], int]


class HookRefused(Refusal):
    """An address to which nothing is sent."""


def open_hook(company: str, book: str, *, address_: str, acts: Iterable[str], books: Iterable[str], by: Actor,
              at: datetime) -> Hook:  # fmt: skip
    """Have an address outside told of what is written from now on in the books of a company.

    Shape         company: the address of the company, which the caller has checked that this person speaks for; book:
                  its own book; books: those it hears of, where the telling begins at their present end.
    Allowed       who speaks for the company.
    Refused when  it is not a public https address; the company has five already.
    Tells         messages.hook.opened: the name of the machine, the acts it hears of.
    """
    with act("messages.hook.opened", book=book, by=by, at=at) as facts:
        try:
            host, _port, _path = host_of(address_)
        except NotOutside:
            raise HookRefused(
                _("Cette adresse ne convient pas."),
                why=_("Cordée n’écrit qu’à une adresse publique qui commence par https://."),
                do=_("Demandez-la à qui tient votre logiciel."),
            ) from None
        living = Hook.objects.filter(company=company, ended_at=None)
        if living.count() >= HOOKS_AT_MOST:
            raise HookRefused(_("Cinq adresses sont déjà prévenues."), do=_("Retirez-en une."))
        wanted = sorted({one.strip() for one in acts if one.strip()})
        made = Hook.objects.create(
            company=company, made_by=by.person, address=address_.strip(), secret=secrets.token_hex(32), acts=wanted,
            made_at=at, due_at=at,
        )  # fmt: skip
        ends = dict(Book.objects.filter(name__in=list(books)).values_list("name", "number"))
        HookMark.objects.bulk_create([HookMark(hook=made, book=name, number=end) for name, end in ends.items()])
        facts.on = address(made)
        facts |= {"host": host, "acts": " ".join(wanted)}
    return made


def close_hook(hook: Hook, book: str, *, by: Actor, at: datetime) -> Hook:
    """Stop telling an address.

    Allowed  who speaks for the company, which the caller has checked.
    Tells    messages.hook.closed.
    """
    with act("messages.hook.closed", book=book, by=by, at=at, on=hook):
        fresh = Hook.objects.select_for_update().get(pk=hook.pk)
        fresh.ended_at = fresh.ended_at or at
        fresh.save(update_fields=["ended_at"])
    return fresh


def signature(secret: str, stamp: int, body: bytes) -> str:
    """What stands in the header `Cordee-Signature`: HMAC-SHA-256 over the time, a point and the body.

    >>> signature("00", 1, b"{}")[:20]
    't=1,v1=a5e5bb5b89a7b'
    """
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def due_hooks(*, at: datetime) -> models.QuerySet[Hook]:
    """The hooks that may be told something now: living, not being told, past their pause."""
    free = models.Q(claimed_at=None) | models.Q(claimed_at__lt=at - CLAIM)
    return Hook.objects.filter(free, ended_at=None, due_at__lte=at).order_by("due_at", "pk")


def news_for(hook: Hook, books: Iterable[str]) -> list[Entry]:
    """The next lines that a hook has not been told, book after book; a book that is new to it begins at its first."""
    marks = dict(hook.marks.values_list("book", "number"))
    found: list[Entry] = []
    for name in sorted(set(books)):
        rows = Entry.objects.of(name).filter(number__gt=marks.get(name, 0))
        found += list(rows[: LINES_AT_A_TIME - len(found)])
        if len(found) >= LINES_AT_A_TIME:
            break
    return found


def claim_hook(hook: Hook, *, at: datetime) -> bool:
    """Take a hook to tell it; False when somebody else just did."""
    return bool(due_hooks(at=at).filter(pk=hook.pk).update(claimed_at=at))


def tell_hook(hook: Hook, books: Iterable[str], *, at: datetime, send: Post = post) -> int:
    """Tell a claimed hook its next lines, in order; how many. A line is told again until it is answered with 2xx.

    Nothing is locked while one waits for the other side: each answer is noted on its own.
    """
    told, trouble = 0, ""
    for entry in news_for(hook, books):
        trouble = _send(hook, entry, at=at, send=send) if _wanted(hook, entry.act) else ""
        if trouble:
            break
        HookMark.objects.update_or_create(hook=hook, book=entry.book, defaults={"number": entry.number})
        told += 1
    _note(hook, told, trouble, at=at)
    return told


def _wanted(hook: Hook, name: str) -> bool:
    return not hook.acts or any(name.startswith(one) for one in hook.acts)


def _send(hook: Hook, entry: Entry, *, at: datetime, send: Post) -> str:
    body = json.dumps(_message(hook, entry), ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Cordee",
        "Cordee-Delivery": f"{hook.public_id}-{entry.book}-{entry.number}",
        "Cordee-Signature": signature(hook.secret, int(at.timestamp()), body),
    }
    try:
        status = send(hook.address, body, headers)
    except (OSError, ValueError) as wrong:  # nobody answers, or the name now leads into a private network
        return str(wrong)[:200] or type(wrong).__name__
    return "" if 200 <= status < 300 else f"HTTP {status}"


def _message(hook: Hook, entry: Entry) -> dict[str, Any]:
    fields = ("book", "number", "act", "at", "by", "subject", "facts", "previous", "seal")
    return {"schema": "cordee.hook/1", "hook": hook.public_id, "entry": {name: getattr(entry, name) for name in fields}}


def _note(hook: Hook, told: int, trouble: str, *, at: datetime) -> None:
    with transaction.atomic():
        fresh = Hook.objects.select_for_update().get(pk=hook.pk)
        fresh.claimed_at, fresh.trouble = None, trouble
        fresh.told_at = at if told else fresh.told_at
        fresh.tries = fresh.tries + 1 if trouble else 0
        if trouble:
            fresh.due_at = at + timedelta(minutes=min(2**fresh.tries, 360))
            fresh.ended_at = at if fresh.tries >= GIVE_UP_AFTER else fresh.ended_at
        fresh.save()
