"""Why a file is not a notice, in one sentence."""

from typing import Literal

Lang = Literal["fr", "en"]

MAX_BYTES = 10_000_000
"""The largest real notices weigh 2 to 3 MB; beyond this one, the file is not read."""

_SENTENCES: dict[str, dict[Lang, str]] = {
    "empty": {
        "fr": "le fichier est vide ; donnez le fichier XML d’un avis de marché.",
        "en": "the file is empty; give the XML file of a tender notice.",
    },
    "too-big": {
        "fr": "le fichier dépasse {limit} Mo : aucun avis n’est aussi lourd ; donnez le fichier XML d’un seul avis.",
        "en": "the file is over {limit} MB: no notice is that heavy; give the XML file of one notice.",
    },
    "too-many": {
        "fr": "le fichier compte plus de {limit} lots ou attributions ; donnez le fichier XML d’un seul avis.",
        "en": "the file has over {limit} lots or awards; give the XML file of one notice.",
    },
    "archive": {
        "fr": "c’est une archive {what} ; décompressez-la, puis donnez le fichier XML de l’avis.",
        "en": "this is a {what} archive; unpack it, then give the XML file of the notice.",
    },
    "pdf": {
        "fr": "c’est un PDF ; donnez le même avis en XML (page de l’avis sur TED ou au BOAMP).",
        "en": "this is a PDF; give the same notice as XML (the notice’s page on TED or BOAMP).",
    },
    "html": {
        "fr": "c’est une page web ; donnez le même avis en XML (page de l’avis sur TED ou au BOAMP).",
        "en": "this is a web page; give the same notice as XML (the notice’s page on TED or BOAMP).",
    },
    "doctype": {
        "fr": "ce XML contient une déclaration DOCTYPE, qu’aucun avis ne contient ; il n’a pas été lu.",
        "en": "this XML has a DOCTYPE declaration, which no notice has; it was not read.",
    },
    "broken-xml": {
        "fr": "ce XML est abîmé (ligne {line}) ; téléchargez de nouveau l’avis.",
        "en": "this XML is broken (line {line}); download the notice again.",
    },
    "broken-json": {
        "fr": "ce JSON est abîmé (ligne {line}) ; téléchargez de nouveau l’avis.",
        "en": "this JSON is broken (line {line}); download the notice again.",
    },
    "invoice": {
        "fr": "c’est une facture ou un avoir, pas un avis de marché.",
        "en": "this is an invoice or a credit note, not a tender notice.",
    },
    "other-xml": {
        "fr": "ce XML n’est pas un avis (il commence par « {root} ») ; sont lus les avis eForms, TED R2.0.9 et BOAMP.",
        "en": "this XML is not a notice (it begins with “{root}”); eForms, TED R2.0.9 and BOAMP notices are read.",
    },
    "other-json": {
        "fr": "ce JSON n’est pas un avis au format OCDS.",
        "en": "this JSON is not an OCDS notice.",
    },
    "unknown": {
        "fr": "ce fichier n’est pas un avis de marché ; sont lus les avis eForms, TED R2.0.9 et BOAMP, en XML.",
        "en": "this file is not a tender notice; eForms, TED R2.0.9 and BOAMP notices are read, as XML.",
    },
}


class NotANotice(ValueError):
    """The file is not a notice. `code` and `parameters` say why; `sentence` words it.

    >>> NotANotice("broken-xml", line=12).sentence()
    'ce XML est abîmé (ligne 12)\\u202f; téléchargez de nouveau l’avis.'
    """

    def __init__(self, code: str, **parameters: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters

    def sentence(self, lang: Lang = "fr") -> str:
        return _SENTENCES[self.code][lang].format(**self.parameters)

    def __str__(self) -> str:
        return self.sentence("en")
