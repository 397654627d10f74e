"""What each who is called does: receive a code, sign, decline, hand over to whoever has the power."""

import hmac
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cordee.engines import sealing
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.acts import revoke_links, use_link
from cordee.ground.people.models import Link
from cordee.ground.register.acts import act, address, instant
from cordee.ground.register.models import Entry
from cordee.ground.signing.acts.ceremonies import CeremonyOver, withdraw_links
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.ground.signing.reads import CODE_TRIES, code_for, code_is_fresh, powers_for, sms_offered

CODES_AN_HOUR, CODES_IN_ALL = 5, 20
"""With five tries for each, a code is guessed once in ten thousand ceremonies at most."""


class WrongCode(Refusal):
    """The code is not the one that was sent, or it is too old."""


class TooManyCodes(Refusal):
    """Enough codes were sent to this person for this text."""


class AlreadyAnswered(Refusal):
    """This person has signed or declined."""


class NotYourTurn(Refusal):
    """One signs in an order, and somebody before has not signed yet."""


class NoPowerLeft(NotAllowed):
    """This person may not, or may no longer, commit the company."""


class TextChanged(Refusal):
    """The file is no longer the one that was sent: nobody signs it."""


def send_code(link: Link, *, means: str = "email", at: datetime) -> Signatory:
    """Send a code to the address or the telephone of the signatory, to be sure that it is theirs.

    Allowed       whoever holds the link.
    Refused when  the ceremony is over, this person has answered, the link was withdrawn, or too many codes were sent:
                  whoever holds a forwarded link must be able neither to guess a code nor to fill a mailbox.
    Tells         signing.code.sent: by which means, without the code.
    """
    signatory = _of(link)
    with act("signing.code.sent", book=signatory.ceremony.book, by=link.actor, at=at, on=signatory) as facts:
        _ceremony, fresh = _waiting(signatory, at=at)
        _still_open(link, at=at)
        _not_too_many(fresh, at=at)
        fresh.code_at, fresh.code_tries = at, 0
        fresh.code_by = "sms" if means == "sms" and sms_offered(fresh) else "email"
        fresh.save(update_fields=["code_at", "code_tries", "code_by"])
        facts |= {"about": fresh.ceremony.subject, "means": fresh.code_by}
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


def sign(link: Link, *, code: str, consent: str, at: datetime, where: str = "") -> Signatory:
    """Sign, with the code received and the words one agrees to. `where`: the network address it came from.

    Allowed       the person called, holding their link and their code, and still the power to commit the company.
    Refused when  the code is wrong; the ceremony is over or expired; this person has answered; the link was used; it
                  is not their turn; they lost their power; the file is no longer the one that was sent.
    Tells         signing.signature.given: digest of what was seen, means of identification.
    """
    signatory = _of(link)
    try_code(signatory, code, at=at)
    with act("signing.signature.given", book=signatory.ceremony.book, by=link.actor, at=at, on=signatory) as facts:
        ceremony, fresh = _waiting(signatory, at=at)
        if all(power.person != fresh.person for power in powers_for(fresh, at=at)):
            raise NoPowerLeft(
                _("Vous n’avez plus le pouvoir de signer pour %(company)s.") % {"company": fresh.company},
                do=_("Transmettez à la personne qui a ce pouvoir, ou faites enregistrer une délégation écrite."),
            )
        use_link(link, at=at)
        fresh.state, fresh.answered_at = Signatory.State.SIGNED, at
        fresh.save(update_fields=["state", "answered_at"])
        ceremony.evidence = _with_act(ceremony, fresh, "signed", link, consent, where, at)
        if not ceremony.signatories.exclude(state=Signatory.State.SIGNED).exists():
            ceremony.state = Ceremony.State.SIGNED
        ceremony.save(update_fields=["evidence", "state"])
        facts |= {
            "about": ceremony.subject,
            "text": ceremony.text.digest,
            "means": "link+code" if fresh.code_by == "email" else "link+sms",
            "all": ceremony.state == "signed",
        }
    return fresh


