"""Opening a delivery, its lots, its client; the link to the client's page; ending it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cordee.delivery.acts.inside import PORTAL, as_contact, at_the_delivery, fresh_delivery, said
from cordee.delivery.models import Delivery, DeliveryMember, Reserve, WorkItem, WorkLot
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.people.acts import know_person, make_link, revoke_links
from cordee.ground.people.models import Actor, Link
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Grouping, Seat
from cordee.offers.models import Bid, BidPart
from cordee.offers.reads.competition import members_in
from cordee.projects.models import Project

PORTAL_LIFE = timedelta(days=365)


class NotWon(Refusal):
    """The client has not accepted the offer, or it is delivered already."""


class StillOpen(Refusal):
    """Reserves or work remain."""


def open_delivery(
    grouping: Grouping,
    *,
    title: str = "",
    client: str = "",
    works: bool = False,
    starts_on: date,
    seats: Sequence[Seat] = (),
    bid: Bid | None = None,
    project: Project | None = None,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Open what several companies do together for a client: from an offer that was won, from a project, or freely.

    Allowed       any member of the grouping; for an offer, one of the companies that made it.
    Refused when  the offer is not won or is delivered already; fewer than two companies take part; no title or client.
    Tells         delivery.delivery.opened: how many companies, how many lots, whether building works are received.
    """
    with act("delivery.delivery.opened", book=grouping.book, by=by, at=at) as facts:
        living(grouping)
        seat = acting_seat(grouping, by)
        fresh = Bid.objects.select_related("contact", "deputy").get(pk=bid.pk, grouping=grouping) if bid else None
        chosen = [one.seat for one in members_in(fresh)] if fresh else _chosen(grouping, seats, project, seat)
        if fresh is not None:
            if seat not in chosen:
                raise NotYours
            if fresh.state != Bid.State.WON or Delivery.objects.filter(bid=fresh).exists():
                raise NotWon(_("Cette offre n’est pas gagnée, ou son chantier est déjà ouvert."))
        if len(chosen) < 2:
            raise Refusal(_("Un chantier commun réunit au moins deux entreprises."))
        contact = fresh.contact if fresh is not None and fresh.contact in chosen else seat
        made = Delivery.objects.create(
            public_id=new_public_id(),
            grouping=grouping,
            bid=fresh,
            project=project,
            title=said(title or (fresh.title if fresh else ""), 200),
            client=said(client or (fresh.client if fresh else ""), 200),
            client_person_id=fresh.client_person_id if fresh else None,
            works=works,
            contact=contact or seat,
            deputy=fresh.deputy if fresh is not None and fresh.deputy in chosen else None,
            starts_on=starts_on,
            opened_by=seat,
            opened_at=at,
        )
        DeliveryMember.objects.bulk_create([DeliveryMember(delivery=made, seat=one, joined_at=at) for one in chosen])
        lots = _lots_of_bid(made, fresh, at) if fresh else 0
        facts.on = address(made)
        facts |= {"members": len(chosen), "lots": lots, "works": works, "bid": fresh.public_id if fresh else ""}
    return made


def _chosen(grouping: Grouping, seats: Sequence[Seat], project: Project | None, seat: Seat) -> list[Seat]:
    members = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER)
    if project is not None:
        if project.grouping_id != grouping.pk:
            raise NotYours
        members = members.filter(pk__in=project.participants.filter(left_at=None).values("seat"))
    known = list(members)
    if seat not in known or any(one not in known for one in seats):
        raise NotYours
    return list(dict.fromkeys([seat, *seats])) if seats else known


def _lots_of_bid(made: Delivery, bid: Bid, at: datetime) -> int:
    """A lot and a first card for each part of the offer; who offered a part has committed itself to it."""
    parts = list(BidPart.objects.filter(bid=bid).select_related("seat"))
    cards: dict[str, WorkItem] = {}
    for place, part in enumerate(parts):
        lot = WorkLot.objects.create(
            public_id=new_public_id(), delivery=made, title=part.title, seat=part.seat, position=place
        )
        cards[part.public_id] = WorkItem.objects.create(
            public_id=new_public_id(), delivery=made, lot=lot, title=part.title[:160], details=part.tasks,
            seat=part.seat, state=WorkItem.State.PLANNED, days=part.days or 1, moved_by=part.seat, moved_at=at,
        )  # fmt: skip
    for part in parts:
        card = cards[part.public_id]
        card.after = [cards[each].public_id for each in part.after if each in cards]
        card.save(update_fields=["after"])
    return len(parts)


