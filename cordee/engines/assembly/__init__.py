"""Agreements a leader understands: clauses as data, put together, checked, and printed as an archival PDF.

`assemble` takes what is known and gives a document, with what is still missing and what contradicts itself or the
law, each with its clause and its reason. `against_rules` tells where it differs from the rules the grouping lives by,
`redline` what changed since another version. `render_pdf` prints it, `render_docx` hands it to the lawyer. How clauses
are written: docs/agreements.md.
"""

from cordee.engines.assembly.against import Clash, LiveRules, against_rules
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
from cordee.engines.assembly.changes import OWN_ANSWERS, accede, amend, changes_something, end_together
from cordee.engines.assembly.clauses import Clause, DocumentType, Variable, document_type, document_types
from cordee.engines.assembly.kept import as_kept, from_kept
from cordee.engines.assembly.redline import Part, Redline, redline
from cordee.engines.assembly.render import render_pdf, render_redline_pdf
from cordee.engines.assembly.word_file import render_docx

__all__ = [
    "OWN_ANSWERS",
    "Article",
    "Block",
    "Clash",
    "Clause",
    "Document",
    "DocumentType",
    "Finding",
    "LiveRules",
    "Missing",
    "Part",
    "Party",
    "Redline",
    "ScheduleLine",
    "Variable",
    "accede",
    "against_rules",
    "amend",
    "as_kept",
    "assemble",
    "changes_something",
    "document_type",
    "document_types",
    "end_together",
    "from_kept",
    "questions",
    "redline",
    "render_docx",
    "render_pdf",
    "render_redline_pdf",
]
