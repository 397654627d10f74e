"""A sales person shared by companies that none could afford alone."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Ask, Choice, Indicator, Kind, Line, Paper, Step, fixed
from cordee.projects.kinds.common import AGAIN, BUDGET, CHARTER, IDEA, NEED, ROLES


@dataclass(frozen=True, slots=True)
class Particulars:
    """The pay, the territory, the time."""

    territory: str = ""
    gross_fixed: int = 34_000
    gross_variable: int = 10_000
    employer_rate: int = 42
    month_hours: int = 152


KIND = Kind(
    slug="shared_sales",
    label=_("Commercial partagé"),
    summary=_("Une force de vente qu’aucun ne peut payer seul, au service de tous à parts convenues."),
    icon="briefcase",
    stages=(
        IDEA,
        Step("targets", _("Clients visés"), ("need",)),
        Step("profile", _("Profil et territoire"), ("territory", "budget")),
        Step("form", _("Forme et contrat"), ("employer", "charter")),
        Step("tools", _("Fichier commun et règle des affaires"), ("lead_rule", "order")),
        Step("ramp", _("Trois mois de démarrage"), ()),
        Step("review", _("Revue de chaque trimestre"), ("time",)),
        Step("closing", _("Fin, fichier rendu"), ("file", "again")),
    ),
    roles=(*ROLES, ("manager", _("Référent du commercial"))),
    choices=(
        NEED,
        Choice("territory", _("Le profil et le territoire"), _("Quels clients, quelle zone, quelles offres d’abord.")),
        BUDGET,
        Choice(
            "employer",
            _("Qui emploie"),
            _("Groupement d’employeurs à prix coûtant, GIE, ou agent à plusieurs cartes."),
            "solidarity",
        ),
        Choice(
            "lead_rule",
            _("À qui va une affaire"),
            _("Au plus apte ; à égalité, au moins servi. Un litige se tranche en cinq jours."),
        ),
        Choice("order", _("Ce qui est présenté d’abord"), _("L’ordre tourne, pour que personne ne soit oublié.")),
        Choice("time", _("Le temps donné à chacun"), _("Comparé à ce que chacun paie.")),
        Choice(
            "file",
            _("À qui revient le fichier des clients"),
            _("Chaque affaire rend son client à l’entreprise qui l’a servi."),
            "winding_up",
        ),
        AGAIN,
    ),
    papers=(CHARTER, Paper("employment", _("Contrat de travail et convention de mise à disposition"))),
    lines=(
        Line(
            "pay",
            _("Salaire, part variable et charges"),
            lambda p: (p.gross_fixed + p.gross_variable) * (100 + p.employer_rate),
        ),
        Line("car", _("Véhicule"), fixed(8000)),
        Line("expenses", _("Frais de route"), fixed(8000)),
        Line("tools", _("Outils et téléphone"), fixed(1500)),
    ),
    key="mix",
    voting_rule="ordinary",
    risks=(
        _("Une attention inégale : le temps de chacun est noté et montré à tous."),
        _("Le fichier des clients à la sortie : la règle est votée au départ."),
        _("Des concurrents servis par la même tête : aucun prix de l’un n’est connu d’un autre."),
    ),
    indicators=(
        Indicator("visits", _("Visites")),
        Indicator("offers", _("Offres remises")),
        Indicator("orders", _("Commandes"), "€"),
        Indicator("cost_per_order", _("Coût par commande"), "€", "down"),
    ),
    ending=_("Le contrat prend fin, le fichier est partagé selon la règle, la personne est reclassée."),
    particulars=Particulars,
    asks={
        "territory": Ask(_("Territoire")),
        "gross_fixed": Ask(_("Salaire brut fixe par an, en euros"), "", 15_000, 200_000),
        "gross_variable": Ask(_("Part variable par an, en euros"), "", 0, 200_000),
        "employer_rate": Ask(
            _("Charges de l’employeur, en % du brut"), _("42 % : ordre de grandeur, à vérifier."), 0, 100
        ),
        "month_hours": Ask(_("Heures par mois"), "", 1, 240),
    },
    tools=("pipeline", "sales"),
)
