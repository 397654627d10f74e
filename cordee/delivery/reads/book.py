"""What a book says of this room’s acts."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.ground.register.models import Entry


def _either(fact: str, yes: str | Promise, no: str | Promise) -> Callable[[Entry], str | Promise]:
    return lambda entry: yes if entry.facts.get(fact) else no


def _answered(entry: Entry) -> str | Promise:
    return {
        "accepted": _("%(who)s a validé un livrable"),
        "reserved": _("%(who)s a validé un livrable avec réserves"),
        "refused": _("%(who)s a refusé un livrable"),
    }[entry.facts["outcome"]]


SENTENCES: Mapping[str, str | Promise | Callable[[Entry], str | Promise]] = {
    "delivery.delivery.opened": _("%(who)s a ouvert un chantier"),
    "delivery.delivery.ended": _("%(who)s a terminé un chantier"),
    "delivery.member.joined": _("%(who)s a rejoint un chantier"),
    "delivery.client.noted": _("%(who)s a noté qui est le client"),
    "delivery.portal.sent": _("%(who)s a envoyé au client le lien de sa page"),
    "delivery.portal.shut": _("%(who)s a retiré le lien du client"),
    "delivery.lot.written": _("%(who)s a décrit un lot"),
    "delivery.lot.taken": _("%(who)s s’est engagé sur un lot"),
    "delivery.item.written": _("%(who)s a écrit une carte"),
    "delivery.item.taken": _("%(who)s s’est engagé sur une carte"),
    "delivery.item.released": _("%(who)s a rendu une carte"),
    "delivery.item.moved": _("%(who)s a déplacé une carte"),
    "delivery.item.noted": _("%(who)s a écrit à l’équipe sur une carte"),
    "delivery.item.planned": _either(
        "in", _("%(who)s s’est engagé pour le sprint"), _("%(who)s a retiré une carte du sprint")
    ),
    "delivery.blocker.raised": _either(
        "help", _("%(who)s a signalé un blocage et appelle à l’aide"), _("%(who)s a signalé un blocage")
    ),
    "delivery.blocker.helped": _("%(who)s répond à un appel à l’aide"),
    "delivery.blocker.lifted": _("%(who)s a levé un blocage"),
    "delivery.sprint.opened": _("%(who)s a ouvert le sprint %(number)s"),
    "delivery.sprint.facilitated": _("%(who)s a pris l’animation du sprint"),
    "delivery.sprint.reviewed": _("%(who)s a noté la revue du sprint %(number)s"),
    "delivery.sprint.closed": _("%(who)s a terminé le sprint %(number)s"),
    "delivery.retro.added": _("%(who)s s’est exprimé à la rétrospective"),
    "delivery.retro.decided": _("%(who)s a mis au vote une proposition de la rétrospective"),
    "delivery.client.written": _("%(who)s a écrit au client"),
    "delivery.client.answered": _("Le client a écrit"),
    "delivery.deliverable.prepared": _("%(who)s a annoncé un livrable"),
    "delivery.deliverable.shown": _("%(who)s a remis un livrable au client"),
    "delivery.deliverable.answered": _answered,
    "delivery.reserve.raised": _("Le client a noté une réserve"),
    "delivery.reserve.put_right": _("%(who)s dit une réserve corrigée"),
    "delivery.reserve.answered": _either(
        "lifted", _("Le client a levé une réserve"), _("Le client dit une réserve pas encore corrigée")
    ),
    "delivery.reception.called": _("%(who)s a convoqué la réception des travaux"),
    "delivery.reception.answered": _("Le client a répondu à la réception des travaux"),
    "delivery.reception.signed": _("La réception est signée : les garanties légales courent depuis le %(received_on)s"),
    "delivery.reception.unsigned": _("Le procès-verbal de réception n’est pas signé : le client répond de nouveau"),
    "delivery.change.asked": _either(
        "by_client", _("Le client a demandé une modification"), _("%(who)s a proposé une modification")
    ),
    "delivery.change.priced": _("%(who)s a chiffré sa part d’une modification"),
    "delivery.change.voted": _("%(who)s a mis une modification au vote"),
    "delivery.change.offered": _("%(who)s a répondu au client sur sa modification"),
    "delivery.change.answered": _either(
        "agreed", _("Le client a accepté une modification"), _("Le client a décliné une modification")
    ),
    "delivery.billing.written": _("%(who)s a noté ce qu’il facturera"),
    "delivery.billing.split": _("%(who)s a demandé un acompte sur ce qui est validé avec réserves"),
    "delivery.billing.dropped": _("%(who)s a retiré ce qu’il devait facturer"),
    "delivery.billing.invoiced": _("%(who)s a préparé la facture de ce qui est accepté"),
    "delivery.substitute.listed": _either(
        "listed", _("%(who)s s’est inscrit dans l’ordre de reprise"), _("%(who)s s’est retiré de l’ordre de reprise")
    ),
    "delivery.default.raised": _("%(who)s a signalé une défaillance"),
    "delivery.default.answered": _("%(who)s a répondu sur sa défaillance"),
    "delivery.default.called": _("%(who)s a appelé à reprendre"),
    "delivery.default.offered": _either(
        "takes_over", _("%(who)s propose de reprendre"), _("%(who)s laisse la reprise au suivant")
    ),
    "delivery.pact.voted": _("%(who)s a mis au vote un pacte d’achèvement"),
    "delivery.pact.carried_out": _either(
        "adopted",
        _("%(who)s a appliqué le pacte d’achèvement et informé le client"),
        _("Le pacte d’achèvement n’est pas adopté : la recherche reprend"),
    ),
    "delivery.part.offered": _either(
        "leaves", _("%(who)s cherche qui reprend sa part, pour quitter le chantier"), _("%(who)s cherche qui reprend")
    ),
    "delivery.part.withdrawn": _("%(who)s garde sa part"),
    "delivery.part.answered": _either(
        "takes", _("%(who)s reprend la part d’une autre entreprise"), _("%(who)s laisse la reprise au suivant")
    ),
    "delivery.part.told": _("%(who)s a dit au client qui reprend"),
    "delivery.member.left": _("%(who)s a quitté un chantier"),
    "delivery.contact.offered": _("%(who)s propose de passer la main auprès du client"),
    "delivery.contact.taken": _("%(who)s est désormais l’interlocuteur du client"),
    "delivery.deputy.changed": _either(
        "in", _("%(who)s supplée l’interlocuteur du client"), _("%(who)s ne supplée plus l’interlocuteur du client")
    ),
    "delivery.client.judged": _("Le client a répondu aux trois questions"),
    "delivery.member.judged": _("%(who)s a dit si cela a marché"),
    "delivery.member.asked_again": _("La question « cela a-t-il marché ? » est reposée"),
}
