"""The keys by which companies share a cost: plain data, chosen and voted before the money is spent."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from cordee.engines.units import Cents, MemberId


@dataclass(frozen=True, slots=True)
class Equal:
    """Everyone pays the same."""


@dataclass(frozen=True, slots=True)
class ProRata:
    """Each pays in proportion to something counted: turnover, headcount, m², days, orders, amount of the lot.

    Shape   weights: one per member, >= 0; `unit` is only for the sentences ("m²", "jours").
    Units   money: the weights are amounts in cents (turnover, lots), and are said as amounts.
    """

    weights: Mapping[MemberId, Fraction]
    unit: str = ""
    money: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """Each pays the percentage written in the agreement.

    Shape   percents: one per member, their sum exactly 100.
    """

    percents: Mapping[MemberId, Fraction]


@dataclass(frozen=True, slots=True)
class Band:
    """One step of a tiered key: up to `up_to` (included; None for the last), a company counts for `points`."""

    name: str
    up_to: Fraction | None
    points: Fraction


@dataclass(frozen=True, slots=True)
class Tiers:
    """Companies of one size band count the same: micro 1, small 2, medium 4.

    Shape   sizes: one per member; bands in growing order of `up_to`, the last one open.
    """

    sizes: Mapping[MemberId, Fraction]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class FixedPlusVariable:
    """A first amount is shared by one key (equally by default), the rest by another.

    Units   fixed in cents; when the whole is smaller than the fixed part, all of it is the fixed part.
    """

    fixed: Cents
    variable: "Key"
    fixed_key: "Key" = Equal()


@dataclass(frozen=True, slots=True)
class FloorCap:
    """A key with a minimum and a maximum per company; the others take up the difference in proportion.

    Units   floor and cap in cents, floor_part and cap_part as parts of the total; the stricter bound counts.
    Holds   every exact share between its bounds, and in proportion to `key` for those at no bound.
    """

    key: "Key"
    floor: Cents | None = None
    cap: Cents | None = None
    floor_part: Fraction = Fraction(0)
    cap_part: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Mix:
    """Several keys at once, each on its part of the total: 30 % equally, 70 % by use.

    Shape   parts: (part, key) pairs, the parts > 0 and adding up to exactly 1.
    """

    parts: tuple[tuple[Fraction, "Key"], ...]


Key: TypeAlias = Equal | ProRata | Fixed | Tiers | FixedPlusVariable | FloorCap | Mix
