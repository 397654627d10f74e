"""Who signs beside the companies of a document: its client, the employee it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cordee.agreements.models import Agreement
from cordee.engines import assembly
from cordee.ground.kit.words import language


@dataclass(frozen=True, slots=True)
class SignsToo:
    """Somebody who signs beside the companies: which answer names them, in what quality, and how to reach them."""

    key: str
    called: str  # « client », « salarié », as the paper says it
    label: str  # the same, in the language of the page
    name: str
    email: str = ""
    representative: str = ""
    capacity: str = ""


def signs_too(agreement: Agreement, values: Mapping[str, Any]) -> tuple[SignsToo, ...]:
    """Everybody that the text calls to sign beside the companies, with what was said of them so far."""
    if agreement.change == Agreement.Change.ACCESSION:
        return ()
    kind, lang, given = assembly.document_type(agreement.kind), language(), values.get("also") or {}
    return tuple(
        SignsToo(
            name,
            kind.variables[name].label["fr"].lower(),
            kind.variables[name].label[lang],
            str(values[name]).strip(),
            **{part: str(given.get(name, {}).get(part, "")) for part in ("email", "representative", "capacity")},
        )
        for name in kind.also_signs
        if values.get(name)
    )
