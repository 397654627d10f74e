"""What a book says of joint bids, private offers, what companies show, and the radar."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cordee.engines.procurement import CASES, step_label
from cordee.ground.kit.money import euros
from cordee.ground.kit.words import language
from cordee.ground.register.models import Entry
from cordee.offers.models import Bid, BidRequirement

Sentence = str | Promise | Callable[[Entry], str]
RESULTS = {
    "won": gettext_lazy("%(who)s a noté que l’offre est gagnée"),
    "lost": gettext_lazy("%(who)s a noté que l’offre est perdue"),
    "abandoned": gettext_lazy("%(who)s a noté que l’offre est abandonnée"),
}
OPENED = {
    Bid.Kind.TENDER: gettext_lazy("%(who)s a ouvert la réponse commune à un marché"),
    Bid.Kind.OFFER: gettext_lazy("%(who)s a ouvert une offre commune à un client privé"),
}
ANSWERED = {
    "accepted": gettext_lazy("Le client a accepté l’offre commune"),
    "declined": gettext_lazy("Le client a décliné l’offre commune"),
}
COLOURS = {
    "green": gettext_lazy("%(who)s a écrit la note de concurrence : rien ne s’oppose à l’offre"),
    "amber": gettext_lazy("%(who)s a écrit la note de concurrence : des précautions sont à prendre"),
    "red": gettext_lazy("%(who)s a écrit la note de concurrence : elle interdit l’offre en l’état"),
}


def _by(fact: str, table: Mapping[Any, Any]) -> Callable[[Entry], str]:
    return lambda entry: str(table.get(str(entry.facts.get(fact)), "")) or _("%(who)s a modifié une offre commune")


def _either(fact: str, yes: Promise | str, no: Promise | str) -> Callable[[Entry], str]:
    return lambda entry: str(yes if entry.facts.get(fact) else no)


def _frozen(entry: Entry) -> str:
    total = int(entry.facts.get("total") or 0)
    if not total or int(entry.facts.get("members") or 0) < 3:
        return _("%(who)s a figé l’équipe et les prix")
    return _("%(who)s a figé l’équipe et les prix : %(total)s hors taxes, ensemble") % {
        "who": "%(who)s",
        "total": euros(total),
    }


def _step(entry: Entry) -> str:
    said = (
        gettext_noop("%(who)s a fait une étape du planning : %(step)s")
        if entry.facts.get("done")
        else gettext_noop("%(who)s a rouvert une étape du planning : %(step)s")
    )
    return _(said) % {"who": "%(who)s", "step": step_label(str(entry.facts.get("step")), language())}


def _required(entry: Entry) -> str:
    dropped = entry.act == "offers.requirement.dropped"
    kind = dict(BidRequirement.Kind.choices).get(str(entry.facts.get("kind")), "")
    said = (
        gettext_noop("%(who)s a retiré une exigence de l’acheteur : %(kind)s")
        if dropped
        else gettext_noop("%(who)s a noté une exigence de l’acheteur : %(kind)s")
    )
    return _(said) % {"who": "%(who)s", "kind": kind}


def _reopened(entry: Entry) -> str:
    words = CASES.get(str(entry.facts.get("case")), ("", ""))
    case = words[language() == "en"]
    return _("%(who)s a rouvert l’équipe : %(case)s") % {"who": "%(who)s", "case": case}


def _until(entry: Entry) -> str:
    if not entry.facts.get("until"):
        return _("%(who)s a repris la parole avec le client")
    return _("%(who)s a passé le relais à son suppléant jusqu’au %(until)s")


BID_SENTENCES: Mapping[str, Sentence] = {
    "offers.bid.opened": _by("kind", OPENED),
    "offers.bid.changed": gettext_lazy("%(who)s a modifié les termes d’une offre commune"),
    "offers.bid.roles": gettext_lazy("%(who)s a nommé qui mène l’offre, qui assemble les prix, qui parle au client"),
    "offers.bid.frozen": _frozen,
    "offers.bid.submitted": gettext_lazy("%(who)s a fait le dossier commun : %(pieces)s pièces"),
    "offers.bid.closed": _by("result", RESULTS),
    "offers.composition.reopened": _reopened,
    "offers.part.taken": gettext_lazy("%(who)s a pris une part de l’offre"),
    "offers.part.changed": gettext_lazy("%(who)s a modifié sa part de l’offre"),
    "offers.part.dropped": gettext_lazy("%(who)s a retiré sa part de l’offre"),
    "offers.part.priced": gettext_lazy("%(who)s a chiffré sa part ; le registre ne dit pas à combien"),
    "offers.step.finished": _step,
    "offers.requirement.noted": _required,
    "offers.requirement.dropped": _required,
    "offers.question.asked": gettext_lazy("%(who)s a posé une question à l’acheteur"),
    "offers.question.answered": gettext_lazy("%(who)s a noté une réponse de l’acheteur"),
    "offers.honour.declared": gettext_lazy("%(who)s a déclaré sur l’honneur n’entrer dans aucun cas d’exclusion"),
    "offers.go.called": gettext_lazy("%(who)s a mis au vote : répondons-nous ?"),
    "offers.subcontractor.declared": gettext_lazy("%(who)s a déclaré un sous-traitant"),
    "offers.note.written": _by("verdict", COLOURS),
    "offers.note.signed": gettext_lazy("%(who)s a signé la note de concurrence"),
    "offers.exchange.logged": gettext_lazy("%(who)s a noté un échange d’information, de niveau %(level)s"),
    "offers.room.named": gettext_lazy("%(who)s a nommé une personne dans la salle restreinte"),
    "offers.room.joined": gettext_lazy("%(who)s a signé les règles de la salle restreinte et y est entré"),
    "offers.room.written": gettext_lazy("%(who)s a déposé une pièce dans la salle restreinte"),
    "offers.room.released": gettext_lazy("%(who)s a fait sortir une synthèse de la salle restreinte"),
    "offers.room.sealed": gettext_lazy("Les prix de l’offre et sa salle sont scellés : personne ne les lit plus"),
    "offers.catalogue.added": gettext_lazy("%(who)s a mis une prestation au catalogue"),
    "offers.item.used": gettext_lazy("%(who)s a pris une prestation du catalogue dans une offre"),
    "offers.variant.made": gettext_lazy("%(who)s a composé une variante de l’offre"),
    "offers.offer.sent": gettext_lazy("%(who)s a envoyé l’offre commune au client"),
    "offers.offer.answered": _by("state", ANSWERED),
    "offers.client.written": gettext_lazy("%(who)s a écrit au client"),
    "offers.client.answered": gettext_lazy("Le client a écrit"),
    "offers.contact.handed_over": _until,
    "offers.book_line.written": gettext_lazy("%(who)s a écrit une ligne de son carnet de prix, sans dire à combien"),
    "offers.book_line.dropped": gettext_lazy("%(who)s a retiré une ligne de son carnet de prix"),
    "offers.package.made": gettext_lazy("%(who)s a composé un lot de %(lines)s lignes du carnet de prix"),
    "offers.package.sold": gettext_lazy("%(who)s a mis un lot en vente ; le registre ne dit pas à combien"),
    "offers.package.withdrawn": gettext_lazy("%(who)s a retiré un lot de la vente"),
    "offers.book.used": gettext_lazy("%(who)s a chiffré sa part avec son carnet de prix"),
    "offers.bid.tied": gettext_lazy("%(who)s a mis une offre dans un projet"),
    "offers.bid.untied": gettext_lazy("%(who)s a sorti une offre d’un projet"),
    "offers.volume.opened": gettext_lazy("%(who)s a ouvert un achat groupé"),
    "offers.volume.pledged": gettext_lazy("%(who)s s’est engagé sur une quantité dans un achat groupé"),
    "offers.figure.noted": gettext_lazy("%(who)s a noté les chiffres d’un exercice"),
    "offers.reference.added": gettext_lazy("%(who)s a ajouté une référence"),
    "offers.paper.added": gettext_lazy("%(who)s a ajouté une pièce"),
    "offers.guarantee.added": gettext_lazy("%(who)s a ajouté une garantie"),
    "offers.profile.set": gettext_lazy("%(who)s a réglé le radar de son entreprise"),
    "offers.hit.answered": _either(
        "yes",
        gettext_lazy("%(who)s s’intéresse à un avis du radar"),
        gettext_lazy("%(who)s a écarté un avis du radar"),
    ),
    "offers.sweep.started": gettext_lazy("Le radar a lu %(notices)s avis ; illisibles : %(refused)s"),
    "offers.sweep.missed": gettext_lazy("La source des avis du jour n’a pas pu être lue"),
    "offers.sweep.finished": gettext_lazy("Le radar a balayé %(notices)s avis et trouvé %(hits)s pistes"),
    "offers.sweep.stopped": _either(
        "resumed", gettext_lazy("Le balayage du radar a repris"), gettext_lazy("Le balayage du radar est arrêté")
    ),
    "offers.awards.taken": gettext_lazy("Le radar a noté %(contracts)s marchés attribués"),
}
"""What a book says of the acts of joint bids."""
