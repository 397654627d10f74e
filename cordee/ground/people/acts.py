"""Persons and links: made, used, revoked."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import AccessKey, Actor, Link, Person
from cordee.ground.register.acts import INSTANCE, By, act, address

LINK_LIFE = timedelta(days=30)
SIGN_IN_LIFE = timedelta(days=1)
"""A link that opens a whole account lives for a short time only, whoever asks for it."""


class LinkSpent(Refusal):
    """The link was used, has expired or was withdrawn."""


def know_person(email: str, *, name: str = "", phone: str = "", by: By, at: datetime) -> Person:
    """Find the person behind an address, or note a new one.

    Allowed  anyone who invites somebody.
    Tells    people.person.noted, without name or address.
    """
    email = email.strip().lower()
    known = person_of(email)
    if known:
        return known
    with act("people.person.noted", book=INSTANCE, by=by, at=at) as facts:
        person, new = Person.objects.get_or_create(email=email, defaults={"name": name.strip(), "phone": phone.strip()})
        if new:
            person.set_unusable_password()
            person.save(update_fields=["password"])
        EmailAddress.objects.get_or_create(user=person, email=email, defaults={"primary": True, "verified": False})
        facts.on = address(person)
    return person


def person_of(email: str) -> Person | None:
    """The person behind an address: a verified one of several, or the one first given."""
    owned = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True).select_related("user").first()
    return owned.user if owned else Person.objects.filter(email__iexact=email.strip()).first()


def make_link(
    person: Person, *, purpose: str, subject: Any, seat: Any = "", at: datetime, expires_at: datetime | None = None
) -> Link:
    """Give one person one link for one act. Making the same link again gives the one that is still open."""
    wanted = {"person": person, "purpose": purpose, "subject": address(subject), "seat": address(seat)}
    known = Link.objects.filter(**wanted, revoked_at=None, used_at=None, expires_at__gt=at).first()
    if known and (expires_at is None or known.expires_at == expires_at):
        return known
    life = SIGN_IN_LIFE if purpose == "sign_in" else LINK_LIFE
    return Link.objects.create(**wanted, created_at=at, expires_at=expires_at or at + life)


def use_link(link: Link, *, at: datetime) -> Link:
    """Use a link up. To be called inside the act it is for: two clicks at once do it once.

    Refused when  it was used, has expired, or was withdrawn.
    """
    with transaction.atomic():
        fresh = Link.objects.select_for_update().select_related("person").get(pk=link.pk)
        if fresh.revoked_at:
            raise LinkSpent(
                _("Ce lien a été retiré."), do=_("Demandez-en un nouveau à la personne qui vous l’a envoyé.")
            )
        if fresh.used_at:
            raise LinkSpent(_("Ce lien a déjà servi."), do=_("Connectez-vous pour revoir ou changer votre réponse."))
        if fresh.expires_at <= at:
            raise LinkSpent(
                _("Ce lien n’est plus valable."), do=_("Demandez-en un nouveau à la personne qui vous l’a envoyé.")
            )
        fresh.used_at = at
        fresh.save(update_fields=["used_at"])
    return fresh


def revoke_links(*, subject: Any, at: datetime, purpose: str = "") -> int:
    """Withdraw every link to a subject that has not been used."""
    links = Link.objects.filter(subject=address(subject), used_at=None, revoked_at=None)
    return (links.filter(purpose=purpose) if purpose else links).update(revoked_at=at)


def revoke_links_of_seat(seat: Any, *, at: datetime) -> int:
    """Withdraw every link that acts for a seat: whoever held it has left, or handed it over."""
    return Link.objects.filter(seat=address(seat), used_at=None, revoked_at=None).update(revoked_at=at)


def sign_in_by_link(link: Link, *, at: datetime) -> Person:
    """Sign somebody in from a link in a mail of theirs; the address is verified by that.

    Refused when  the link was used, has expired, or was withdrawn; the account is closed.
    Tells         people.person.signed_in.
    """
    with act("people.person.signed_in", book=INSTANCE, by=link.actor, at=at, on=link.person):
        fresh = use_link(link, at=at)
        if not fresh.person.is_active:
            raise LinkSpent(_("Ce compte est fermé."), do=_("Demandez de l’aide au numéro en bas de page."))
        EmailAddress.objects.filter(user=fresh.person, email__iexact=fresh.person.email).update(verified=True)
    return fresh.person


# --- Keys for programs ---


class NoUseChosen(Refusal):
    """A key that opens nothing."""


KEYS_AT_MOST = 20


class TooManyKeys(Refusal):
    """More keys than anyone can keep an eye on."""


def secret_digest(secret: str) -> str:
    """What is kept of a secret: enough to recognise it, not to find it again."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_key(
    company: str,
    book: str,
    *,
    name: str,
    scopes: Iterable[str],
    by: Actor,
    at: datetime,
    expires_at: datetime | None = None,
) -> tuple[AccessKey, str]:
    """Make a key for a program, or a secret address for a calendar; its secret is given here and never again.

    Shape         company: the address of the company, which the caller has checked that this person speaks for;
                  book: the book of that company.
    Allowed       who speaks for the company.
    Refused when  no use is chosen; the company has too many keys already.
    Tells         people.key.made: its uses, until when.
    """
    with act("people.key.made", book=book, by=by, at=at) as facts:
        wanted = [one for one in AccessKey.Scope.values if one in set(scopes)]
        if not wanted:
            raise NoUseChosen(_("Choisissez au moins une chose que cette clé permet."))
        if AccessKey.objects.filter(company=company, revoked_at=None).count() >= KEYS_AT_MOST:
            raise TooManyKeys(
                _("Votre entreprise a déjà beaucoup de clés."), do=_("Retirez celles qui ne servent plus.")
            )
        secret = "cordee_" + secrets.token_urlsafe(32)
        key = AccessKey.objects.create(
            person=by.person,
            company=company,
            name=name.strip(),
            scopes=wanted,
            digest=secret_digest(secret),
            made_at=at,
            expires_at=expires_at,
        )
        facts.on = address(key)
        facts |= {"scopes": ", ".join(wanted), "until": expires_at.date().isoformat() if expires_at else ""}
    return key, secret


