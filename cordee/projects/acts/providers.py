"""The call for providers: what is asked, the offers received, what each thinks of them, the vote among them."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cordee.governance.acts import HOUSE_WAY, Way, propose_resolution
from cordee.governance.models import Ballot, DecisionType
from cordee.ground.files.acts import clean_photo, keep
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.projects.acts.inside import VOTE_LENGTH, KnowWhat, check_leads, my_tool, same_version
from cordee.projects.models import Checkpoint, OfferMark, Project, ProviderCall, ProviderOffer
from cordee.projects.reads import last_calls, offer_label, verdict


class CallDecided(Refusal):
    """The provider is chosen, or the offers are being voted."""


def open_call(
    project: Project, *, brief: str, closes_on: date, version: int = 0, by: Actor, at: datetime
) -> ProviderCall:
    """Write what is asked of providers and until when, or write it again.

    Allowed       who leads the project.
    Refused when  the tool is put away, nothing is asked, the day is past, the provider is chosen or being voted,
                  or somebody wrote it in between.
    Tells         projects.provider_call.opened: until when.
    """
    with act("projects.provider_call.opened", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "providers")
        check_leads(fresh, seat)
        if not brief.strip():
            raise KnowWhat(_("Écrivez ce que vous demandez aux prestataires."))
        if closes_on < at.date():
            raise Refusal(_("Cette date est passée."), do=_("Laissez aux prestataires le temps de répondre."))
        known = ProviderCall.objects.filter(project=fresh).first()
        if known is None:
            known = ProviderCall(project=fresh, version=0)
        else:
            _undecided(known)
            same_version(known.version, version, now={_("Demande"): known.brief}, wanted={_("Demande"): brief.strip()})
        known.brief, known.closes_on, known.seat, known.at = brief.strip(), closes_on, seat, at
        known.version += 1
        known.save()
        facts["until"] = closes_on.isoformat()
    return known


def note_offer(
    call: ProviderCall,
    *,
    provider: str,
    cents: int,
    weeks: int,
    included: str = "",
    upload: UploadedFile | None = None,
    by: Actor,
    at: datetime,
) -> ProviderOffer:
    """Note an offer that was received, with its paper; the same provider again replaces what it offered before.

    Allowed       any participant.
    Refused when  the tool is put away, no provider or price is given, the provider is chosen or being voted, or the
                  file is not one that we take.
    Tells         projects.provider_offer.noted: the price, the digest of the paper.
    """
    with act("projects.provider_offer.noted", book=call.project.grouping.book, by=by, at=at, on=call) as facts:
        project, seat = my_tool(call.project, by, "providers")
        fresh = _undecided(call)
        if not provider.strip() or cents <= 0:
            raise KnowWhat(_("Il manque le nom du prestataire ou son prix."))
        kept = keep(clean_photo(upload), book=project.grouping.book, by=by.person, at=at) if upload else None
        values = {"cents": cents, "weeks": weeks, "included": included.strip()[:500], "seat": seat, "at": at}
        offer, _made = ProviderOffer.objects.update_or_create(
            call=fresh, provider=provider.strip()[:120], defaults=values | ({"document": kept} if kept else {})
        )
        facts.on = address(offer)
        facts |= {"cents": cents, "weeks": weeks} | ({"digest": kept.digest} if kept else {})
    return offer


def mark_offer(offer: ProviderOffer, *, mark: int, words: str = "", by: Actor, at: datetime) -> OfferMark:
    """Say what one’s company thinks of an offer, from 0 to 5.

    Allowed       any participant, for its own company.
    Refused when  the tool is put away, the provider is chosen, or the mark is not between 0 and 5.
    Tells         projects.provider_offer.marked; not the mark.
    """
    with act("projects.provider_offer.marked", book=offer.call.project.grouping.book, by=by, at=at, on=offer) as facts:
        _project, seat = my_tool(offer.call.project, by, "providers")
        if ProviderCall.objects.get(pk=offer.call_id).decided_at:
            raise CallDecided(_("Le prestataire est choisi."))
        if not 0 <= mark <= 5:
            raise Refusal(_("Une note va de 0 à 5."))
        row, _made = OfferMark.objects.update_or_create(
            offer=offer, seat=seat, defaults={"mark": mark, "words": words.strip()[:300], "at": at}
        )
        facts["seat"] = seat.public_id
    return row


def put_offers_to_vote(call: ProviderCall, *, by: Actor, at: datetime) -> Ballot:
    """Put the choice of the provider to the vote of the members: each names the offers that would do.

    Allowed       any participant.
    Refused when  the tool is put away, there is no offer, or the choice is made or being voted.
    Tells         projects.provider_call.voted, and governance.ballot.opened.
    """
    with act("projects.provider_call.voted", book=call.project.grouping.book, by=by, at=at, on=call) as facts:
        project, seat = my_tool(call.project, by, "providers")
        fresh = _undecided(call)
        offers = list(fresh.offers.all())
        if not offers:
            raise Refusal(_("Aucune offre n’est notée."), do=_("Notez d’abord ce que les prestataires ont répondu."))
        with for_the_papers():
            labels = [offer_label(offer) for offer in offers]
            title = _("%(project)s : quel prestataire ?") % {"project": project.name}
            lines = [
                _("%(offer)s, en %(weeks)s semaines. %(included)s")
                % {"offer": offer_label(offer), "weeks": offer.weeks, "included": offer.included}
                for offer in offers
            ]
        way = Way(method="approval", options=tuple(labels)) if len(labels) > 1 else HOUSE_WAY
        ballot = propose_resolution(
            project.grouping,
            title=title[:160],
            text="\n".join([fresh.brief, *lines]),
            decision_type=DecisionType.ORDINARY,
            closes_at=at + VOTE_LENGTH,
            way=way,
            by=by,
            at=at,
        )
        fresh.ballot = address(ballot)
        fresh.save(update_fields=["ballot"])
        if any(choice.slug == "provider" for choice in project.kind_data.choices):
            Checkpoint.objects.update_or_create(
                project=project,
                slug="provider",
                defaults={"ballot": fresh.ballot, "note": "", "at": at, "seat": seat},
            )
        facts |= {"offers": len(offers), "ballot": ballot.public_id}
    return ballot


def choose_provider(call: ProviderCall, *, by: Actor | Clockwork, at: datetime) -> ProviderCall:
    """Take in what the vote among the offers decided; without a clear choice the offers may be voted again.

    Allowed       Cordée itself, once the vote is over.
    Refused when  there is no vote, or it is not over.
    Tells         projects.provider.chosen: whether an offer was chosen, at what price.
    """
    with act("projects.provider.chosen", book=call.project.grouping.book, by=by, at=at, on=call) as facts:
        fresh = ProviderCall.objects.select_for_update().get(pk=call.pk)
        ballot = last_calls([fresh.ballot]).get(fresh.ballot)
        if fresh.decided_at or ballot is None or verdict(ballot) == "voting":
            raise CallDecided(_("Il n’y a pas de choix à prendre en compte."))
        chosen = _chosen(fresh, ballot)
        if chosen is None:
            fresh.ballot = ""
        else:
            chosen.chosen_at = fresh.decided_at = at
            chosen.save(update_fields=["chosen_at"])
            facts |= {"offer": chosen.public_id, "cents": chosen.cents}
        fresh.save(update_fields=["ballot", "decided_at"])
        facts |= {"chosen": chosen is not None, "ballot": ballot.public_id}
    return fresh


def _chosen(call: ProviderCall, ballot: Ballot) -> ProviderOffer | None:
    offers = list(call.offers.all())
    if verdict(ballot) == "no":
        return None
    if not ballot.options:
        return offers[0]
    winners = ballot.figures.get("winners", [])
    with for_the_papers():
        return next((offer for offer in offers if winners == [offer_label(offer)]), None)


def _undecided(call: ProviderCall) -> ProviderCall:
    """The call re-read, while offers still come in."""
    fresh = ProviderCall.objects.select_for_update().get(pk=call.pk)
    if fresh.decided_at or fresh.ballot:
        raise CallDecided(
            _("Le prestataire est choisi, ou les offres sont au vote : elles ne changent plus."),
            do=_("Attendez le résultat du vote."),
        )
    return fresh
