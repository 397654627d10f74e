"""What a signatory sees; the code that proves an address; whether a sealed file holds."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.timezone import localtime

from cordee.engines.sealing import PdfReport, verify_pdf
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Link, Person
from cordee.ground.people.reads import OpenedLink, open_link
from cordee.ground.signing.keys import trusted
from cordee.ground.signing.models import Ceremony, PaperCopy, Recipient, Signatory

CODE_LIFE = timedelta(minutes=15)
CODE_TRIES = 5


@dataclass(frozen=True, slots=True)
class Power:
    """Somebody who may sign for a company, and by what power, in the words of the papers."""

    person: Person
    capacity: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom an outside provider asks to sign."""

    seat: str
    name: str
    email: str
    company: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What an outside provider says of a text it was given: "waiting", "signed" or "declined"."""

    state: str
    pdf: bytes = b""
    answered: Mapping[str, datetime] = field(default_factory=dict)  # when, by seat
    declined_by: str = ""
    reason: str = ""


class Provider(Protocol):
    """An outside provider of signatures. `adapter.py` says how one is written."""

    name: str
    level: str

    def send(self, *, title: str, pdf: bytes, signatories: Sequence[Asked], until: datetime) -> str: ...

    def read(self, reference: str) -> Answer: ...


def provider() -> Provider | None:
    """The outside provider of this installation, if it has one."""
    if not settings.SIGNING_PROVIDER:
        return None
    found: Provider = import_string(settings.SIGNING_PROVIDER)()
    return found


@dataclass(frozen=True, slots=True)
class SigningPage:
    """A ceremony, as one signatory sees it from the link they received."""

    opened: OpenedLink
    signatory: Signatory
    ceremony: Ceremony
    signatories: tuple[Signatory, ...]
    code_sent: bool
    expired: bool
    before: Signatory | None  # who signs first, where it is not yet this one's turn
    others: tuple[Power, ...]  # who else may sign for this company
    sms: bool

    @property
    def may_act(self) -> bool:
        return (
            self.opened.state == "open"
            and self.signatory.state == Signatory.State.WAITING
            and self.ceremony.state == Ceremony.State.OPEN
            and not self.expired
            and self.before is None
        )

    @property
    def may_read(self) -> bool:
        """Whoever may still sign reads; whoever signed keeps what they signed, unless the text was withdrawn.

        A link that was withdrawn or has expired shows no text: its holder has left, or it was forwarded.
        """
        signed = self.signatory.state == Signatory.State.SIGNED and self.ceremony.state != Ceremony.State.CANCELLED
        return signed or self.may_act or (self.before is not None and self.opened.state == "open")


def signing_page(token: str, *, at: datetime) -> SigningPage:
    """Open a signing link; reading only, as often as one likes."""
    opened = open_link(token, purpose="signature", at=at)
    signatory = signatory_of(opened.link)
    ceremony = signatory.ceremony
    everybody = tuple(ceremony.signatories.select_related("person"))
    waiting = signatory.state == Signatory.State.WAITING and ceremony.state == Ceremony.State.OPEN
    before = [one for one in everybody if one.rank < signatory.rank and one.state == Signatory.State.WAITING]
    return SigningPage(
        opened=opened,
        signatory=signatory,
        ceremony=ceremony,
        signatories=everybody,
        code_sent=code_is_fresh(signatory, at=at),
        expired=signatory.until <= at,
        before=before[0] if before and waiting else None,
        others=tuple(one for one in powers_for(signatory, at=at) if one.person != signatory.person) if waiting else (),
        sms=waiting and sms_offered(signatory),
    )


def powers_for(signatory: Signatory, *, at: datetime) -> tuple[Power, ...]:
    """Everybody who may sign here for this company today, as the room whose text it is says (SIGNING_POWERS).

    A room that says nothing trusts those whom it called.
    """
    room = signatory.ceremony.subject.partition("/")[0]
    if (named := settings.SIGNING_POWERS.get(room)) is None:
        return (Power(signatory.person, signatory.capacity),)
    return tuple(import_string(named)(signatory, at=at))


def page_about(subject: str) -> str:
    """Where the room whose text it is shows it to its readers (SIGNING_PAGES); "" where it has no page."""
    room, _model, key = subject.split("/")
    named = settings.SIGNING_PAGES.get(room, "")
    return reverse(named, args=[key]) if named else ""


def sms_offered(signatory: Signatory) -> bool:
    """Whether a code may go to this person's telephone: they gave a number, and this installation sends SMS."""
    return bool(settings.SMS_BACKEND and signatory.person.phone)


