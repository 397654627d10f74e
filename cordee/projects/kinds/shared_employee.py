"""An employee shared by several companies, QHSE first."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Ask, Choice, Indicator, Kind, Line, Paper, Step, Words, fixed
from cordee.projects.kinds.common import AGAIN, BUDGET, CHARTER, IDEA, NEED, ROLES


@dataclass(frozen=True, slots=True)
class Particulars:
    """The job and its complete cost."""

    job: str = "QHSE"
    gross: int = 42_000
    employer_rate: int = 42
    other_costs: int = 4_300
    billable_hours: int = 1_527


def complete_cost(particulars: Particulars) -> int:
    """Gross, employer's contributions, the rest; in cents."""
    return particulars.gross * (100 + particulars.employer_rate) + particulars.other_costs * 100


def warnings(particulars: Particulars) -> tuple[Words, ...]:
    """What the law looks at."""
    if particulars.billable_hours > 1_607:
        return (_("Plus de 1 607 heures par an : c’est au-delà d’un temps plein, avant même les congés."),)
    return ()


KIND = Kind(
    slug="shared_employee",
    label=_("Salarié partagé"),
    summary=_("Une compétence à temps partiel pour chacun, un emploi à temps plein pour la personne, au coût complet."),
    icon="user-check",
    stages=(
        IDEA,
        Step("needs", _("Besoins : jours, sites, périodes"), ("need",)),
        Step("job", _("Fiche de poste"), ("job", "agreement")),
        Step("employer", _("Groupement d’employeurs, ou prêt pour commencer"), ("form", "budget", "statutes")),
        Step("hire", _("Recrutement"), ("confidentiality", "lending")),
        Step("plan", _("Plan de douze mois par entreprise"), ("priorities",)),
        Step("run", _("En cours"), ()),
        Step("review", _("Bilan annuel, heures rééquilibrées"), ("rebalance",)),
        Step("closing", _("Fin ou embauche par un membre"), ("again",)),
    ),
    roles=(*ROLES, ("hr", _("Référent du salarié"))),
    choices=(
        NEED,
        Choice("job", _("La fiche de poste"), _("Ce que la personne fait, et ce qu’elle ne fait pas.")),
        Choice("agreement", _("La convention collective"), _("La même pour tous, ou une choisie et déclarée.")),
        Choice(
            "form",
            _("Groupement d’employeurs ou prêt de main-d’œuvre"),
            _("À prix coûtant dans les deux cas."),
            "solidarity",
        ),
        BUDGET,
        Choice(
            "confidentiality",
            _("Ce que la personne ne dit pas d’un membre à l’autre"),
            _("Elle voit les procédés de tous."),
        ),
        Choice("priorities", _("Les priorités en cas d’urgence"), _("Un accident passe avant une visite prévue.")),
        Choice(
            "rebalance",
            _("Le rééquilibrage des heures"),
            _("Chacun paie ses heures, et au moins 90 % de celles qu’il a réservées."),
            "budget",
        ),
        AGAIN,
    ),
    papers=(
        CHARTER,
        Paper("statutes", _("Statuts du groupement d’employeurs")),
        Paper("lending", _("Convention de mise à disposition, par membre")),
    ),
    lines=(
        Line("pay", _("Salaire brut et charges"), lambda p: p.gross * (100 + p.employer_rate)),
        Line("other", _("Mutuelle, formation, déplacements, équipement"), lambda p: p.other_costs * 100),
        Line("admin", _("Gestion du groupement d’employeurs"), fixed(3250)),
        Line("reserve", _("Réserve : 2 % du brut"), lambda p: p.gross * 2),
    ),
    key="use",
    voting_rule="ordinary",
    risks=(
        _("Les membres répondent ensemble des salaires, sauf partage écrit dans les statuts."),
        _("Un seul utilisateur prend presque tout : plus de 80 % pendant six mois, c’est un faux partage."),
        _("Trop d’heures : la limite se compte sur la somme de toutes les entreprises."),
    ),
    indicators=(
        Indicator("used", _("Heures utilisées sur heures réservées"), "%"),
        Indicator("accidents", _("Accidents avec arrêt"), better="down"),
        Indicator("audits", _("Audits réussis")),
        Indicator("satisfaction", _("Satisfaction du salarié et des entreprises"), "/10"),
    ),
    ending=_("Les heures sont reprises par les autres ou la fin du contrat est financée ; un membre peut embaucher."),
    particulars=Particulars,
    asks={
        "job": Ask(_("Poste")),
        "gross": Ask(_("Salaire brut par an, en euros"), "", 15_000, 200_000),
        "employer_rate": Ask(
            _("Charges de l’employeur, en % du brut"), _("42 % : ordre de grandeur, à vérifier."), 0, 100
        ),
        "other_costs": Ask(_("Autres coûts par an, en euros"), "", 0, 100_000),
        "billable_hours": Ask(_("Heures facturables par an"), _("Environ 1 527 pour un temps plein."), 100, 2_400),
    },
    tools=("timetable", "sheets"),
    warnings=warnings,
)
