"""Read an invoice that somebody wrote down as JSON: amounts as text, so that no cent is lost."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from cordee.engines.invoicing.cii import GUIDELINES
from cordee.engines.invoicing.model import Case, Invoice, Kind, Line, Party, Reference, Taxed, Terms, Vat
from cordee.engines.sentences import Fact, Lang, Reason, Table, reason, say

WORDS: Table = {
    "json": (
        "Ligne {line}, colonne {column} : ce n’est pas du JSON.",
        "Line {line}, column {column}: this is not JSON.",
    ),
    "text": ("Le fichier n’est pas du texte UTF-8.", "The file is not UTF-8 text."),
    "object": ("{where} : un objet est attendu, entre accolades.", "{where}: an object is expected, in braces."),
    "list": ("{where} : une liste est attendue, entre crochets.", "{where}: a list is expected, in brackets."),
    "missing": ("{where} : il manque « {name} ».", "{where}: “{name}” is missing."),
    "unknown": (
        "{where} : « {name} » n’est pas connu. Sont connus : {known}.",
        "{where}: “{name}” is not known. Known: {known}.",
    ),
    "day": (
        "{where} : « {value} » n’est pas une date. Écrivez 2026-11-30.",
        "{where}: “{value}” is no date. Write 2026-11-30.",
    ),
    "number": (
        "{where} : « {value} » n’est pas un nombre. Écrivez 1234.50, sans espace.",
        "{where}: “{value}” is no number. Write 1234.50, without spaces.",
    ),
    "cents": ("{where} : « {value} » a plus de deux décimales.", "{where}: “{value}” has more than two decimals."),
    "string": ("{where} : un texte est attendu, entre guillemets.", "{where}: a text is expected, in quotes."),
    "bool": ("{where} : true ou false est attendu.", "{where}: true or false is expected."),
    "choice": (
        "{where} : « {value} » n’est pas permis. Écrivez l’un de : {known}.",
        "{where}: “{value}” is not allowed. Write one of: {known}.",
    ),
}

PARTY = ("name", "siren", "vat", "street", "postcode", "city", "country", "siret", "legal", "endpoint")
LINE = ("label", "quantity", "price", "unit", "vat", "rate", "detail")
HEAD = (
    "schema", "number", "issued", "due", "seller", "buyer", "lines", "kind", "case", "nature", "profile", "delivered",
    "deliver_to", "direct_payer", "about", "prepaid", "order", "contract", "mentions", "iban", "bic", "penalty",
    "discount", "retention", "retention_until", "on_debits", "payee",
)  # fmt: skip
MOST_DIGITS = 20


class NotWritten(ValueError):
    """What is wrong with the JSON of an invoice; `say` tells where, and what to write."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.reason: Reason = reason(code, **facts)

    def say(self, lang: Lang = "fr") -> str:
        return say(self.reason, WORDS, lang)


def invoice_from_json(data: bytes) -> Invoice:
    """Read an invoice from JSON; docs/invoicing.md has the format.

    Holds   amounts are exact: a number of JSON is read as it is written, never through a float.
    Errors  NotWritten (a ValueError) naming the field, for everything that cannot be read.
    """
    try:
        read: Any = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as wrong:
        raise NotWritten("json", line=wrong.lineno, column=wrong.colno) from None
    except (UnicodeDecodeError, RecursionError):
        raise NotWritten("text") from None
    top = _object(read, "facture", HEAD)
    about = tuple(
        Reference(_text(one, "number", place), _day(one, "issued", place), _taxed(one, place))
        for place, one in _each(top, "about", ("number", "issued", "taxed"))
    )
    terms = Terms(
        due=_day(top, "due"),
        iban=_text(top, "iban", default=""),
        bic=_text(top, "bic", default=""),
        penalty=_text(top, "penalty", default=""),
        discount=_text(top, "discount", default=""),
        retention_cents=_cents(top, "retention"),
        retention_until=_day(top, "retention_until") if top.get("retention_until") else None,
        on_debits=_bool(top, "on_debits"),
    )
    mentions = top.get("mentions", [])
    if not isinstance(mentions, list) or not all(isinstance(one, str) for one in mentions):
        raise NotWritten("list", where="mentions")
    return Invoice(
        number=_text(top, "number"),
        issued=_day(top, "issued"),
        seller=_party(top, "seller"),
        buyer=_party(top, "buyer"),
        lines=tuple(_line(one, place) for place, one in _each(top, "lines", LINE)),
        terms=terms,
        kind=Kind(_choice(top, "kind", [one.value for one in Kind], Kind.INVOICE)),
        case=Case(_choice(top, "case", [one.value for one in Case], Case.PLAIN)),
        nature=_choice(top, "nature", ["B", "S", "M"], "S"),
        profile=_choice(top, "profile", list(GUIDELINES), "EN 16931"),
        delivered=_day(top, "delivered") if top.get("delivered") else None,
        deliver_to=_party(top, "deliver_to") if top.get("deliver_to") else None,
        direct_payer=_text(top, "direct_payer", default=""),
        about=about,
        prepaid_cents=_cents(top, "prepaid"),
        order=_text(top, "order", default=""),
        contract=_text(top, "contract", default=""),
        mentions=tuple(mentions),
        payee=_party(top, "payee") if top.get("payee") else None,
    )


