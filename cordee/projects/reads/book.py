"""What a book says of this room's acts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: Mapping[str, str | Promise] = {
    "projects.project.opened": gettext_lazy("%(who)s a ouvert un projet"),
    "projects.project.changed": gettext_lazy("%(who)s a modifié un projet"),
    "projects.project.ended": gettext_lazy("%(who)s a terminé un projet"),
    "projects.participant.joined": gettext_lazy("%(who)s est entré dans un projet"),
    "projects.participant.left": gettext_lazy("%(who)s a quitté un projet"),
    "projects.role.taken": gettext_lazy("%(who)s a pris un rôle dans un projet"),
    "projects.checkpoint.voted": gettext_lazy("%(who)s a mis au vote une décision d’un projet"),
    "projects.checkpoint.noted": gettext_lazy("%(who)s a noté un point réglé d’un projet"),
    "projects.stage.entered": gettext_lazy("%(who)s a fait passer un projet à l’étape suivante"),
    "projects.stage.left": gettext_lazy("%(who)s a fait revenir un projet à l’étape précédente"),
    "projects.budget.written": gettext_lazy("%(who)s a écrit le budget d’un projet"),
    "projects.measure.noted": gettext_lazy("%(who)s a noté un résultat d’un projet"),
    "projects.tool.switched": gettext_lazy("%(who)s a sorti ou rangé un outil d’un projet"),
    "projects.lead_rule.set": gettext_lazy("%(who)s a écrit la règle de partage des contacts"),
    "projects.leads.taken": gettext_lazy("%(who)s a noté des contacts (%(leads)s)"),
    "projects.leads.dealt": gettext_lazy("%(who)s a partagé des contacts par la règle (%(leads)s)"),
    "projects.lead.followed": gettext_lazy("%(who)s a suivi un contact"),
    "projects.lead.handed": gettext_lazy("%(who)s a cédé un contact"),
    "projects.lead.erased": gettext_lazy("%(who)s a effacé les coordonnées d’un contact"),
    "projects.sketch.cut": gettext_lazy("%(who)s a découpé le plan du stand"),
    "projects.sketch.drawn": gettext_lazy("%(who)s a corrigé le plan du stand"),
    "projects.stand_dates.proposed": gettext_lazy("%(who)s a écrit le calendrier du stand"),
    "projects.stand_date.added": gettext_lazy("%(who)s a ajouté une échéance du stand"),
    "projects.stand_date.ticked": gettext_lazy("%(who)s a mis à jour une échéance du stand"),
    "projects.presence.opened": gettext_lazy("%(who)s a écrit les heures du stand"),
    "projects.presence_hand.added": gettext_lazy("%(who)s a nommé quelqu’un pour tenir le stand"),
    "projects.presence_hand.removed": gettext_lazy("%(who)s a enlevé quelqu’un du stand"),
    "projects.presence_hand.wished": gettext_lazy("%(who)s a dit quand quelqu’un peut tenir le stand"),
    "projects.presence.planned": gettext_lazy("%(who)s a fait planifier les tours de présence"),
    "projects.presence.changed": gettext_lazy("%(who)s a changé un tour de présence"),
    "projects.leads.forgotten": gettext_lazy("Des contacts de plus de trois ans ont été effacés (%(leads)s)"),
}
