"""Printing a document: an archival, tagged PDF, the same bytes for the same document at the same moment."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import as_file, files
from itertools import groupby
from typing import Any, Literal

import typst

from cordee.engines.assembly.answers import Party
from cordee.engines.assembly.assemble import Document, ScheduleLine
from cordee.engines.assembly.words import NARROW, NO_BREAK, day, in_paris, moment, money, typeset

STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
NOTICE = {
    False: typeset("Modèle à faire valider par un conseil."),
    True: typeset("Texte relu par un conseil."),
}
# Where the document stands: what is written at its top, and how far the rope is tied, in percent.
STATUS = {
    "draft": ("Projet", 25),
    "leaders_review": ("En relecture", 50),
    "ready": ("Soumis à signature", 75),
    "signed": ("Signé", 100),
}


def render_pdf(
    document: Document,
    *,
    at: datetime,
    status: str = "",
    verify_at: str = "",
    signed: Mapping[str, datetime] | None = None,
) -> bytes:
    """Print a document as a PDF that can be archived (PDF/A-3a) and read aloud (PDF/UA-1).

    Shape   at: with its time zone. status: a key of STATUS, by default "draft" until the document is complete, then
            "ready". verify_at: the address where one verifies, if any. signed: when each party signed, by party id.
    Holds   the same document at the same `at` gives the same bytes; fonts are embedded; no file nor network is read.
    Errors  ValueError for a moment without time zone or an unknown status.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    status = status or ("ready" if document.complete else "draft")
    if status not in STATUS:
        raise ValueError(f"no status “{status}”; there are: {', '.join(STATUS)}")
    data = _data(document, at, status, verify_at, signed or {})
    template = (files(__package__) / "document.typ").read_bytes()
    with as_file(files(__package__) / "fonts") as fonts:
        nowhere = str(fonts / "no-packages")
        compiler = typst.Compiler(
            template,
            root=str(fonts),
            font_paths=_fonts(str(fonts)),
            sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        pdf = compiler.compile(format="pdf", pdf_standards=[*STANDARDS], timestamp=int(at.timestamp()))
    if not isinstance(pdf, bytes):
        raise ValueError("the document has no page")
    return pdf


@cache
def _fonts(folder: str) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _data(
    document: Document, at: datetime, status: str, verify_at: str, signed: Mapping[str, datetime]
) -> dict[str, Any]:
    notice = NOTICE[document.reviewed]
    return {
        "title": document.title,
        "grouping": document.grouping or "Groupement à nommer",
        "date": day(in_paris(at)),
        "status": STATUS[status][0],
        "step": STATUS[status][1],
        "notice": notice,
        "fingerprint_label": typeset("Empreinte du texte :"),
        "fingerprint": document.fingerprint,
        "verify_at": verify_at,
        "parties": [_party(party, document.lead, signed) for party in document.parties],
        "parties_note": document.parties_called,
        "articles": [
            {
                "number": article.number,
                "title": article.title,
                "blocks": [
                    {"style": block.style, "number": block.number, "text": block.text, "rows": block.rows}
                    for block in article.blocks
                ],
            }
            for article in document.articles
        ],
        "schedule": _schedule(document),
        "total": money(sum(line.amount or 0 for line in document.schedule)),
        "signature_note": f"Fait à {document.place or '…'}. {document.opening['sign']}",
        "also": [{"name": name, "signed": _when_signed(signed.get(name))} for name in document.also],
        "opening": dict(document.opening),
    }


def _party(party: Party, lead: str, signed: Mapping[str, datetime]) -> dict[str, Any]:
    capital = f" au capital de {money(party.capital, short=True)}" if party.capital is not None else ""
    siren = NARROW.join((party.siren[:3], party.siren[3:6], party.siren[6:])) if len(party.siren) == 9 else party.siren
    registered = f" RCS {party.rcs}" if party.rcs else ""
    return {
        "name": party.name or "⟦nom⟧",
        "form": (party.legal_form or "⟦forme juridique⟧") + capital,
        "address": party.address or "⟦adresse du siège⟧",
        "siren": f"SIREN{NO_BREAK}{siren}{registered}" if siren else "⟦SIREN⟧",
        "representative": party.representative or "⟦signataire⟧",
        "capacity": party.capacity or "⟦qualité⟧",
        "email": party.email,
        "lead": bool(lead) and party.id == lead,
        "signed": _when_signed(signed.get(party.id)),
    }


def _when_signed(when: datetime | None) -> str:
    return f"Signé le {moment(when)}" if when else "Date, heure et signature"


def _schedule(document: Document) -> list[dict[str, Any]]:
    names = {party.id: party.name for party in document.parties}
    rows: list[dict[str, Any]] = []
    for member, lines in groupby(document.schedule, key=lambda line: line.member):
        group = list(lines)
        name = names.get(member, member)
        rows += [_line(line, name if place == 0 else "") for place, line in enumerate(group)]
        if len(group) > 1:
            total = money(sum(line.amount or 0 for line in group))
            rows.append({"subtotal": True, "title": f"Sous-total {name}", "amount": total})
    return rows


def _line(line: ScheduleLine, name: str) -> dict[str, Any]:
    dates = [date.fromisoformat(text).strftime("%d/%m/%Y") for text in (line.start, line.end) if text]
    return {
        "subtotal": False,
        "member": name,
        "lot": line.lot,
        "title": line.title or "⟦intitulé⟧",
        "description": line.description,
        "dates": " – ".join(dates),
        "amount": money(line.amount) if line.amount is not None else "⟦prix⟧",
    }
