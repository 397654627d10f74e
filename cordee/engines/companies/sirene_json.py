"""Answers of the Sirene API (version 3), as the columns of the stock files."""

import json
from collections.abc import Iterator
from typing import Any

from .columns import OFFICIAL, SITES, UNITS
from .model import FileRefused, Remark

_LISTS = ("unitesLegales", "etablissements")
_ONE = ("uniteLegale", "etablissement")


def _records(found: Any) -> list[Any]:
    if isinstance(found, list):
        return found
    if isinstance(found, dict):
        for name in _LISTS:
            if isinstance(found.get(name), list):
                return list(found[name])
        if "siren" in found:
            return [found]
        for name in _ONE:
            if isinstance(found.get(name), dict):
                return [found[name]]
    raise FileRefused("json")


def _current(periods: Any) -> dict[str, Any]:
    """The period that has no end; what was true before is not what is."""
    known = [period for period in periods if isinstance(period, dict)] if isinstance(periods, list) else []
    return next((period for period in known if not period.get("dateFin")), {})


def _flat(record: dict[str, Any]) -> dict[str, str]:
    flat: dict[str, Any] = {}
    unit = record.get("uniteLegale")
    if isinstance(unit, dict):
        flat |= unit | _current(unit.get("periodesUniteLegale"))
    if isinstance(record.get("adresseEtablissement"), dict):
        flat |= record["adresseEtablissement"]
    flat |= _current(record.get("periodesUniteLegale")) | _current(record.get("periodesEtablissement")) | record
    text = {
        name: str(value).lower() if isinstance(value, bool) else str(value).strip()
        for name, value in flat.items()
        if isinstance(value, (str, int, float))
    }
    # In the API as in the stock files, hidden values are written so.
    return {name: value for name, value in text.items() if value not in {"", "[ND]"}}


def json_lines(data: bytes) -> Iterator[tuple[int, str, dict[str, str]] | Remark]:
    """Number, kind and fields of each record.

    Errors  FileRefused when this is not JSON, or not an answer of the API.
    """
    try:
        records = _records(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, FileRefused) else FileRefused("json") from error
    if not any(isinstance(record, dict) and "siren" in record for record in records):
        raise FileRefused("json")
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            yield Remark(number, "", "not_record")
            continue
        flat = _flat(record)
        kind = SITES if "siret" in flat else UNITS
        wanted = OFFICIAL[UNITS] | OFFICIAL[kind] if kind == SITES else OFFICIAL[UNITS]
        yield number, kind, {field: flat[column] for field, column in wanted.items() if column in flat}
