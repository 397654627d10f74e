"""The ninth kind: what nobody foresaw. The leaders write its stages by moving through four plain ones."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Ask, Indicator, Kind, Line, Step
from cordee.projects.kinds.common import AGAIN, BUDGET, CHARTER, IDEA, NEED, ROLES


@dataclass(frozen=True, slots=True)
class Particulars:
    """What it is about, and a first amount."""

    about: str = ""
    amount: int = 0


KIND = Kind(
    slug="free",
    label=_("Autre coopération"),
    summary=_("Ce que personne n’avait prévu : vous en écrivez le but, le budget et la fin."),
    icon="flag",
    stages=(
        IDEA,
        Step("prepare", _("Préparation"), ("need",)),
        Step("run", _("En cours"), ("budget", "charter")),
        Step("closing", _("Bilan"), ("again",)),
    ),
    roles=ROLES,
    choices=(NEED, BUDGET, AGAIN),
    papers=(CHARTER,),
    lines=(Line("first", _("Premier budget"), lambda p: p.amount * 100),),
    key="equal",
    voting_rule="ordinary",
    risks=(_("Un but flou : dites à quoi l’on verra que c’est réussi, et quand l’on s’arrête."),),
    indicators=(Indicator("result", _("Résultat obtenu")),),
    ending=_("Le but est atteint, ou n’est plus justifié : on le dit, on solde, on se quitte."),
    particulars=Particulars,
    asks={"about": Ask(_("De quoi s’agit-il ?")), "amount": Ask(_("Premier budget en euros"))},
    least=2,
)
