"""Reading XML from strangers: one sentence when it is no ESPD, whatever was tried."""

from lxml import etree

from cordee.engines.sentences import Lang, typeset

MAX_BYTES = 20_000_000

_WORDS = {
    "empty": ("le fichier est vide.", "the file is empty."),
    "too-big": (
        "le fichier dépasse {limit} Mo : un DUME en pèse un ou deux.",
        "the file is over {limit} MB: an ESPD weighs one or two.",
    ),
    "doctype": (
        "le fichier contient un DOCTYPE ou des entités : nous ne les lisons pas, par sécurité. "
        "Demandez un DUME sans eux.",
        "the file has a DOCTYPE or entities: for safety we do not read them. Ask for an ESPD without them.",
    ),
    "broken": (
        "ce n’est pas du XML lisible (ligne {line}). Exportez de nouveau le DUME.",
        "this is not readable XML (line {line}). Export the ESPD again.",
    ),
    "other": (
        "ce XML n’est pas un DUME : sa racine est « {name} ». Donnez le fichier espd-response ou espd-request.",
        "this XML is not an ESPD: its root is “{name}”. Give the espd-response or espd-request file.",
    ),
}


class NotAnEspd(ValueError):
    """The file is no ESPD, or not safe to read."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    def sentence(self, lang: Lang = "fr") -> str:
        """Why, in one sentence."""
        said = _WORDS[self.code][lang == "en"].format(**self.facts)
        return typeset(said) if lang == "fr" else said


def parse(data: bytes) -> etree._Element:
    """Parse a document that has neither DOCTYPE nor entities.

    Errors  NotAnEspd: empty, too-big, doctype, broken.
    """
    if not data.strip():
        raise NotAnEspd("empty")
    if len(data) > MAX_BYTES:
        raise NotAnEspd("too-big", limit=MAX_BYTES // 10**6)
    plain = data.replace(b"\0", b"")
    if b"<!ENTITY" in plain or b"<!DOCTYPE" in plain:
        raise NotAnEspd("doctype")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as wrong:
        raise NotAnEspd("broken", line=wrong.lineno or 1) from None
    except (ValueError, LookupError):
        raise NotAnEspd("broken", line=1) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotAnEspd("doctype")
    return root
