"""The writing behind a mandate: printed or taken in, kept, told in the book."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localtime

from cordee.ground.files.acts import keep
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.acts import Facts
from cordee.groupings.models import Mandate, Seat
from cordee.groupings.reads.writing import Writing


def write(
    seat: Seat,
    person: Person,
    *,
    role: str = "",
    until: date | None = None,
    limit_cents: int | None = None,
    paper: UploadedFile | None = None,
    by: Actor,
    at: datetime,
    facts: Facts,
) -> Mandate:
    """Keep the writing and the mandate it gives. To be called inside the act of the legal representative."""
    today = localtime(at).date()
    words = Writing(seat, by.person, person, role, today, until, limit_cents)
    kept = keep(paper or words.printed(at=at), book=seat.grouping.book, by=by.person, at=at)
    seat.mandates.filter(person=person, ended_at=None).update(ended_at=at)  # what it only prepared by is over
    kind = Mandate.Kind.HOLDS if person.pk == seat.holder_id else Mandate.Kind.SUBSTITUTE
    made = Mandate.objects.create(
        seat=seat, person=person, kind=kind, role=role, limit_cents=limit_cents, since=today, until=until, paper=kept,
        given_by=by.person, given_at=at, begun_at=at,
    )  # fmt: skip
    facts |= {"seat": seat.public_id, "to": person.pseudonym, "kind": str(kind), "paper": kept.digest}
    facts |= {"until": until.isoformat() if until else ""}
    if limit_cents is not None:
        facts["limit_cents"] = limit_cents
    return made
