"""Electronic invoices: read and check any (Factur-X, UBL, CII), make our own (EN 16931, French rules)."""

from cordee.engines.invoicing.check import Broken, Report, check_invoice, check_papers
from cordee.engines.invoicing.cii import write_cii
from cordee.engines.invoicing.facts import Said, facts_of
from cordee.engines.invoicing.mentions import check_ready, notes_of
from cordee.engines.invoicing.model import (
    RATES,
    Case,
    Invoice,
    Kind,
    Line,
    NotInvoiceable,
    Party,
    Reference,
    Taxed,
    Terms,
    Vat,
)
from cordee.engines.invoicing.official import RulesNotRun
from cordee.engines.invoicing.reading import NotAnInvoice, read_invoice, xml_inside
from cordee.engines.invoicing.totals import Tax, Totals, taxes_of, totals_of
from cordee.engines.invoicing.ubl import write_ubl
from cordee.engines.invoicing.works import Post, Rate, Span, claim, late_interest, late_spans, retention
from cordee.engines.invoicing.written import NotWritten, invoice_from_json

__all__ = [
    "RATES",
    "Broken",
    "Case",
    "Invoice",
    "Kind",
    "Line",
    "NotAnInvoice",
    "NotInvoiceable",
    "NotWritten",
    "Party",
    "Post",
    "Rate",
    "Reference",
    "Report",
    "RulesNotRun",
    "Said",
    "Span",
    "Tax",
    "Taxed",
    "Terms",
    "Totals",
    "Vat",
    "check_invoice",
    "check_papers",
    "check_ready",
    "claim",
    "facts_of",
    "invoice_from_json",
    "late_interest",
    "late_spans",
    "notes_of",
    "read_invoice",
    "retention",
    "taxes_of",
    "totals_of",
    "write_cii",
    "write_ubl",
    "xml_inside",
]
