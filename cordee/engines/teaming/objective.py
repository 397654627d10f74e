"""What a team costs, in points. One place for every weight; docs/teaming.md says the same in words."""

SEAT = 1000
"""Every member: one more leader to agree with."""
TIE = 1
"""Taken off for each point of trust (0 to 100) between two members."""
KM = 5
"""For each whole kilometre between a member and a lot it works on."""
KM_CEILING = 1000
MATCH = 10
"""For each point by which its trade answers the lot less than perfectly (100)."""
WEAK_UNDER = 70
WEAK = 90
"""On top, for each point under WEAK_UNDER: a neighbouring trade is dearer than one more member of the right trade, and
is called in only where nobody nearer to the trade can be had."""
RESERVE = 300
"""A member with no lot of its own, kept in reserve near the closest lot it could do."""
UNKNOWN_CERTIFICATE = 150
UNKNOWN_CAPACITY = 100
UNKNOWN_SHARE = 500
UNKNOWN_TURNOVER = 100
UNKNOWN_PLACE = 250
"""For each lot on which the fact is asked and not known: neither free nor forbidden. UNKNOWN_SHARE: for a whole lot
resting on a capacity nobody knows, shared over its volume, so that known capacity is used first."""
OPTIONAL_LOT = 5000
"""A lot that is not essential, left aside."""
GAP = 200_000
GAP_SHARE = 100_000
"""An essential lot not wholly done: GAP, plus GAP_SHARE shared over its volume (or turnover) for what is missing."""
PRICE = 100
"""A whole lot, for each point of price level above PRICE_FLOOR, shared over its volume."""
PRICE_FLOOR = 50
PRICE_CEILING = 250
PRICE_USUAL = 100
FULL = 10_000
"""Turnover is counted in ten-thousandths of what the lot requires."""


def unit_price(level: int, volume: int) -> int:
    """Points for one unit of a lot of `volume` units at this price level.

    >>> unit_price(100, 50), unit_price(90, 50)
    (100, 80)
    """
    bounded = min(max(level, PRICE_FLOOR), PRICE_CEILING)
    return (2 * PRICE * (bounded - PRICE_FLOOR) + volume) // (2 * volume)


def unknown_lots(lots: int, min_members: int) -> int:
    """On how many lots a company of unknown capacity may be counted: two, or its even part when lots are many.

    >>> unknown_lots(2, 3), unknown_lots(30, 3)
    (2, 10)
    """
    return max(2, -(-lots // max(1, min_members)))


def mismatch(strength: int) -> int:
    """Points for a trade that answers a lot this well, out of 100.

    >>> mismatch(100), mismatch(70), mismatch(40)
    (0, 300, 3300)
    """
    return MATCH * (100 - strength) + WEAK * max(0, WEAK_UNDER - strength)


def strength_for(points: int) -> int:
    """How well the trade answers, from what it costs: `mismatch` read backwards.

    >>> [strength_for(mismatch(strength)) for strength in (100, 70, 69, 40, 1)]
    [100, 70, 69, 40, 1]
    """
    knee = mismatch(WEAK_UNDER)
    return 100 - points // MATCH if points <= knee else WEAK_UNDER - (points - knee) // (MATCH + WEAK)
