"""A brand that several companies own and defend together."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Ask, Choice, Indicator, Kind, Line, Paper, Step, fixed
from cordee.projects.kinds.common import AGAIN, BUDGET, CHARTER, IDEA, NEED, ROLES


@dataclass(frozen=True, slots=True)
class Particulars:
    """The name, its classes, and what its users pay."""

    sign: str = ""
    classes: int = 2
    users: int = 5
    filed_on: str = ""


KIND = Kind(
    slug="common_brand",
    label=_("Marque commune"),
    summary=_("Un signe que le client reconnaît, avec une promesse tenue par tous ceux qui le portent."),
    icon="award",
    stages=(
        IDEA,
        Step("promise", _("Promesse et valeurs"), ("need", "promise")),
        Step("search", _("Recherche d’antériorité"), ("name",)),
        Step("owner", _("Propriétaire et statut de la marque"), ("owner", "budget")),
        Step("filing", _("Dépôt à l’INPI"), ("classes",)),
        Step("rules", _("Règlement d’usage et contrôle"), ("rules", "standard", "sanctions")),
        Step("launch", _("Lancement"), ("royalty",)),
        Step("audit", _("Audits et vie de la marque"), ()),
        Step("closing", _("Transmission ou retrait"), ("again",)),
    ),
    roles=(*ROLES, ("guardian", _("Gardien de la marque")), ("auditor", _("Auditeur"))),
    choices=(
        NEED,
        Choice("promise", _("La promesse"), _("Ce que le client reçoit à chaque fois.")),
        Choice("name", _("Le nom"), _("Libre, distinctif, prononçable ; la recherche d’antériorité le dit.")),
        Choice(
            "owner",
            _("Qui possède la marque"),
            _("Une association, un GIE ou une coopérative plutôt qu’un seul membre."),
            "solidarity",
        ),
        BUDGET,
        Choice("classes", _("Marque individuelle, collective ou de garantie"), _("Et dans quelles classes.")),
        Choice(
            "standard", _("Les conditions d’entrée"), _("Mesurables, contrôlables, les mêmes pour tous."), "admission"
        ),
        Choice(
            "sanctions",
            _("Les sanctions"),
            _("Avertir, suspendre, retirer : dans cet ordre, après avoir entendu."),
            "exclusion",
        ),
        Choice("royalty", _("La redevance"), _("Par paliers de chiffre d’affaires, plafonnée."), "budget"),
        AGAIN,
    ),
    papers=(CHARTER, Paper("rules", _("Règlement d’usage de la marque"))),
    lines=(
        Line("search", _("Recherche d’antériorité"), fixed(900)),
        Line(
            "filing",
            _("Dépôt INPI : 190 € et 40 € par classe au-delà de la première"),
            lambda p: 19_000 + 4_000 * max(0, p.classes - 1),
        ),
        Line("identity", _("Logo et charte graphique"), fixed(5500)),
        Line("site", _("Site internet"), fixed(8000)),
        Line("campaign", _("Campagne, première année"), fixed(10000)),
        Line("control", _("Contrôle, 1 000 € par utilisateur et par an"), lambda p: p.users * 100_000),
    ),
    key="equal",
    voting_rule="ordinary",
    risks=(
        _("Le propriétaire s’en va avec la marque : elle appartient au groupement, pas à un membre."),
        _("La qualité glisse : un contrôle par an, avec des photos."),
        _("La marque devient un nom commun : elle se défend."),
    ),
    indicators=(
        Indicator("audits", _("Audits réussis"), "%"),
        Indicator("contacts", _("Contacts venus par la marque")),
        Indicator("complaints", _("Réclamations"), better="down"),
    ),
    ending=_("La marque est cédée, concédée, ou retirée par tous en soixante jours."),
    particulars=Particulars,
    asks={
        "sign": Ask(_("Nom envisagé")),
        "classes": Ask(_("Nombre de classes"), low=1, high=45),
        "users": Ask(_("Utilisateurs attendus"), low=1, high=500),
        "filed_on": Ask(_("Date du dépôt"), _("Le renouvellement vient dix ans après."), day=True),
    },
    tools=("brand",),
)
