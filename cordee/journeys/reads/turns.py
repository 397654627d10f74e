"""The turns of a grouping's life that are put to the vote: their words, and where each has a meaning."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.governance.models import Ballot, DecisionType
from cordee.groupings.models import Grouping, Seat


@dataclass(frozen=True, slots=True)
class Turn:
    """One question that the life of a grouping asks."""

    title: str | Promise
    lead: str | Promise  # what the page says before one proposes it
    decision_type: str
    text: Callable[[Seat | None], str]


def _wind_up(seat: Seat | None) -> str:
    return _("Le groupement se termine. %(company)s mène la fin : contrats, garanties, comptes, archive.") % {
        "company": seat
    }


TURNS: dict[str, tuple[tuple[str, ...], Turn]] = {
    "wind_up": (
        ("committed",),
        Turn(
            gettext_lazy("Terminer le groupement"),
            gettext_lazy("Si les membres l’adoptent, le groupement n’engage plus rien de neuf et solde ce qui reste."),
            DecisionType.WINDING_UP,
            _wind_up,
        ),
    ),
    "closing": (
        ("winding_up",),
        Turn(
            gettext_lazy("Clore le groupement"),
            gettext_lazy("Le dernier vote : ensuite tout se lit et rien ne change plus."),
            DecisionType.WINDING_UP,
            lambda seat: _("Tout est soldé ou en voie de l’être. Le groupement est clos, son archive remise à chacun."),
        ),
    ),
    "step_back": (
        ("committed", "winding_up"),
        Turn(
            gettext_lazy("Revenir à l’étape précédente"),
            gettext_lazy("Ce qui a été engagé ensemble se défait ensemble. Ce qui est signé et dû le reste."),
            DecisionType.PURPOSE,
            lambda seat: _("Le groupement revient à l’étape précédente. Ce qui est signé et dû le reste."),
        ),
    ),
    "partnership": (
        ("committed",),
        Turn(
            gettext_lazy("Continuer à deux, en partenariat"),
            gettext_lazy("Deux entreprises suffisent à un partenariat ; le groupement, lui, en demande trois."),
            DecisionType.PURPOSE,
            lambda seat: _("Nous continuons à deux, en partenariat, avec les mêmes règles et les mêmes engagements."),
        ),
    ),
}


def turn_of(name: str, grouping: Grouping) -> Turn | None:
    """The question, where it has a meaning at the present stage."""
    stages, turn = TURNS.get(name, ((), None))
    if grouping.stage not in stages or (name == "partnership" and grouping.below_since is None):
        return None
    return turn


def being_voted(grouping: Grouping, effect: str) -> Ballot | None:
    """The open vote with this effect, if any."""
    return Ballot.objects.filter(grouping=grouping, closed_at=None, resolution__effect=effect).first()
