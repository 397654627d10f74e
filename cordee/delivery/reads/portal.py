"""The client’s page: everything a client sees is read here, and nothing that the team says to itself is.

It reads no team note, no amount of a company, no default, no retrospective; a test keeps it so.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.delivery.models import (
    ChangeRequest,
    ClientVerdict,
    Deliverable,
    Delivery,
    Reception,
    Reserve,
    Sprint,
)
from cordee.delivery.reads.board import LotLine, cards_of, lots_of
from cordee.delivery.reads.deliveries import guarantees_from, reception_of
from cordee.delivery.reads.thread import Said, thread_of
from cordee.engines.delivery import LegalGuarantee, legal_guarantees
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Link
from cordee.ground.people.reads import OpenedLink, open_link
from cordee.groupings.models import Seat
from cordee.groupings.reads import Step
from cordee.offers.models import Guarantee
from cordee.offers.reads.contact import contact_today


@dataclass(frozen=True, slots=True)
class Covered:
    """One legal guarantee, in the client’s words, and who insures it where that is known."""

    label: str
    covers: str
    years: int
    ends_on: date | None
    insurers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToAccept:
    """A deliverable that waits for the client’s answer, and the reserves they have noted on it."""

    made: Deliverable
    reserves: tuple[Reserve, ...]


@dataclass(frozen=True, slots=True)
class Portal:
    """What the client sees."""

    delivery: Delivery
    link: Link
    token: str
    contact: Seat
    steps: list[Step]
    lots: tuple[LotLine, ...]
    companies: int
    review_at: datetime | None
    to_accept: list[ToAccept]
    answered: list[Deliverable]
    coming: list[Deliverable]
    reserves: list[Reserve]
    reception: Reception | None
    guarantees: list[Covered]
    changes: list[ChangeRequest]
    messages: list[Said]
    verdict: ClientVerdict | None
    at: datetime

    @property
    def left(self) -> list[Reserve]:
        return [one for one in self.reserves if one.lifted_at is None]

    @property
    def of_reception(self) -> list[Reserve]:
        found = self.reception
        return [one for one in self.left if found is not None and one.reception_id == found.pk]

    @property
    def receives(self) -> bool:
        """Whether the client may answer the reception today."""
        return (
            self.reception is not None
            and self.reception.state == Reception.State.CALLED
            and self.reception.visit_at.date() <= self.at.date()
        )


def portal_link_of(token: str, *, at: datetime) -> tuple[OpenedLink, Delivery]:
    """The link, and the delivery it opens. NotYours once it is withdrawn, has expired, or the client has changed."""
    opened = open_link(token, purpose="portal", at=at)
    review = Sprint.objects.filter(delivery=OuterRef("pk"), closed_at=None, review_at__gt=at)
    found = (
        Delivery.objects.annotate(shows_at=Subquery(review.values("review_at")[:1]))
        .select_related(
            "grouping",
            "contact__company",
            "contact__holder",
            "deputy__company",
            "deputy__holder",
            "bid",
            "client_person",
            "client_verdict",
        )
        .filter(public_id=opened.link.subject.rpartition("/")[2])
        .first()
    )
    if found is None or opened.state != "open" or found.client_person_id != opened.person.pk:
        raise NotYours
    return opened, found


def contact_of(delivery: Delivery, *, on: date) -> Seat:
    """Who answers the client today: the deputy while the contact of the offer is away."""
    bid = delivery.bid
    if bid is not None and bid.contact_id == delivery.contact_id:
        return contact_today(bid, on=on) or delivery.contact
    return delivery.contact


def portal_page(token: str, *, at: datetime) -> Portal:
    """The client’s page, from their link; reading only."""
    opened, delivery = portal_link_of(token, at=at)
    items = list(delivery.items.select_related("sprint"))
    lots = lots_of(delivery, cards_of(delivery, items, delivery.contact, blocked=False))
    made = list(delivery.deliverables.select_related("lot__seat__company", "file"))
    reserves = list(delivery.reserves.select_related("seat__company", "deliverable").prefetch_related("photos"))
    reception = reception_of(delivery)
    shown = Q(by_client=True) | Q(state__in=(ChangeRequest.State.OFFERED, ChangeRequest.State.AGREED))
    states = Deliverable.State
    return Portal(
        delivery=delivery,
        link=opened.link,
        token=token,
        contact=contact_of(delivery, on=at.date()),
        steps=_steps(delivery, reception),
        lots=lots,
        companies=len({line.lot.seat_id for line in lots if line.lot.seat_id}),
        review_at=getattr(delivery, "shows_at", None),
        to_accept=[_with(one, reserves) for one in made if one.state == states.SHOWN],
        answered=[one for one in made if one.state in (states.ACCEPTED, states.RESERVED, states.REFUSED)],
        coming=[one for one in made if one.state == states.PREPARING],
        reserves=reserves,
        reception=reception,
        guarantees=_guarantees(delivery, reception),
        changes=list(delivery.changes.filter(shown)),
        messages=thread_of(delivery),
        verdict=None if delivery.open else getattr(delivery, "client_verdict", None),
        at=at,
    )


def _with(made: Deliverable, reserves: list[Reserve]) -> ToAccept:
    return ToAccept(made, tuple(one for one in reserves if one.deliverable_id == made.pk))


def _steps(delivery: Delivery, reception: Reception | None) -> list[Step]:
    received = delivery.state != Delivery.State.RUNNING and (reception is not None or not delivery.works)
    held = reception is not None and reception.state == Reception.State.SIGNED
    day = date_format(delivery.starts_on, "j N")
    steps = [Step(_("Accord"), "done", ""), Step(_("Travail"), "done" if received else "now", day)]
    if delivery.works:
        when = date_format(reception.received_on or reception.visit_at, "j N") if reception else ""
        steps.append(Step(_("Réception"), "done" if held else "", when))
        steps.append(Step(_("Garanties"), "now" if held else "", _("10 ans")))
    else:
        steps.append(Step(_("Terminé"), "now" if delivery.state == Delivery.State.ENDED else "", ""))
    return steps


def _guarantees(delivery: Delivery, reception: Reception | None) -> list[Covered]:
    """The legal guarantees of building works, with the insurers that the companies’ register knows."""
    if not delivery.works:
        return []
    running: tuple[LegalGuarantee, ...] = guarantees_from(reception)
    companies = delivery.members.filter(left_at=None).values("seat__company")
    known: dict[str, list[str]] = {}
    for one in Guarantee.objects.filter(company__in=companies).select_related("company"):
        if one.insurer:
            known.setdefault(one.kind, []).append(f"{one.company} : {one.insurer}")
    lang = language()
    return [
        Covered(each.label(lang), each.covers(lang), each.years, each.ends_on if running else None,
                tuple(known.get(each.kind, ())))
        for each in running or legal_guarantees(delivery.starts_on)
    ]  # fmt: skip
