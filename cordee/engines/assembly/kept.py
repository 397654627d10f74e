"""A document kept as it was signed: plain values that give it back, whatever becomes of the library of clauses."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Union, get_args, get_origin, get_type_hints

from cordee.engines.assembly.assemble import Document

SCHEMA = "cordee.document/1"


def as_kept(document: Document) -> dict[str, Any]:
    """Give a document as plain values: text, numbers, lists.

    Holds   from_kept(as_kept(document)) == document, also after a passage through JSON.
    """
    plain: dict[str, Any] = _plain(asdict(document))
    return {"schema": SCHEMA, **plain}


def from_kept(kept: Mapping[str, Any]) -> Document:
    """Give back a document that was kept. Errors: ValueError when these values are not one."""
    if kept.get("schema") != SCHEMA:
        raise ValueError("not a kept document")
    try:
        found = _read(Document, kept)
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ValueError(f"not a kept document: {wrong}") from None
    assert isinstance(found, Document)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Fraction):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: Any, value: Any) -> Any:
    """Read one value as its annotation says."""
    origin, inside = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(
            **{
                field.name: _read(hints[field.name], value[field.name])
                for field in fields(kind)
                if field.name in value or field.default is MISSING
            }
        )
    if origin in (Union, types.UnionType):
        return None if value is None else _read(next(each for each in inside if each is not type(None)), value)
    if origin is tuple:
        each = [inside[0]] * len(value) if len(inside) == 2 and inside[1] is Ellipsis else list(inside)
        return tuple(_read(one, item) for one, item in zip(each, value, strict=True))
    if kind is date:
        return date.fromisoformat(value)
    if kind is Fraction:
        return Fraction(value)
    return value
