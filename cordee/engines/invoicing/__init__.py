"""Electronic invoices: read and check any (Factur-X, UBL, CII), make our own (EN 16931, French rules)."""

from cordee.engines.invoicing.check import Broken, Report, check_invoice, check_papers
from cordee.engines.invoicing.official import RulesNotRun
from cordee.engines.invoicing.reading import NotAnInvoice, read_invoice

__all__ = ["Broken", "NotAnInvoice", "Report", "RulesNotRun", "check_invoice", "check_papers", "read_invoice"]