def copy_of(token: str, *, at: datetime) -> Recipient:
    """The sealed copy that somebody who does not sign was sent; NotYours when it is not there, or no longer."""
    opened = open_link(token, purpose="signed_copy", at=at)
    found = (
        Recipient.objects.select_related("ceremony__sealed", "person")
        .filter(public_id=opened.link.subject.rpartition("/")[2], person=opened.person)
        .first()
    )
    if found is None or opened.state != "open" or found.ceremony.sealed is None:
        raise NotYours
    return found


def their_turn(ceremony: Ceremony, *, at: datetime) -> list[Signatory]:
    """Those who may sign now: all who wait, or the first of them where one signs in order."""
    if ceremony.state != Ceremony.State.OPEN or ceremony.provider:  # a provider writes to its signatories itself
        return []
    everybody = ceremony.signatories.select_related("person", "ceremony", "forwarded_by")
    waiting = [one for one in everybody if one.state == Signatory.State.WAITING]
    first = min((one.rank for one in waiting), default=0)
    return [one for one in waiting if one.rank == first and one.until > at]


def written_on(ceremony: Ceremony, signatory: Signatory) -> date:
    """The day of the last letter to somebody who has not signed: the call, when their turn came, or a reminder."""
    since = ceremony.opened_at
    if ceremony.in_order:
        answered = ceremony.signatories.filter(rank__lt=signatory.rank).values_list("answered_at", flat=True)
        since = max([since, *(each for each in answered if each)])
    return localtime(max(since, signatory.reminded_at or since)).date()


def papers_about(subject: str) -> list[PaperCopy]:
    """What was signed by hand about something."""
    return list(PaperCopy.objects.filter(subject=subject).select_related("scan", "vouched_by"))


def signatory_of(link: Link) -> Signatory:
    """The signatory a link was made for; NotYours when somebody else signs now."""
    found = (
        Signatory.objects.select_related("ceremony__text", "ceremony__sealed", "person")
        .filter(public_id=link.subject.rpartition("/")[2], person=link.person)
        .first()
    )
    if found is None:
        raise NotYours
    return found


def code_for(signatory: Signatory) -> str:
    """The six digits sent to this person. Nothing of them is kept: they follow from the secret key and the sending."""
    if signatory.code_at is None:
        raise ValueError("no code was sent")
    what = f"{signatory.public_id} {signatory.code_at.timestamp():.6f}".encode()
    found = hmac.new(settings.SECRET_KEY.encode(), b"cordee.signing.code " + what, hashlib.sha256).digest()
    return f"{int.from_bytes(found[:8], 'big') % 1_000_000:06d}"


def code_is_fresh(signatory: Signatory, *, at: datetime) -> bool:
    """Whether a code was sent that may still be typed."""
    return signatory.code_at is not None and at < signatory.code_at + CODE_LIFE and signatory.code_tries < CODE_TRIES


def check_sealed(ceremony: Ceremony, *, at: datetime) -> PdfReport | None:
    """Verify the sealed file of a ceremony, as anyone can with `cordee verify`."""
    if ceremony.sealed is None:
        return None
    return verify_pdf(ceremony.sealed.read(), trusted=trusted(at=at))
