"""The description of the HTTP API, arranged for a person who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One address: how it is called, what it gives."""

    method: str
    path: str
    summary: str


def api_groups(schema: Mapping[str, Any]) -> list[tuple[str, list[Asked]]]:
    """The addresses of an OpenAPI description, by their tag, in their order."""
    found: dict[str, list[Asked]] = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            asked = Asked(method.upper(), path, told.get("summary", ""))
            found.setdefault((told.get("tags") or [""])[0], []).append(asked)
    return list(found.items())
