"""Contracts that were awarded, as public buyers publish them (DECP): official JSON and XML, and the usual tables.

Source  the national layouts of 2019 and 2022, the consolidated table of decp.info, the layout SCDL; columns of a
        table are told apart by their names, whatever their order.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from cordee.engines.notices.xml import Element, local, parse
from cordee.engines.places.departments import department, department_of_insee, department_of_postcode

COLUMNS: Mapping[str, str] = {
    "marche_id": "id",
    "acheteurs_id": "acheteur_id",
    "acheteurs_nom": "acheteur_nom",
    "marche_objet": "objet",
    "cpv_code": "codeCPV",
    "notification_date": "dateNotification",
    "montant": "montant",
    "titulaires_id": "titulaire_id",
    "titulaires_denomination": "titulaire_nom",
    "titulaire_denominationSociale": "titulaire_nom",
    "lieu_exec_code": "lieuExecution_code",
    "lieu_exec_type": "lieuExecution_typeCode",
}
"""What other layouts call the columns of the consolidated table."""
KINDS = ("marche", "contrat-concession")


def contract_rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a file of awarded contracts: one for each contract and winner.

    Shape   uid (the buyer and its own number), objet, acheteur_nom, acheteur_departement_code, codeCPV, montant,
            dateNotification, titulaire_id, titulaire_nom; what is not said is absent or empty.
    Errors  ValueError when it is neither JSON, XML nor a table of contracts, or holds none.
    """
    text = data.decode("utf-8-sig", errors="replace")
    first = text.lstrip()[:1]
    if first == "<":
        rows = list(chain.from_iterable(map(_rows, _of_xml(data))))
    elif first and first in "{[":
        rows = list(chain.from_iterable(map(_rows, _of_json(text))))
    else:
        rows = [_renamed(row) for row in _table(text)]
    if not rows:
        raise ValueError("no contracts")
    return [_completed(row) for row in rows]


def _table(text: str) -> Iterator[dict[str, str | None]]:
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    names = {(each or "").lower() for each in rows.fieldnames or ()}
    if not names & {"uid", "id", "marche_id"}:
        raise ValueError("no contracts")
    try:
        yield from ({name: value for name, value in row.items() if isinstance(name, str)} for row in rows)
    except csv.Error:
        raise ValueError("no contracts") from None


def _renamed(row: Mapping[str, str | None]) -> dict[str, str]:
    return {COLUMNS.get(name, COLUMNS.get(name.lower(), name)): value or "" for name, value in row.items()}


def _of_json(text: str) -> Iterator[Mapping[str, Any]]:
    read = json.loads(text)
    held = read.get("marches", read) if isinstance(read, dict) else read
    lists = [held.get(kind) for kind in KINDS] if isinstance(held, dict) else [held]
    for each in lists:
        yield from (one for one in (each if isinstance(each, list) else ()) if isinstance(one, dict))


def _of_xml(data: bytes) -> Iterator[Mapping[str, Any]]:
    root = parse(data)
    if local(root) != "marches":
        raise ValueError("no contracts")
    for one in root:
        if local(one) in KINDS:
            yield {local(each): _inner(each) if len(each) else (each.text or "").strip() for each in one}


def _inner(element: Element) -> Any:
    """What an element holds, shaped as in the official JSON: a list where each child holds others, an object if not."""
    if all(len(each) for each in element):
        return [{local(each): _inner(each)} for each in element]
    return {local(each): (each.text or "").strip() for each in element}


def _rows(contract: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """One row for each winner; a contract that names none still gives one."""
    plain = {name: str(value) for name, value in contract.items() if isinstance(value, str | int | float)}
    buyer, place = _object(contract, "acheteur", "autoriteConcedante"), _object(contract, "lieuExecution")
    plain |= {
        "acheteur_id": _text(buyer.get("id")),
        "acheteur_nom": _text(buyer.get("nom")) or _text(buyer.get("id")),
        "lieuExecution_code": _text(place.get("code")),
        "lieuExecution_typeCode": _text(place.get("typeCode")),
    }
    plain.setdefault("montant", plain.get("valeurGlobale", ""))
    plain.setdefault("dateNotification", plain.get("dateSignature", ""))
    winners = contract.get("titulaires") or contract.get("concessionnaires")
    for one in winners if isinstance(winners, list) and winners else [{}]:
        inner = _object(one, "titulaire", "concessionnaire") or one if isinstance(one, dict) else {}
        yield {
            **plain,
            "titulaire_id": _text(inner.get("id")),
            "titulaire_nom": _text(inner.get("denominationSociale")),
        }


def _object(holder: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    return next((held for name in names if isinstance(held := holder.get(name), dict)), {})


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def _completed(row: dict[str, str]) -> dict[str, str]:
    """The number of a contract is its buyer's own: only with the buyer's does it name one contract in the country."""
    if not row.get("uid") and row.get("id"):
        row["uid"] = f"{row.get('acheteur_id', '')}{row['id']}"
    if not row.get("acheteur_departement_code"):
        row["acheteur_departement_code"] = _department(
            row.get("lieuExecution_code", "").strip(), row.get("lieuExecution_typeCode", "").lower()
        )
    return row


def _department(code: str, kind: str) -> str:
    """The department of a place of execution: from a postcode, a commune or a department; empty for anything larger."""
    if "postal" in kind:
        found = department_of_postcode(code)
    elif "commune" in kind:
        found = department_of_insee(code.upper())
    elif "partement" in kind:
        found = department(code) if code else None
    else:
        found = None
    return found.code if found else ""
