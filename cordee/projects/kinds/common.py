"""What several kinds share, said once: the roles, the gates that come back, a few decisions."""

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Choice, Paper, Step

IDEA = Step("idea", _("Idée"))
ROLES = (
    ("lead", _("Responsable du projet")),
    ("treasurer", _("Trésorerie du projet")),
    ("client_voice", _("Voix du client")),
)
REFEREE = ("referee", _("Référent concurrence, neutre"))

NEED = Choice(
    "need",
    _("Le besoin est commun"),
    _("Chaque dirigeant dit ce que le projet lui apporte et qu’il ne peut pas faire seul."),
)
BUDGET = Choice("budget", _("Le budget et la clé de partage"), _("Qui paie quoi, avant la première dépense."), "budget")
AGAIN = Choice(
    "again", _("Recommencer, arrêter ou changer"), _("À la fin, chacun dit s’il repart et à quelle condition.")
)
COMPETITION = Choice(
    "competition",
    _("Le contrôle de concurrence"),
    _("Ce que nous mettons en commun est nécessaire, limité au projet, et profite au client."),
)
CHARTER = Paper("charter", _("Charte de coopération"), "cooperation_charter")
SECRECY = Paper("nda", _("Accord de confidentialité"), "nda")
