"""Questions half written, and what a book says of the acts of this room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cordee.governance.models import Ballot, DecisionType, Resolution
from cordee.governance.reads.ballots import proposed, rule_sentences
from cordee.ground.register.models import Entry
from cordee.groupings.models import Grouping, Seat

LEGAL_FORMS = (
    ("association", gettext_noop("Association")),
    ("gie", gettext_noop("GIE")),
    ("gme_conjoint", gettext_noop("Groupement momentané")),
    ("ge", gettext_noop("Groupement d’employeurs")),
    ("coop_artisanale", gettext_noop("Coopérative artisanale")),
)
"""Legal forms whose usual rules the members may start from."""


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question half written: what it will do once adopted, and the words to start from."""

    effect: str
    seats: tuple[Seat, ...]
    initial: dict[str, str]
    data: dict[str, Any] = field(default_factory=dict)


def draft_question(grouping: Grouping, effect: str, *, form: str = "") -> DraftQuestion:
    """The words to start from, for the questions that the life of a grouping asks."""
    if effect == Resolution.Effect.COORDINATOR:
        seats = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).select_related("company")
        text = _("Elle est le seul interlocuteur du client, transmet ce qu’elle reçoit et coordonne, sans commander.")
        return DraftQuestion(effect, tuple(seats), {"title": _("Désigner le mandataire"), "text": text})
    if effect == Resolution.Effect.RULES:
        count = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).count()
        form = form if form in dict(LEGAL_FORMS) else ""
        lines = [
            f"{kind.label} : " + " ; ".join(rule_sentences(proposed(kind, form), count)[1:3]).lower() + "."
            for kind in DecisionType
        ]
        text = "\n".join([_("Une entreprise, une voix, pour toutes les décisions."), *lines])
        data = {"form": form} if form else {}
        return DraftQuestion(effect, (), {"title": _("Adopter nos règles de vote"), "text": text}, data)
    if effect == Resolution.Effect.ANSWER:
        return DraftQuestion(effect, (), {"title": _("Répondre ensemble à cet appel d’offres")})
    return DraftQuestion("", (), {})


def with_titles(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same acts, each with the question it is about: one query, however many votes they tell."""
    of_it = Ballot.objects.filter(public_id=Substr(OuterRef("subject"), len("governance/ballot/") + 1))
    return entries.annotate(question=Subquery(of_it.values("resolution__title")[:1]))


def _decision(entry: Entry) -> str:
    known = entry.__dict__.get("question")
    if known is not None:
        return str(known)
    found = Ballot.objects.select_related("resolution").filter(public_id=entry.subject.rpartition("/")[2]).first()
    return found.resolution.title if found else ""


def _about(template: str) -> Callable[[Entry], str]:
    return lambda entry: _(template) % {"who": "%(who)s", "title": _decision(entry).replace("%", "%%")}


def _meeting(template: str) -> Callable[[Entry], str]:
    """Sentences about meetings name nothing: the book leads to its page."""
    return lambda entry: _(template)


SENTENCES: Mapping[str, Callable[[Entry], str]] = {
    "governance.meeting.planned": _meeting(gettext_noop("%(who)s a proposé des dates de réunion")),
    "governance.date.answered": _meeting(gettext_noop("%(who)s a répondu pour les dates d’une réunion")),
    "governance.agenda.added": _meeting(gettext_noop("%(who)s a ajouté un point à l’ordre du jour")),
    "governance.agenda.noted": _meeting(gettext_noop("%(who)s a noté ce qui est sorti d’un point")),
    "governance.meeting.called": _meeting(gettext_noop("%(who)s a convoqué une réunion")),
    "governance.meeting.reminded": _meeting(gettext_noop("Rappel envoyé à qui n’a pas répondu pour une réunion")),
    "governance.meeting.cancelled": _meeting(gettext_noop("%(who)s a annulé une réunion")),
    "governance.meeting.opened": _meeting(gettext_noop("%(who)s a ouvert la séance")),
    "governance.meeting.closed": _meeting(gettext_noop("%(who)s a levé la séance")),
    "governance.attendance.answered": _meeting(gettext_noop("%(who)s a répondu à la convocation")),
    "governance.attendance.noted": _meeting(gettext_noop("%(who)s a tenu la feuille de présence")),
    "governance.item.voted": _about(gettext_noop("%(who)s a ouvert un vote en séance : %(title)s")),
    "governance.minutes.corrected": _meeting(gettext_noop("%(who)s a corrigé le compte rendu")),
    "governance.minutes.approved": _meeting(gettext_noop("%(who)s a approuvé le compte rendu")),
    "governance.minutes.sent": _meeting(gettext_noop("%(who)s a envoyé le compte rendu à la signature")),
    "governance.minutes.settled": _meeting(gettext_noop("La signature du compte rendu est terminée")),
    "governance.decision.followed": _meeting(gettext_noop("%(who)s a dit qui se charge d’une décision")),
    "governance.decision.done": _meeting(gettext_noop("%(who)s a dit où en est une décision")),
    "governance.decision.reminded": _meeting(gettext_noop("Rappel envoyé à qui est chargé d’une décision")),
    "governance.ballot.opened": _about(gettext_noop("%(who)s a posé une question : %(title)s")),
    "governance.vote.cast": _about(gettext_noop("%(who)s a voté : %(title)s")),
    "governance.proxy.given": _about(gettext_noop("%(who)s a donné son pouvoir : %(title)s")),
    "governance.voter.withdrew": _about(gettext_noop("%(who)s s’est retirée d’un vote : %(title)s")),
    "governance.voter.set_aside": _about(gettext_noop("L’entreprise concernée ne vote pas : %(title)s")),
    "governance.naming.opened_again": _about(gettext_noop("%(who)s a ouvert un autre tour : %(title)s")),
    "governance.question.prepared": _meeting(gettext_noop("%(who)s a préparé une question")),
    "governance.question.dropped": _meeting(gettext_noop("%(who)s a retiré une question préparée")),
    "governance.question.put": _meeting(gettext_noop("%(who)s a repris une question préparée")),
    "governance.vote.phoned": _about(gettext_noop("%(who)s a noté un vote dit par téléphone : %(title)s")),
    "governance.vote.confirmed": _about(gettext_noop("%(who)s a répondu pour son vote par téléphone : %(title)s")),
    "governance.candidate.proposed": _about(gettext_noop("%(who)s propose la personne nommée : %(title)s")),
    "governance.tie.broken": _about(gettext_noop("%(who)s a départagé les voix : %(title)s")),
    "governance.decision.entered": _about(gettext_noop("%(who)s a inscrit une décision prise ensemble : %(title)s")),
    "governance.ballot.recorded": _about(gettext_noop("Décidé par la question de l’année : %(title)s")),
    "governance.ballot.closed": _about(gettext_noop("Vote clos : %(title)s")),
    "governance.ballot.reminded": _about(gettext_noop("Rappel envoyé à ceux qui n’ont pas voté : %(title)s")),
    "governance.rule.adopted": lambda entry: (
        _("Règle de vote adoptée : %(type)s") % {"type": str(DecisionType(entry.facts["type"]).label).lower()}
    ),
}
"""What a book says of this room's acts."""
