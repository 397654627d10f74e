"""Letters and SMS about signing, reminders, and sealing what all have signed."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.calendar import is_business_day, reminder_moments
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.templatetags.cordee import deadline
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Clockwork
from cordee.ground.people.reads import link_address
from cordee.ground.register.models import Entry, instant
from cordee.ground.signing.acts import (
    copy_link,
    hand_to_provider,
    link_of,
    note_reminder,
    seal_ceremony,
    take_from_provider,
)
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.ground.signing.reads import code_for, provider, their_turn, written_on

log = logging.getLogger(__name__)


def _ceremony(entry: Entry) -> Ceremony:
    return Ceremony.objects.get(public_id=entry.subject.rpartition("/")[2])


def _why(signatory: Signatory) -> str:
    if signatory.is_outside:
        return _("Vous recevez ce message car votre signature est attendue sur ce document.")
    return _("Vous recevez ce message car vous représentez %(company)s.") % {"company": signatory.company}


def _signatory(entry: Entry) -> Signatory:
    found = Signatory.objects.select_related("person", "ceremony", "forwarded_by")
    return found.get(public_id=entry.subject.rpartition("/")[2])


def _call(signatory: Signatory, kind: str, line: str, at: datetime) -> Draft:
    """Read and sign, from a link of one's own. In the language that is active."""
    ceremony = signatory.ceremony
    until = deadline(signatory.until, at)
    return Draft(
        to=signatory.person,
        kind=f"signing.{kind}.{signatory.public_id}",
        subject=_("À signer avant %(until)s : %(title)s") % {"until": until, "title": ceremony.title},
        lines=(line,),
        figures=((_("Vous signez pour"), signatory.company), (_("En tant que"), signatory.capacity)),
        button=_("Lire et signer"),
        url=link_address(link_of(signatory, at=at), "signing:sign"),
        why=_why(signatory),
    )


