"""What a signatory sees; the code that proves an address; whether a sealed file holds."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from cordee.engines.sealing import PdfReport, verify_pdf
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Link
from cordee.ground.people.reads import OpenedLink, open_link
from cordee.ground.signing.keys import authority
from cordee.ground.signing.models import Ceremony, Signatory

CODE_LIFE = timedelta(minutes=15)
CODE_TRIES = 5


@dataclass(frozen=True, slots=True)
class SigningPage:
    """A ceremony, as one signatory sees it from the link they received."""

    opened: OpenedLink
    signatory: Signatory
    ceremony: Ceremony
    signatories: tuple[Signatory, ...]
    code_sent: bool
    expired: bool

    @property
    def may_act(self) -> bool:
        return (
            self.opened.state == "open"
            and self.signatory.state == Signatory.State.WAITING
            and self.ceremony.state == Ceremony.State.OPEN
            and not self.expired
        )

    @property
    def may_read(self) -> bool:
        """Whoever may still sign reads; whoever signed keeps what they signed, unless the text was withdrawn.

        A link that was withdrawn or has expired shows no text: its holder has left, or it was forwarded.
        """
        signed = self.signatory.state == Signatory.State.SIGNED and self.ceremony.state != Ceremony.State.CANCELLED
        return signed or self.may_act


def signing_page(token: str, *, at: datetime) -> SigningPage:
    """Open a signing link; reading only, as often as one likes."""
    opened = open_link(token, purpose="signature", at=at)
    signatory = signatory_of(opened.link)
    ceremony = signatory.ceremony
    return SigningPage(
        opened=opened,
        signatory=signatory,
        ceremony=ceremony,
        signatories=tuple(ceremony.signatories.select_related("person")),
        code_sent=code_is_fresh(signatory, at=at),
        expired=ceremony.expires_at <= at,
    )


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
    return verify_pdf(ceremony.sealed.read(), trusted=[authority(at=at).root])