def join_delivery(delivery: Delivery, *, by: Actor, at: datetime) -> DeliveryMember:
    """Take part in a delivery of one's grouping; one carries nothing until one takes it.

    Allowed       any member of the grouping.
    Refused when  it is over.
    Tells         delivery.member.joined.
    """
    with act("delivery.member.joined", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        seat = acting_seat(delivery.grouping, by)
        fresh = fresh_delivery(delivery)
        row, _new = DeliveryMember.objects.get_or_create(delivery=fresh, seat=seat, defaults={"joined_at": at})
        row.left_at = None
        row.save(update_fields=["left_at"])
        facts["seat"] = seat.public_id
    return row


def note_client(delivery: Delivery, *, values: dict[str, Any], version: int, by: Actor, at: datetime) -> Delivery:
    """Say who the client is: the name, the address that invoices carry, the person who receives the link.

    Allowed       the single contact, its deputy.
    Refused when  somebody changed it in between (both values are shown); it is over.
    Tells         delivery.client.noted: whether a person is known; without name or address.
    """
    email = str(values.get("email", "")).strip()
    person = know_person(email, name=str(values.get("name", "")), by=by, at=at) if email else None
    with act("delivery.client.noted", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        fresh, _seat = as_contact(delivery, by)
        names = ("client", "client_siren", "client_street", "client_postcode", "client_city")
        if fresh.version != version:
            words = dict(zip(names, (_("Client"), _("SIREN"), _("Adresse"), _("Code postal"), _("Ville")), strict=True))
            raise Stale(
                _("Quelqu’un vient de modifier la fiche du client."),
                theirs={words[name]: str(getattr(fresh, name)) for name in names},
                yours={words[name]: str(values.get(name, "")) for name in names},
            )
        for name in names:
            setattr(fresh, name, str(values.get(name, getattr(fresh, name))).strip())
        said(fresh.client)
        if person is not None and person.pk != fresh.client_person_id:
            revoke_links(subject=fresh, purpose=PORTAL, at=at)  # what the one before held opens nothing any more
            fresh.client_person = person
        fresh.version += 1
        fresh.save()
        facts["person"] = fresh.client_person_id is not None
    return fresh


def send_portal(delivery: Delivery, *, by: Actor, at: datetime) -> Link:
    """Give the client the link to their page: good for a year, withdrawn at any time.

    Allowed       the single contact, its deputy.
    Refused when  the person of the client is not known yet.
    Tells         delivery.portal.sent; the letter follows from the register.
    """
    with act("delivery.portal.sent", book=delivery.grouping.book, by=by, at=at, on=delivery):
        fresh, _seat = as_contact(delivery, by, ended=True)
        if fresh.client_person is None:
            raise Refusal(_("L’adresse du client n’est pas encore connue."), do=_("Notez-la, puis envoyez le lien."))
        link = portal_link(fresh, at=at)
    return link


def portal_link(delivery: Delivery, *, at: datetime) -> Link:
    """The client's link: the one that is open, or a new one."""
    assert delivery.client_person is not None
    known = Link.objects.filter(
        person=delivery.client_person, purpose=PORTAL, subject=address(delivery), revoked_at=None,
        expires_at__gt=at + timedelta(days=30),
    ).first()  # fmt: skip
    return known or make_link(
        delivery.client_person, purpose=PORTAL, subject=delivery, at=at, expires_at=at + PORTAL_LIFE
    )


def shut_portal(delivery: Delivery, *, by: Actor, at: datetime) -> int:
    """Withdraw the client's link: whoever holds it sees nothing any more.

    Allowed       the single contact, its deputy.
    Tells         delivery.portal.shut: how many links.
    """
    with act("delivery.portal.shut", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        fresh, _seat = as_contact(delivery, by, ended=True)
        count = revoke_links(subject=fresh, purpose=PORTAL, at=at)
        facts["links"] = count
    return count


def write_lot(
    delivery: Delivery, lot: WorkLot | None, *, values: dict[str, Any], version: int = 0, by: Actor, at: datetime
) -> WorkLot:
    """Add a lot, or say again what it is: its name, the client's words, its definition of done.

    Allowed       a company that takes part; for a lot that another carries, that one or the contact.
    Refused when  it has no name; somebody changed it in between (both values are shown).
    Tells         delivery.lot.written: how many points its definition of done has.
    """
    with act("delivery.lot.written", book=delivery.grouping.book, by=by, at=at) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        words = {"title": _("Nom"), "client_title": _("Pour le client"), "told": _("Où nous en sommes"),
                 "done_when": _("Fini quand")}  # fmt: skip
        title = said(str(values.get("title", "")), 200)
        if lot is None:
            mine = WorkLot(public_id=new_public_id(), delivery=fresh, position=fresh.lots.count(), version=0)
        else:
            mine = WorkLot.objects.select_for_update().get(pk=lot.pk, delivery=fresh)
            if mine.seat_id not in (None, seat.pk) and seat.pk not in (fresh.contact_id, fresh.deputy_id):
                raise NotAllowed(_("L’entreprise qui porte ce lot le décrit, ou l’interlocuteur du client."))
            if mine.version != version:
                raise Stale(
                    _("Quelqu’un vient de modifier ce lot."),
                    theirs={word: str(getattr(mine, name)) for name, word in words.items()},
                    yours={word: str(values.get(name, "")) for name, word in words.items()},
                )
        mine.title = title
        for name, most in (("client_title", 200), ("told", 300), ("done_when", 4000)):
            setattr(mine, name, str(values.get(name, getattr(mine, name))).strip()[:most])
        mine.version += 1
        mine.save()
        facts.on = address(mine)
        facts |= {"delivery": fresh.public_id, "points": len(mine.points)}
    return mine


def take_lot(lot: WorkLot, *, by: Actor, at: datetime) -> WorkLot:
    """Commit one's company to a lot. Nobody gives a lot to another.

    Allowed       a company that takes part.
    Refused when  another carries it already.
    Tells         delivery.lot.taken.
    """
    with act("delivery.lot.taken", book=lot.delivery.grouping.book, by=by, at=at, on=lot) as facts:
        _fresh, seat = at_the_delivery(lot.delivery, by)
        mine = WorkLot.objects.select_for_update(of=("self",)).select_related("seat__company").get(pk=lot.pk)
        if mine.seat is not None and mine.seat_id != seat.pk:
            raise Refusal(_("%(company)s porte déjà ce lot.") % {"company": mine.seat.company})
        mine.seat = seat
        mine.version += 1
        mine.save(update_fields=["seat", "version"])
        facts["seat"] = seat.public_id
    return mine


def end_delivery(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Say that it is over: the client gets three questions, each company one.

    Allowed       the single contact, its deputy.
    Refused when  reserves are not lifted; building works were not received; cards are not done.
    Tells         delivery.delivery.ended.
    """
    with act("delivery.delivery.ended", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        fresh, _seat = as_contact(delivery, by)
        left = Reserve.objects.filter(delivery=fresh, lifted_at=None).count()
        if left:
            raise StillOpen(_("Il reste des réserves à lever."), do=_("Levez-les avec le client, puis terminez."))
        if fresh.works and fresh.state != Delivery.State.RECEIVED:
            raise StillOpen(_("Les travaux ne sont pas reçus."), do=_("Faites signer la réception, puis terminez."))
        if fresh.items.exclude(state=WorkItem.State.DONE).exists():
            raise StillOpen(_("Des cartes ne sont pas finies."), do=_("Finissez-les, puis terminez le chantier."))
        fresh.state, fresh.ended_at = Delivery.State.ENDED, at
        fresh.save(update_fields=["state", "ended_at"])
        facts["items"] = fresh.items.count()
    return fresh