def tell_opening(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each whose turn it is: read and sign, from a link of their own."""
    for signatory in their_turn(_ceremony(entry), at=at):
        with translation.override(signatory.person.language):
            line = _("Le texte est prêt. Lisez-le, puis signez depuis votre téléphone en deux minutes.")
            yield _call(signatory, "call", line, at)


def tell_next(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Where one signs in order: those whose turn it has become."""
    given = _signatory(entry)
    if given.ceremony.in_order:
        for signatory in their_turn(given.ceremony, at=at):
            if signatory.rank > given.rank:
                with translation.override(signatory.person.language):
                    line = _("%(company)s a signé : c’est votre tour.") % {"company": given.company}
                    yield _call(signatory, "call", line, at)


def tell_forwarded(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To whom the signature was handed over."""
    signatory = _signatory(entry)
    if signatory.person.pseudonym == entry.facts.get("to") and signatory in their_turn(signatory.ceremony, at=at):
        with translation.override(signatory.person.language):
            line = _("%(who)s vous transmet cette signature : c’est vous qui engagez %(company)s.")
            words = {"who": signatory.forwarded_by, "company": signatory.company}
            yield _call(signatory, f"forwarded.{entry.number}", line % words, at)


def tell_moved(entry: Entry, at: datetime) -> Iterable[Draft]:
    """More time: a new link for those who wait."""
    for signatory in their_turn(_ceremony(entry), at=at):
        with translation.override(signatory.person.language):
            yield _call(signatory, f"moved.{entry.number}", _("Vous avez plus de temps pour lire et signer."), at)


def tell_reminder(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Only to the one who has not answered."""
    signatory = _signatory(entry)
    if signatory in their_turn(signatory.ceremony, at=at):
        with translation.override(signatory.person.language):
            line = _("Votre réponse manque encore. Si quelque chose ne va pas dans le texte, vous pouvez refuser.")
            yield _call(signatory, f"reminder{signatory.reminded}", line, at)


def tell_chased(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To those whom somebody asked to remind: only whoever may sign now and has not."""
    ceremony = _ceremony(entry)
    for signatory in their_turn(ceremony, at=at):
        if signatory.reminded_at and instant(signatory.reminded_at) == entry.at:
            with translation.override(signatory.person.language):
                line = _("Votre signature est attendue. Si quelque chose ne va pas dans le texte, vous pouvez refuser.")
                yield _call(signatory, f"chased.{entry.number}", line, at)


def tell_code(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The code, to its owner only."""
    signatory = _signatory(entry)
    if signatory.code_by != "email" or signatory.code_at is None or signatory.state != Signatory.State.WAITING:
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
    """To everybody: signed by all, sealed, to keep; a copy to those who only receive it."""
    ceremony = _ceremony(entry)
    if ceremony.state != Ceremony.State.SEALED:  # a provider gave back a refusal: the page says it
        return
    for signatory in ceremony.signatories.select_related("person", "ceremony"):
        with translation.override(signatory.person.language):
            yield Draft(
                to=signatory.person,
                kind=f"signing.sealed.{signatory.public_id}",
                subject=_("Signé par tous : %(title)s") % {"title": signatory.ceremony.title},
                lines=(
                    _("Tous ont signé. Le document est scellé : gardez-le, chacun peut vérifier qu’il n’a pas changé."),
                ),
                button=_("Lire et garder"),
                url=link_address(link_of(signatory, at=at), "signing:sign"),
                why=_why(signatory),
            )
    for recipient in ceremony.recipients.select_related("person"):
        with translation.override(recipient.person.language):
            yield Draft(
                to=recipient.person,
                kind=f"signing.copy.{recipient.public_id}",
                subject=_("Pour vous, la copie signée : %(title)s") % {"title": ceremony.title},
                lines=(_("Tous ont signé. Voici le document scellé : gardez-le, il se vérifie sans nous."),),
                button=_("Télécharger le document (PDF)"),
                url=link_address(copy_link(recipient, at=at), "signing:copy"),
                why=_("Vous recevez cette copie : %(why)s.") % {"why": recipient.why or _("un signataire l’a demandé")},
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
    "signing.signature.given": tell_next,
    "signing.signature.forwarded": tell_forwarded,
    "signing.deadline.moved": tell_moved,
    "signing.signatory.reminded": tell_reminder,
    "signing.ceremony.chased": tell_chased,
    "signing.code.sent": tell_code,
    "signing.ceremony.sealed": tell_sealed,
    "signing.ceremony.returned": tell_sealed,
    "signing.signature.declined": tell_declined,
}


def seal_due(*, at: datetime) -> int:
    """Seal every text that all have signed: usually done at the last signature, here for the stragglers."""
    due = list(Ceremony.objects.filter(state=Ceremony.State.SIGNED))
    return each_apart(due, lambda ceremony: seal_ceremony(ceremony, by=Clockwork(), at=at))


def follow_provider(*, at: datetime) -> int:
    """Hand over what is to be signed at the outside provider, and take back what it has finished."""
    theirs = provider()
    if theirs is None:
        return 0
    out = Ceremony.objects.filter(state=Ceremony.State.OPEN).exclude(provider="").select_related("text")
    sent = each_apart(out.filter(provider_ref=""), lambda one: hand_to_provider(one, by=Clockwork(), at=at))

    def take(one: Ceremony) -> None:
        take_from_provider(one, theirs.read(one.provider_ref), by=Clockwork(), at=at)

    return sent + each_apart(out.exclude(provider_ref=""), take)


def remind(*, at: datetime) -> int:
    """Note the reminders that are due: two at most, on working days, only to those whose turn it is."""
    if not is_business_day(localtime(at).date()):
        return 0
    late: list[tuple[Signatory, int]] = []
    for ceremony in Ceremony.objects.filter(state=Ceremony.State.OPEN, expires_at__gt=at):
        answers = ceremony.signatories.exclude(answered_at=None).values_list("answered_at", flat=True)
        since = max((ceremony.opened_at, *answers)) if ceremony.in_order else ceremony.opened_at
        for signatory in their_turn(ceremony, at=at):
            moments = reminder_moments(localtime(since), localtime(signatory.until)) if since < signatory.until else ()
            due = sum(1 for moment in moments if moment <= at)
            if signatory.reminded < due and written_on(ceremony, signatory) < localtime(at).date():
                late.append((signatory, due))
    return each_apart(late, lambda each: note_reminder(each[0], count=each[1], by=Clockwork(), at=at))


def text_code(signatory: Signatory) -> None:
    """Send the code to the telephone of the signatory, by whatever sends SMS on this installation.

    Refused when  the SMS can't leave: the code by e-mail remains.
    """
    code = code_for(signatory)
    with translation.override(signatory.person.language):
        text = _("Cordée : %(code)s est votre code pour signer. Ne le donnez à personne.") % {
            "code": f"{code[:3]} {code[3:]}"
        }
    try:
        import_string(settings.SMS_BACKEND)(signatory.person.phone, text)
    except (OSError, ImportError, ValueError) as trouble:
        log.warning("no SMS: %s", trouble)
        raise Refusal(_("Le SMS n’est pas parti."), do=_("Demandez le code par e-mail.")) from trouble


def console_sms(number: str, text: str) -> None:
    """Say on the console what an SMS would have said: to try things out, never on a real server."""
    log.warning("SMS … %s: %s", number[-2:], text)