def decline(link: Link, *, code: str, reason: str, at: datetime, where: str = "") -> Signatory:
    """Decline to sign, with a reason; the ceremony stops and everybody is told. A refusal asks the code too.

    Allowed       the person called, holding their link and their code.
    Refused when  the code is wrong, the ceremony is over, this person has answered, or it is not their turn.
    Tells         signing.signature.declined.
    """
    signatory = _of(link)
    try_code(signatory, code, at=at)
    with act("signing.signature.declined", book=signatory.ceremony.book, by=link.actor, at=at, on=signatory) as facts:
        ceremony, fresh = _waiting(signatory, at=at)
        use_link(link, at=at)
        fresh.state, fresh.answered_at, fresh.reason = Signatory.State.DECLINED, at, reason[:300]
        fresh.save(update_fields=["state", "answered_at", "reason"])
        ceremony.state = Ceremony.State.DECLINED
        ceremony.evidence = _with_act(ceremony, fresh, "declined", link, fresh.reason, where, at)
        ceremony.save(update_fields=["state", "evidence"])
        withdraw_links(ceremony, at=at)
        facts["about"] = ceremony.subject
    return fresh


def forward(link: Link, *, to: str, at: datetime) -> Signatory:
    """Hand the signature over to another person of the company, who receives a link of their own.

    Allowed       the person called, holding their link.
    Refused when  the other one has no power to sign for this company (neither representative nor written delegation),
                  is a shared mailbox, the ceremony is over, or this person has answered.
    Tells         signing.signature.forwarded.
    """
    signatory = _of(link)
    with act("signing.signature.forwarded", book=signatory.ceremony.book, by=link.actor, at=at, on=signatory) as facts:
        ceremony, fresh = _waiting(signatory, at=at)
        _still_open(link, at=at)
        power = next((one for one in powers_for(fresh, at=at) if one.person.public_id == to), None)
        if power is None or power.person == fresh.person or power.person.shared_mailbox:
            raise NoPowerLeft(
                _("Cette personne n’a pas le pouvoir de signer pour %(company)s.") % {"company": fresh.company},
                do=_("Choisissez un représentant, ou faites d’abord enregistrer une délégation écrite."),
            )
        revoke_links(subject=fresh, purpose="signature", at=at)
        fresh.forwarded_by, fresh.person, fresh.capacity = fresh.person, power.person, power.capacity[:80]
        fresh.code_at, fresh.code_tries = None, 0
        fresh.save(update_fields=["forwarded_by", "person", "capacity", "code_at", "code_tries"])
        facts |= {"about": ceremony.subject, "to": power.person.pseudonym}
    return fresh


def _with_act(
    ceremony: Ceremony, signatory: Signatory, what: str, link: Link, words: str, where: str, at: datetime
) -> dict[str, object]:
    """The evidence with one act more: who, for whom, by what power, what they saw, how they were known."""
    to = _veiled(signatory.person.email)
    code_to = to if signatory.code_by == "email" else _last_digits(signatory.person.phone)
    means = [
        {"means": "signed_link", "to": to, "at": instant(link.created_at)},
        {"means": f"{signatory.code_by}_code", "to": code_to, "at": instant(signatory.code_at or at)},
    ]
    if where:
        means.append({"means": "network_address", "to": where, "at": instant(at)})
    return sealing.add_act(
        ceremony.evidence,
        act=what,
        person=str(signatory.person),
        company=signatory.company,
        siren=signatory.siren,
        capacity=signatory.capacity,
        at=at,
        seen=ceremony.text.read(),
        identification=means,
        consent=words,
    )


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
    fresh = ceremony.signatories.select_related("person", "ceremony").get(pk=signatory.pk)
    if fresh.state != Signatory.State.WAITING:
        raise AlreadyAnswered(_("Vous avez déjà répondu."), do=_("Le document est dans « Engagements »."))
    if ceremony.state != Ceremony.State.OPEN:
        raise CeremonyOver(_("Ce document n’est plus à signer."), do=_("Demandez à la personne qui l’a envoyé."))
    if fresh.until <= at:
        raise CeremonyOver(_("Le délai pour signer est passé."), do=_("Demandez un nouvel envoi."))
    before = ceremony.signatories.filter(rank__lt=fresh.rank, state=Signatory.State.WAITING).first()
    if before is not None:
        raise NotYourTurn(
            _("Ce n’est pas encore à vous : %(company)s signe d’abord.") % {"company": before.company},
            do=_("Vous recevrez un mail quand ce sera votre tour."),
        )
    if sealing.digest(ceremony.text.read()) != ceremony.evidence["document"]["sha256"]:
        raise TextChanged(
            _("Le fichier n’est plus celui qui a été envoyé : personne ne peut le signer."),
            do=_("Prévenez la personne qui l’a envoyé ; elle le reprend et l’envoie de nouveau."),
        )
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


def _veiled(email: str) -> str:
    """An address that its owner recognises and a reader of the evidence does not learn: « a…@charpentes.example »."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def _last_digits(phone: str) -> str:
    return "… " + "".join(sign for sign in phone if sign.isdigit())[-2:]
