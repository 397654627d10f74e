"""Letters about signing, and sealing what all have signed."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.templatetags.cordee import deadline
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Clockwork
from cordee.ground.people.reads import link_address
from cordee.ground.register.models import Entry
from cordee.ground.signing.acts import link_of, seal_ceremony
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.ground.signing.reads import code_for


def _ceremony(entry: Entry) -> Ceremony:
    return Ceremony.objects.get(public_id=entry.subject.rpartition("/")[2])


def _why(signatory: Signatory) -> str:
    return _("Vous recevez ce message car vous représentez %(company)s.") % {"company": signatory.company}


def tell_opening(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each who is called: read and sign, from a link of their own."""
    ceremony = _ceremony(entry)
    if ceremony.state != Ceremony.State.OPEN or ceremony.expires_at <= at:
        return
    for signatory in ceremony.signatories.select_related("person", "ceremony").filter(state=Signatory.State.WAITING):
        with translation.override(signatory.person.language):
            until = deadline(ceremony.expires_at, at)
            yield Draft(
                to=signatory.person,
                kind=f"signing.call.{signatory.public_id}",
                subject=_("À signer avant %(until)s : %(title)s") % {"until": until, "title": ceremony.title},
                lines=(_("Le texte est prêt. Lisez-le, puis signez depuis votre téléphone en deux minutes."),),
                figures=((_("Vous signez pour"), signatory.company), (_("En tant que"), signatory.capacity)),
                button=_("Lire et signer"),
                url=link_address(link_of(signatory, at=at), "signing:sign"),
                why=_why(signatory),
            )


def tell_code(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The code, to its owner only."""
    signatory = Signatory.objects.select_related("person", "ceremony").get(public_id=entry.subject.rpartition("/")[2])
    if signatory.code_at is None or signatory.state != Signatory.State.WAITING:
        return
    with translation.override(signatory.person.language):
        code = code_for(signatory)
        yield Draft(
            to=signatory.person,
            kind="signing.code",
            subject=_("%(code)s : votre code pour signer") % {"code": f"{code[:3]} {code[3:]}"},
            lines=(
                _("Pour signer « %(title)s », tapez ce code dans les 15 minutes.")
                % {"title": signatory.ceremony.title},
                _("Si vous n’avez rien demandé, ne faites rien : sans ce code, personne ne signe à votre place."),
            ),
            figures=((_("Votre code"), f"{code[:3]} {code[3:]}"),),
            why=_why(signatory),
        )


def tell_sealed(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To everybody: signed by all, sealed, to keep."""
    for signatory in _ceremony(entry).signatories.select_related("person", "ceremony"):
        with translation.override(signatory.person.language):
            yield Draft(
                to=signatory.person,
                kind=f"signing.sealed.{signatory.public_id}",
                subject=_("Signé par tous : %(title)s") % {"title": signatory.ceremony.title},
                lines=(
                    _("Tous ont signé. Le document est scellé : gardez-le, chacun peut vérifier qu’il n’a pas changé."),
                ),
                why=_why(signatory),
            )


def tell_declined(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To everybody: one declined, with the reason, so that they can talk."""
    declined = Signatory.objects.select_related("ceremony").get(public_id=entry.subject.rpartition("/")[2])
    for signatory in declined.ceremony.signatories.select_related("person", "ceremony").exclude(pk=declined.pk):
        with translation.override(signatory.person.language):
            words = {"company": declined.company, "title": declined.ceremony.title}
            yield Draft(
                to=signatory.person,
                kind=f"signing.declined.{signatory.public_id}",
                subject=_("%(company)s n’a pas signé : %(title)s") % words,
                lines=(
                    _("La signature est arrêtée. Raison donnée : %(reason)s")
                    % {"reason": declined.reason or _("aucune")},
                    _("Parlez-en ensemble ; le texte peut être corrigé et envoyé de nouveau."),
                ),
                why=_why(signatory),
            )


LETTERS: dict[str, Teller] = {
    "signing.ceremony.opened": tell_opening,
    "signing.code.sent": tell_code,
    "signing.ceremony.sealed": tell_sealed,
    "signing.signature.declined": tell_declined,
}


def seal_due(*, at: datetime) -> int:
    """Seal every text that all have signed: usually done at the last signature, here for the stragglers."""
    due = list(Ceremony.objects.filter(state=Ceremony.State.SIGNED))
    return each_apart(due, lambda ceremony: seal_ceremony(ceremony, by=Clockwork(), at=at))
