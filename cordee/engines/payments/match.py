"""Which movement of a statement pays which expected payment: proposals, never decisions."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cordee.engines.payments.statements import Movement
from cordee.engines.units import Cents

Why = Literal["reference", "iban", "name", "amount", "part"]


@dataclass(frozen=True, slots=True)
class Expected:
    """A payment that should come in or go out.

    Shape   in_parts: it may come in several movements that quote its reference, as an invoice does.
    Units   cents: above zero is to come in. ibans may be empty.
    """

    key: str
    cents: Cents
    name: str
    reference: str
    iban: str = ""
    in_parts: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A movement (by its place in the statement) that seems to be an expected payment, and why."""

    place: int
    key: str
    why: Why


def match(movements: Sequence[Movement], expected: Sequence[Expected]) -> list[Match]:
    """Propose for each expected payment the movement that pays it: same amount to the cent, and the best reason.

    The reference comes first, then the other's account, then its name, then the amount alone when it is the only one.
    What may come in parts is recognised last, by its reference alone.

    Holds   a movement is proposed once at most; so is a payment, unless it comes in parts, and these never add up to
            more than it; signs are the same, and the amounts but for parts.

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
    for one in (each for each in expected if each.in_parts and each.key not in done):
        left = one.cents
        for place, each in enumerate(movements):
            if (
                place not in used
                and 0 < each.cents < one.cents
                and each.cents <= left
                and _fits(each, one, "reference")
            ):
                used.add(place)
                left = Cents(left - each.cents)
                found.append(Match(place, one.key, "part"))
    return sorted(found, key=lambda each: each.place)


def _fits(movement: Movement, one: Expected, why: str) -> bool:
    if why == "reference":
        said = _bare(f"{movement.reference} {movement.text}")
        wanted = " ?".join(_bare(one.reference).split())  # a bank may drop the hyphen of « F2026-0001 »
        return bool(wanted) and re.search(rf"(?<![a-z0-9]){wanted}(?![a-z0-9])", said) is not None
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
