"""Which movement of a statement pays which expected payment: proposals, never decisions."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cordee.engines.payments.statements import Movement
from cordee.engines.units import Cents

Why = Literal["reference", "iban", "name", "amount"]


@dataclass(frozen=True, slots=True)
class Expected:
    """A payment that should come in or go out.

    Units   cents: above zero is to come in. ibans may be empty.
    """

    key: str
    cents: Cents
    name: str
    reference: str
    iban: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A movement (by its place in the statement) that seems to be an expected payment, and why."""

    place: int
    key: str
    why: Why


def match(movements: Sequence[Movement], expected: Sequence[Expected]) -> list[Match]:
    """Propose for each expected payment the movement that pays it: same amount to the cent, and the best reason.

    The reference comes first, then the other's account, then its name, then the amount alone when it is the only one.

    Holds   a movement and a payment are each proposed once at most; amounts and signs are the same.

    >>> from datetime import date
    >>> seen = [Movement(date(2026, 3, 1), Cents(2500), "VIR CHARPENTE MASSON ref ab12")]
    >>> match(seen, [Expected("t1", Cents(2500), "Charpente Masson", "ab12")])
    [Match(place=0, key='t1', why='reference')]
    """
    used: set[int] = set()
    done: set[str] = set()
    found: list[Match] = []
    for why in ("reference", "iban", "name", "amount"):
        for one in expected:
            if one.key in done:
                continue
            places = [
                place
                for place, each in enumerate(movements)
                if place not in used and each.cents == one.cents and _fits(each, one, why)
            ]
            rivals = [each for each in expected if each.key not in done and each.cents == one.cents]
            if not places or (why == "amount" and (len(places) > 1 or len(rivals) > 1)):
                continue
            used.add(places[0])
            done.add(one.key)
            found.append(Match(places[0], one.key, why))
    return sorted(found, key=lambda each: each.place)


def _fits(movement: Movement, one: Expected, why: str) -> bool:
    if why == "reference":
        said = _bare(f"{movement.reference} {movement.text}")
        return bool(one.reference) and _bare(one.reference) in said.split()
    if why == "iban":
        return bool(one.iban) and movement.iban.replace(" ", "") == one.iban
    if why == "name":
        there = set(_bare(f"{movement.name} {movement.text}").split())
        words = [word for word in _bare(one.name).split() if len(word) > 2]
        return bool(words) and set(words) <= there
    return True


def _bare(text: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()
