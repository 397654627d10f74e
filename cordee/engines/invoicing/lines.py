"""Whether each line of an invoice multiplies: quantity times net price, plus charges, minus allowances (BT-131)."""

from collections.abc import Iterator
from fractions import Fraction

from lxml import etree

from cordee.engines.invoicing.profiles import CBC, RAM
from cordee.engines.invoicing.reading import Paper

SLACK = Fraction(2, 100)
"""Two cents of rounding are let pass, as the Peppol rule on the same sum does."""

_CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"


def wrong_lines(paper: Paper) -> Iterator[dict[str, str]]:
    """The lines whose amount is not what their quantity and price make, with the figures to show."""
    if paper.syntax not in ("CII", "UBL"):
        return
    lines = _cii(paper.root) if paper.syntax == "CII" else _ubl(paper.root)
    for name, quantity, price, extra, written in lines:
        if quantity is None or price is None or written is None or extra is None:
            continue
        expected = quantity * price + extra
        if abs(written - expected) > SLACK:
            figures = {"quantity": quantity, "price": price, "expected": expected, "written": written}
            yield {"line": name, **{key: _shown(value) for key, value in figures.items()}}


_Line = tuple[str, Fraction | None, Fraction | None, Fraction | None, Fraction | None]


def _cii(root: etree._Element) -> Iterator[_Line]:
    for line in root.iter(RAM + "IncludedSupplyChainTradeLineItem"):
        agreed = f"{RAM}SpecifiedLineTradeAgreement/{RAM}"
        price = _number(line, f"{agreed}NetPriceProductTradePrice/{RAM}ChargeAmount")
        base = _number(line, f"{agreed}NetPriceProductTradePrice/{RAM}BasisQuantity") or _number(
            line, f"{agreed}GrossPriceProductTradePrice/{RAM}BasisQuantity"
        )
        settled = f"{RAM}SpecifiedLineTradeSettlement/{RAM}"
        extra = _sum(
            line.findall(f"{settled}SpecifiedTradeAllowanceCharge"),
            f"{RAM}ChargeIndicator/{{*}}Indicator",
            f"{RAM}ActualAmount",
        )
        yield (
            (line.findtext(f"{RAM}AssociatedDocumentLineDocument/{RAM}LineID") or "?").strip()[:20],
            _number(line, f"{RAM}SpecifiedLineTradeDelivery/{RAM}BilledQuantity"),
            price / (base or 1) if price is not None else None,
            extra,
            _number(line, f"{settled}SpecifiedTradeSettlementLineMonetarySummation/{RAM}LineTotalAmount"),
        )


def _ubl(root: etree._Element) -> Iterator[_Line]:
    for line in (*root.findall(_CAC + "InvoiceLine"), *root.findall(_CAC + "CreditNoteLine")):
        quantity = _number(line, CBC + "InvoicedQuantity")
        if quantity is None:
            quantity = _number(line, CBC + "CreditedQuantity")
        price = _number(line, f"{_CAC}Price/{CBC}PriceAmount")
        base = _number(line, f"{_CAC}Price/{CBC}BaseQuantity")
        yield (
            (line.findtext(CBC + "ID") or "?").strip()[:20],
            quantity,
            price / (base or 1) if price is not None else None,
            _sum(line.findall(_CAC + "AllowanceCharge"), CBC + "ChargeIndicator", CBC + "Amount"),
            _number(line, CBC + "LineExtensionAmount"),
        )


def _sum(parts: list[etree._Element], indicator: str, amount: str) -> Fraction | None:
    total = Fraction(0)
    for one in parts:
        value = _number(one, amount)
        if value is None:
            return None
        total += value if (one.findtext(indicator) or "").strip() in ("true", "1") else -value
    return total


def _number(element: etree._Element, path: str) -> Fraction | None:
    text = (element.findtext(path) or "").strip()
    try:
        return Fraction(text) if text and len(text) < 40 and "/" not in text and "e" not in text.lower() else None
    except (ValueError, ZeroDivisionError):
        return None


def _shown(value: Fraction) -> str:
    scaled = round(abs(value) * 10000)
    whole, rest = divmod(scaled, 10000)
    decimals = f"{rest:04d}".rstrip("0").ljust(2, "0") if rest else ""
    return ("-" if value < 0 else "") + str(whole) + (f",{decimals}" if decimals else "")
