"""With the client: messages, deliverables to accept, reserves until they are lifted."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cordee.delivery.acts.inside import as_client, as_contact, at_the_delivery, said
from cordee.delivery.models import (
    BillingPart,
    Deliverable,
    Delivery,
    PortalMessage,
    Reception,
    Reserve,
    ReservePhoto,
    WorkLot,
)
from cordee.ground.files.acts import clean_photo, keep
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor, Link, Person
from cordee.ground.register.acts import act, address

MOST_PHOTOS = 4


class AnsweredAlready(Refusal):
    """The client has answered, or there is nothing to answer yet."""


def write_to_portal(delivery: Delivery, *, text: str, by: Actor, at: datetime) -> PortalMessage:
    """Write to the client: they read it on their page, and in a mail.

    Allowed       the single contact, its deputy.
    Refused when  somebody else writes; nothing is written; the person of the client is not known.
    Tells         delivery.client.written, without its words.
    """
    with act("delivery.client.written", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        fresh, seat = as_contact(delivery, by, ended=True)
        if fresh.client_person_id is None:
            raise Refusal(_("L’adresse du client n’est pas encore connue."), do=_("Notez-la d’abord."))
        found = PortalMessage.objects.create(delivery=fresh, text=said(text), by=by.person, seat=seat, at=at)
        facts["message"] = found.pk
    return found


def write_from_portal(delivery: Delivery, link: Link, *, text: str, at: datetime) -> PortalMessage:
    """The client writes to the single contact.

    Allowed       the client of this delivery, by their link.
    Refused when  nothing is written; the link is withdrawn, has expired, or is another's.
    Tells         delivery.client.answered, without its words.
    """
    with act("delivery.client.answered", book=delivery.grouping.book, by=link.actor, at=at, on=delivery) as facts:
        fresh = as_client(delivery, link, at=at, ended=True)
        found = PortalMessage.objects.create(
            delivery=fresh, text=said(text), by=link.person, from_client=True, at=at
        )  # fmt: skip
        facts["message"] = found.pk
    return found


def prepare_deliverable(delivery: Delivery, *, values: dict[str, Any], by: Actor, at: datetime) -> Deliverable:
    """Say what the client will be handed, in their words, and when.

    Allowed       the company that carries the lot; the single contact.
    Refused when  it has no name or lot; another carries the lot.
    Tells         delivery.deliverable.prepared.
    """
    with act("delivery.deliverable.prepared", book=delivery.grouping.book, by=by, at=at) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        lot = WorkLot.objects.filter(delivery=fresh, public_id=str(values.get("lot", ""))).first()
        if lot is None:
            raise Refusal(_("Choisissez le lot de ce livrable."))
        _carries(fresh, lot, seat.pk)
        found = Deliverable.objects.create(
            public_id=new_public_id(), delivery=fresh, lot=lot, title=said(str(values.get("title", "")), 160),
            words=str(values.get("words", "")).strip(), expected_on=values.get("expected_on"),
            sprint=fresh.sprints.filter(closed_at=None).first(),
        )  # fmt: skip
        facts.on = address(found)
        facts |= {"delivery": fresh.public_id, "lot": lot.public_id}
    return found


def _carries(delivery: Delivery, lot: WorkLot, seat: int) -> None:
    if seat not in (lot.seat_id, delivery.contact_id, delivery.deputy_id):
        raise NotAllowed(_("L’entreprise qui porte ce lot le fait, ou l’interlocuteur du client."))


def show_deliverable(
    deliverable: Deliverable, *, file: UploadedFile | None = None, by: Actor, at: datetime
) -> Deliverable:
    """Hand a deliverable to the client, with a file or without: they get a letter and answer in one tap.

    Allowed       the company that carries the lot; the single contact.
    Refused when  it waits for an answer, or is accepted.
    Tells         delivery.deliverable.shown: the digest of the file.
    """
    book = deliverable.delivery.grouping.book
    with act("delivery.deliverable.shown", book=book, by=by, at=at, on=deliverable) as facts:
        fresh, seat = at_the_delivery(deliverable.delivery, by)
        mine = Deliverable.objects.select_for_update(of=("self",)).select_related("lot").get(pk=deliverable.pk)
        _carries(fresh, mine.lot, seat.pk)
        if mine.state not in (Deliverable.State.PREPARING, Deliverable.State.REFUSED):
            raise Refusal(_("Ce livrable est déjà chez le client."))
        if file is not None:
            mine.file = keep(clean_photo(file), book=book, by=by.person, at=at)
        mine.state, mine.shown_at, mine.answered_at = Deliverable.State.SHOWN, at, None
        mine.version += 1
        mine.save()
        facts["digest"] = mine.file.digest if mine.file else ""
    return mine


def answer_deliverable(
    deliverable: Deliverable, link: Link, *, outcome: str, why: str = "", at: datetime
) -> Deliverable:
    """Accept a deliverable, accept it with the reserves that were noted, or refuse it. It is not the reception.

    Allowed       the client, by their link.
    Refused when  it is not to be answered; it is accepted with reserves and none is noted, or without and some are;
                  it is refused and no reason is given.
    Tells         delivery.deliverable.answered: the outcome, how many reserves, how many invoices it prepares.
    """
    book = deliverable.delivery.grouping.book
    with act("delivery.deliverable.answered", book=book, by=link.actor, at=at, on=deliverable) as facts:
        as_client(deliverable.delivery, link, at=at)
        mine = Deliverable.objects.select_for_update().get(pk=deliverable.pk)
        if mine.state != Deliverable.State.SHOWN:
            raise AnsweredAlready(_("Vous avez déjà répondu, ou rien n’est encore à valider."))
        if outcome not in ("accepted", "reserved", "refused"):
            raise Refusal(_("Choisissez votre réponse."))
        count = mine.reserves.filter(lifted_at=None).count()
        if outcome == "reserved" and not count:
            raise Refusal(_("Aucune réserve n’est notée."), do=_("Notez-en une, ou validez sans réserve."))
        if outcome == "accepted" and count:
            raise Refusal(_("Vous avez noté des réserves."), do=_("Validez avec réserves."))
        if outcome == "refused":
            mine.why = said(why)
        mine.state, mine.answered_at = Deliverable.State(outcome), at
        mine.version += 1
        mine.save()
        ready = 0
        if outcome != "refused":
            ready = BillingPart.objects.filter(deliverable=mine, ready_at=None).update(ready_at=at)
        facts |= {"outcome": outcome, "reserves": count, "invoices": ready}
    return mine


def raise_reserve(
    about: Deliverable | Reception,
    link: Link,
    *,
    text: str,
    lot: str = "",
    due_on: date | None = None,
    photos: Sequence[UploadedFile] = (),
    at: datetime,
) -> Reserve:
    """Note a point to put right, with photos or without; the company that carries the lot is told.

    Allowed       the client, by their link, before they answer.
    Refused when  nothing is said; they have answered; more than four photos.
    Tells         delivery.reserve.raised: the lot, the digest of each photo.
    """
    delivery = about.delivery
    with act("delivery.reserve.raised", book=delivery.grouping.book, by=link.actor, at=at) as facts:
        fresh = as_client(delivery, link, at=at)
        again = type(about).objects.select_for_update().get(pk=about.pk)
        if again.state not in (Deliverable.State.SHOWN, Reception.State.CALLED):
            raise AnsweredAlready(_("Vous avez déjà répondu : une réserve se note avant."))
        if len(photos) > MOST_PHOTOS:
            raise Refusal(_("%(most)s photos au plus par réserve.") % {"most": MOST_PHOTOS})
        made = again if isinstance(again, Deliverable) else None
        held = again if isinstance(again, Reception) else None
        of = made.lot if made else WorkLot.objects.filter(delivery=fresh, public_id=lot).first()
        found = Reserve.objects.create(
            public_id=new_public_id(), delivery=fresh, deliverable=made, reception=held, lot=of,
            seat=of.seat if of else None, text=said(text, 300), due_on=due_on, raised_at=at,
        )  # fmt: skip
        digests = _photos(found, photos, person=link.person, at=at)
        facts.on = address(found)
        facts |= {"delivery": fresh.public_id, "lot": of.public_id if of else "", "digests": digests}
    return found


def _photos(
    reserve: Reserve, photos: Sequence[UploadedFile], *, person: Person, at: datetime, after: bool = False
) -> str:
    """Keep photos without the place and the day they carry."""
    kept = [keep(clean_photo(one), book=reserve.delivery.book, by=person, at=at) for one in photos]
    ReservePhoto.objects.bulk_create(
        [ReservePhoto(public_id=new_public_id(), reserve=reserve, document=one, after=after) for one in kept]
    )
    return " ".join(one.digest for one in kept)


def say_put_right(
    reserve: Reserve, *, said_so: str, photos: Sequence[UploadedFile] = (), by: Actor, at: datetime
) -> Reserve:
    """Say to the client that a reserve is put right, with photos or without; they lift it, or not.

    Allowed       the company it is about; the single contact.
    Refused when  it is lifted; nothing is said.
    Tells         delivery.reserve.put_right: the digest of each photo.
    """
    with act("delivery.reserve.put_right", book=reserve.delivery.grouping.book, by=by, at=at, on=reserve) as facts:
        fresh, seat = at_the_delivery(reserve.delivery, by)
        mine = Reserve.objects.select_for_update(of=("self",)).select_related("delivery__grouping").get(pk=reserve.pk)
        if seat.pk not in (mine.seat_id, fresh.contact_id, fresh.deputy_id):
            raise NotAllowed(_("L’entreprise concernée le dit, ou l’interlocuteur du client."))
        if mine.lifted_at or len(photos) > MOST_PHOTOS:
            raise Refusal(_("Cette réserve est levée, ou il y a trop de photos."))
        mine.said, mine.said_done_at = said(said_so, 300), at
        mine.save(update_fields=["said", "said_done_at"])
        facts["digests"] = _photos(mine, photos, person=by.person, at=at, after=True)
    return mine


def answer_reserve(reserve: Reserve, link: Link, *, lifted: bool, at: datetime) -> Reserve:
    """Lift a reserve, or say that it is not put right yet.

    Allowed       the client, by their link.
    Refused when  it is lifted already; the company has not said that it is put right.
    Tells         delivery.reserve.answered: lifted or not, how many are left, how many invoices it prepares.
    """
    with act(
        "delivery.reserve.answered", book=reserve.delivery.grouping.book, by=link.actor, at=at, on=reserve
    ) as facts:
        fresh = as_client(reserve.delivery, link, at=at)
        mine = Reserve.objects.select_for_update().get(pk=reserve.pk)
        if mine.lifted_at or mine.said_done_at is None:
            raise AnsweredAlready(_("Cette réserve est levée, ou pas encore corrigée."))
        if lifted:
            mine.lifted_at = at
        else:
            mine.said_done_at = None
        mine.save(update_fields=["lifted_at", "said_done_at"])
        left = list(Reserve.objects.filter(delivery=fresh, lifted_at=None).values_list("deliverable", flat=True))
        due = 0
        if lifted and mine.deliverable_id and mine.deliverable_id not in left:  # what was kept back behind a deposit
            rest = BillingPart.objects.filter(deliverable=mine.deliverable_id, ready_at=None, deposit__isnull=False)
            due = rest.update(ready_at=at)
        facts |= {"lifted": lifted, "left": len(left), "invoices": due}
    return mine
