"""Why somebody is suggested, in French and English."""

SENTENCES = {
    "gathering": (
        "{n} d’entre vous étaient à « {event} » et se complètent : {trades}.",
        "{n} of you were at “{event}” and complete each other: {trades}.",
    ),
    "neighbour": (
        "{middle}, {kind}, connaît {name} ({near}), qui a ce qu’il vous manque : {trades}.",
        "{middle}, {kind}, knows {name} ({near}), who has what you lack: {trades}.",
    ),
    "common": (
        "{name} est connue de deux des vôtres : {middle} et {second}.",
        "{name} is known by two of yours: {middle} and {second}.",
    ),
    "met": (
        "{name} était à « {event} » comme vous, et fait ce que vous cherchez : {trades}.",
        "{name} was at “{event}” like you, and does what you look for: {trades}.",
    ),
}

TIES = {
    "client": ("votre client", "your client"),
    "supplier": ("votre fournisseur", "your supplier"),
    "neighbour": ("votre voisin", "your neighbour"),
    "union": ("de votre syndicat", "of your union"),
    "fair": ("rencontré sur un salon", "met at a fair"),
    "project": ("avec qui vous avez travaillé", "with whom you worked"),
    "other": ("de vos liens", "among your ties"),
}
"""What a tie is to oneself."""

NEAR = {
    "client": ("son client", "its client"),
    "supplier": ("son fournisseur", "its supplier"),
    "neighbour": ("son voisin", "its neighbour"),
    "union": ("du même syndicat", "of the same union"),
    "fair": ("rencontré sur un salon", "met at a fair"),
    "project": ("ils ont travaillé ensemble", "they worked together"),
    "other": ("un de ses liens", "one of its ties"),
}
"""What a tie is to the one in the middle."""
