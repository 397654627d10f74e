"""Split an amount by a key, exactly, and say why to each company."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.sentences import Reason, reason
from cordee.engines.sharing.bounds import between
from cordee.engines.sharing.keys import Band, Equal, Fixed, FixedPlusVariable, FloorCap, Key, Mix, ProRata, Tiers
from cordee.engines.sharing.result import Certificate, Share
from cordee.engines.sharing.rounding import proportional, whole_cents
from cordee.engines.sharing.words import Unfit
from cordee.engines.units import Cents, MemberId

Members = Sequence[MemberId]


def split(total: Cents, members: Members, key: Key, carried: Mapping[MemberId, Fraction] | None = None) -> Share:
    """Split `total` among `members` by `key`, to the cent, with the reasons.

    Shape   members: distinct, at least one; every member has its figure in the key. `carried`: see `whole_cents`.
    Units   cents; a negative total (a refund) is split the same way.
    Holds   the cents add up to `total`; each within one cent of the exact part; members' order changes nothing.
    Errors  ValueError, in one sentence, when the key does not fit the members or cannot give the total.

    >>> answer = split(385350, ["a", "b", "c"], Equal())
    >>> dict(answer.shares), answer.explain("a", "en")
    ({'a': 128450, 'b': 128450, 'c': 128450}, ('one third of €3,853.50: 3 companies share equally',))
    """
    if not members or len(set(members)) != len(members):
        raise Unfit("members")
    parts = _parts(Fraction(total), members, key)
    cents = whole_cents(parts.exact, carried)
    reasons = {
        member: (
            *parts.reasons[member],
            *((reason("rounded", exact=part, cents=cents[member]),) if part.denominator != 1 else ()),
        )
        for member, part in parts.exact.items()
    }
    return Share(
        method=_NAMES[type(key)],
        total=total,
        shares=cents,
        exact=parts.exact,
        reasons=reasons,
        certificate=Certificate("sums", {"total": total}),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """Exact parts and their reasons, before rounding."""

    exact: dict[MemberId, Fraction]
    reasons: dict[MemberId, tuple[Reason, ...]]


_NAMES: dict[type, str] = {
    Equal: "equal",
    ProRata: "prorata",
    Fixed: "fixed",
    Tiers: "tiers",
    FixedPlusVariable: "fixed_plus_variable",
    FloorCap: "floor_cap",
    Mix: "mix",
}


def _parts(total: Fraction, members: Members, key: Key) -> _Parts:
    match key:
        case Equal():
            return _weighted(
                total, dict.fromkeys(members, Fraction(1)), "equal", lambda _: {"count": Fraction(len(members))}
            )
        case ProRata(weights, unit, money):
            unit_said = f"\u00a0{unit}" if unit else ""
            return _weighted(
                total,
                _figures(members, weights),
                "prorata_money" if money else "prorata",
                lambda _: {"unit": unit_said},
            )
        case Fixed(percents):
            figures = _figures(members, percents)
            if sum(figures.values()) != 100:
                raise Unfit("percents", {"sum": sum(figures.values(), Fraction(0))})
            return _weighted(total, figures, "fixed", lambda _: {})
        case Tiers(sizes, bands):
            if not _in_order(bands):
                raise Unfit("bands")
            chosen = {
                member: next(band for band in bands if band.up_to is None or size <= band.up_to)
                for member, size in _figures(members, sizes).items()
            }
            points = {member: band.points for member, band in chosen.items()}
            return _weighted(total, points, "tier", lambda member: {"band": chosen[member].name})
        case FixedPlusVariable(fixed, variable, fixed_key):
            first = Fraction(fixed) if abs(total) > fixed else abs(total)
            first = first if total >= 0 else -first
            pieces = [(first, fixed_key, "fixed_part"), (total - first, variable, "variable_part")]
            return _sum(
                members,
                [
                    (_parts(amount, members, part), reason(code, amount=amount))
                    for amount, part, code in pieces
                    if amount
                ],
            )
        case Mix(parts):
            if sum((part for part, _ in parts), Fraction(0)) != 1 or any(part <= 0 for part, _ in parts):
                raise Unfit("mix")
            return _sum(
                members,
                [
                    (_parts(total * part, members, one), reason("mix_part", part=part, amount=total * part))
                    for part, one in parts
                ],
            )
        case FloorCap():
            return _bounded(total, members, key)


def _in_order(bands: tuple[Band, ...]) -> bool:
    limits = [band.up_to for band in bands]
    closed = [limit for limit in limits[:-1] if limit is not None]
    return limits[-1:] == [None] and len(closed) == len(limits) - 1 and closed == sorted(set(closed))


def _figures(members: Members, figures: Mapping[MemberId, Fraction]) -> dict[MemberId, Fraction]:
    for member in members:
        if member not in figures:
            raise Unfit("no_figure", {"member": member})
        if figures[member] < 0:
            raise Unfit("negative_figure", {"member": member})
    return {member: Fraction(figures[member]) for member in members}


def _weighted(
    total: Fraction,
    weights: dict[MemberId, Fraction],
    code: str,
    more: Callable[[MemberId], Mapping[str, str | Fraction]],
) -> _Parts:
    exact = proportional(total, weights)
    whole = sum(weights.values(), Fraction(0))
    reasons: dict[MemberId, tuple[Reason, ...]] = {
        member: (
            reason(code, **{"part": weight / whole, "total": total, "weight": weight, "all": whole, **more(member)}),
        )
        for member, weight in weights.items()
    }
    return _Parts(exact, reasons)


def _sum(members: Members, pieces: list[tuple[_Parts, Reason]]) -> _Parts:
    return _Parts(
        {member: sum((parts.exact[member] for parts, _ in pieces), Fraction(0)) for member in members},
        {
            member: tuple(reason for parts, heading in pieces for reason in (heading, *parts.reasons[member]))
            for member in members
        },
    )


def _bounded(total: Fraction, members: Members, key: FloorCap) -> _Parts:
    base = _parts(total, members, key.key)
    size = abs(total)
    low = max(Fraction(key.floor or 0), key.floor_part * size)
    caps = [Fraction(key.cap)] if key.cap is not None else []
    caps += [key.cap_part * size] if key.cap_part is not None else []
    high = min(caps) if caps else None
    sign = -1 if total < 0 else 1
    sizes = between(size, {member: abs(part) for member, part in base.exact.items()}, low, high)
    exact = {member: sign * part for member, part in sizes.items()}
    reasons: dict[MemberId, tuple[Reason, ...]] = {}
    for member, part in exact.items():
        before = base.exact[member]
        values = {"before": before, "after": part, "bound": part}
        code = "floor" if abs(part) == low else "cap" if abs(part) == high else "rescaled"
        reasons[member] = base.reasons[member] + ((reason(code, **values),) if part != before else ())
    return _Parts(exact, reasons)
