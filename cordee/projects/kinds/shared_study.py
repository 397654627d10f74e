"""A study that several companies pay for together."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Ask, Choice, Indicator, Kind, Line, Paper, Step, fixed
from cordee.projects.kinds.common import AGAIN, BUDGET, COMPETITION, IDEA, NEED, REFEREE, ROLES, SECRECY


@dataclass(frozen=True, slots=True)
class Particulars:
    """The question, and the days it takes."""

    question: str = ""
    lab_days: int = 30
    day_price: int = 950
    trials: int = 8_000
    threshold: int = 30_000


def work(particulars: Particulars) -> int:
    """Lab days and trials, in cents."""
    return (particulars.lab_days * particulars.day_price + particulars.trials) * 100


KIND = Kind(
    slug="shared_study",
    label=_("Étude commune"),
    summary=_("Un savoir trop cher seul : chacun promet sa part, on avance par tranches, on s’arrête quand il faut."),
    icon="bulb",
    stages=(
        IDEA,
        Step("problem", _("Le problème, en une page"), ("need", "competition")),
        Step("state", _("État de l’art, quatre semaines"), ("nda",)),
        Step("providers", _("Appel aux prestataires"), ("provider",)),
        Step("pledges", _("Promesses jusqu’au seuil"), ("budget",)),
        Step("contract", _("Contrat par tranches"), ("rights", "contract")),
        Step("trials", _("Essais, revues, continuer ou arrêter"), ()),
        Step("report", _("Rapport et diffusion"), ("publication",)),
        Step("closing", _("Exploitation par chacun"), ("newcomers", "again")),
    ),
    roles=(*ROLES, ("scientist", _("Référent technique")), REFEREE),
    choices=(
        NEED,
        COMPETITION,
        Choice(
            "provider", _("Le prestataire"), _("Centre technique, laboratoire, consultant : trois offres comparées.")
        ),
        BUDGET,
        Choice(
            "rights",
            _("À qui sont les résultats"),
            _("Chacun les utilise dans son domaine ; une invention se dépose ensemble."),
            "solidarity",
        ),
        Choice("publication", _("Publier ou garder"), _("Ce qui sort, ce qui reste, combien de temps.")),
        Choice(
            "newcomers",
            _("Le droit d’entrée des nouveaux"),
            _("Une part du coût, rendue à ceux qui ont payé au début."),
            "admission",
        ),
        AGAIN,
    ),
    papers=(SECRECY, Paper("contract", _("Contrat de l’étude, avec ses tranches"))),
    lines=(
        Line("lab", _("Jours de laboratoire"), lambda p: p.lab_days * p.day_price * 100),
        Line("trials", _("Essais"), lambda p: p.trials * 100),
        Line("art", _("État de l’art"), fixed(3000)),
        Line("coordination", _("Coordination, 7 %"), lambda p: work(p) * 7 // 100),
        Line("contingency", _("Imprévus, 10 %"), lambda p: work(p) // 10),
    ),
    key="equal",
    voting_rule="ordinary",
    risks=(
        _("Pas de résultat : on paie par tranches, chacune votée."),
        _("Une fuite : les données d’un membre restent à lui."),
        _("Un blocage sur la propriété : le droit de chacun est écrit avant les essais."),
    ),
    indicators=(
        Indicator("milestones", _("Étapes tenues"), "%"),
        Indicator("ideas", _("Idées appliquées")),
        Indicator("gain", _("Gain mesuré"), "€"),
    ),
    ending=_("Le rapport est accepté, les droits sont donnés, le tout est archivé."),
    particulars=Particulars,
    asks={
        "question": Ask(_("Question posée")),
        "lab_days": Ask(_("Jours de laboratoire"), _("20 à 50 d’ordinaire."), 0, 500),
        "day_price": Ask(_("Prix du jour en euros"), _("700 à 1 200 € d’ordinaire."), 100, 5_000),
        "trials": Ask(_("Essais en euros"), "", 0, 500_000),
        "threshold": Ask(_("Seuil des promesses en euros"), _("En dessous, rien n’est engagé."), 0, 2_000_000),
    },
    tools=("providers", "pledges", "results"),
)
