"""A need, and companies, written as JSON by hand (docs/teaming.md gives the format)."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

from cordee.engines.places import place_of
from cordee.engines.teaming.from_notice import ASKED, mark_name
from cordee.engines.teaming.model import Company, LotNeed, Need, Point
from cordee.engines.trades import read_lot, trade

SCHEMA, COMPANIES = "cordee.need/1", "cordee.companies/1"
Lang = Literal["fr", "en"]

_SENTENCES: dict[str, tuple[str, str]] = {
    "json": ("ce JSON est abîmé (ligne {line}).", "this JSON is broken (line {line})."),
    "shape": (
        "ce JSON n’est pas un besoin : il faut « schema » et une liste « lots » (voir docs/teaming.md).",
        "this JSON is not a need: it needs “schema” and a list “lots” (see docs/teaming.md).",
    ),
    "people": (
        "ce JSON n’est pas une liste d’entreprises : il faut « schema » et une liste « companies ».",
        "this JSON is not a list of companies: it needs “schema” and a list “companies”.",
    ),
    "field": (
        "{where} : le champ « {field} » doit être {wanted}.",
        "{where}: the field “{field}” must be {wanted_en}.",
    ),
    "unknown": ("{where} : le champ « {field} » n’existe pas.", "{where}: there is no field “{field}”."),
    "trade": ("{where} : le métier « {field} » n’est pas dans la table.", "{where}: the trade “{field}” is not known."),
    "place": ("{where} : le lieu « {field} » n’est pas connu.", "{where}: the place “{field}” is not known."),
    "twice": (
        "{where} : l’identifiant « {field} » est donné deux fois.",
        "{where}: the identifier “{field}” comes twice.",
    ),
}  # fmt: skip

_KINDS: dict[str, tuple[str, str, Callable[[Any], bool]]] = {
    "text": ("un texte", "a text", lambda v: isinstance(v, str)),
    "count": ("un nombre entier positif", "a positive whole number", lambda v: type(v) is int and 0 < v < 10**12),
    "whole": (
        "un nombre entier, au moins 0",
        "a whole number, 0 or more",
        lambda v: type(v) is int and 0 <= v < 10**15,
    ),
    "texts": (
        "une liste de textes",
        "a list of texts",
        lambda v: isinstance(v, list) and all(isinstance(x, str) for x in v),
    ),
    "levels": (
        "un objet dont les valeurs sont des nombres de 1 à 100",
        "an object whose values are numbers from 1 to 100",
        lambda v: isinstance(v, dict) and all(type(x) is int and 1 <= x <= 100 for x in v.values()),
    ),
    "amounts": (
        "un objet dont les valeurs sont des nombres entiers",
        "an object whose values are whole numbers",
        lambda v: isinstance(v, dict) and all(type(x) is int and 0 <= x < 10**9 for x in v.values()),
    ),
    "yes": ("true ou false", "true or false", lambda v: isinstance(v, bool)),
    "day": ("une date AAAA-MM-JJ", "a date YYYY-MM-DD", lambda v: isinstance(v, str) and _day(v) is not None),
}


class NotANeed(ValueError):
    """The JSON cannot be read: one sentence, in French and in English."""

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code, self.facts, self.line = code, facts, 0
        super().__init__(self.sentence("en"))

    def on(self, line: int) -> "NotANeed":
        """The same, with the line of the file where it is."""
        self.line = line
        self.args = (self.sentence("en"),)
        return self

    def sentence(self, lang: Lang = "fr") -> str:
        from cordee.engines.sentences import typeset

        said = _SENTENCES[self.code][lang == "en"].format(**self.facts)
        if self.line:
            said = {"fr": f"ligne {self.line}, ", "en": f"line {self.line}, "}[lang] + said
        return typeset(said) if lang == "fr" else said


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _load(data: bytes, wrong: str, key: str) -> tuple[dict[str, Any], list[Any]]:
    try:
        read = json.loads(data)
    except json.JSONDecodeError as broken:
        raise NotANeed("json", line=broken.lineno) from None
    except (ValueError, RecursionError):
        raise NotANeed("json", line=1) from None
    if not isinstance(read, dict) or not isinstance(read.get(key), list) or not read[key]:
        raise NotANeed(wrong)
    return read, read[key]


def _fields(one: Any, where: str, kinds: Mapping[str, str], free: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of one object, each of its kind; null is the same as absent."""
    if not isinstance(one, dict):
        raise NotANeed("field", where=where, field="", wanted="un objet", wanted_en="an object")
    for field, value in one.items():
        if field not in kinds and field not in free:
            raise NotANeed("unknown", where=where, field=str(field)[:60])
        if value is not None and field in kinds and not _KINDS[kinds[field]][2](value):
            fr, en, _ = _KINDS[kinds[field]]
            raise NotANeed("field", where=where, field=field, wanted=fr, wanted_en=en)
    return {field: value for field, value in one.items() if value is not None}


def looks_like_need(data: bytes) -> bool:
    """Whether these bytes are a need of ours rather than a notice: it says so, or it has lots and nothing of OCDS.

    >>> looks_like_need(b'{"lots": []}'), looks_like_need(b'{"releases": [{"tender": {"lots": []}}]}')
    (True, False)
    """
    ours = SCHEMA.encode() in data[:4096]
    plain = b'"lots"' in data[:4096] and not re.search(rb'"(ocid|releases|records|tender)"', data)
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and (ours or plain)


def looks_like_companies(data: bytes) -> bool:
    """Whether these bytes are companies written as our JSON."""
    ours = COMPANIES.encode() in data[:4096] or b'"companies"' in data[:4096]
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and ours


