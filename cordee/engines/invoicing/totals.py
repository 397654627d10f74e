"""The figures of an invoice: each line to the cent, VAT rounded once per rate, what is left to pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.invoicing.model import EXEMPTIONS, Invoice, Line, Vat


@dataclass(frozen=True, slots=True)
class Tax:
    """One rate, or one reason for none: its base and its VAT, in cents."""

    category: str
    rate: Fraction
    base: int
    tax: int
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything in cents."""

    lines: tuple[int, ...]
    taxes: tuple[Tax, ...]
    net: int
    tax: int
    gross: int
    due: int


def cents_of(euros: Fraction) -> int:
    """Euros to whole cents, halves away from zero, as French invoices round.

    >>> cents_of(Fraction("0.125")), cents_of(Fraction("-0.125"))
    (13, -13)
    """
    scaled = abs(euros) * 100
    rounded = int(scaled + Fraction(1, 2))
    return rounded if euros >= 0 else -rounded


def net_of(line: Line) -> int:
    """What a line comes to before tax, in cents."""
    return cents_of(line.quantity * line.price)


def totals_of(invoice: Invoice) -> Totals:
    """Add an invoice up.

    Holds  net is the sum of the lines; the bases add up to net; each VAT is its base times its rate, rounded to the
           cent once; gross = net + tax; due = gross − what is paid already.
    """
    nets = tuple(net_of(line) for line in invoice.lines)
    taxes = taxes_of(invoice.lines)
    net, tax = sum(nets), sum(one.tax for one in taxes)
    return Totals(nets, taxes, net, tax, net + tax, net + tax - invoice.prepaid_cents)


def taxes_of(lines: Sequence[Line]) -> tuple[Tax, ...]:
    """The VAT of lines, summed by rate or by reason for none."""
    bases: dict[tuple[Vat, Fraction], int] = {}
    for line in lines:
        key = (line.vat, line.rate if line.vat is Vat.DUE else Fraction(0))
        bases[key] = bases.get(key, 0) + net_of(line)
    ordered = sorted(bases.items(), key=lambda item: (item[0][0], -item[0][1]))
    return tuple(_tax(vat, rate, base) for (vat, rate), base in ordered)


def _tax(vat: Vat, rate: Fraction, base: int) -> Tax:
    if vat is Vat.DUE:
        return Tax("S", rate, base, cents_of(Fraction(base, 100) * rate / 100))
    category, code, text = EXEMPTIONS[vat]
    return Tax(category, Fraction(0), base, 0, code, text)
