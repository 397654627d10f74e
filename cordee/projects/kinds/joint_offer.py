"""A structured offer made by companies that complete each other."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Ask, Choice, Indicator, Kind, Line, Paper, Step, Words
from cordee.projects.kinds.common import AGAIN, BUDGET, CHARTER, IDEA, NEED, REFEREE, ROLES, SECRECY


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is promised to the client, and the days that its design takes."""

    promise: str = ""
    design_days: int = 20
    day_price: int = 425
    house: bool = False


def warnings(particulars: Particulars) -> tuple[Words, ...]:
    """The trap of the house builder's contract."""
    if particulars.house:
        return (
            _(
                "Une maison individuelle avec fourniture du plan relève du contrat de construction (CCMI) : un "
                "groupement de cotraitants ne le remplace pas. Faites relire le montage par un conseil."
            ),
        )
    return ()


KIND = Kind(
    slug="joint_offer",
    label=_("Offre commune"),
    summary=_("Une seule offre, un seul interlocuteur : chaque entreprise apporte sa part, le client voit un tout."),
    icon="columns",
    stages=(
        IDEA,
        Step("clients", _("Dix entretiens de clients"), ("need",)),
        Step("blueprint", _("Parcours du client, de bout en bout"), ("budget", "charter"), shows=("blueprint",)),
        Step("prices", _("Carnet de prix : chacun le sien"), ("competition", "contract"), shows=("book",)),
        Step("pilot", _("Client pilote"), ("guarantees", "signatory"), shows=("pilot",)),
        Step("launch", _("Lancement"), ("quality",), shows=("sent",)),
        Step("run", _("En série"), (), shows=("win_rate",)),
        Step("closing", _("Retirer, étendre ou transformer"), ("again",)),
    ),
    roles=(*ROLES, ("commercial_lead", _("Mandataire commercial")), ("quality", _("Qualité")), REFEREE),
    choices=(
        NEED,
        BUDGET,
        Choice(
            "competition",
            _("Le contrôle de concurrence"),
            _("Sommes-nous complémentaires ou concurrents sur une part ?"),
        ),
        Choice("contract", _("Un contrat unique ou la cotraitance"), _("Qui s’engage envers le client, et sur quoi.")),
        Choice(
            "guarantees",
            _("La matrice des garanties"),
            _("Chaque ouvrage est couvert, par qui, jusqu’à quand."),
            "solidarity",
        ),
        Choice(
            "signatory", _("Qui signe et qui coordonne"), _("La coordination se rémunère : 1 à 5 % selon le travail.")
        ),
        Choice("quality", _("Le niveau de qualité commun"), _("Ce que tout client reçoit, quel que soit le membre.")),
        AGAIN,
    ),
    papers=(
        CHARTER,
        SECRECY,
        Paper("convention", _("Convention de groupement"), "gme_conjoint"),
    ),
    lines=(
        Line("design", _("Conception (jours valorisés)"), lambda p: p.design_days * p.day_price * 100),
        Line("kit", _("Plaquette et site"), lambda p: 500_000),
        Line("coordination", _("Coordination, un cinquième de temps, un an"), lambda p: 900_000),
    ),
    key="equal",
    voting_rule="ordinary",
    risks=(
        _("Le maillon faible : le client juge l’ensemble sur le moins bon."),
        _("Une responsabilité floue : la matrice des garanties dit qui répond de quoi."),
        _("Marché privé jusqu’à 100 k€ : les mentions de l’article L124-3 du CCH manquent, le contrat est nul."),
    ),
    indicators=(
        Indicator("offers", _("Offres remises par trimestre")),
        Indicator("win_rate", _("Offres gagnées"), "%"),
        Indicator("basket", _("Panier moyen"), "€"),
        Indicator("complaints", _("Réclamations"), better="down"),
    ),
    ending=_("L’offre est retirée, élargie, ou portée par une structure (GIE, société)."),
    particulars=Particulars,
    asks={
        "promise": Ask(_("Promesse faite au client")),
        "design_days": Ask(_("Jours de conception"), low=0, high=400),
        "day_price": Ask(_("Valeur d’un jour en euros"), _("350 à 500 € le plus souvent."), 100, 2000),
        "house": Ask(_("L’offre comprend une maison individuelle entière")),
    },
    tools=("blueprint", "price_book", "bids"),
    warnings=warnings,
)
