"""What every act on a draft stands on: the draft re-read, its versions, its title, its parties, whether it is ready."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement, AgreementParty, Revision
from cordee.agreements.reads import kind_of
from cordee.engines import assembly
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.words import for_the_papers, language
from cordee.groupings.models import Grouping, Seat

LONGEST_TITLE = 160


class NotADraft(Refusal):
    """The document was sent: its text no longer changes."""


class NotReady(Refusal):
    """Something is missing or contradicts itself."""


class NoPower(Refusal):
    """Somebody called to sign may not commit their company."""


class NoSuchDocument(Refusal):
    """The library of clauses makes no document of this type."""


def draft_again(agreement: Agreement) -> Agreement:
    """Re-read a document inside the lock; refused once it was sent."""
    fresh = Agreement.objects.select_for_update(of=("self",)).select_related("grouping", "amends").get(pk=agreement.pk)
    if fresh.state != Agreement.State.DRAFT:
        raise NotADraft(
            _("Ce document est parti à la signature : son texte ne change plus."),
            do=_("Reprenez-le d’abord, si besoin."),
        )
    return fresh


def note_revision(agreement: Agreement, seat: Seat, *, at: datetime) -> None:
    """Keep the answers of this version, so that two versions can be compared."""
    Revision.objects.update_or_create(
        agreement=agreement, version=agreement.version, defaults={"answers": agreement.answers, "by": seat, "at": at}
    )


def title_for(kind: str, grouping: Grouping, before: str = "") -> str:
    """What a document is called, in the language of the papers; too long a name is cut between two words."""
    with for_the_papers():
        label = f"{before}{kind_of(kind).label}"
    room = LONGEST_TITLE - len(label) - 3
    return f"{label} – {_cut(grouping.name, room)}" if room > 20 else _cut(label, LONGEST_TITLE)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    short = text[: most - 1].rpartition(" ")[0] or text[: most - 1]
    return short.rstrip(" ,;:–-") + "…"


def note_parties(agreement: Agreement, chosen: Iterable[Seat], everybody: Collection[Seat]) -> None:
    """Note the parties of a document that is not saved yet; all the members of today are no choice, unless it changes
    a document between some.
    """
    kept = list(chosen)
    agreement.between.all().delete()
    agreement.answers = {name: value for name, value in agreement.answers.items() if name != "parties"}
    if agreement.amends or {one.pk for one in kept} != {one.pk for one in everybody}:
        agreement.answers["parties"] = [one.public_id for one in kept]
        if len(kept) < len(everybody):
            AgreementParty.objects.bulk_create(AgreementParty(agreement=agreement, seat=one) for one in kept)


def ready(agreement: Agreement, document: assembly.Document) -> None:
    """Refuse a text in which something is missing, contradicts itself or the law, or changes nothing."""
    if agreement.change == Agreement.Change.AMENDMENT and not assembly.changes_something(document):
        raise NotReady(
            _("Cet avenant ne change rien au texte signé."), do=_("Modifiez au moins une réponse, puis envoyez.")
        )
    if document.missing:
        raise NotReady(_("Il manque encore des réponses."), do=_("Répondez aux questions, puis envoyez."))
    if document.contradictions:
        found = document.contradictions[0]
        raise NotReady(found.reason(language()), do=found.way_out(language()))