def _taxed(reference: Mapping[str, Any], place: str) -> tuple[Taxed, ...]:
    """What a down payment brought, rate by rate."""
    rows = _each(reference, "taxed", ("rate", "base", "tax"))
    return tuple(
        Taxed(_number(one, "rate", f"{place}.{at}"), *(_cents(one, name, f"{place}.{at}") for name in ("base", "tax")))
        for at, one in rows
    )


def _line(one: Mapping[str, Any], place: str) -> Line:
    return Line(
        label=_text(one, "label", place),
        quantity=_number(one, "quantity", place, "1"),
        price=_number(one, "price", place),
        unit=_text(one, "unit", place, default="C62"),
        vat=Vat(_choice(one, "vat", [each.value for each in Vat], Vat.DUE, place)),
        rate=_number(one, "rate", place, "20"),
        detail=_text(one, "detail", place, default=""),
    )


def _party(top: Mapping[str, Any], name: str) -> Party:
    if name not in top:
        raise NotWritten("missing", where="facture", name=name)
    given = _object(top[name], name, PARTY)
    told = {key: _text(given, key, name) for key in given}
    if not told.get("name"):
        raise NotWritten("missing", where=name, name="name")
    return Party(**told)


def _object(read: Any, where: str, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(read, dict):
        raise NotWritten("object", where=where)
    for name in read:
        if name not in known:
            raise NotWritten("unknown", where=where, name=str(name)[:40], known=", ".join(known))
    return read


def _each(top: Mapping[str, Any], name: str, known: tuple[str, ...]) -> list[tuple[str, Mapping[str, Any]]]:
    given = top.get(name, [])
    if not isinstance(given, list):
        raise NotWritten("list", where=name)
    return [(f"{name}[{n}]", _object(one, f"{name}[{n}]", known)) for n, one in enumerate(given)]


def _given(top: Mapping[str, Any], name: str, place: str, default: str | None, shape: Callable[[Any], bool]) -> Any:
    where = f"{place}.{name}" if place else name
    if name not in top:
        if default is None:
            raise NotWritten("missing", where=place or "facture", name=name)
        return default
    if not shape(top[name]):
        raise NotWritten("string", where=where)
    return top[name]


def _text(top: Mapping[str, Any], name: str, place: str = "", default: str | None = None) -> str:
    return str(_given(top, name, place, default, lambda value: isinstance(value, str)))


def _choice(top: Mapping[str, Any], name: str, known: list[str], default: str, place: str = "") -> str:
    value = _text(top, name, place, default)
    if value not in known:
        where = f"{place}.{name}" if place else name
        raise NotWritten("choice", where=where, value=value[:40], known=", ".join(known))
    return value


def _day(top: Mapping[str, Any], name: str, place: str = "") -> date:
    value = _text(top, name, place)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise NotWritten("day", where=f"{place}.{name}" if place else name, value=value[:40]) from None


def _number(top: Mapping[str, Any], name: str, place: str = "", default: str | None = None) -> Fraction:
    value = _text(top, name, place, default)
    if not re.fullmatch(r"-?\d+(\.\d+)?", value) or len(value) > MOST_DIGITS:
        raise NotWritten("number", where=f"{place}.{name}" if place else name, value=value[:40])
    return Fraction(value)


def _cents(top: Mapping[str, Any], name: str, place: str = "") -> int:
    value = _number(top, name, place, default="0") * 100
    if value.denominator != 1:
        raise NotWritten("cents", where=f"{place}.{name}" if place else name, value=str(top[name])[:40])
    return int(value)


def _bool(top: Mapping[str, Any], name: str) -> bool:
    value = top.get(name, False)
    if not isinstance(value, bool):
        raise NotWritten("bool", where=name)
    return value
