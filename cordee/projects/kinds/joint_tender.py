"""A tender answered together, from the notice to the final account."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Ask, Choice, Indicator, Kind, Line, Paper, Step
from cordee.projects.kinds.common import AGAIN, BUDGET, COMPETITION, NEED, REFEREE, ROLES, SECRECY


@dataclass(frozen=True, slots=True)
class Particulars:
    """The work that the answer takes."""

    notice: str = ""
    memo_days: int = 15
    day_price: int = 425
    guaranteed: int = 0


KIND = Kind(
    slug="joint_tender",
    label=_("Réponse commune à un appel d’offres"),
    summary=_("Atteindre des marchés hors de portée d’un seul, de l’avis au décompte général."),
    icon="gavel",
    stages=(
        Step("idea", _("Idée"), shows=("notice",)),
        Step("go", _("Y aller ou non (J-35)"), ("need", "competition", "go"), -1, ("go", "competition")),
        Step(
            "powers",
            _("Pouvoirs, pièces, forme du groupement (J-30)"),
            ("form", "lead", "nda"),
            -1,
            ("form", "lead", "papers"),
        ),
        Step("memo", _("Mémoire technique (J-21)"), ("split",), -1, ("parts", "planning")),
        Step("prices", _("Prix de chacun (J-14)"), (), 0, ("prices",)),
        Step("assembly", _("Assemblage et relecture (J-7)"), ("budget",), 0, ("frozen",)),
        Step("submitted", _("Remise"), ("convention",), 0, ("submitted", "result")),
        Step("works", _("Exécution"), ("penalties",), shows=("works",)),
        Step("closing", _("Décompte général et garanties"), ("again",), shows=("reception", "final")),
    ),
    roles=(*ROLES, ("lead_contractor", _("Mandataire")), REFEREE),
    choices=(
        NEED,
        COMPETITION,
        Choice("go", _("Y aller ou non"), _("Chances de gagner, charge, trésorerie, risques.")),
        Choice(
            "form",
            _("Conjoint ou solidaire"),
            _("La solidarité n’est jamais supposée : elle s’écrit et se vote."),
            "solidarity",
        ),
        Choice(
            "lead", _("Qui est mandataire"), _("Sa rémunération, sa solidarité éventuelle, ce qu’il peut signer seul.")
        ),
        Choice("split", _("La répartition des lots"), _("Selon les capacités réelles, pas selon les parts passées.")),
        BUDGET,
        Choice(
            "penalties",
            _("Les pénalités et la défaillance d’un membre"),
            _("Qui supporte quoi, dans quel ordre on remplace."),
            "solidarity",
        ),
        AGAIN,
    ),
    papers=(
        SECRECY,
        Paper("convention", _("Convention de groupement momentané"), "gme_conjoint"),
    ),
    lines=(
        Line("memo", _("Mémoire technique (jours valorisés)"), lambda p: p.memo_days * p.day_price * 100),
        Line("bonds", _("Cautions, 1 % par an de la somme garantie"), lambda p: p.guaranteed),
        Line("printing", _("Visites, plans, reproduction"), lambda p: 80_000),
    ),
    key="equal",
    voting_rule="ordinary",
    risks=(
        _("La composition se fige à la remise : un départ après peut faire perdre le marché."),
        _("La trésorerie : avance, trente jours de délai, retenue de garantie."),
        _("La défaillance d’un membre : l’ordre de substitution est écrit avant."),
    ),
    indicators=(
        Indicator("bids", _("Réponses remises")),
        Indicator("win_rate", _("Réponses gagnées"), "%"),
        Indicator("cost", _("Coût par réponse"), "€", "down"),
        Indicator("margin", _("Marge tenue"), "%"),
    ),
    ending=_("Le décompte général est signé, la retenue libérée, les garanties notées."),
    particulars=Particulars,
    asks={
        "notice": Ask(_("Marché visé")),
        "memo_days": Ask(_("Jours de mémoire technique"), _("10 à 25 d’ordinaire."), 0, 200),
        "day_price": Ask(_("Valeur d’un jour en euros"), "", 100, 2000),
        "guaranteed": Ask(_("Somme à garantir en euros"), "", 0, 100_000_000),
    },
    tools=("bids",),
)
