"""Agreements a leader understands: clauses as data, put together, checked, and printed as an archival PDF.

`assemble` takes what is known and gives a document, with what is still missing and what contradicts itself or the
law, each with its clause and its reason. `render_pdf` prints it. How clauses are written: docs/agreements.md.
"""

from cordee.engines.assembly.assemble import (
    Article,
    Block,
    Document,
    Finding,
    Missing,
    Party,
    ScheduleLine,
    assemble,
    questions,
)
from cordee.engines.assembly.changes import accede, amend, changes_something, end_together
from cordee.engines.assembly.clauses import Clause, DocumentType, Variable, document_type, document_types
from cordee.engines.assembly.kept import as_kept, from_kept
from cordee.engines.assembly.render import render_pdf

__all__ = [
    "Article",
    "Block",
    "Clause",
    "Document",
    "DocumentType",
    "Finding",
    "Missing",
    "Party",
    "ScheduleLine",
    "Variable",
    "accede",
    "amend",
    "as_kept",
    "assemble",
    "changes_something",
    "document_type",
    "document_types",
    "end_together",
    "from_kept",
    "questions",
    "render_pdf",
]
