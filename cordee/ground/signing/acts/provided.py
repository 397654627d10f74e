"""A signature that an outside provider runs: handed over once, taken back signed or declined."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from cordee.engines import sealing
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import Refusal
from cordee.ground.register.acts import By, act, instant
from cordee.ground.signing.acts.ceremonies import CeremonyOver
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.ground.signing.reads import Answer, Asked, provider


class ProviderSilent(Refusal):
    """The provider does not answer, or gives back what is not sound."""


def hand_to_provider(ceremony: Ceremony, *, by: By, at: datetime) -> Ceremony:
    """Hand a text over to the outside provider that its ceremony names; from then on it is signed over there.

    Allowed       Cordée itself.
    Refused when  no provider is set, it does not answer, or the text was handed over already.
    Tells         signing.ceremony.handed_over: to which provider, under which reference.
    """
    theirs = provider()
    if theirs is None or ceremony.provider_ref or ceremony.state != Ceremony.State.OPEN:
        raise CeremonyOver(_("Ce texte n’attend pas un prestataire."))
    asked = [
        Asked(one.seat, one.person.name, one.person.email, one.company)
        for one in ceremony.signatories.select_related("person")
    ]
    try:
        text = ceremony.text.read()
        reference = theirs.send(title=ceremony.title, pdf=text, signatories=asked, until=ceremony.expires_at)
    except OSError as silent:
        raise ProviderSilent(_("Le prestataire ne répond pas."), do=_("Nous réessayons tout seuls.")) from silent
    with act("signing.ceremony.handed_over", book=ceremony.book, by=by, at=at, on=ceremony) as facts:
        if not Ceremony.objects.filter(pk=ceremony.pk, provider_ref="").update(provider_ref=reference[:120]):
            raise CeremonyOver(_("Ce texte est déjà chez le prestataire."))
        facts |= {"about": ceremony.subject, "provider": theirs.name, "reference": reference[:120]}
    ceremony.refresh_from_db()
    return ceremony


def take_from_provider(ceremony: Ceremony, answer: Answer, *, by: By, at: datetime) -> Ceremony:
    """Take back what the provider gives: the file that all signed, or the refusal of one of them.

    Allowed       Cordée itself.
    Refused when  the provider still waits, the file carries no sound signature, or it was taken back already.
    Tells         signing.ceremony.returned: signed or declined, digest of the file.
    """
    if answer.state == "waiting":
        raise CeremonyOver(_("La signature n’est pas terminée."))
    if answer.state == "signed" and any(one.holds is False for one in sealing.verify_pdf(answer.pdf).findings):
        raise ProviderSilent(_("Le fichier rendu par le prestataire ne porte pas de signature valable."))
    with act("signing.ceremony.returned", book=ceremony.book, by=by, at=at, on=ceremony) as facts:
        fresh = Ceremony.objects.select_for_update(of=("self",)).select_related("text__by").get(pk=ceremony.pk)
        if fresh.state != Ceremony.State.OPEN or not fresh.provider_ref:
            raise CeremonyOver(_("Ce document n’est plus à signer."))
        for one in fresh.signatories.select_related("person"):
            when = answer.answered.get(one.seat)
            if when is None:
                continue
            one.state, one.answered_at = Signatory.State.SIGNED, when
            one.save(update_fields=["state", "answered_at"])
            fresh.evidence = sealing.add_act(
                fresh.evidence,
                act="signed",
                person=str(one.person),
                company=one.company,
                siren=one.siren,
                capacity=one.capacity,
                at=when,
                seen=fresh.text.read(),
                identification=[{"means": "provider", "to": fresh.provider, "at": instant(when)}],
                consent=fresh.provider_ref,
            )
        if answer.state == "signed":
            upload = SimpleUploadedFile(f"{fresh.title} - signé.pdf", answer.pdf)
            fresh.sealed = keep(upload, book=fresh.book, by=fresh.text.by, at=at)
            fresh.sealed_at, fresh.state = at, Ceremony.State.SEALED
            facts["sealed"] = fresh.sealed.digest
        else:
            fresh.state = Ceremony.State.DECLINED
            fresh.signatories.filter(seat=answer.declined_by).update(
                state=Signatory.State.DECLINED, answered_at=at, reason=answer.reason[:300]
            )
        fresh.save(update_fields=["evidence", "sealed", "sealed_at", "state"])
        facts |= {"about": fresh.subject, "state": str(fresh.state), "provider": fresh.provider}
    return fresh
