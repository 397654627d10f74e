"""The tables of agreements."""

from cordee.agreements.models.documents import (
    Agreement,
    DocumentKind,
)

__all__ = [
    "Agreement",
    "DocumentKind",
]