def revoke_key(key: AccessKey, book: str, *, by: Actor, at: datetime) -> AccessKey:
    """Withdraw a key: whatever still carries it finds the door shut at once.

    Allowed  who speaks for the company, which the caller has checked; not only who made the key.
    Tells    people.key.revoked.
    """
    with act("people.key.revoked", book=book, by=by, at=at, on=key):
        fresh = AccessKey.objects.select_for_update().get(pk=key.pk)
        fresh.revoked_at = fresh.revoked_at or at
        fresh.save(update_fields=["revoked_at"])
    return fresh


def seconds_to_wait(key: AccessKey, *, most: int, at: datetime) -> int:
    """Count one call of a key; where its minute is full, how long until the next, in seconds, else 0.

    Counted in the database, in one statement, so that several workers count together.
    """
    minute, second = divmod(int(at.timestamp()), 60)
    mine = AccessKey.objects.filter(pk=key.pk)
    if mine.filter(minute=minute, calls__lt=most).update(calls=F("calls") + 1):
        return 0
    if mine.exclude(minute=minute).update(minute=minute, calls=1):
        return 0
    return 60 - second


def key_behind(secret: str, *, at: datetime) -> AccessKey | None:
    """The living key that this secret opens, noted as used to the hour; None for any other secret."""
    key = AccessKey.objects.select_related("person").filter(digest=secret_digest(secret), revoked_at=None).first()
    if key is None or not key.person.is_active or (key.expires_at is not None and key.expires_at <= at):
        return None
    if key.used_at is None or at - key.used_at > timedelta(hours=1):
        AccessKey.objects.filter(pk=key.pk).update(used_at=at)
    return key
