"""Settle along existing debts only: nobody pays somebody it does not already owe, nor more than it owes.

Only rounds of debts (A owes B, B owes C, C owes A) can be cancelled: a debt that lies on no round stays as it is. Among
all ways to cancel rounds, the one that leaves the fewest transfers is sought.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from cordee.engines.sentences import reason
from cordee.engines.settlement.result import Debt, Settlement, Transfer, net
from cordee.engines.units import Cents, MemberId

_EXACT = 60  # debts on rounds up to which the fewest is sought by a whole-number program
_NODES = 5000

Arc = tuple[MemberId, MemberId]


def settle_along(debts: Iterable[Debt]) -> Settlement:
    """Settle debts by cancelling the rounds among them, with the fewest transfers along existing debts.

    Shape   several debts between the same two are added up; what two owe each other is set off first.
    Units   cents.
    Holds   every member's balance is kept to the cent; every transfer is on an existing debt and at most that debt.
    Errors  ValueError for a negative debt, or a debt to oneself.

    >>> answer = settle_along([Debt("a", "b", 500), Debt("b", "c", 500), Debt("c", "a", 300)])
    >>> [(one.payer, one.payee, one.cents) for one in answer.transfers]
    [('a', 'b', 200), ('b', 'c', 200)]
    """
    given = list(debts)
    net(given)  # refuses what is not a debt
    owed = _set_off(given)
    rounds = _on_rounds(owed)
    kept = {arc: cents for arc, cents in owed.items() if arc not in rounds}
    best, bound = _fewest({arc: owed[arc] for arc in rounds})
    flows = {**kept, **best}
    transfers = tuple(Transfer(payer, payee, Cents(cents)) for (payer, payee), cents in sorted(flows.items()) if cents)
    least = len(kept) + bound
    if not transfers:
        return Settlement((), True, 0, (reason("nothing"),))
    moved = sum(one.cents for one in transfers)
    why = [
        reason("netted", debts=len(given), transfers=len(transfers), cents=moved),
        reason("links"),
        reason("fewest_links") if len(transfers) == least else reason("at_least", bound=least),
    ]
    return Settlement(transfers, len(transfers) == least, least, tuple(why))


def _set_off(debts: list[Debt]) -> dict[Arc, int]:
    """One debt per pair, in one direction."""
    sums: dict[Arc, int] = {}
    for debt in debts:
        low, high = sorted((debt.debtor, debt.creditor))
        sums[low, high] = sums.get((low, high), 0) + (debt.cents if debt.debtor == low else -debt.cents)
    return {arc if cents > 0 else (arc[1], arc[0]): abs(cents) for arc, cents in sorted(sums.items()) if cents}


def _on_rounds(owed: dict[Arc, int]) -> list[Arc]:
    """The debts that lie on some round: their creditor owes, through others, their debtor."""
    owes: dict[MemberId, set[MemberId]] = {}
    for debtor, creditor in owed:
        owes.setdefault(debtor, set()).add(creditor)
    reached: dict[MemberId, set[MemberId]] = {}
    for start in owes:
        seen: set[MemberId] = set()
        waiting = [start]
        while waiting:
            for following in owes.get(waiting.pop(), set()) - seen:
                seen.add(following)
                waiting.append(following)
        reached[start] = seen
    return [(debtor, creditor) for debtor, creditor in owed if debtor in reached.get(creditor, set())]


def _fewest(owed: dict[Arc, int]) -> tuple[dict[Arc, int], int]:
    """Flows along these debts that keep every balance, on as few debts as possible, and a proven least number."""
    if not owed:
        return {}, 0
    balance: dict[MemberId, int] = {}
    for (debtor, creditor), cents in owed.items():
        balance[debtor] = balance.get(debtor, 0) - cents
        balance[creditor] = balance.get(creditor, 0) + cents
    plain = _thinned(owed)
    bound = max(sum(b < 0 for b in balance.values()), sum(b > 0 for b in balance.values()))
    if len(plain) == bound or len(owed) > _EXACT:
        return plain, bound
    support, least = _support(owed, balance)
    bound = max(bound, least)
    found = _routed({arc: owed[arc] for arc in support}, balance)
    if found is not None and len(found) < len(plain):
        plain = found
    return plain, min(bound, len(plain))


def _thinned(owed: dict[Arc, int]) -> dict[Arc, int]:
    """Cancel rounds of debts, each by its smallest debt, until none is left."""
    flows = dict(owed)
    while True:
        step = _round(flows)
        if step is None:
            return flows
        least = min(flows[arc] for arc in step)
        flows = {arc: cents - least * (arc in step) for arc, cents in flows.items() if cents > least or arc not in step}


def _round(flows: dict[Arc, int]) -> list[Arc] | None:
    """One directed round among these flows, if there is one."""
    after: dict[MemberId, list[MemberId]] = {}
    for debtor, creditor in sorted(flows):
        after.setdefault(debtor, []).append(creditor)
    done: set[MemberId] = set()
    for start in after:
        path: list[MemberId] = []
        here: MemberId | None = start
        while here is not None and here not in path:
            path.append(here)
            here = next((one for one in after.get(here, []) if one not in done), None)
            while here is None and path:
                done.add(path.pop())
                if path:
                    here = next((one for one in after[path[-1]] if one not in done), None)
        if here is not None:
            ring = [*path[path.index(here) :], here]
            return list(pairwise(ring))
    return None


def _routed(owed: dict[Arc, int], balance: dict[MemberId, int]) -> dict[Arc, int] | None:
    """Exact flows along these debts that give every balance, or None: shortest augmenting paths, whole cents."""
    flows = dict.fromkeys(owed, 0)
    need = {member: -amount for member, amount in balance.items()}  # > 0: still has to pay
    while any(amount > 0 for amount in need.values()):
        start = min(member for member, amount in need.items() if amount > 0)
        came: dict[MemberId, tuple[Arc, int]] = {}
        waiting, seen = [start], {start}
        end = None
        while waiting and end is None:
            here = waiting.pop(0)
            for arc in owed:
                for one, other, way, room in (
                    (arc[0], arc[1], 1, owed[arc] - flows[arc]),
                    (arc[1], arc[0], -1, flows[arc]),
                ):
                    if one == here and other not in seen and room:
                        seen.add(other)
                        came[other] = (arc, way)
                        waiting.append(other)
                        if need.get(other, 0) < 0:
                            end = end or other
        if end is None:
            return None
        path: list[tuple[Arc, int]] = []
        here = end
        while here != start:
            arc, way = came[here]
            path.append((arc, way))
            here = arc[0] if way > 0 else arc[1]
        room = min(owed[arc] - flows[arc] if way > 0 else flows[arc] for arc, way in path)
        sent = min(room, need[start], -need[end])
        for arc, way in path:
            flows[arc] += way * sent
        need[start] -= sent
        need[end] += sent
    return {arc: cents for arc, cents in flows.items() if cents}


def _support(owed: dict[Arc, int], balance: dict[MemberId, int]) -> tuple[list[Arc], int]:
    """Debts that suffice, chosen as few as possible by a whole-number program, and its bound."""
    import highspy  # here: only tangled debts need the solver

    solver: Any = highspy.Highs
    highs = solver()
    for option, value in (
        ("output_flag", False),
        ("parallel", "off"),
        ("mip_max_nodes", _NODES),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.999),
        ("mip_feasibility_tolerance", 1e-9),
    ):
        highs.setOptionValue(option, value)
    arcs = list(owed)
    scale = float(max(owed.values()))
    for cents in owed.values():
        highs.addCol(0.0, 0.0, cents / scale, 0, [], [])
    for _ in arcs:
        highs.addCol(1.0, 0.0, 1.0, 0, [], [])
    used = np.arange(len(arcs), 2 * len(arcs), dtype=np.int32)
    highs.changeColsIntegrality(len(arcs), used, np.array([highspy.HighsVarType.kInteger] * len(arcs)))
    for i, cents in enumerate(owed.values()):
        entries = np.array([i, len(arcs) + i], dtype=np.int32)
        highs.addRow(-highspy.kHighsInf, 0.0, 2, entries, np.array([1.0, -cents / scale]))
    for member, amount in balance.items():
        near = [i for i, arc in enumerate(arcs) if member in arc]
        signs = np.array([1.0 if arcs[i][1] == member else -1.0 for i in near])
        highs.addRow(amount / scale, amount / scale, len(near), np.array(near, dtype=np.int32), signs)
    highs.run()
    values = highs.getSolution().col_value
    bound = highs.getInfo().mip_dual_bound
    least = int(np.ceil(bound - 1e-6)) if np.isfinite(bound) else 0
    return [arc for i, arc in enumerate(arcs) if values and values[len(arcs) + i] > 0.5], least
