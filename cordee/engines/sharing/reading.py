"""Read what is to be shared from JSON: a game, a ready-made game, a total with weights, or a pool of costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.amounts import Lang
from cordee.engines.sharing.fields import Field, parse
from cordee.engines.sharing.game import NOTHING, Game, Kind, from_worths
from cordee.engines.sharing.keys import (
    Band,
    Equal,
    Fixed,
    FixedPlusVariable,
    FloorCap,
    Key,
    Mix,
    ProRata,
    Tiers,
)
from cordee.engines.sharing.pool import PoolLine
from cordee.engines.sharing.tour import tour
from cordee.engines.sharing.trade import Part, Tier, airport, purchase, shared_employee, stand, study
from cordee.engines.units import Cents, MemberId


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file asks to share: members, and a game, or a total, or the lines of a pool with their keys."""

    members: tuple[MemberId, ...]
    game: Game | None = None
    total: Cents | None = None
    lines: tuple[PoolLine, ...] = ()
    keys: Mapping[str, Key] | None = None
    weights: Mapping[MemberId, Fraction] | None = None
    unit: str = ""


def read_subject(data: bytes, lang: Lang = "fr") -> Subject:
    """Read a JSON file (the formats are on the page docs/sharing.md).

    Errors  ValueError naming the line and the field.

    >>> read_subject(b'{"members": ["A", "B"], "worth": {"A": 0, "B": 0, "A,B": 10000}}').game.whole
    10000
    """
    file = parse(data, lang)
    members = _members(file)
    weights = (
        {one: field.quantity() for one, field in file["weights"].by_member().items()} if file.has("weights") else None
    )
    unit = file["unit"].string() if file.has("unit") else ""
    if file.has("worth"):
        return Subject(members, game=_worths(file, members), weights=weights, unit=unit)
    if file.has("game"):
        return Subject(members, game=_named(file, members), weights=weights, unit=unit)
    if file.has("lines"):
        keys = {name: _key(field) for name, field in file["keys"].fields().items()} if file.has("keys") else {}
        lines = tuple(_line(one, keys) for one in file["lines"].items())
        return Subject(members, lines=lines, keys=keys, weights=weights, unit=unit)
    if file.has("total"):
        total = file["total"].cents()
        keys = {"key": _key(file["key"])} if file.has("key") else {}
        return Subject(members, total=total, keys=keys, weights=weights, unit=unit)
    raise file.wrong("nothing_to_share")


def _members(file: Field) -> tuple[MemberId, ...]:
    listed = file["members"].items()
    members = tuple(MemberId(one.string()) for one in listed)
    for i, one in enumerate(listed):
        if members[i] in members[:i]:
            raise one.wrong("field_twice", name=members[i])
    if not members:
        raise file["members"].wrong("field_empty")
    return members


def _worths(file: Field, members: tuple[MemberId, ...]) -> Game:
    kind: Kind = "benefit"
    if file.has("kind"):
        if file["kind"].value not in ("cost", "benefit"):
            raise file["kind"].wrong("field_kind")
        kind = file["kind"].value
    worth: dict[frozenset[MemberId], Cents] = {}
    for name, field in file["worth"].fields().items():
        group = [MemberId(one.strip()) for one in name.split(",") if one.strip()]
        for member in group:
            if member not in members:
                raise field.wrong("field_stranger", name=member)
        if frozenset(group) in worth or len(set(group)) != len(group):
            raise field.wrong("field_twice", name=name)
        worth[frozenset(group)] = field.cents()
        if not group and field.cents():
            raise field.wrong("field_empty_worth")
    return from_worths(members, worth, kind)


