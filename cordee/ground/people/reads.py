"""Opening a link: reading only, as often as one likes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Link, Person

_SIGNER = "cordee.people.link"
THEMES = ("light", "dark", "auto")
THEME_COOKIE = "cordee_theme"
LinkState = Literal["open", "used", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link as it was found. `state` is "open" when its act may still be done."""

    link: Link
    state: LinkState

    @property
    def person(self) -> Person:
        return self.link.person


def token(link: Link) -> str:
    """What stands in the address of a link."""
    return Signer(salt=_SIGNER, sep=".").sign(link.public_id)


def link_address(link: Link, view: str) -> str:
    """The whole address of a link, for a mail: `view` is the name of the page that opens it."""
    return settings.SITE_URL + reverse(view, args=[token(link)])


def open_link(text: str, *, purpose: str, at: datetime) -> OpenedLink:
    """Find a link from its token. NotYours when it was never ours, or is for something else."""
    try:
        public_id = Signer(salt=_SIGNER, sep=".").unsign(text)
        link = Link.objects.select_related("person").get(public_id=public_id, purpose=purpose)
    except (BadSignature, Link.DoesNotExist):
        raise NotYours from None
    state: LinkState = "open"
    if link.revoked_at:
        state = "revoked"
    elif link.used_at:
        state = "used"
    elif link.expires_at <= at:
        state = "expired"
    return OpenedLink(link, state)


def sign_in_means(person: Person) -> dict[str, int]:
    """How this person may enter, besides the code by e-mail: passkeys, and whether spare codes exist."""
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return {
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "spare_codes": kinds.count(Authenticator.Type.RECOVERY_CODES),
    }


def theme_of(cookies: Mapping[str, str]) -> str:
    """Light, dark, or as the machine prefers."""
    chosen = cookies.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"
