"""From a notice and a file of companies to a need and companies the team search understands.

A company answers a lot by a trade and by nothing else: one it declared, or one its NAF code names. What the notice or
the file does not say stays unknown.
"""

from collections.abc import Iterable, Sequence

from cordee.engines.companies import CompanyRow
from cordee.engines.notices import Lot, Notice
from cordee.engines.places import Place, place_of, point_of_postcode
from cordee.engines.teaming.model import Company, LotNeed, Need, Point
from cordee.engines.trades import Strength, read_lot, trades_for_naf

ASKED = {Strength.EXACT: 100, Strength.CLOSE: 70, Strength.RELATED: 40}
"""How well a trade answers a lot, out of 100."""
HELD = {Strength.EXACT: 90, Strength.CLOSE: 60, Strength.RELATED: 40}
"""How surely a company practises a trade its NAF code names; a declared trade counts 100."""
RADIUS_KM = {"commune": 250, "postcode": 250, "department": 250, "area": 400}
"""From how far a company may come, by how precisely the place of the lot is known; none for a whole country."""
TIE = 50
"""The trust of a tie that a file only names."""
UNIT = "k€"
"""The volume of a lot is its value a year, in thousands of euros: the unit in which companies state their capacity."""


def need_of(notice: Notice, *, radius_km: int | None = None) -> Need:
    """What a notice asks of companies, lot by lot.

    Shape   radius_km: how far companies may come from; by default it depends on how precisely the place is known.
    Holds   a lot whose place is not known has no radius; one whose value is not known has no volume.
    """
    lots = notice.lots or notice.parts
    return Need(tuple(_lot(lot, notice, radius_km) for lot in lots), notice.title or "")


def _lot(lot: Lot, notice: Notice, radius_km: int | None) -> LotNeed:
    where = lot_place(lot, notice)
    marks = [mark for one in lot.requirements for mark in one.certificates]
    return LotNeed(
        id=lot.id,
        title=lot.title or "",
        trades=asked_trades(lot, notice),
        volume=_volume(lot),
        unit=UNIT,
        place=_point(where),
        radius_km=None if where is None or where.level == "country" else radius_km or RADIUS_KM[where.level],
        certificates=tuple(dict.fromkeys(mark_name(mark) for mark in marks)),
    )


def asked_trades(lot: Lot, notice: Notice) -> dict[str, int]:
    """The trades a lot asks for, and how well each answers, out of 100, best first.

    A code that speaks of the whole procurement counts less than what the lot says itself, by its own codes or its
    title: « Lot 6 électricité » of a building asks for an electrician first, not for a general contractor.

    Holds   when the lot names a trade, one that only the whole procurement names is at most « related ».
    """
    alone = len(notice.lots or notice.parts) == 1
    own = lot.cpv[1:] if lot.cpv_inherited else lot.cpv
    general = lot.cpv[:1] if lot.cpv_inherited else ()
    if not lot.cpv:
        own, general = (notice.cpv, ()) if alone else ((), notice.cpv)
    return {one.trade.slug: ASKED[one.strength] for one in read_lot(own, lot.title or "", general).matches}


def lot_place(lot: Lot, notice: Notice) -> Place | None:
    """Where a lot is to be done, as far as the notice says."""
    for code in (*lot.nuts, *notice.nuts):
        found = place_of(nuts=code)
        if found is not None:
            return found
    return None


def _point(where: Place | None) -> Point | None:
    return None if where is None or where.level == "country" else (where.point.lon, where.point.lat)


def _volume(lot: Lot) -> int | None:
    """The value of a lot for one year, in thousands of euros, at least 1; None when not stated in euros."""
    if lot.value is None or lot.value.currency != "EUR" or lot.value.cents <= 0:
        return None
    months = lot.duration.months if lot.duration and lot.duration.months else 12
    return max(1, lot.value.cents * 12 // (max(12, months) * 100_000))


def mark_name(mark: str) -> str:
    """A certificate's name, so that two spellings meet.

    >>> mark_name(" Qualibat  rge ")
    'QUALIBAT RGE'
    """
    return " ".join(mark.upper().split())


def companies_of(rows: Iterable[CompanyRow], need: Need | None = None) -> list[Company]:
    """The companies of a file, with what it knows of them.

    Shape   need: a capacity, told in euros, is kept only when every volume of the need is in euros too.
    """
    in_euros = need is None or all(lot.volume is None or lot.unit == UNIT for lot in need.lots)
    return [_company(row, in_euros) for row in rows]


def _company(row: CompanyRow, in_euros: bool) -> Company:
    capacity = row.capacity_cents // 100_000 if row.capacity_cents is not None and in_euros else None
    marks = row.certificates
    return Company(
        id=row.siren,
        name=row.brand or row.name or row.siren,
        trades=trades_of(row),
        capacity=capacity,
        places=_places(row),
        certificates=None if marks is None else frozenset(mark_name(mark) for mark in marks),
        turnover=row.turnover_cents,
        headcount=row.headcount[0] if row.headcount else None,
        ties=dict.fromkeys((one for one in row.ties if one != row.siren), TIE),
        group=row.group,
    )


def trades_of(row: CompanyRow) -> dict[str, int]:
    """The trades of a company and how sure each is: declared ones first, then those its NAF codes name."""
    found: dict[str, int] = {}
    for naf in row.nafs:
        try:
            matches = trades_for_naf(naf)
        except ValueError:
            continue
        for one in matches:
            found[one.trade.slug] = max(found.get(one.trade.slug, 0), HELD[one.strength])
    return found | dict.fromkeys(row.trades, 100)


def _places(row: CompanyRow) -> tuple[Point, ...]:
    found: dict[Point, None] = {}
    for site in row.establishments:
        if site.lon is not None and site.lat is not None:
            found[(site.lon, site.lat)] = None
        elif site.postcode and (point := point_of_postcode(site.postcode, site.city or "")) is not None:
            found[(point.lon, point.lat)] = None
    return tuple(found)


def lot_numbers(lots: Sequence[Lot]) -> dict[str, str]:
    """What to call each lot in a sentence: its number, « unique » when there is only one."""
    return {lot.id: lot.number or ("unique" if len(lots) == 1 else lot.id) for lot in lots}
