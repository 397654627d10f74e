"""Read a bank statement, ISO 20022 camt.053 or CSV: what came in, what went out, from whom, with what words."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date

from lxml import etree

from cordee.engines.payments.words import Unreadable
from cordee.engines.units import Cents

MOST_BYTES = 20_000_000
MOST_ROWS = 50_000

_NAMES = {
    "date": ("date", "date operation", "date comptable", "date de comptabilisation", "booking date"),
    "label": ("libelle", "libelle operation", "libelle simplifie", "intitule", "description", "label", "details"),
    "amount": ("montant", "montant (eur)", "montant en euros", "amount", "valeur"),
    "debit": ("debit", "debit (eur)", "debit euros"),
    "credit": ("credit", "credit (eur)", "credit euros"),
}


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of an account.

    Units   cents: above zero came in, below went out. reference: what the payer's file said, when the bank gives it.
    """

    on: date
    cents: Cents
    text: str
    name: str = ""
    iban: str = ""
    reference: str = ""


def read_statement(data: bytes) -> list[Movement]:
    """The movements of a statement, in the order of the file.

    Errors  ValueError, in one sentence, for a file that is no statement, is hostile, or has an unreadable movement.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    if b"\x00" in data[:4000]:
        raise Unreadable("not_xml")
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    found = _camt(data) if start == b"<" else _csv(data)
    if not found:
        raise Unreadable("empty")
    return found


def _camt(data: bytes) -> list[Movement]:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable("doctype")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Unreadable("not_xml") from None
    if not re.search(r"camt\.05[234]", str(root.tag)):
        raise Unreadable("not_camt")
    found: list[Movement] = []
    for number, entry in enumerate(root.iter("{*}Ntry"), 1):
        if number > MOST_ROWS:
            raise Unreadable("too_large")
        sign = -1 if _text(entry, "{*}CdtDbtInd") == "DBIT" else 1
        day = _text(entry, "{*}BookgDt/{*}Dt") or _text(entry, "{*}BookgDt/{*}DtTm") or _text(entry, "{*}ValDt/{*}Dt")
        details = entry.findall("{*}NtryDtls/{*}TxDtls")
        alone = len(details) < 2
        for one in details or [entry]:
            amount = "" if alone else _text(one, "{*}Amt") or _text(one, "{*}AmtDtls/{*}TxAmt/{*}Amt")
            other = "Dbtr" if sign > 0 else "Cdtr"
            party = f"{{*}}RltdPties/{{*}}{other}"
            texts = [each.text or "" for each in one.iterfind("{*}RmtInf/{*}Ustrd")]
            reference = _text(one, "{*}Refs/{*}EndToEndId")
            try:
                cents = sign * _cents(amount or _text(entry, "{*}Amt"))
                on = date.fromisoformat(day[:10])
            except ValueError:
                raise Unreadable("bad_entry", {"number": str(number)}) from None
            found.append(
                Movement(
                    on,
                    Cents(cents),
                    " ".join(texts) or _text(entry, "{*}AddtlNtryInf"),
                    _text(one, f"{party}/{{*}}Nm") or _text(one, f"{party}/{{*}}Pty/{{*}}Nm"),
                    _text(one, f"{{*}}RltdPties/{{*}}{other}Acct/{{*}}Id/{{*}}IBAN"),
                    "" if reference == "NOTPROVIDED" else reference,
                )
            )
    return found


def _text(node: etree._Element, path: str) -> str:
    found = node.find(path)
    return (found.text or "").strip() if found is not None else ""


def _csv(data: bytes) -> list[Movement]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:  # a field beyond any reason: no statement of a bank
        raise Unreadable("no_columns") from None
    place, columns = _header(rows)
    found: list[Movement] = []
    for line, row in enumerate(rows[place + 1 :], place + 2):
        cells = {name: row[index].strip() for name, index in columns.items() if index < len(row)}
        if not any(cells.values()):
            continue
        if line > MOST_ROWS:
            raise Unreadable("too_large")
        on = _day(cells.get("date", ""))
        if on is None:
            raise Unreadable("bad_line", {"line": str(line), "value": cells.get("date", "")[:40]})
        try:
            if cells.get("amount"):
                cents = _cents(cells["amount"])
            else:
                cents = abs(_cents(cells.get("credit") or "0")) - abs(_cents(cells.get("debit") or "0"))
        except ValueError as wrong:
            raise Unreadable("bad_line", {"line": str(line), "value": str(wrong)[:40]}) from None
        found.append(Movement(on, Cents(cents), cells.get("label", "")))
    return found


def _delimiter(text: str) -> str:
    head = "\n".join(text.splitlines()[:12])
    return max(";\t,", key=head.count)


def _header(rows: list[list[str]]) -> tuple[int, dict[str, int]]:
    """The line of the names (banks write a few lines above it) and where each column is."""
    for place, row in enumerate(rows[:15]):
        names = [_bare(cell) for cell in row]
        columns = {
            kind: next(index for index, name in enumerate(names) if name in known)
            for kind, known in _NAMES.items()
            if any(name in known for name in names)
        }
        if {"date", "label"} <= set(columns) and ("amount" in columns or {"debit", "credit"} <= set(columns)):
            return place, columns
    found = ", ".join(rows[0])[:120] if rows else ""
    raise Unreadable("columns", {"found": found or "…"})


def _bare(text: str) -> str:
    plain = text.strip().lower().translate(str.maketrans("éèêàûç’'_", "eeeauc   "))
    return re.sub(r"\s+", " ", re.sub(r"\b(de|d)\b", " ", plain)).strip()


def _day(text: str) -> date | None:
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _cents(text: str) -> int:
    """An amount as banks write it: 1 234,56 or 1234.56 or -12 or +12,5."""
    clean = re.sub(r"[\s\u00a0\u202f€]|EUR", "", text).replace("−", "-").replace(",", ".")
    match = re.fullmatch(r"([+-]?)(\d{1,13})(?:\.(\d{1,5}))?", clean)
    if not match or (match[3] and match[3][2:].strip("0")):
        raise ValueError(text)
    cents = int(match[2]) * 100 + int(((match[3] or "") + "00")[:2])
    return -cents if match[1] == "-" else cents
