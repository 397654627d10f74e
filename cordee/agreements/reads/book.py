"""What a book says of this room's acts, and of the ceremonies in which its documents are signed."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: Mapping[str, str | Promise] = {
    "agreements.agreement.prepared": gettext_lazy("%(who)s a préparé un document"),
    "agreements.agreement.answered": gettext_lazy("%(who)s a complété un document"),
    "agreements.agreement.sent": gettext_lazy("%(who)s a envoyé un document à signer"),
    "agreements.agreement.taken_back": gettext_lazy("%(who)s a repris un document pour le corriger"),
    "agreements.agreement.settled": gettext_lazy("La signature d’un document est terminée"),
    "signing.ceremony.opened": gettext_lazy("Un document est parti à la signature"),
    "signing.code.sent": gettext_lazy("%(who)s a reçu un code pour signer"),
    "signing.signature.given": gettext_lazy("%(who)s a signé"),
    "signing.signature.declined": gettext_lazy("%(who)s a refusé de signer"),
    "signing.ceremony.cancelled": gettext_lazy("Un document a été retiré de la signature"),
    "signing.ceremony.sealed": gettext_lazy("Le document signé par tous est scellé"),
    "agreements.agreement.reviewed": gettext_lazy("%(who)s a noté la relecture d’un document par un conseil"),
    "agreements.agreement.kept_on_paper": gettext_lazy("%(who)s a déposé un document signé sur papier"),
    "agreements.change.prepared": gettext_lazy("%(who)s a préparé un changement à un document signé"),
    "agreements.ending.noticed": gettext_lazy("%(who)s a notifié la fin d’un engagement"),
    "agreements.delegation.written": gettext_lazy("%(who)s a enregistré une délégation de signature"),
    "agreements.delegation.revoked": gettext_lazy("%(who)s a retiré une délégation de signature"),
    "agreements.advice.kept": gettext_lazy("%(who)s a comparé les formes juridiques"),
    "agreements.date.neared": gettext_lazy("Une échéance approche"),
    "signing.signature.forwarded": gettext_lazy("%(who)s a transmis une signature"),
    "signing.deadline.moved": gettext_lazy("Le délai pour signer est prolongé"),
    "agreements.parties.chosen": gettext_lazy("%(who)s a choisi les parties d’un document"),
    "agreements.signature.lagging": gettext_lazy("Le délai pour signer un document approche ou est passé"),
    "signing.ceremony.chased": gettext_lazy("%(who)s a relancé ceux qui n’ont pas signé"),
    "signing.signatory.reminded": gettext_lazy("Un rappel de signature est parti"),
    "signing.ceremony.handed_over": gettext_lazy("Un document est parti chez le prestataire de signature"),
    "signing.ceremony.returned": gettext_lazy("Le prestataire de signature a rendu un document"),
    "signing.paper.kept": gettext_lazy("Le scan d’un document signé à la main est conservé"),
}
