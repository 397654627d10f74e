"""Who prepares and who commits: different rights."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, TruncDate
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement, AgreementParty, Delegation, DocumentKind
from cordee.directory.models import Representative
from cordee.directory.permissions import leads_by_law as leads_by_law
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Person
from cordee.ground.signing.models import Signatory
from cordee.ground.signing.reads import Power
from cordee.groupings.models import Seat
from cordee.groupings.permissions import may_lead

ANY_KIND = ""
"""The question « for any document »: a delegation for some types only does not answer it."""


def may_prepare(seat: Seat) -> bool:
    """Every member may prepare a document; nobody is bound by that."""
    return seat.state == Seat.State.MEMBER


def may_send(agreement: Agreement, seat: Seat) -> bool:
    """Who prepared it, who facilitates, who coordinates; a newcomer its own accession."""
    return agreement.prepared_by_id == seat.pk or agreement.newcomer_id == seat.pk or may_lead(seat)


def seen_by(seats: Iterable[Any]) -> Q:
    """What these seats see: documents between all, and of the others those they are a party to or prepared."""
    between = AgreementParty.objects.filter(agreement=OuterRef("pk"))
    return ~Exists(between) | Exists(between.filter(seat__in=seats)) | Q(prepared_by__in=seats)


def companies_sworn(person: Person) -> QuerySet[Seat, Any]:
    """The companies that signed a confidentiality agreement which a company of this person signed too."""
    own = Representative.objects.filter(person=person, until=None).values("company")
    seats = Seat.objects.annotate(
        at=Concat(Value("groupings/seat/"), F("public_id"), output_field=CharField()), day=TruncDate("answered_at")
    )
    agreed = Agreement.objects.filter(kind=DocumentKind.NDA)
    signed = Signatory.objects.filter(
        state=Signatory.State.SIGNED,
        ceremony__in=agreed.filter(state=Agreement.State.SIGNED, ceremony__isnull=False).values("ceremony"),
    )
    mine = signed.filter(seat__in=seats.filter(company__in=own).values("at"))
    others = signed.filter(ceremony__in=mine.values("ceremony")).values("seat")
    # On paper nobody is named one by one: all who sat there the day before.
    paper = agreed.filter(state=Agreement.State.PAPER, grouping=OuterRef("grouping"))
    before = Exists(paper.filter(signed_on__gt=OuterRef("day")))
    there = seats.filter(before, company__in=own).values("grouping")
    return seats.filter(Q(at__in=others) | Q(before, grouping__in=there)).order_by().values("company")


def stake_of(values: Mapping[str, Any], seat: str) -> int | None:
    """What a signature commits, in cents: one's own lots; the whole where one answers for the others; None: no sum."""
    lots = [lot for lot in values.get("lots") or () if isinstance(lot.get("amount"), int)]
    whole = values.get("contract_amount")
    total: int | None = sum(lot["amount"] for lot in lots) if lots else whole if isinstance(whole, int) else None
    answers_for_all = values.get("lead_solidary") is True and values.get("lead") == seat
    if total is None or answers_for_all or not lots:
        return total
    mine: int = sum(lot["amount"] for lot in lots if lot.get("member") == seat)
    return mine


def powers(
    companies: Iterable[int], *, kind: str, stakes: Mapping[int, int | None], at: datetime
) -> dict[int, list[Power]]:
    """Who may sign for each company, and by what power in the words of the papers: legal representatives first.

    A delegate without a writing in force, for this type of document and this sum, may not.
    """
    wanted, today = list(companies), localtime(at).date()
    found: dict[int, list[Power]] = {key: [] for key in wanted}
    legal = Representative.objects.filter(
        company__in=wanted, until=None, capacity=Representative.Capacity.LEGAL, person__is_active=True
    )
    written = Delegation.objects.filter(Q(revoked_at=None), company__in=wanted, person__is_active=True)
    with for_the_papers():  # a paper reads the same, whoever prints it
        label = str(Representative.Capacity.LEGAL.label)
        for one in legal.select_related("person").order_by("pk"):
            found[one.company_id].append(Power(one.person, label))
        for given in written.select_related("person").order_by("pk"):
            cents = stakes.get(given.company_id)
            known = any(power.person == given.person for power in found[given.company_id])
            if not known and given.covers(kind=kind, cents=cents, on=today):
                words = _("%(role)s, par délégation écrite du %(day)s") % {
                    "role": given.role,
                    "day": date_format(given.since, "d/m/Y"),
                }
                found[given.company_id].append(Power(given.person, words))
    return found


def powers_of_seats(
    seats: Sequence[Seat], *, kind: str, values: Mapping[str, Any] | None = None, at: datetime
) -> dict[int, list[Power]]:
    """Who may sign for each seat; its holder first, where they may."""
    stakes = {seat.company_id: stake_of(values or {}, seat.public_id) for seat in seats}
    found = powers([seat.company_id for seat in seats], kind=kind, stakes=stakes, at=at)
    return {
        seat.pk: sorted(found[seat.company_id], key=lambda power, seat=seat: power.person.pk != seat.holder_id)  # type: ignore[misc]
        for seat in seats
    }


def powers_to_sign(signatory: Signatory, *, at: datetime) -> list[Power]:
    """Who may sign in this place of a ceremony today: asked again when one signs, and when one hands over."""
    agreement = Agreement.objects.filter(public_id=signatory.ceremony.subject.rpartition("/")[2]).first()
    if agreement is not None and signatory.is_outside:
        return [Power(signatory.person, signatory.capacity)]  # signs for themselves, as the text names them
    seat = Seat.objects.filter(public_id=signatory.seat.rpartition("/")[2]).first()
    if agreement is None or seat is None or seat.state != Seat.State.MEMBER:
        return []
    return powers_of_seats([seat], kind=agreement.kind, values=agreement.answers, at=at)[seat.pk]
