"""Who won, in an eForms result: references lead from the lot's result to its contract, tender, party and companies."""

from collections.abc import Sequence

from cordee.engines.notices import values, xml
from cordee.engines.notices.awards import award_of, without_winner
from cordee.engines.notices.eforms_parts import Companies, amount
from cordee.engines.notices.lots import lot_named
from cordee.engines.notices.model import Award, Lot
from cordee.engines.notices.xml import Element

_WINNER = "selec-w"


def awards_of(
    extension: Element | None, lots: Sequence[Lot], companies: Companies
) -> tuple[tuple[Award, ...], tuple[str, ...]]:
    """The winners, and the lots closed without one.

    A tender won if a contract refers to it; where the notice has no contracts, if its result has a winner and the
    tender is ranked first or not ranked.
    """
    result = xml.first(extension, "NoticeResult")
    tenders = _by_id(result, "LotTender")
    parties = _by_id(result, "TenderingParty")
    contracts = _by_id(result, "SettledContract")
    found: list[Award] = []
    empty: list[str] = []
    done: set[str] = set()
    for outcome in xml.few(xml.each(result, "LotResult")):
        lot = lot_named(xml.line(outcome, "TenderLot/ID"), lots)
        code = xml.line(outcome, "TenderResultCode")
        if code == "clos-nw" and lot is not None:
            empty.append(lot)
        if code not in (_WINNER, None):
            continue
        listed = [i for i in (xml.line(e, "ID") for e in xml.each(outcome, "LotTender")) if i]
        signed = [
            contracts[i] for i in (xml.line(e, "ID") for e in xml.each(outcome, "SettledContract")) if i in contracts
        ]
        won = {xml.line(e, "ID"): c for c in signed for e in xml.each(c, "LotTender")}
        for identifier in listed or [i for i in won if i]:
            tender = tenders.get(identifier)
            if tender is None or identifier in done or not _won(identifier, tender, won):
                continue
            done.add(identifier)
            award = _award(lot, tender, parties, companies, won.get(identifier))
            if award is not None:
                found.append(award)
    return tuple(found), without_winner(empty, found)


def _by_id(result: Element | None, name: str) -> dict[str, Element]:
    pairs = ((xml.line(e, "ID"), e) for e in xml.each(result, name))
    return {identifier: element for identifier, element in pairs if identifier}


def _won(identifier: str, tender: Element, won: dict[str | None, Element]) -> bool:
    return identifier in won if won else xml.line(tender, "RankCode") in (None, "1")


def _award(
    lot: str | None, tender: Element, parties: dict[str, Element], companies: Companies, contract: Element | None
) -> Award | None:
    party = parties.get(xml.line(tender, "TenderingParty/ID") or "")
    tenderers = [e for e in xml.each(party, "Tenderer") if xml.line(e, "ID") in companies]
    if not tenderers:
        return None
    leads = [place for place, e in enumerate(tenderers) if xml.line(e, "GroupLeadIndicator") == "true"]
    return award_of(
        lot,
        [companies[xml.line(e, "ID") or ""] for e in tenderers],
        grouping=len(tenderers) > 1,
        stated_lead=leads[0] if leads and len(tenderers) > 1 else None,
        value=amount(tender, "LegalMonetaryTotal/PayableAmount"),
        day=values.day(xml.text(contract, "IssueDate")) or values.day(xml.text(contract, "AwardDate")),
    )
