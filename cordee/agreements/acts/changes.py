"""Living with what was signed: amendments, a company that joins, one that leaves, the end for all."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements import permissions
from cordee.agreements.acts.drafts import note_revision, title_for
from cordee.agreements.models import Agreement, AgreementParty, Ending
from cordee.agreements.reads import current_values, kind_of
from cordee.agreements.reads.life import notice_days
from cordee.engines.assembly import document_type
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Seat

Change = Agreement.Change


class NotInForce(Refusal):
    """The document is not signed, or it has ended."""


class NoSuchChange(Refusal):
    """This document cannot change that way."""


class TooSoon(Refusal):
    """The agreement asks for a longer notice."""


def prepare_change(
    agreement: Agreement,
    *,
    change: str,
    newcomer: Seat | None = None,
    leaver: Seat | None = None,
    effect_on: date | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Agreement:
    """Start what changes a signed document: an amendment, the accession of a member, an end agreed by all.

    With a `leaver`, the end is that of one company only: all agree on it, without notice.

    Allowed       any member of the grouping.
    Refused when  the document is not in force, is itself a change, or the same change is being prepared; a newcomer
                  is a party already, or the document shares out lots (an amendment does it); the end is in the past;
                  who leaves is no party, or only one company would remain.
    Tells         agreements.change.prepared: which change, of which document.
    """
    with act("agreements.change.prepared", book=agreement.grouping.book, by=by, at=at) as facts:
        signed = _in_force(agreement)
        seat = acting_seat(signed.grouping, by)
        if not permissions.may_prepare(seat):
            raise NotAllowed(_("Seuls les membres préparent un document."))
        kind, today = Change(change), localtime(at).date()
        running = signed.changes.exclude(state__in=[Agreement.State.SIGNED, Agreement.State.PAPER])
        if (
            running.filter(change=kind, newcomer=newcomer, leaver=leaver)
            .exclude(state=Agreement.State.DECLINED)
            .exists()
        ):
            raise NoSuchChange(
                _("Ce changement est déjà en préparation."), do=_("Reprenez-le sur la page du document.")
            )
        if kind == Change.ACCESSION:
            _may_join(signed, newcomer)
        elif kind == Change.TERMINATION and (effect_on is None or effect_on < today):
            raise NoSuchChange(_("La fin est dans le passé."), do=_("Choisissez un jour à venir."))
        elif kind == Change.TERMINATION and leaver is not None:
            _may_leave(signed, leaver)
        number = signed.changes.filter(change=Change.AMENDMENT).count() + 1 if kind == Change.AMENDMENT else 0
        with for_the_papers():
            before = {
                Change.AMENDMENT: _("Avenant n° %(number)s – ") % {"number": number},
                Change.ACCESSION: _("Adhésion – "),
                Change.TERMINATION: _("Résiliation – "),
            }[kind]
        made = Agreement.objects.create(
            grouping=signed.grouping,
            kind=signed.kind,
            title=title_for(signed.kind, signed.grouping, before),
            answers={"reason": reason.strip()[:300]} if reason.strip() else {},
            prepared_by=seat,
            prepared_at=at,
            about=address(signed),
            amends=signed,
            change=kind,
            number=number,
            newcomer=newcomer if kind == Change.ACCESSION else None,
            leaver=leaver if kind == Change.TERMINATION else None,
            effect_on=effect_on if kind == Change.TERMINATION else None,
        )
        here = list(signed.between.values_list("seat", flat=True))
        here += [newcomer.pk] if here and kind == Change.ACCESSION and newcomer else []
        AgreementParty.objects.bulk_create(AgreementParty(agreement=made, seat_id=key) for key in here)
        note_revision(made, seat, at=at)
        facts.on = address(made)
        facts |= {"change": str(kind), "of": signed.public_id}
    return made


def _may_leave(signed: Agreement, leaver: Seat) -> None:
    parties = {party["id"] for party in current_values(signed).get("members", ())}
    if leaver.public_id not in parties:
        raise NoSuchChange(_("%(company)s n’a pas signé ce document.") % {"company": leaver.company})
    if signed.endings.filter(seat=leaver).exists():
        raise NoSuchChange(_("Le départ de %(company)s est déjà notifié.") % {"company": leaver.company})
    if len(parties) < 3:
        raise NoSuchChange(_("Il ne resterait qu’une entreprise."), do=_("Mettez fin au document pour toutes."))


def _may_join(signed: Agreement, newcomer: Seat | None) -> None:
    if newcomer is None or newcomer.grouping_id != signed.grouping_id or newcomer.state != Seat.State.MEMBER:
        raise NoSuchChange(_("Seul un membre du groupement adhère à ses documents."))
    if newcomer.public_id in {party["id"] for party in current_values(signed).get("members", ())}:
        raise NoSuchChange(_("%(company)s est déjà partie à ce document.") % {"company": newcomer.company})
    if document_type(signed.kind).schedule:
        raise NoSuchChange(
            _("Ce document répartit des lots : une adhésion seule ne dit pas qui fait quoi."),
            do=_("Préparez un avenant, qui donne un lot à l’entreprise qui entre."),
        )


def notice_ending(agreement: Agreement, *, effect_on: date, reason: str = "", by: Actor, at: datetime) -> Ending:
    """Give notice: one's company leaves the agreement on a day, the others stay bound.

    Allowed       the representative of a company that is a party, for that company only.
    Refused when  the document is not in force, the company is no party or has given notice already, or the day comes
                  before the notice that the document asks for.
    Tells         agreements.ending.noticed: which day.
    """
    with act("agreements.ending.noticed", book=agreement.grouping.book, by=by, at=at) as facts:
        signed = _in_force(agreement)
        seat = acting_seat(signed.grouping, by)
        values: dict[str, Any] = current_values(signed)
        if seat.public_id not in {party["id"] for party in values.get("members", ())}:
            raise NoSuchChange(_("%(company)s n’a pas signé ce document.") % {"company": seat.company})
        if not permissions.powers_of_seats([seat], kind=signed.kind, values=values, at=at)[seat.pk]:
            raise NotAllowed(_("Personne n’a le pouvoir de signer pour %(company)s.") % {"company": seat.company})
        if signed.endings.filter(seat=seat).exists():
            raise NoSuchChange(_("Votre départ est déjà notifié."))
        today, days = localtime(at).date(), notice_days(signed, values)
        if effect_on < today + timedelta(days=days):
            raise TooSoon(
                _("Le document demande un préavis de %(days)s jours.") % {"days": days},
                do=_("Choisissez un jour à partir du %(day)s.")
                % {"day": (today + timedelta(days=days)).strftime("%d/%m/%Y")},
            )
        ending = Ending.objects.create(
            agreement=signed,
            seat=seat,
            by=seat,
            reason=reason.strip()[:300],
            noticed_on=today,
            effect_on=effect_on,
            at=at,
        )
        facts.on = address(ending)
        facts |= {"of": signed.public_id, "effect_on": effect_on.isoformat(), "kind": kind_of(signed.kind).slug}
    return ending


def _in_force(agreement: Agreement) -> Agreement:
    fresh = Agreement.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=agreement.pk)
    if not fresh.in_force:
        raise NotInForce(_("Ce document n’est pas signé."), do=_("Tant qu’il est en préparation, corrigez-le."))
    if fresh.change:
        raise NotInForce(_("C’est un changement."), do=_("Changez le document d’origine."))
    if fresh.endings.filter(seat=None).exists():
        raise NotInForce(_("Ce document a pris fin, d’un commun accord."))
    return fresh
