"""What a book says of the acts of this room, and signs of life of what works by itself."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cordee.ground.register.models import Entry
from cordee.journeys.models import Beat

_REACHED: Mapping[str, str | Promise] = {
    "exchange": gettext_lazy("%(who)s est revenue à l’échange"),
    "collective": gettext_lazy("%(who)s a fait passer l’échange en collectif"),
    "committed": gettext_lazy("%(who)s a fait passer le groupement à l’engagement"),
    "winding_up": gettext_lazy("%(who)s a ouvert la clôture du groupement"),
    "closed": gettext_lazy("%(who)s a clos le groupement"),
}


def _passed(entry: Entry) -> str | Promise:
    return _REACHED.get(str(entry.facts.get("to")), gettext_lazy("%(who)s a changé l’étape du groupement"))


_TURNS: Mapping[str, str | Promise] = {
    "wind_up": gettext_lazy("%(who)s a proposé de terminer le groupement"),
    "closing": gettext_lazy("%(who)s a proposé de clore le groupement"),
    "step_back": gettext_lazy("%(who)s a proposé de revenir à l’étape précédente"),
    "partnership": gettext_lazy("%(who)s a proposé de continuer à deux"),
}


def _proposed(entry: Entry) -> str | Promise:
    return _TURNS.get(str(entry.facts.get("turn")), gettext_lazy("%(who)s a proposé un tournant"))


def _minimum(entry: Entry) -> str | Promise:
    if entry.facts.get("below"):
        return gettext_lazy("Il ne reste pas assez d’entreprises : un délai court")
    return gettext_lazy("Les entreprises sont de nouveau assez nombreuses")


SENTENCES: Mapping[str, str | Promise | Callable[[Entry], str | Promise]] = {
    "journeys.gate.passed": _passed,
    "journeys.person.erased": gettext_lazy("Une personne a effacé ce qui la nomme"),
    "journeys.company.erased": gettext_lazy("Une entreprise a effacé sa fiche"),
    "journeys.decision.applied": gettext_lazy("La décision adoptée a pris effet"),
    "journeys.turn.proposed": _proposed,
    "journeys.purpose.proposed": gettext_lazy("%(who)s a proposé un nouveau but"),
    "journeys.purpose.changed": gettext_lazy("Le nouveau but, voté, est en vigueur"),
    "journeys.partnership.chosen": gettext_lazy("Les membres continuent à deux, en partenariat"),
    "journeys.minimum.noted": _minimum,
    "journeys.request.accepted": gettext_lazy("%(who)s a accepté une demande d’entrée"),
    "journeys.request.put_to_vote": gettext_lazy("%(who)s a mis une demande d’entrée au vote"),
    "journeys.request.refused": gettext_lazy("Les membres n’ont pas accepté une demande d’entrée"),
    "journeys.accession.recorded": gettext_lazy("%(subject)s est entrée et adhère à ce qui est signé"),
    "journeys.departure.announced": gettext_lazy("Un départ est annoncé pour le %(effective_on)s"),
    "journeys.departure.taken_back": gettext_lazy("%(who)s reste finalement"),
    "journeys.departure.carried_out": gettext_lazy("Un départ a pris effet, décompte établi"),
    "journeys.exclusion.opened": gettext_lazy("%(who)s a écrit des griefs à une entreprise, qui sera entendue"),
    "journeys.exclusion.answered": gettext_lazy("%(who)s a répondu aux griefs"),
    "journeys.exclusion.dropped": gettext_lazy("%(who)s a abandonné une exclusion"),
    "journeys.exclusion.put_to_vote": gettext_lazy("%(who)s a mis une exclusion au vote"),
    "journeys.exclusion.rejected": gettext_lazy("Les membres n’ont pas voté l’exclusion"),
    "journeys.grouping.brought_in": gettext_lazy("%(who)s a repris ici un groupement qui existait"),
    "journeys.arrival.completed": gettext_lazy("Tous ont confirmé : le groupement est repris"),
    "journeys.review.concluded": gettext_lazy("La question de l’année est décidée, sous les règles en vigueur"),
    "journeys.ending.put_to_vote": gettext_lazy("Le bilan du but demande de terminer : la fin est au vote"),
    "journeys.statements.made": gettext_lazy("%(who)s a établi les décomptes finaux"),
}
"""What a book says of this room's acts."""


LATE = {"ticker": timedelta(minutes=2), "worker": timedelta(minutes=5)}
"""Without a sign of life for so long, it is taken for stopped (a long round or a long task is not)."""


def ages(*, at: datetime) -> dict[str, int | None]:
    """Seconds since the last sign of life of the ticker and of the workers; None when there never was one."""
    seen = dict(Beat.objects.values_list("name", "at"))
    return {name: max(0, int((at - seen[name]).total_seconds())) if name in seen else None for name in LATE}