_LOT = {
    "id": "text", "title": "text", "volume": "count", "unit": "text", "radius_km": "count", "certificates": "texts",
    "deadline": "day", "turnover_cents": "count", "essential": "yes", "cpv": "texts",
}  # fmt: skip


def read_need(data: bytes) -> Need:
    """Read a need written as JSON.

    Errors  NotANeed (a ValueError) saying which lot and which field.

    >>> read_need(b'{"schema": "cordee.need/1", "lots": [{"trades": ["peinture"]}]}').lots[0].trades
    {'peinture': 100}
    """
    read, lots = _load(data, "shape", "lots")
    title = read.get("title")
    found: list[LotNeed] = []
    for number, one in enumerate(lots, 1):
        try:
            found.append(_lot(one, number))
        except NotANeed as wrong:
            raise wrong.on(_line_of(data, "lots", number)) from None
    return Need(tuple(found), title if isinstance(title, str) else "")


def _line_of(data: bytes, key: str, number: int) -> int:
    """The line where an item of a list begins; 0 when it cannot be told."""
    text = data.decode("utf-8", "replace")
    begins = re.search(rf'"{key}"\s*:\s*\[', text)
    if begins is None:
        return 0
    position, read = begins.end(), json.JSONDecoder().raw_decode
    for _ in range(number - 1):
        position = read(text, _next(text, position))[1]
    return text.count("\n", 0, _next(text, position)) + 1


def _next(text: str, position: int) -> int:
    while text[position] in ", \t\r\n":
        position += 1
    return position


def _lot(one: Any, number: int) -> LotNeed:
    where = f"lot {number}"
    got = _fields(one, where, _LOT, ("trades", "place"))
    return LotNeed(
        id=got.get("id", str(number)),
        title=got.get("title", ""),
        trades=_trades(got, where),
        volume=got.get("volume"),
        unit=got.get("unit", ""),
        place=_place(got.get("place"), where),
        radius_km=got.get("radius_km"),
        certificates=tuple(mark_name(mark) for mark in got.get("certificates", ())),
        deadline=_day(got["deadline"]) if "deadline" in got else None,
        turnover=got.get("turnover_cents"),
        essential=got.get("essential", True),
    )


def _trades(got: dict[str, Any], where: str) -> dict[str, int]:
    """Trades named one by one (or with how well each answers), and those of the CPV codes."""
    found = {m.trade.slug: ASKED[m.strength] for m in read_lot(got.get("cpv", ()), got.get("title", "")).matches}
    named = got.get("trades", [])
    if isinstance(named, list) and _KINDS["texts"][2](named):
        named = dict.fromkeys(named, 100)
    if not _KINDS["levels"][2](named):
        raise NotANeed(
            "field", where=where, field="trades", wanted="une liste de métiers", wanted_en="a list of trades"
        )
    for slug in named:
        try:
            trade(slug)
        except ValueError:
            raise NotANeed("trade", where=where, field=slug[:60]) from None
    return {**found, **named}


def _place(place: Any, where: str) -> Point | None:
    if place is None:
        return None
    got = _fields(place, where, {"nuts": "text", "postcode": "text", "insee": "text"}, ("lon", "lat"))
    lon: Any = got.get("lon")
    lat: Any = got.get("lat")
    if lon is not None or lat is not None:
        fine = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in (lon, lat))
        if not fine or not (-180 <= float(lon) <= 180 and -90 <= float(lat) <= 90):
            raise NotANeed(
                "field", where=where, field="place", wanted="une longitude et une latitude",
                wanted_en="a longitude and a latitude",
            )  # fmt: skip
        return float(lon), float(lat)
    found = place_of(**got) if got else None
    if found is None:
        raise NotANeed("place", where=where, field=", ".join(str(v)[:40] for v in got.values()))
    return found.point.lon, found.point.lat


_COMPANY = {
    "id": "text", "name": "text", "capacity": "whole", "capacities": "amounts", "minimum": "whole",
    "certificates": "texts", "turnover_cents": "whole", "headcount": "whole", "ties": "levels", "price": "count",
    "group": "text", "available_from": "day",
}  # fmt: skip


def read_companies_json(data: bytes) -> list[Company]:
    """Read companies written as JSON.

    Errors  NotANeed (a ValueError) saying which company and which field.
    """
    _, people = _load(data, "people", "companies")
    found: dict[str, Company] = {}
    for number, one in enumerate(people, 1):
        try:
            company = _company(one, f"companies[{number}]", found)
        except NotANeed as wrong:
            raise wrong.on(_line_of(data, "companies", number)) from None
        found[company.id] = company
    return list(found.values())


def _company(one: Any, where: str, known: Mapping[str, Company]) -> Company:
    got = _fields(one, where, _COMPANY, ("trades", "places"))
    if not got.get("id"):
        raise NotANeed("field", where=where, field="id", wanted="un texte", wanted_en="a text")
    if got["id"] in known:
        raise NotANeed("twice", where=where, field=got["id"][:60])
    places = got.get("places", [])
    spots = [_place(place, where) for place in (places if isinstance(places, list) else [places])]
    return Company(
        id=got["id"],
        name=got.get("name", got["id"]),
        trades=_trades({"trades": got.get("trades", [])}, where),
        capacity=got.get("capacity"),
        capacities=got.get("capacities", {}),
        minimum=got.get("minimum", 0),
        places=tuple(spot for spot in spots if spot is not None),
        certificates=frozenset(map(mark_name, got["certificates"])) if "certificates" in got else None,
        turnover=got.get("turnover_cents"),
        headcount=got.get("headcount"),
        ties=got.get("ties", {}),
        price=got.get("price"),
        group=got.get("group"),
        available_from=_day(got["available_from"]) if "available_from" in got else None,
    )
