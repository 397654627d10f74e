"""Who won, in a TED R2.0.9 form: AWARD_CONTRACT (contracts) and RESULTS (design contests)."""

from collections.abc import Sequence
from datetime import date

from cordee.engines.notices import values, xml
from cordee.engines.notices.awards import award_of, without_winner
from cordee.engines.notices.lots import lot_named
from cordee.engines.notices.model import Award, Lot, Money, Organisation
from cordee.engines.notices.ted_companies import organisation
from cordee.engines.notices.xml import Element

_VALUES = ("VALUES/VAL_TOTAL", "VAL_TOTAL", "VALUE/VAL_TOTAL", "VAL_FINAL_TOTAL")


def awards_of(form: Element | None, lots: Sequence[Lot]) -> tuple[tuple[Award, ...], tuple[str, ...]]:
    """The winners, and the lots that the notice says were not awarded.

    Several companies are one grouping only where the notice says so; else each won for itself (as in a framework
    agreement with several holders).
    """
    found: list[Award] = []
    empty: list[str] = []
    for block in xml.few(xml.each(form, "AWARD_CONTRACT")):
        lot = lot_named(xml.line(block, "LOT_NO"), lots, xml.line(block, "TITLE"))
        if xml.has(block, "NO_AWARDED_CONTRACT") and lot is not None:
            empty.append(lot)
        for awarded in xml.each(block, "AWARDED_CONTRACT"):
            companies = _companies(awarded, "CONTRACTORS/CONTRACTOR", "CONTRACTOR", "ADDRESS_CONTRACTOR")
            together = xml.has(awarded, "CONTRACTORS/AWARDED_TO_GROUP") or xml.has(awarded, "AWARDED_TO_GROUP")
            day = values.day(xml.text(awarded, "DATE_CONCLUSION_CONTRACT"))
            found += _awards(lot, companies, together, _value(awarded), day)
    for prize in xml.each(form, "RESULTS/AWARDED_PRIZE"):
        companies = _companies(prize, "WINNERS/WINNER", "WINNER", "ADDRESS_WINNER")
        day = values.day(xml.text(prize, "DATE_DECISION_JURY"))
        found += _awards(lot_named(None, lots), companies, xml.has(prize, "WINNERS/AWARDED_TO_GROUP"), None, day)
    return tuple(found), without_winner(empty, found)


def _companies(parent: Element, several: str, one: str, address: str) -> list[Organisation]:
    blocks = [*xml.each(parent, several), *xml.each(parent, one)]
    # The oldest forms put the address straight under CONTRACTOR.
    found = (organisation(xml.first(block, address)) or organisation(block) for block in blocks)
    return [company for company in found if company is not None]


def _awards(
    lot: str | None, companies: Sequence[Organisation], together: bool, value: Money | None, day: date | None
) -> list[Award]:
    if together and companies:
        return [award_of(lot, companies, grouping=True, value=value, day=day)]
    single = value if len(companies) == 1 else None
    return [award_of(lot, [company], grouping=False, value=single, day=day) for company in companies]


def _value(awarded: Element) -> Money | None:
    for path in _VALUES:
        found = xml.first(awarded, path)
        if found is not None:
            return values.money(xml.text(found), xml.attribute(found, "CURRENCY"))
    return None
