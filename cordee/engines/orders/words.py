"""Why a company is offered this part of an order, in words."""

from cordee.engines.sentences import Lang, Reason, Table, say

SENTENCES: Table = {
    "capacity": (
        "Selon la capacité déclarée : exactement {quantity}.",
        "By declared capacity: exactly {quantity}.",
    ),
    "evened": (
        "Selon la capacité déclarée, {fair:figure} ; l’arrondi des commandes d’avant est compensé : {quantity}.",
        "By declared capacity, {fair:figure}; the rounding of earlier orders is evened out: {quantity}.",
    ),
    "full": (
        "Il ne restait que {room} sur la capacité déclarée.",
        "Only {room} were left of the declared capacity.",
    ),
    "turn": (
        "À tour de rôle : {had} {had:commande proposée|commandes proposées} avant, personne n’en avait moins.",
        "Each in turn: {had} {had:order|orders} offered before, nobody had fewer.",
    ),
    "not_yet": ("Son tour viendra.", "Its turn will come."),
    "nearest": ("La plus proche : {km} km.", "The nearest: {km} km."),
    "first": ("Proposée à toutes ; à la première qui accepte.", "Offered to all; to the first to accept."),
}


def say_part(why: Reason, lang: Lang = "fr") -> str:
    """Why it is offered this part, in a sentence.

    >>> from cordee.engines.sentences import reason
    >>> say_part(reason("turn", had=2))
    'À tour de rôle\\xa0: 2 commandes proposées avant, personne n’en avait moins.'
    """
    return say(why, SENTENCES, lang)
