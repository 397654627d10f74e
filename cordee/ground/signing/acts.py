"""The ceremony: sent, code, signed or declined, sealed. The room whose text it is says who has the power to sign."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cordee.engines import sealing
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.acts import make_link, revoke_links, use_link
from cordee.ground.people.models import Actor, Link, Person
from cordee.ground.register.acts import By, act, address, instant
from cordee.ground.register.models import Entry
from cordee.ground.signing.keys import authority
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.ground.signing.reads import CODE_TRIES, code_for, code_is_fresh

CODES_AN_HOUR, CODES_IN_ALL = 5, 20
"""With five tries for each, a code is guessed once in ten thousand ceremonies at most."""


class CeremonyOver(Refusal):
    """Nothing can be signed here any more."""


class WrongCode(Refusal):
    """The code is not the one that was sent, or it is too old."""


class TooManyCodes(Refusal):
    """Enough codes were sent to this person for this text."""


class AlreadyAnswered(Refusal):
    """This person has signed or declined."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who is called to sign, for which company, and by what power."""

    person: Person
    seat: str
    company: str
    siren: str
    capacity: str


def open_ceremony(
    *,
    book: str,
    subject: str,
    title: str,
    pdf: bytes,
    fingerprint: str,
    called: Sequence[Called],
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> Ceremony:
    """Send a text to be signed; from now on it cannot change.

    Allowed       the room whose text it is decides.
    Refused when  nobody is called; a shared mailbox is called to sign.
    Tells         signing.ceremony.opened: digest of the file, how many sign.
    """
    if not called:
        raise Refusal(_("Personne n’est appelé à signer."))
    shared = [one.person for one in called if one.person.shared_mailbox]
    if shared:
        raise Refusal(
            _("%(email)s est une boîte partagée : elle ne peut pas signer.") % {"email": shared[0].email},
            do=_("Indiquez l’adresse personnelle du représentant."),
        )
    with act("signing.ceremony.opened", book=book, by=by, at=at) as facts:
        text = keep(SimpleUploadedFile(f"{title}.pdf", pdf), book=book, by=by.person, at=at)
        ceremony = Ceremony.objects.create(
            book=book,
            subject=subject,
            title=title,
            text=text,
            fingerprint=fingerprint,
            evidence=sealing.open_evidence(title=title, fingerprint=fingerprint, pdf=pdf),
            opened_at=at,
            expires_at=expires_at,
        )
        Signatory.objects.bulk_create(
            [
                Signatory(
                    ceremony=ceremony,
                    person=one.person,
                    seat=one.seat,
                    company=one.company,
                    siren=one.siren,
                    capacity=one.capacity,
                )
                for one in called
            ]
        )
        facts.on = address(ceremony)
        facts |= {"about": subject, "text": text.digest, "fingerprint": fingerprint, "signatories": len(called)}
    return ceremony


def link_of(signatory: Signatory, *, at: datetime) -> Link:
    """The link by which this person signs."""
    return make_link(
        signatory.person,
        purpose="signature",
        subject=signatory,
        seat=signatory.seat,
        at=at,
        expires_at=signatory.ceremony.expires_at,
    )


def send_code(link: Link, *, at: datetime) -> Signatory:
    """Send a code to the address of the signatory, to be sure that it is theirs.

    Allowed       whoever holds the link.
    Refused when  the ceremony is over, this person has answered, the link was withdrawn, or too many codes were sent:
                  whoever holds a forwarded link must be able neither to guess a code nor to fill a mailbox.
    Tells         signing.code.sent, without the code.
    """
    signatory = _of(link)
    with act("signing.code.sent", book=signatory.ceremony.book, by=link.actor, at=at, on=signatory) as facts:
        _ceremony, fresh = _waiting(signatory, at=at)
        _still_open(link, at=at)
        _not_too_many(fresh, at=at)
        fresh.code_at, fresh.code_tries = at, 0
        fresh.save(update_fields=["code_at", "code_tries"])
        facts["about"] = fresh.ceremony.subject
    return fresh


def try_code(signatory: Signatory, code: str, *, at: datetime) -> None:
    """Count one try at the code, kept even when what follows is refused; the fifth wrong one closes the code.

    Refused when  the code is wrong, too old, or was tried too often.
    """
    with transaction.atomic():  # one try after the other: many at once count as many
        fresh = Signatory.objects.select_for_update().get(pk=signatory.pk)
        if not code_is_fresh(fresh, at=at):
            raise WrongCode(_("Ce code n’est plus valable."), do=_("Demandez un nouveau code."))
        wrong = not hmac.compare_digest(code_for(fresh).encode(), "".join(code.split()).encode())
        if wrong:
            fresh.code_tries += 1
            fresh.save(update_fields=["code_tries"])
    if wrong:
        left = CODE_TRIES - fresh.code_tries
        raise WrongCode(
            _("Ce n’est pas le code que nous vous avons envoyé."),
            do=_("Vérifiez les six chiffres (encore %(left)s essais).") % {"left": left}
            if left
            else _("Demandez un nouveau code."),
        )


def sign(link: Link, *, code: str, consent: str, at: datetime) -> Signatory:
    """Sign, with the code received by e-mail and the words one agrees to.

    Allowed       the person called, holding their link and their code.
    Refused when  the code is wrong; the ceremony is over or expired; this person has answered; the link was used.
    Tells         signing.signature.given: digest of what was seen, means of identification.
    """
    signatory = _of(link)
    try_code(signatory, code, at=at)
    with act("signing.signature.given", book=signatory.ceremony.book, by=link.actor, at=at, on=signatory) as facts:
        ceremony, fresh = _waiting(signatory, at=at)
        use_link(link, at=at)
        fresh.state, fresh.answered_at = Signatory.State.SIGNED, at
        fresh.save(update_fields=["state", "answered_at"])
        ceremony.evidence = sealing.add_act(
            ceremony.evidence,
            act="signed",
            person=str(fresh.person),
            company=fresh.company,
            siren=fresh.siren,
            capacity=fresh.capacity,
            at=at,
            seen=ceremony.text.read(),
            identification=[
                {"means": "signed_link", "to": _veiled(fresh.person.email), "at": instant(link.created_at)},
                {"means": "email_code", "to": _veiled(fresh.person.email), "at": instant(fresh.code_at or at)},
            ],
            consent=consent,
        )
        if not ceremony.signatories.exclude(state=Signatory.State.SIGNED).exists():
            ceremony.state = Ceremony.State.SIGNED
        ceremony.save(update_fields=["evidence", "state"])
        facts |= {
            "about": ceremony.subject,
            "text": ceremony.text.digest,
            "means": "link+code",
            "all": ceremony.state == "signed",
        }
    return fresh


def decline(link: Link, *, reason: str, at: datetime) -> Signatory:
    """Decline to sign, with a reason; the ceremony stops and everybody is told.

    Allowed       the person called, holding their link.
    Refused when  the ceremony is over, or this person has answered.
    Tells         signing.signature.declined.
    """
    signatory = _of(link)
    with act("signing.signature.declined", book=signatory.ceremony.book, by=link.actor, at=at, on=signatory) as facts:
        ceremony, fresh = _waiting(signatory, at=at)
        use_link(link, at=at)
        fresh.state, fresh.answered_at, fresh.reason = Signatory.State.DECLINED, at, reason[:300]
        fresh.save(update_fields=["state", "answered_at", "reason"])
        ceremony.state = Ceremony.State.DECLINED
        ceremony.save(update_fields=["state"])
        _withdraw_links(ceremony, at=at)
        facts["about"] = ceremony.subject
    return fresh


def cancel_ceremony(ceremony: Ceremony, *, by: By, at: datetime) -> Ceremony:
    """Withdraw a text from signature, to correct it; what was signed stays in the register.

    Allowed       the room whose text it is decides.
    Refused when  everybody has signed.
    Tells         signing.ceremony.cancelled.
    """
    with act("signing.ceremony.cancelled", book=ceremony.book, by=by, at=at, on=ceremony) as facts:
        fresh = Ceremony.objects.select_for_update().get(pk=ceremony.pk)
        if fresh.state not in (Ceremony.State.OPEN, Ceremony.State.DECLINED):
            raise CeremonyOver(_("Ce texte est signé par tous : il ne se retire plus."))
        fresh.state = Ceremony.State.CANCELLED
        fresh.save(update_fields=["state"])
        _withdraw_links(fresh, at=at)
        facts["about"] = fresh.subject
    return fresh


def seal_ceremony(ceremony: Ceremony, *, by: By, at: datetime) -> Ceremony:
    """Attach the evidence to the text that everybody signed, and seal the file.

    Allowed       Cordée itself, once all have signed.
    Refused when  somebody has not signed, or it is sealed already.
    Tells         signing.ceremony.sealed: digests of the text and of the sealed file, key of the seal.
    """
    with act("signing.ceremony.sealed", book=ceremony.book, by=by, at=at, on=ceremony) as facts:
        fresh = Ceremony.objects.select_for_update(of=("self",)).select_related("text__by").get(pk=ceremony.pk)
        if fresh.state != Ceremony.State.SIGNED:
            raise CeremonyOver(_("Ce texte n’attend pas son scellé."))
        ours = authority(at=at)
        sealed = sealing.seal_pdf(
            fresh.text.read(),
            key=ours.seal.key,
            certificate=ours.seal.certificate,
            chain=[ours.root],
            clock=ours.clock,
            at=at,
            reason=fresh.title,
            name="Cordée",
            evidence=sealing.evidence_bytes(fresh.evidence),
        )
        upload = SimpleUploadedFile(f"{fresh.title} - signé.pdf", sealed)
        fresh.sealed = keep(upload, book=fresh.book, by=fresh.text.by, at=at)
        fresh.sealed_at, fresh.state = at, Ceremony.State.SEALED
        fresh.save(update_fields=["sealed", "sealed_at", "state"])
        facts |= {
            "about": fresh.subject,
            "text": fresh.text.digest,
            "sealed": fresh.sealed.digest,
            "key": sealing.key_id(ours.seal.certificate),
        }
    return fresh


def _of(link: Link) -> Signatory:
    found = Signatory.objects.select_related("ceremony__text", "person").filter(
        public_id=link.subject.rpartition("/")[2], person=link.person
    )
    if link.purpose != "signature" or not found:
        raise NotAllowed(_("Ce lien n’est pas fait pour signer."))
    return found[0]


def _waiting(signatory: Signatory, *, at: datetime) -> tuple[Ceremony, Signatory]:
    """Re-read the ceremony and the signatory inside the lock, and refuse what is over."""
    ceremony = Ceremony.objects.select_for_update(of=("self",)).select_related("text").get(pk=signatory.ceremony_id)
    fresh = ceremony.signatories.select_related("person").get(pk=signatory.pk)
    if fresh.state != Signatory.State.WAITING:
        raise AlreadyAnswered(_("Vous avez déjà répondu."), do=_("Le document est dans « Engagements »."))
    if ceremony.state != Ceremony.State.OPEN:
        raise CeremonyOver(_("Ce document n’est plus à signer."), do=_("Demandez à la personne qui l’a envoyé."))
    if ceremony.expires_at <= at:
        raise CeremonyOver(_("Le délai pour signer est passé."), do=_("Demandez un nouvel envoi."))
    return ceremony, fresh


def _still_open(link: Link, *, at: datetime) -> None:
    fresh = Link.objects.get(pk=link.pk)
    if fresh.revoked_at or fresh.used_at or fresh.expires_at <= at:
        raise CeremonyOver(
            _("Ce lien ne permet plus de signer."), do=_("Demandez à la personne qui a envoyé le document.")
        )


def _not_too_many(signatory: Signatory, *, at: datetime) -> None:
    sent = Entry.objects.about(address(signatory)).filter(act="signing.code.sent")
    if sent.filter(at__gt=instant(at - timedelta(hours=1))).count() >= CODES_AN_HOUR or sent.count() >= CODES_IN_ALL:
        raise TooManyCodes(
            _("Trop de codes ont été demandés pour cette signature."),
            why=_("Nous protégeons ainsi la signature contre qui essaierait de deviner un code."),
            do=_("Tapez le dernier code reçu, attendez une heure, ou demandez un nouvel envoi du document."),
        )


def _withdraw_links(ceremony: Ceremony, *, at: datetime) -> None:
    for signatory in ceremony.signatories.all():
        revoke_links(subject=signatory, purpose="signature", at=at)


def _veiled(email: str) -> str:
    """An address that its owner recognises and a reader of the evidence does not learn: « a…@charpentes.example »."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"
