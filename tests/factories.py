"""Making rows for tests, with traits rather than subclasses. No chance: numbers count up."""

import itertools
from datetime import UTC, datetime
from typing import Any

from cordee.directory.models import Company, Place, Representative
from cordee.ground.people.models import Person
from cordee.groupings.models import Grouping, Office, Seat

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in Paris: the moment at which tests happen unless they say otherwise."""

_count = itertools.count(1)


def siren(number: int) -> str:
    """A SIREN whose check digit holds."""
    body = f"{number:08d}"
    doubled = sum(sum(divmod(int(digit) * (2 if place % 2 else 1), 10)) for place, digit in enumerate(body))
    return f"{body}{-doubled % 10}"


def person(name: str = "", **fields: Any) -> Person:
    number = next(_count)
    name = name or f"Personne {number}"
    fields.setdefault("email", f"{name.split()[0].lower()}{number}@exemple.fr")
    return Person.objects.create_user(name=name, **fields)


def company(
    name: str = "", *, leader: Person | None = None, city: str = "Montpellier", postcode: str = "34000", **fields: Any
) -> Company:
    number = next(_count)
    fields.setdefault("siren", siren(80_000_000 + number))
    made = Company.objects.create(name=name or f"Entreprise {number}", created_at=AT, **fields)
    Place.objects.create(company=made, city=city, postcode=postcode, department=postcode[:2], lon=3.88, lat=43.61)
    if leader:
        Representative.objects.create(company=made, person=leader, since=AT)
    return made


def grouping(name: str = "Bois & Pierre", *, stage: str = "exchange", **fields: Any) -> Grouping:
    fields.setdefault("purpose", "Répondre ensemble à la rénovation de bâtiments anciens.")
    return Grouping.objects.create(name=name, stage=stage, stage_since=AT, created_at=AT, **fields)


def seat(
    of: Grouping, held_by: Person, *, company: Company | None = None, state: str = "member", **fields: Any
) -> Seat:
    made = company or globals()["company"](leader=held_by)
    return Seat.objects.create(
        grouping=of,
        company=made,
        holder=held_by,
        state=state,
        invited_at=AT,
        answered_at=AT if state == "member" else None,
        **fields,
    )


def office(of: Seat, role: str) -> Office:
    return Office.objects.create(grouping=of.grouping, seat=of, role=role, since=AT)
