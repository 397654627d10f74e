"""An offer made by competitors for markets that none of them reaches alone."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Ask, Choice, Indicator, Kind, Line, Paper, Step, Words
from cordee.projects.kinds.common import AGAIN, BUDGET, COMPETITION, IDEA, NEED, REFEREE, ROLES, SECRECY


@dataclass(frozen=True, slots=True)
class Particulars:
    """The markets aimed at, one by one."""

    markets: str = ""
    volume: int = 0
    counsel: int = 5000


def warnings(particulars: Particulars) -> tuple[Words, ...]:
    """A list of markets, never all of them."""
    said: tuple[Words, ...] = ()
    if not particulars.markets.strip():
        said = (_("Nommez les marchés visés : « tous » n’est pas une liste, et ferait de l’accord une entente."),)
    elif particulars.markets.strip().lower() in ("tous", "tout", "all"):
        said = (_("« Tous les marchés » serait une entente : nommez-les un par un."),)
    return said


KIND = Kind(
    slug="competitor_offer",
    label=_("Offre entre concurrents"),
    summary=_("À plusieurs du même métier, pour des marchés qu’aucun n’atteint seul : capacité, délai ou couverture."),
    icon="scale",
    stages=(
        IDEA,
        Step("check", _("Contrôle juridique préalable"), ("competition", "scope")),
        Step("proof", _("Preuve du besoin, membre par membre"), ("need",)),
        Step("rules", _("Mise en commun des capacités"), ("allocation", "assembler", "nda")),
        Step("clean", _("Équipe isolée et salle fermée"), ("clean_team",)),
        Step("pitch", _("Offre au client"), ("budget",)),
        Step("contract", _("Contrat et exécution bornée"), ("convention",)),
        Step("closing", _("Fermeture de la salle"), ("again",)),
    ),
    roles=(*ROLES, REFEREE, ("assembler", _("Assembleur neutre des prix"))),
    choices=(
        COMPETITION,
        Choice(
            "scope",
            _("La liste des marchés visés"),
            _("Bornée, datée, justifiée : jamais « tous »."),
            "rules_amendment",
        ),
        NEED,
        Choice(
            "allocation",
            _("La règle d’attribution des commandes"),
            _("Capacité, proximité, qualité : pas de quotas tirés du passé."),
            "rules_amendment",
        ),
        Choice("assembler", _("L’assembleur neutre"), _("Lui seul voit les prix de chacun ; personne d’un membre.")),
        Choice("clean_team", _("L’équipe isolée"), _("Qui entre dans la salle, ce qui n’en sort pas.")),
        BUDGET,
        AGAIN,
    ),
    papers=(
        SECRECY,
        Paper("convention", _("Convention de groupement"), "gme_conjoint"),
    ),
    lines=(
        Line("counsel", _("Conseil en droit de la concurrence"), lambda p: p.counsel * 100),
        Line("coordination", _("Coordination, un cinquième de temps, un an"), lambda p: 900_000),
        Line("quality", _("Contrôle de la qualité"), lambda p: 300_000),
    ),
    key="use",
    voting_rule="rules_amendment",
    risks=(
        _("L’entente : prix discutés, clients partagés, marchés répartis. C’est interdit, groupement ou pas."),
        _("Une information sensible qui sort de la salle."),
        _("Devenir dépendant d’un client que l’on ne sert qu’ensemble."),
    ),
    indicators=(
        Indicator("markets", _("Marchés atteints, preuve à l’appui")),
        Indicator("client_gain", _("Gain du client"), "%"),
        Indicator("delay", _("Délai gagné"), _("jours")),
    ),
    ending=_("À la fin du contrat, les données sont scellées ; recommencer demande un nouveau contrôle."),
    particulars=Particulars,
    asks={
        "markets": Ask(_("Marchés visés"), _("Un par ligne ou séparés par des points-virgules."), rows=3),
        "volume": Ask(_("Volume demandé par an"), _("Dans l’unité du client.")),
        "counsel": Ask(_("Honoraires du conseil en euros"), _("3 000 à 8 000 € d’ordinaire."), 0, 100_000),
    },
    tools=("capacity",),
    warnings=warnings,
)
