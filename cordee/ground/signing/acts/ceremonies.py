"""A text sent to be signed, withdrawn, reminded, sealed. The room whose text it is says who has the power to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines import sealing
from cordee.engines.calendar import is_business_day
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.acts import make_link, revoke_links
from cordee.ground.people.models import Actor, Link, Person
from cordee.ground.register.acts import By, act, address
from cordee.ground.signing.keys import authority, clock
from cordee.ground.signing.models import Ceremony, Recipient, Signatory
from cordee.ground.signing.reads import their_turn, written_on

COPY_LIFE = timedelta(days=365)
FROM_HOUR, TO_HOUR = 8, 19
"""Nobody is reminded at somebody's request at night."""


class CeremonyOver(Refusal):
    """Nothing can be signed here any more."""


class NotNow(Refusal):
    """One does not write to people at any hour, nor twice a day."""


class TimeNotStamped(Refusal):
    """The outside clock did not answer: the seal waits for it."""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who is called to sign, for which company, by what power; in which turn and until when, if it matters."""

    person: Person
    seat: str
    company: str
    siren: str
    capacity: str
    rank: int = 1
    until: datetime | None = None


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
    in_order: bool = False,
    copies: Sequence[tuple[Person, str]] = (),
    provider: str = "",
) -> Ceremony:
    """Send a text to be signed; from now on it cannot change.

    Allowed       the room whose text it is decides.
    Refused when  nobody is called; a shared mailbox is called to sign; a deadline is already past.
    Tells         signing.ceremony.opened: digest of the file, how many sign, how many only receive it.
    """
    if not called:
        raise Refusal(_("Personne n’est appelé à signer."))
    shared = [one.person for one in called if one.person.shared_mailbox]
    if shared:
        raise Refusal(
            _("%(email)s est une boîte partagée : elle ne peut pas signer.") % {"email": shared[0].email},
            do=_("Indiquez l’adresse personnelle du représentant."),
        )
    if any((one.until or expires_at) <= at for one in called):
        raise Refusal(_("Le délai pour signer est déjà passé."), do=_("Choisissez un jour à venir."))
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
            expires_at=max(one.until or expires_at for one in called),
            in_order=in_order,
            provider=provider[:40],
        )
        Signatory.objects.bulk_create(
            Signatory(
                ceremony=ceremony,
                person=one.person,
                seat=one.seat,
                company=one.company,
                siren=one.siren,
                capacity=one.capacity,
                rank=one.rank if in_order else 1,
                expires_at=one.until or expires_at,
            )
            for one in called
        )
        Recipient.objects.bulk_create(
            [Recipient(ceremony=ceremony, person=person, why=why[:80]) for person, why in copies], ignore_conflicts=True
        )
        facts.on = address(ceremony)
        facts |= {"about": subject, "text": text.digest, "fingerprint": fingerprint, "signatories": len(called)}
        facts["copies"] = len(copies)
    return ceremony


def link_of(signatory: Signatory, *, at: datetime) -> Link:
    """The link by which this person signs."""
    return make_link(
        signatory.person,
        purpose="signature",
        subject=signatory,
        seat=signatory.seat,
        at=at,
        expires_at=signatory.until,
    )


def copy_link(recipient: Recipient, *, at: datetime) -> Link:
    """The link by which somebody who does not sign receives the sealed file."""
    return make_link(recipient.person, purpose="signed_copy", subject=recipient, at=at, expires_at=at + COPY_LIFE)


def move_deadline(ceremony: Ceremony, *, seat: str = "", until: datetime, by: By, at: datetime) -> Ceremony:
    """Leave more time, to one who has not signed yet (`seat`) or to all of them; they get a new link.

    Allowed       the room whose text it is decides.
    Refused when  nothing is being signed, or the new moment is past.
    Tells         signing.deadline.moved: for how many.
    """
    with act("signing.deadline.moved", book=ceremony.book, by=by, at=at, on=ceremony) as facts:
        fresh = Ceremony.objects.select_for_update().get(pk=ceremony.pk)
        if fresh.state != Ceremony.State.OPEN:
            raise CeremonyOver(_("Ce document n’est plus à signer."))
        if until <= at:
            raise Refusal(_("Ce moment est déjà passé."), do=_("Choisissez un jour à venir."))
        waiting = fresh.signatories.filter(state=Signatory.State.WAITING)
        waiting = waiting.filter(seat=seat) if seat else waiting
        for one in waiting:
            revoke_links(subject=one, purpose="signature", at=at)
        facts |= {"about": fresh.subject, "signatories": waiting.update(expires_at=until, reminded=0)}
        fresh.expires_at = max(one.until for one in fresh.signatories.select_related("ceremony"))
        fresh.save(update_fields=["expires_at"])
    return fresh


def note_reminder(signatory: Signatory, *, count: int, by: By, at: datetime) -> Signatory:
    """Note that somebody who has not signed is reminded for the `count`-th time; the letter follows from the register.

    Allowed       Cordée itself.
    Refused when  this reminder was noted already, or this person has answered.
    Tells         signing.signatory.reminded.
    """
    with act("signing.signatory.reminded", book=signatory.ceremony.book, by=by, at=at, on=signatory) as facts:
        here = Signatory.objects.filter(pk=signatory.pk, state=Signatory.State.WAITING, ceremony__state="open")
        if not here.filter(reminded__lt=count).update(reminded=count, reminded_at=at):
            raise CeremonyOver(_("Ce rappel est déjà parti, ou la réponse est donnée."))
        facts["about"] = signatory.ceremony.subject
    return signatory


def remind_now(ceremony: Ceremony, *, by: By, at: datetime) -> list[Signatory]:
    """Remind, at somebody's request, those who may sign now and have not: on working days, once a day at most.

    Allowed       the room whose text it is decides.
    Refused when  nothing is being signed, or at an outside provider; it is no working day, or night; everybody whose
                  turn it is was written to today already.
    Tells         signing.ceremony.chased: how many.
    """
    with act("signing.ceremony.chased", book=ceremony.book, by=by, at=at, on=ceremony) as facts:
        fresh = Ceremony.objects.select_for_update().get(pk=ceremony.pk)
        if fresh.state != Ceremony.State.OPEN or fresh.provider:
            raise CeremonyOver(_("Ce document n’est plus à signer ici."))
        here = localtime(at)
        if not is_business_day(here.date()) or not FROM_HOUR <= here.hour < TO_HOUR:
            raise NotNow(
                _("On ne relance ni la nuit, ni le week-end, ni un jour férié."),
                do=_("Relancez un jour ouvré, entre %(start)s h et %(end)s h.") % {"start": FROM_HOUR, "end": TO_HOUR},
            )
        due = [one for one in their_turn(fresh, at=at) if written_on(fresh, one) < here.date()]
        if not due:
            raise NotNow(
                _("Chacun a déjà reçu un mail aujourd’hui, ou a répondu."), do=_("Relancez demain, si besoin.")
            )
        Signatory.objects.filter(pk__in=[one.pk for one in due]).update(reminded_at=at)
        facts |= {"about": fresh.subject, "signatories": len(due)}
    return due


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
        withdraw_links(fresh, at=at)
        facts["about"] = fresh.subject
    return fresh


def seal_ceremony(ceremony: Ceremony, *, by: By, at: datetime) -> Ceremony:
    """Attach the evidence to the text that everybody signed, and seal the file.

    The seal is set before the book is locked: an outside clock may take its time, and nothing signed changes any more.

    Allowed       Cordée itself, once all have signed.
    Refused when  somebody has not signed, it is sealed already, or the outside clock does not answer.
    Tells         signing.ceremony.sealed: digests of the text and of the sealed file, key of the seal.
    """
    signed = Ceremony.objects.select_related("text__by").get(pk=ceremony.pk)
    if signed.state != Ceremony.State.SIGNED:
        raise CeremonyOver(_("Ce texte n’attend pas son scellé."))
    sealed = sealed_bytes(
        signed.text.read(), title=signed.title, evidence=sealing.evidence_bytes(signed.evidence), at=at
    )
    with act("signing.ceremony.sealed", book=ceremony.book, by=by, at=at, on=ceremony) as facts:
        fresh = Ceremony.objects.select_for_update(of=("self",)).select_related("text__by").get(pk=ceremony.pk)
        if fresh.state != Ceremony.State.SIGNED or fresh.evidence != signed.evidence:
            raise CeremonyOver(_("Ce texte n’attend pas son scellé."))
        upload = SimpleUploadedFile(f"{fresh.title} - signé.pdf", sealed)
        fresh.sealed = keep(upload, book=fresh.book, by=fresh.text.by, at=at)
        fresh.sealed_at, fresh.state = at, Ceremony.State.SEALED
        fresh.save(update_fields=["sealed", "sealed_at", "state"])
        facts |= {
            "about": fresh.subject,
            "text": fresh.text.digest,
            "sealed": fresh.sealed.digest,
            "key": sealing.key_id(authority(at=at).seal.certificate),
        }
    return fresh


def sealed_bytes(pdf: bytes, *, title: str, evidence: bytes, at: datetime) -> bytes:
    """A PDF with its evidence, under the seal of this installation and the time of its clock."""
    ours = authority(at=at)
    try:
        return sealing.seal_pdf(
            pdf,
            key=ours.seal.key,
            certificate=ours.seal.certificate,
            chain=[ours.root],
            clock=clock(at=at),
            at=at,
            reason=title,
            name="Cordée",
            evidence=evidence,
        )
    except OSError as silent:
        raise TimeNotStamped(
            _("L’horloge extérieure ne répond pas : le scellé attend."),
            do=_("Rien n’est perdu : nous réessayons tout seuls."),
        ) from silent


def withdraw_links(ceremony: Ceremony, *, at: datetime) -> None:
    """Withdraw every link by which this text could still be signed."""
    for signatory in ceremony.signatories.all():
        revoke_links(subject=signatory, purpose="signature", at=at)
