"""The tables of shared money."""

from cordee.money.models.bills import (
    MOVES,
    Commitment,
    Heading,
    Nature,
    PoolLine,
    Rate,
    Recurring,
)
from cordee.money.models.brought import BroughtCost
from cordee.money.models.calls import (
    FundCall,
    FundPart,
)
from cordee.money.models.invoices import (
    BillingIdentity,
    BillingMandate,
    Invoice,
    InvoiceLine,
    InvoiceSeries,
    LegalRate,
    VatRate,
)
from cordee.money.models.ledger import (
    Journal,
    Ledger,
    LedgerAccount,
    LedgerEntry,
    LedgerLine,
)
from cordee.money.models.paid import InvoicePayment
from cordee.money.models.payments import (
    BankAccount,
    BankRow,
    BankStatement,
    Dispute,
    FinalAccount,
)
from cordee.money.models.pools import (
    CostPool,
    KeyKind,
    PoolShare,
    SharingKey,
    Transfer,
)
from cordee.money.models.posts import (
    PostMonth,
    SharedPost,
)
from cordee.money.models.received import ReceivedInvoice
from cordee.money.models.works import Works, WorksPost

__all__ = [
    "MOVES",
    "BankAccount",
    "BankRow",
    "BankStatement",
    "BillingIdentity",
    "BillingMandate",
    "BroughtCost",
    "Commitment",
    "CostPool",
    "Dispute",
    "FinalAccount",
    "FundCall",
    "FundPart",
    "Heading",
    "Invoice",
    "InvoiceLine",
    "InvoicePayment",
    "InvoiceSeries",
    "Journal",
    "KeyKind",
    "Ledger",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerLine",
    "LegalRate",
    "Nature",
    "PoolLine",
    "PoolShare",
    "PostMonth",
    "Rate",
    "ReceivedInvoice",
    "Recurring",
    "SharedPost",
    "SharingKey",
    "Transfer",
    "VatRate",
    "Works",
    "WorksPost",
]
