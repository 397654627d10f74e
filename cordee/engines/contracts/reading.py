"""Reading lists of public contracts line by line; a line that says too little is passed over and counted."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from cordee.engines.companies import FileRefused, is_siren
from cordee.engines.companies.tables import csv_lines, opened
from cordee.engines.companies.values import money

from .model import Contract, ContractsRefused, Holding

_COLUMNS = {
    "uid": ("uid",),
    "id": ("id", "marche_id"),
    "buyer_id": ("acheteur_id", "acheteurs_id"),
    "holder": ("titulaire_id", "titulaires_id", "titulaire_id_1"),
    "title": ("objet", "marche_objet"),
    "type": ("type",),
    "buyer": ("acheteur_nom", "acheteurs_nom", "acheteur.nom"),
    "cpv": ("codecpv", "cpv_code"),
    "amount": ("montant",),
    "day": ("datenotification", "notification_date"),
}
_BIGGEST_JSON = 300 * 1024 * 1024


def read_contracts(data: bytes | BinaryIO) -> Iterator[Holding]:
    """Each line of a DECP file, without keeping the file in memory (JSON, which is one piece, excepted).

    Holds   the SIREN of each holder has a right check digit; holders abroad and lines without a number are passed over.
    Errors  ContractsRefused, a ValueError with one sentence.

    >>> rows = b"uid,objet,titulaire_id,montant\\nA1,Toiture,73282932000074,1200.50\\n"
    >>> [(one.siren, one.amount_cents) for one in read_contracts(rows)]
    [('732829320', 120050)]
    """
    try:
        stream, head = opened(data)
    except ValueError:
        raise ContractsRefused("empty") from None
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in {b"{", b"["}:
        yield from _json(stream.read(_BIGGEST_JSON))
        return
    lines = csv_lines(stream, head)
    try:
        first = next((line for line in lines if isinstance(line, tuple)), None)
    except FileRefused:
        raise ContractsRefused("columns") from None
    titles = [title.strip().lower() for title in first[1]] if first else []
    places = {
        name: titles.index(title) for name, known in _COLUMNS.items() for title in reversed(known) if title in titles
    }
    if "holder" not in places or not {"uid", "id"} & set(places):
        raise ContractsRefused("columns")
    for line in lines:
        if isinstance(line, tuple):
            cells = line[1]
            found = _holding({name: cells[at].strip() for name, at in places.items() if at < len(cells)}.get)
            if found:
                yield found


def gather(lines: Callable[[], Iterable[Holding]], sirens: set[str]) -> Iterator[Contract]:
    """The contracts of these companies, each with all who hold it: the file is gone through twice.

    Shape   lines: gives the file again from its beginning at each call.
    Holds   memory grows with the contracts of these companies, not with the file; of a contract told twice the last
            word holds.
    """
    wanted = {line.uid for line in lines() if line.siren in sirens}
    said: dict[str, Holding] = {}
    holders: dict[str, dict[str, None]] = {}
    for line in lines():
        if line.uid in wanted:
            said[line.uid] = line
            holders.setdefault(line.uid, {})[line.siren] = None
    return (Contract(said[uid], tuple(holders[uid])) for uid in said)


def _holding(get: Callable[[str], str | None]) -> Holding | None:
    number = re.sub(r"\D", "", get("holder") or "")
    uid = get("uid") or (get("buyer_id") or "") + (get("id") or "")
    if not uid or not is_siren(number[:9]):
        return None
    return Holding(
        uid=uid[:80],
        siren=number[:9],
        title=(get("title") or get("type") or "").strip()[:300],
        buyer=(get("buyer") or "").strip()[:200],
        cpv=re.sub(r"\D", "", get("cpv") or "")[:8],
        amount_cents=money(_rounded(get("amount") or "")),
        notified_on=_day(get("day") or ""),
    )


def _rounded(text: str) -> str:
    """« 10.300000001 » as spreadsheets and programs leave it: two decimals are enough."""
    found = re.fullmatch(r"(\d+)[.,](\d{2})\d+", text.strip())
    return f"{found[1]}.{found[2]}" if found else text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _json(data: bytes) -> Iterator[Holding]:
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise ContractsRefused("json") from None
    marches = whole.get("marches") if isinstance(whole, dict) else whole
    rows: Any = marches
    if isinstance(marches, dict):
        rows = [row for name in ("marche", "contrat-concession") for row in _list(marches.get(name))]
    if not isinstance(rows, list):
        raise ContractsRefused("json")
    for row in rows:
        if isinstance(row, dict):
            yield from _holders(row)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _holders(row: Mapping[str, Any]) -> Iterator[Holding]:
    buyer = row.get("acheteur") or row.get("autoriteConcedante") or {}
    buyer = buyer if isinstance(buyer, dict) else {}
    amount = row.get("montant", row.get("valeurGlobale"))
    said = {
        "id": row.get("id"),
        "uid": row.get("uid"),
        "buyer_id": buyer.get("id"),
        "buyer": buyer.get("nom"),
        "title": row.get("objet"),
        "cpv": row.get("codeCPV"),
        "amount": f"{amount:.2f}" if isinstance(amount, (int, float)) and amount >= 0 else None,
        "day": row.get("dateNotification") or row.get("dateSignature"),
    }
    said = {name: str(value) for name, value in said.items() if isinstance(value, (str, int))}
    for each in [*_list(row.get("titulaires")), *_list(row.get("concessionnaires"))]:
        inner = each.get("titulaire") or each.get("concessionnaire") or each if isinstance(each, dict) else {}
        number = inner.get("id") if isinstance(inner, dict) else None
        if isinstance(number, (str, int)):
            found = _holding({**said, "holder": str(number)}.get)
            if found:
                yield found
