"""How much of real notices and real companies the table reaches."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from cordee.engines.trades import read_lot, trades_for_naf


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if _name(element) in names)


def _ted_lots(root: etree._Element) -> Iterator[tuple[list[str], str]]:
    form = next((e for e in root.iter() if e.get("CATEGORY") == "ORIGINAL" and "_2014" in _name(e)), None)
    if form is None:
        return
    main = [e.get("CODE", "") for e in _named(form, "CPV_CODE")][:1]
    for lot in _named(form, "OBJECT_DESCR"):
        title = " ".join("".join(e.itertext()) for e in lot if _name(e) == "TITLE")
        yield [e.get("CODE", "") for e in _named(lot, "CPV_CODE")] or main, title


def _boamp_lots(root: etree._Element) -> Iterator[tuple[list[str], str]]:
    def codes(inside: etree._Element) -> list[str]:
        return [e.text or "" for e in _named(inside, "PRINCIPAL") if re.fullmatch(r"\d{8}", e.text or "")]

    for lot in list(_named(root, "LOT")) or list(_named(root, "OBJET")):
        yield (
            codes(lot) or codes(root)[:1],
            " ".join(e.text or "" for e in lot if _name(e) in {"INTITULE", "TITRE_MARCHE"}),
        )


def test_nearly_every_lot_of_french_notices_gets_a_trade(shared_data: Path) -> None:
    lots = [
        lot
        for folder, read in (("ted-r209-fr", _ted_lots), ("boamp-xml", _boamp_lots))
        for file in sorted((shared_data / "notices" / folder).rglob("*.xml"))
        for lot in read(etree.parse(file).getroot())
    ]
    reached = [lot for lot in lots if not read_lot(*lot).to_specify]
    assert len(lots) > 400
    assert len(reached) / len(lots) >= 0.95


def test_most_naf_codes_of_real_companies_are_linked(shared_data: Path) -> None:
    with (shared_data / "companies/entreprises_insertion.csv").open(encoding="utf-8") as lines:
        codes = [row["naf"] for row in csv.DictReader(lines) if row["naf"]]
    linked = {code for code in set(codes) if trades_for_naf(code)}
    assert len(linked) / len(set(codes)) >= 0.9
    # Half of these companies only say « action sociale n.c.a. » or « association »: no trade is made up for them.
    assert not {"8899B", "9499Z", "8411Z"} & linked
