"""Reading an answer to a vote from what the page sent: one tap, or one choice a line."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from cordee.governance.models import Ballot


def read_answer(ballot: Ballot, post: QueryDict) -> tuple[str, dict[str, Any]]:
    """The choice, and the parts of an answer that has several. What makes no sense is refused by the act."""
    choice, method = post.get("choix", ""), str(ballot.rule["method"])
    if choice == "object":
        return choice, {"why": post.get("pourquoi", "").strip()[:1000]}
    if choice != "cast":
        return choice, {}
    given = {name: post.get(f"o{place}", "") for place, name in enumerate(ballot.options)}
    if method == "sociocratic":
        why = post.get("raison", "").strip()[:500]
        return choice, {"named": post.get("nom", "")} | ({"why": why} if why else {})
    if method == "approval":
        return choice, {"approved": [name for name, value in given.items() if value]}
    if method in ("score", "majority_judgment"):
        return choice, {"scores": {name: int(value) for name, value in _numbers(given).items()}}
    return choice, {"ranking": _levels(_numbers(given))}


def _numbers(given: Mapping[str, str]) -> dict[str, int]:
    return {name: int(value) for name, value in given.items() if value.isascii() and value.isdigit() and len(value) < 4}


def _levels(places: Mapping[str, int]) -> list[list[str]]:
    """The same place twice is a tie; an option without a place comes last."""
    found: dict[int, list[str]] = {}
    for name, place in places.items():
        found.setdefault(place, []).append(name)
    return [found[place] for place in sorted(found)]
