"""Printing a document: an archival, tagged PDF, the same bytes for the same document at the same moment."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import as_file, files
from itertools import groupby, zip_longest
from typing import Any, Literal

import typst

from cordee.engines.assembly.answers import Party
from cordee.engines.assembly.assemble import Document, ScheduleLine
from cordee.engines.assembly.redline import Part, Redline
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
    return _printed("document.typ", _data(document, at, status, verify_at, signed or {}), at)


def render_redline_pdf(changes: Redline, *, at: datetime) -> bytes:
    """Print what changed between two versions: the changed parts word by word, the others by their titles.

    Holds   additions and removals are told by signs as well as by colour; same promises as `render_pdf`.
    Errors  ValueError for a moment without time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    same = [_numbered(part) for part in changes.parts if part.state == "same"]
    data = {
        "title": typeset(f"Modifications : {changes.title}"),
        "grouping": changes.grouping or "Groupement à nommer",
        "date": day(in_paris(at)),
        "summary": changes.summary(),
        "legend": "[+ souligné +] ce qui est ajouté, [− barré −] ce qui est supprimé.",
        "notice": typeset(f"De {changes.before[:16]} à {changes.after[:16]}. Ce comparatif n'est pas signé."),
        "parts": [
            {
                "title": _numbered(part),
                "state": _STATES[part.state],
                "lines": [
                    {
                        "style": line.style,
                        "number": line.number,
                        "pieces": [{"mark": piece.mark, "text": piece.text} for piece in line.pieces],
                    }
                    for line in part.lines
                ],
            }
            for part in changes.changes
        ],
        "same_title": "Sans changement",
        "same": typeset(" ; ".join(same)),
    }
    return _printed("redline.typ", data, at)


_STATES = {"changed": "modifié", "added": "ajouté", "removed": "supprimé", "same": "sans changement"}


def _numbered(part: Part) -> str:
    number = part.after or part.before
    return f"Article{NO_BREAK}{number} — {part.title}" if number else part.title


def _printed(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    source = (files(__package__) / template).read_bytes()
    with as_file(files(__package__) / "fonts") as fonts:
        nowhere = str(fonts / "no-packages")
        compiler = typst.Compiler(
            source,
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
        "parties": party_cells(document, signed),
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
        "schedule": schedule_rows(document),
        "total": money(sum(line.amount or 0 for line in document.schedule)),
        "signature_note": f"Fait à {document.place or '…'}. {document.opening['sign']}",
        "also": [
            {"name": name, "as": quality, "signed": _when_signed(signed.get(name))}
            for name, quality in zip_longest(document.also, document.also_as, fillvalue="")
        ],
        "opening": dict(document.opening),
    }


def party_cells(document: Document, signed: Mapping[str, datetime] | None = None) -> list[dict[str, Any]]:
    """Give the parties as they are written, with a mark where something is still to be given."""
    return [_party(party, document.lead, signed or {}) for party in document.parties]


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


def schedule_rows(document: Document) -> list[dict[str, Any]]:
    """Give the schedule as it is written: the lots of each company, with a subtotal when it has several."""
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
