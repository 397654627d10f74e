"""Reading the answers: each one typed, what can't be read named, what follows from them worked out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from cordee.engines.assembly.clauses import DocumentType, Variable
from cordee.engines.assembly.words import as_date, day, money, percent, typeset

SMALL_PRIVATE_WORKS = 10_000_000  # CCH art. L124-3: up to 100 000 euros without VAT
_MOST_CENTS = 10**14  # a thousand billion euros: beyond, it is a mistake
_SHARE = re.compile(r"\d{1,6}([.,]\d{1,6})?")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff⟦⟧\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Party:
    """A company that signs: who it is and who binds it. An empty text is something still to be given.

    Some documents also need what it does (`task`), its `share` out of one hundred, what it brings (`contribution`, in
    euro cents), and whether it could do the work `alone`, and why.
    """

    id: str
    name: str
    legal_form: str
    siren: str
    rcs: str
    address: str
    representative: str
    capacity: str
    email: str
    capital: int | None
    insurer: str
    policy: str
    insured_until: date | None
    task: str = ""
    share: Fraction | None = None
    contribution: int | None = None
    alone: bool | None = None
    alone_why: str = ""


@dataclass(frozen=True, slots=True)
class Lot:
    """A part of the work: whose it is and for how many euro cents without VAT."""

    id: str
    title: str
    member: str
    amount: int | None
    description: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Answers:
    """All that is known: the answers by variable, the parties, the lots, and the answers that can't be read."""

    values: Mapping[str, object]
    parties: tuple[Party, ...]
    lots: tuple[Lot, ...]
    unreadable: tuple[str, ...]


def clean(value: object) -> str:
    """Give a text without control marks, on one line, without its last full stop.

    >>> clean("  Toiture\\n et zinc. ")
    'Toiture et zinc'
    """
    text = " ".join(_UNSEEN.sub("", value).split()) if isinstance(value, str) else ""
    return text.removesuffix(".") if not text.endswith("..") else text


def read_answers(kind: DocumentType, raw: Mapping[str, object]) -> Answers:
    """Read what is known. Variables without an answer take their default, if they have one."""
    values: dict[str, object] = dict(kind.sets)
    unreadable = []
    for name, variable in kind.variables.items():
        given = raw.get(name)
        if given is None or given == "":
            given = variable.default
        value = _typed(variable, given)
        if value is not None:
            values[name] = value
        elif given is not None and variable.kind not in ("members", "lots"):
            unreadable.append(name)
    parties = tuple(_party(item) for item in _rows(raw.get("members")))
    lots = (
        tuple(_lot(place, item) for place, item in enumerate(_rows(raw.get("lots")), 1))
        if "lots" in kind.variables
        else ()
    )
    _name_parties(kind, values, parties)
    return Answers(_derived(values, parties, lots), parties, lots, tuple(unreadable))


def shown(variable: Variable | None, value: object) -> str:
    """Write an answer as it reads inside a French sentence."""
    if variable and variable.kind == "choice":
        return variable.choices[str(value)]
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Fraction):
        return percent(value)
    if isinstance(value, int):
        return money(value) if variable and variable.kind == "money" else str(value)
    if variable and value == variable.default:
        return typeset(str(value))
    return str(value)


def _typed(variable: Variable, given: object) -> object:
    least, most = variable.least, variable.most
    match variable.kind:
        case "text" | "long" | "party":
            return clean(given) or None
        case "day":
            return as_date(given)
        case "yes_no":
            return given if isinstance(given, bool) else None
        case "choice":
            return given if isinstance(given, str) and given in variable.choices else None
        case "percent":
            share = _fraction(given)
            return share if share is not None and (least or 0) <= share <= (100 if most is None else most) else None
        case "count" | "money":
            number = _whole(given)
            right = number is not None and (least or 0) <= number <= (_MOST_CENTS if most is None else most)
            return number if right else None
    return None


def _fraction(given: object) -> Fraction | None:
    if isinstance(given, bool) or not isinstance(given, int | str | Fraction):
        return None
    if isinstance(given, str):
        if not _SHARE.fullmatch(given):  # Fraction would read "1e999999999", at length
            return None
        given = given.replace(",", ".")
    return Fraction(given)


def _rows(given: object) -> list[Mapping[str, Any]]:
    return [item for item in given if isinstance(item, Mapping)] if isinstance(given, list | tuple) else []


def _whole(given: object) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= _MOST_CENTS else None


def _party(item: Mapping[str, Any]) -> Party:
    words = [
        "name",
        "legal_form",
        "rcs",
        "address",
        "representative",
        "capacity",
        "email",
        "insurer",
        "policy",
        "task",
        "alone_why",
    ]
    share, alone = _fraction(item.get("share")), item.get("alone")
    siren = "".join(clean(item.get("siren")).split())
    return Party(
        id=clean(item.get("id")) or siren,
        siren=siren,
        capital=_whole(item.get("capital")),
        insured_until=as_date(item.get("insured_until")),
        share=share if share is not None and 0 <= share <= 100 else None,
        contribution=_whole(item.get("contribution")),
        alone=alone if isinstance(alone, bool) else None,
        **{word: clean(item.get(word)) for word in words},
    )


def _lot(place: int, item: Mapping[str, Any]) -> Lot:
    return Lot(
        clean(item.get("id")) or str(place),
        clean(item.get("title")),
        clean(item.get("member")),
        _whole(item.get("amount")),
        clean(item.get("description")),
        as_date(item.get("start")),
        as_date(item.get("end")),
    )


def _name_parties(kind: DocumentType, values: dict[str, object], parties: tuple[Party, ...]) -> None:
    """Write beside each answer that chooses a party the name of that party."""
    names = {party.id: party.name for party in parties if party.name}
    for name, variable in kind.variables.items():
        if variable.kind == "party" and values.get(name) in names:
            values[f"{name}_name"] = names[str(values[name])]


def _derived(values: dict[str, object], parties: tuple[Party, ...], lots: tuple[Lot, ...]) -> dict[str, object]:
    """Add what follows: the total, whether article L124-3 applies, what competition law makes of it."""
    if "contract_amount" not in values and lots and all(lot.amount is not None for lot in lots):
        values["contract_amount"] = sum(lot.amount or 0 for lot in lots)
    fee, amount = values.get("lead_fee"), values.get("contract_amount")
    if isinstance(fee, Fraction):
        values["has_lead_fee"], values["has_no_lead_fee"] = fee > 0, fee == 0
    private_works = values.get("client_kind") == "private" and values.get("building_works") is True
    values["l124_3"] = private_works and isinstance(amount, int) and amount <= SMALL_PRIVATE_WORKS
    if "combined_share" in values and parties and all(party.alone is not None for party in parties):
        values["competition"] = _competition(values, sum(party.alone is True for party in parties), len(parties))
    return values


def _competition(values: Mapping[str, object], able: int, of: int) -> str:
    """Give the outcome of the competition check: "green", "amber" (with measures) or "red" (stop)."""
    gains, smaller = values.get("has_efficiencies") is True, values.get("smaller_group_could") is True
    if values.get("side_effects") is True or (able == of and not gains):
        return "red"
    share, rivals = values.get("combined_share"), values.get("other_bidders")
    large = isinstance(share, Fraction) and share > 10
    few = isinstance(rivals, int) and rivals < of
    often = isinstance(values.get("times_this_year"), int) and int(str(values["times_this_year"])) >= 3
    same = values.get("same_trade_same_lot") is True
    return "amber" if able or smaller or large or few or often or same else "green"
