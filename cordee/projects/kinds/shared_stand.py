"""A stand that several companies hold together at a fair."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Ask, Choice, Indicator, Kind, Line, Paper, Step, Words
from cordee.projects.kinds.common import AGAIN, BUDGET, CHARTER, IDEA, NEED, ROLES


@dataclass(frozen=True, slots=True)
class Particulars:
    """The fair and the surface."""

    fair: str = ""
    city: str = ""
    opens_on: str = ""
    days: int = 3
    surface: int = 18
    width: int = 6


SIZES = (9, 18, 36)


def by_surface(*euros: int) -> Callable[[Particulars], int]:
    """A cost known for stands of 9, 18 and 36 m²: in between and beyond, along the straight line."""

    def cents(particulars: Particulars) -> int:
        surface = particulars.surface
        place = 0 if surface <= SIZES[1] else 1
        low, high = SIZES[place], SIZES[place + 1]
        first, last = euros[place] * 100, euros[place + 1] * 100
        return max(0, first + (last - first) * (surface - low) // (high - low))

    return cents


def warnings(particulars: Particulars) -> tuple[Words, ...]:
    """What a leader should look at again."""
    if particulars.width and particulars.surface % particulars.width:
        return (_("La surface n’est pas un multiple de la façade : vérifiez le plan avec l’organisateur."),)
    return ()


KIND = Kind(
    slug="shared_stand",
    label=_("Stand commun"),
    summary=_("Exposer à plusieurs sur un salon : plus visible, et un tiers à moitié moins cher que seul."),
    icon="building-community",
    stages=(
        IDEA,
        Step("fair", _("Choix du salon"), ("need", "fair"), -9),
        Step("budget", _("Budget et clé"), ("budget", "surface"), -8),
        Step("booking", _("Réservation"), ("charter", "booker"), -7),
        Step("design", _("Aménagement et image"), ("banner",), -5),
        Step("rota", _("Tours de présence, règle des contacts"), ("lead_rule",), -2),
        Step("live", _("Salon"), ("scan_notice",), 0),
        Step("follow", _("Suivi des contacts"), (), 0),
        Step("closing", _("Bilan et comptes"), ("again",), 3),
    ),
    roles=(*ROLES, ("booker", _("Entreprise qui réserve et refacture"))),
    choices=(
        NEED,
        Choice(
            "fair",
            _("Quel salon"),
            _("Les clients de chacun y viennent-ils ? L’organisateur accepte-t-il des co-exposants ?"),
        ),
        BUDGET,
        Choice(
            "surface",
            _("La surface et les m² de chacun"),
            _("La clé de départ : 30 % à parts égales, 70 % selon les m²."),
            "budget",
        ),
        Choice(
            "booker",
            _("Qui réserve"),
            _("Une entreprise signe avec l’organisateur, paie l’acompte et refacture aux autres."),
        ),
        Choice("banner", _("L’enseigne commune"), _("Un nom, un visuel, la place de chaque logo.")),
        Choice(
            "lead_rule",
            _("À qui va un contact"),
            _("À celui qui l’a reçu, sinon à tour de rôle parmi ceux que cela concerne."),
        ),
        AGAIN,
    ),
    papers=(
        CHARTER,
        Paper("scan_notice", _("Information des visiteurs sur leurs données")),
    ),
    lines=(
        Line("space", _("Emplacement"), by_surface(3600, 6800, 12600)),
        Line("fees", _("Inscription, assurance, co-exposants"), by_surface(700, 1200, 2000)),
        Line("build", _("Aménagement, mobilier, écrans"), by_surface(2500, 6500, 15000)),
        Line("utilities", _("Électricité, eau, Wi-Fi, nettoyage"), by_surface(700, 1200, 2200)),
        Line("graphics", _("Visuels, identité commune"), by_surface(1000, 1800, 3200)),
        Line("transport", _("Transport, manutention"), by_surface(500, 1000, 2000)),
        Line("lodging", _("Déplacements et hébergement"), by_surface(1800, 3200, 5600)),
        Line("catering", _("Accueil, restauration"), by_surface(400, 900, 2000)),
        Line("promotion", _("Promotion, outil de contacts, suivi"), by_surface(900, 1600, 3000)),
        Line("contingency", _("Imprévus, 7 %"), by_surface(850, 1700, 3330)),
    ),
    key="mix",
    voting_rule="ordinary",
    risks=(
        _("L’un paie et n’est jamais là : les tours de présence sont écrits, une absence se paie."),
        _("Un contact pris à un autre : la règle d’attribution est votée avant le salon."),
        _("Un désistement tardif : l’acompte reste dû, la surface est reprise en priorité par les autres."),
    ),
    indicators=(
        Indicator("leads", _("Contacts qualifiés")),
        Indicator("cost_per_lead", _("Coût par contact"), "€", "down"),
        Indicator("meetings", _("Rendez-vous obtenus")),
        Indicator("orders", _("Commandes à douze mois"), "€"),
    ),
    ending=_("Les comptes sont soldés, et l’on vote : y retourner l’an prochain ou non."),
    particulars=Particulars,
    asks={
        "fair": Ask(_("Salon")),
        "city": Ask(_("Ville")),
        "opens_on": Ask(_("Premier jour"), day=True),
        "days": Ask(_("Nombre de jours"), low=1, high=15),
        "surface": Ask(_("Surface en m²"), low=4, high=400),
        "width": Ask(_("Façade en mètres"), low=2, high=60),
    },
    tools=("stand", "presence", "leads"),
    least=2,
    warnings=warnings,
)
