"""Every act of the directory: one name for callers, one module per noun."""

from cordee.directory.acts.cards import (
    CertificateUnnamed,
    CompanyHeldByAnother,
    CompanyUnnamed,
    UnknownTrade,
    as_values,
    claim_company,
    create_company,
    declare_trades,
    drop_certificate,
    edit_company,
    note_certificate,
    show_company,
)
from cordee.directory.acts.imports import (
    NothingToImport,
    ask_import,
    digest_of,
    import_companies,
    kept_files,
    note_resumed,
    open_run,
)
from cordee.directory.acts.ties import NotATie, NoTieToOneself, declare_tie, drop_tie

__all__ = [
    "CertificateUnnamed",
    "CompanyHeldByAnother",
    "CompanyUnnamed",
    "NoTieToOneself",
    "NotATie",
    "NothingToImport",
    "UnknownTrade",
    "as_values",
    "ask_import",
    "claim_company",
    "create_company",
    "declare_tie",
    "declare_trades",
    "digest_of",
    "drop_certificate",
    "drop_tie",
    "edit_company",
    "import_companies",
    "kept_files",
    "note_certificate",
    "note_resumed",
    "open_run",
    "show_company",
]