def _named(file: Field, members: tuple[MemberId, ...]) -> Game:
    def quantities(name: str) -> dict[MemberId, Fraction]:
        given = file[name].by_member()
        _all_there(file[name], given, members)
        return {member: given[member].quantity() for member in members}

    def cents(name: str) -> Cents:
        return file[name].cents() if file.has(name) else NOTHING

    match file["game"].value:
        case "stand":
            minimum = file["minimum"].quantity() if file.has("minimum") else Fraction(0)
            return stand(quantities("surfaces"), file["price"].cents(), cents("fixed"), minimum)
        case "employee":
            minimum = file["minimum"].quantity() if file.has("minimum") else Fraction(0)
            return shared_employee(quantities("days"), file["daily"].cents(), cents("fixed"), minimum)
        case "purchase":
            tiers = [Tier(one["from"].quantity(), one["price"].cents()) for one in file["tiers"].items()]
            return purchase(quantities("quantities"), tiers, cents("fixed"))
        case "study":
            return study(members, [_part(one, members) for one in file["parts"].items()])
        case "tour":
            metres = [[int(cell.quantity()) for cell in row.items()] for row in file["metres"].items()]
            return tour(members, metres, file["per_km"].cents(), cents("fixed"))
        case "airport":
            needs = file["needs"].by_member()
            _all_there(file["needs"], needs, members)
            return airport({member: needs[member].cents() for member in members})
    raise file["game"].wrong("field_game")


def _part(field: Field, members: tuple[MemberId, ...]) -> Part:
    users = []
    for one in field["users"].items():
        if one.string() not in members:
            raise one.wrong("field_stranger", name=one.string())
        users.append(MemberId(one.string()))
    return Part(field["label"].string(), field["cents"].cents(), tuple(users))


def _all_there(field: Field, given: Mapping[MemberId, Field], members: tuple[MemberId, ...]) -> None:
    for member in members:
        if member not in given:
            raise field.wrong("field_missing", name=member)
    for member in given:
        if member not in members:
            raise field.wrong("field_stranger", name=member)


def _line(field: Field, keys: Mapping[str, Key]) -> PoolLine:
    key = field["key"].string() if field.has("key") else "equal"
    if key not in keys and key != "equal":
        raise field["key"].wrong("field_key", name=key)
    paid: MemberId | dict[MemberId, Cents] | None = None
    if field.has("paid_by"):
        payer = field["paid_by"]
        if isinstance(payer.value, dict):
            paid = {member: one.cents() for member, one in payer.by_member().items()}
        else:
            paid = MemberId(payer.string())
    among = tuple(MemberId(one.string()) for one in field["among"].items()) if field.has("among") else None
    return PoolLine(field["label"].string(), field["cents"].cents(), key, paid, among)


def _key(field: Field) -> Key:
    def figures(name: str) -> dict[MemberId, Fraction]:
        return {member: one.quantity() for member, one in field[name].by_member().items()}

    match field["kind"].value:
        case "equal":
            return Equal()
        case "prorata":
            money = field.has("unit") and field["unit"].value == "cents"
            unit = "" if money or not field.has("unit") else field["unit"].string()
            return ProRata(figures("weights"), unit, money)
        case "fixed":
            return Fixed(figures("percents"))
        case "tiers":
            return Tiers(figures("sizes"), tuple(_band(one) for one in field["bands"].items()))
        case "fixed_plus_variable":
            first = _key(field["fixed_key"]) if field.has("fixed_key") else Equal()
            return FixedPlusVariable(field["fixed"].cents(), _key(field["variable"]), first)
        case "floor_cap":
            return FloorCap(
                _key(field["key"]),
                floor=field["floor"].cents() if field.has("floor") else None,
                cap=field["cap"].cents() if field.has("cap") else None,
                floor_part=field["floor_part"].quantity() if field.has("floor_part") else Fraction(0),
                cap_part=field["cap_part"].quantity() if field.has("cap_part") else None,
            )
        case "mix":
            return Mix(tuple((one["part"].quantity(), _key(one["key"])) for one in field["parts"].items()))
    raise field["kind"].wrong("field_key_kind")


def _band(field: Field) -> Band:
    limit = field["up_to"].quantity() if field.has("up_to") and field["up_to"].value is not None else None
    return Band(field["name"].string(), limit, field["points"].quantity())
