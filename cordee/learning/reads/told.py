"""What a book says of this room's acts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "learning.session.planned": _("%(who)s a prévu une séance entre pairs"),
    "learning.session.joined": _("%(who)s est entré dans une séance, et promet la confidentialité"),
    "learning.session.stepped": _("La séance entre pairs est à l’étape %(step)s"),
    "learning.session.closed": _("%(who)s a terminé sa séance avec son plan d’action"),
    "learning.session.cancelled": _("%(who)s a annulé une séance entre pairs"),
    "learning.action.followed": _("%(who)s a suivi son plan d’action"),
    "learning.answers.given": _("%(who)s a répondu à un questionnaire"),
    "learning.case.proposed": _("%(who)s propose de raconter un cas, sans nom"),
    "learning.case.agreed": _("%(who)s accepte qu’un cas soit raconté, sans nom"),
    "learning.case.withdrawn": _("%(who)s a retiré un cas raconté"),
    "learning.testimony.asked": _("Un témoignage a été demandé à %(subject)s"),
    "learning.testimony.given": _("%(who)s a dit si cela a marché"),
    "learning.testimony.withdrawn": _("%(who)s a retiré son témoignage"),
    "learning.page.proposed": _("%(who)s a proposé une page publique"),
    "learning.page.opened": _("La page publique, votée, est ouverte"),
    "learning.page.closed": _("%(who)s a fermé la page publique"),
}
