"""What the broken rules say, in French or English. The official texts are English, those of the French rules French."""

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from typing import Any

from cordee.engines.sentences import Lang, Table, typeset

_TAG = re.compile(r"^\s*(?:\[?[A-Z]+-[\w./-]*(?:/[\w.-]+)*\]?\s*[-:]?\s*)+")

_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (
            r"Value of '(?:\w+:)?(@?\w+)' is not allowed",
            "La valeur de « {0} » n’est pas dans la liste de codes admise.",
        ),
        (r"Element '(?:\w+:)?(\w+)' must occur exactly (\d+)", "L’élément « {0} » doit figurer {1} fois exactement."),
        (
            r"Element (?:variant )?'(?:\w+:)?(\w+)[^']*' may occur at maximum (\d+)",
            "L’élément « {0} » figure plus de {1} fois.",
        ),
        (r"Element '(?:\w+:)?(\w+)' must occur at least (\d+)", "L’élément « {0} » doit figurer au moins {1} fois."),
        (r"Attribute '(@?\w+)' is required", "Il manque l’attribut « {0} »."),
        (r"A UBL invoice sh\w+ not include the (.+?)\.?$", "La norme ne prévoit pas « {0} » dans une facture UBL."),
        (r"^(.+?) should not be present", "La norme ne prévoit pas « {0} » à cet endroit."),
        (r"^(.+?) shall not be used", "La norme ne prévoit pas « {0} »."),
        (r"^Only one (.+?) (?:element )?(?:is allowed|sh\w+ be present)", "« {0} » ne peut figurer qu’une fois."),
        (r"^(.+?) sh\w+ (?:occur|exist) (?:at most once|maximum once|maximum twice)", "« {0} » figure trop de fois."),
        (r"^(.+?) must exist exactly once", "« {0} » doit figurer une fois, et une seule."),
    )
)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("data/rules.toml").read_text(encoding="utf-8"))


def say_rule(rule: str, official: str, lang: Lang = "fr") -> str:
    """What a broken rule asks, in one sentence: ours in French where we have it, else the official text.

    >>> say_rule("BR-03", "[BR-03]-An Invoice shall have an Invoice issue date (BT-2).")
    'Il manque la date d’émission (BT-2).'
    """
    plain = _TAG.sub("", official).strip() or official
    if lang == "en":
        return plain
    if rule.startswith("BR-FR-"):
        return typeset(re.sub(r"\s*Veuillez[^.]*\.", "", plain.replace("**", "")).replace("'", "’").strip())
    ours = _french(rule) or _french(re.sub(r"^BR-F[RX]EXT-(?:BR-)?", "BR-", re.sub(r"(ini|rev|b)$", "", rule)))
    if ours:
        return typeset(ours)
    for pattern, sentence in _SHAPES:
        if found := pattern.search(plain):
            return typeset(sentence.format(*(_short(one) for one in found.groups())))
    return typeset(f"Règle {rule}, texte officiel : « {plain} »")


def _short(text: str) -> str:
    return text if len(text) < 80 else text[:77] + "…"


def _french(rule: str) -> str:
    table = _table()
    if rule in table["rules"]:
        return str(table["rules"][rule])
    if found := re.fullmatch(r"BR-DEC-(\d\d)", rule):
        what = table["decimals"].get(found[1])
        return f"Deux décimales au plus pour {what}." if what else ""
    if (found := re.fullmatch(r"BR-(S|Z|E|AE|IC|G|O|AF|AG|IG|IP)-(\d\d)", rule)) and found[2] in table["family"]:
        category = table["category"][{"IG": "AF", "IP": "AG"}.get(found[1], found[1])]
        try:
            return str(table["family"][found[2]]).format(**category)
        except KeyError:
            return ""
    return ""


_XSD: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"Element '(.+?)'.*?: This element is not expected(?:\. Expected is (?:one of )?\( (.+?) \))?"),
        "L’élément « {0} » n’est pas attendu ici",
    ),
    (
        re.compile(r"Element '(.+?)': Missing child element\(s\)\. Expected is (?:one of )?\( (.+?) \)"),
        "Dans « {0} », il manque « {1} »",
    ),
    (
        re.compile(r"Element '(.+?)'.*?: '(.*?)' is not a valid value"),
        "La valeur « {1} » n’est pas admise dans « {0} »",
    ),
    (
        re.compile(r"Element '(.+?)', attribute '(.+?)': The value '(.*?)'"),
        "La valeur « {2} » n’est pas admise pour l’attribut « {1} » de « {0} »",
    ),
    (
        re.compile(r"Element '(.+?)', attribute '(.+?)': The attribute '.*?' is not allowed"),
        "L’attribut « {1} » n’est pas prévu dans « {0} »",
    ),
    (re.compile(r"Element '(.+?)': The attribute '(.+?)' is required"), "Il manque l’attribut « {1} » à « {0} »"),
    (
        re.compile(r"Element '(.+?)': Character content is not allowed"),
        "L’élément « {0} » ne doit pas contenir de texte",
    ),
)


def say_shape(message: str, line: int, lang: Lang = "fr") -> str:
    """What the schema finds wrong, without namespaces, with its line."""
    plain = re.sub(r"\{[^}]*\}", "", message)
    if lang == "en":
        return f"{plain} (line {line})"
    for pattern, sentence in _XSD:
        if found := pattern.search(plain):
            groups = [(one or "").split(",")[0].strip() for one in found.groups()]
            return typeset(f"{str(sentence).format(*groups)} (ligne {line}).")
    return typeset(f"La structure du fichier n’est pas celle de la norme : « {plain} » (ligne {line}).")


OWN: Table = {
    "line": (
        "Ligne {line} : {quantity} × {price} donnent {expected}, la facture écrit {written} (BT-131).",
        "Line {line}: {quantity} × {price} make {expected}, the invoice says {written} (BT-131).",
    ),
    "guideline": (
        "La spécification annoncée (BT-24) n’est pas connue : « {given} ». Les règles d’EN 16931 ont été appliquées.",
        "The announced specification (BT-24) is not known: “{given}”. The rules of EN 16931 were applied.",
    ),
    "no_guideline": (
        "Il manque l’identifiant de la spécification suivie (BT-24).",
        "The specification (BT-24) is missing.",
    ),
    "old_format": (
        "Format ancien (ZUGFeRD 1.0) : seule sa structure est vérifiée. Demandez une facture Factur-X.",
        "Old format (ZUGFeRD 1.0): only its structure is checked. Ask for a Factur-X invoice.",
    ),
    "before": (
        "{said} Cette règle française ne s’imposait pas encore à la date de la facture.",
        "{said} This French rule was not yet in force on the date of the invoice.",
    ),
    "minimum": (
        "{said} Le profil MINIMUM ne suffit pas à la facturation électronique française.",
        "{said} The MINIMUM profile is not enough for French e-invoicing.",
    ),
    "older_list": (
        "{said} La liste de codes est plus récente que ce format.",
        "{said} The list of codes is more recent than this format.",
    ),
    "several": (
        "Le PDF porte plusieurs factures XML ; « {name} » a été vérifiée.",
        "The PDF carries several XML invoices; “{name}” was checked.",
    ),
    "not_pdfa3": (
        "Le PDF ne se déclare pas PDF/A-3 : une facture Factur-X doit en être un.",
        "The PDF does not declare itself PDF/A-3, which a Factur-X invoice must be.",
    ),
}
