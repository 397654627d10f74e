"""The restricted room: a clean team reads what the companies must not tell each other, and lets a summary out."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.acts import act
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.offers.acts.bids import BidOver, at_the_bid, one_hat
from cordee.offers.acts.prices import RoomSealed
from cordee.offers.acts.workspace import leads_bid
from cordee.offers.keys import open_text, seal_text
from cordee.offers.models import Bid, BidMember, RoomMember, RoomPiece, RoomRead, RoomRelease
from cordee.offers.permissions import stands_in_room

LONGEST = 20_000
COMPANIES = 3
"""A summary stands on at least so many companies: with fewer, each would recognise the other."""


class Recognised(Refusal):
    """The summary tells what one company put in."""


def name_to_room(bid: Bid, *, email: str, name: str = "", why: str, by: Actor, at: datetime) -> RoomMember:
    """Name one person of the clean team: a neutral one, or a member's who sells nothing on this market.

    Allowed       whoever leads the bid.
    Refused when  it is not said why; the address is a shared mailbox; the person is in the room of another answer to
                  the same tender; the room is sealed.
    Tells         offers.room.named: how many are named.
    """
    person = know_person(email, name=name, by=by, at=at)
    with act("offers.room.named", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        leads_bid(fresh, seat)
        _unsealed(fresh)
        if person.shared_mailbox:
            raise Refusal(_("Une boîte partagée n’entre pas dans la salle."), do=_("Nommez une personne."))
        if not why.strip():
            raise Refusal(_("Dites pourquoi cette personne : elle ne vend pas sur ce marché, elle est neutre."))
        one_hat(fresh, person)
        found, _new = RoomMember.objects.get_or_create(
            bid=fresh, person=person, defaults={"why": why.strip()[:200], "named_at": at}
        )
        facts |= {"member": found.pk, "named": fresh.room_members.count()}
    return found


def enter_room(bid: Bid, *, by: Actor, at: datetime) -> RoomMember:
    """Sign the rules of the room and enter: nothing read there leaves it but by the summary.

    Allowed       whoever was named to the room, the assembler included.
    Refused when  one is not named; the room is sealed.
    Tells         offers.room.joined: how many are inside.
    """
    with act("offers.room.joined", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh = _room(bid)
        found = RoomMember.objects.select_for_update().filter(bid=fresh, person=by.person).first()
        if found is None and fresh.assembler_id == by.person.pk:
            found = RoomMember(bid=fresh, person=by.person, why=_("assemble les prix"), named_at=at)
        if found is None:
            raise NotAllowed(_("Vous n’êtes pas nommé dans cette salle."), do=_("Le mandataire nomme qui y entre."))
        found.entered_at = found.entered_at or at
        found.save()
        facts["inside"] = fresh.room_members.filter(entered_at__isnull=False).count()
    return found


def put_in_room(bid: Bid, *, title: str, text: str, level: str = "C4", by: Actor, at: datetime) -> RoomPiece:
    """Put sensitive information in the room: encrypted at once, read by those inside, each reading kept.

    Allowed       a company that has a part in the bid, and whoever is inside the room.
    Refused when  it has no title or no words; the room is sealed; it is what no one else may know (C5).
    Tells         offers.room.written: its level, not its title nor its words.
    """
    with act("offers.room.written", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh = _room(bid)
        seat = acting_seat(fresh.grouping, by) if by.seat else None
        part = BidMember.objects.filter(bid=fresh, seat=seat, left_at=None).exists() if seat else False
        if not part and not stands_in_room(by.person, fresh):
            raise NotAllowed(_("Votre entreprise n’a pas encore de part dans cette offre."))
        if level not in RoomPiece.Level.values:
            raise Refusal(_("Ce niveau ne va pas ici."), do=_("Ce qui reste à votre entreprise n’entre pas."))
        if not (title.strip() and text.strip()):
            raise Refusal(_("Une pièce a un titre et un texte."))
        found = RoomPiece.objects.create(
            bid=fresh, seat=seat if part else None, person=by.person, level=level, title=title.strip()[:160],
            sealed=seal_text(fresh.public_id, text.strip()[:LONGEST]), at=at,
        )  # fmt: skip
        facts |= {"level": level, "pieces": fresh.room_pieces.count()}
    return found


def read_room(pieces: Iterable[RoomPiece], known: Iterable[RoomRead], *, person: Person, at: datetime) -> None:
    """Keep, outside the books, that somebody read what others put in the room: once a day for each piece.

    `known`: the readings that are kept already.
    """
    today = {one.piece_id for one in known if one.person_id == person.pk and one.at.date() == at.date()}
    new = [piece for piece in pieces if piece.person_id != person.pk and piece.pk not in today]
    if new:
        RoomRead.objects.bulk_create(RoomRead(piece=piece, person=person, at=at) for piece in new)


def release_summary(bid: Bid, text: str, *, by: Actor, at: datetime) -> RoomRelease:
    """Let a summary out of the room, for all members: nobody is recognised in it.

    Allowed       whoever is inside the room.
    Refused when  fewer than three companies put something in; a number of a piece stands in it; nothing is written.
    Tells         offers.room.released: on how many companies it stands.
    """
    with act("offers.room.released", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh = _room(bid)
        if not stands_in_room(by.person, fresh):
            raise NotAllowed(_("Seule l’équipe restreinte fait sortir une synthèse."))
        if not text.strip():
            raise Refusal(_("Écrivez la synthèse."))
        pieces = list(fresh.room_pieces.filter(level=RoomPiece.Level.C4))
        companies = {piece.seat_id for piece in pieces if piece.seat_id}
        if len(companies) < COMPANIES:
            raise Recognised(
                _("Une synthèse s’appuie sur trois entreprises au moins."),
                why=_("Avec moins, chacune reconnaîtrait ce que l’autre a déposé."),
            )
        told = {number for piece in pieces for number in _numbers(open_text(fresh.public_id, piece.sealed))}
        if told & _numbers(text):
            raise Recognised(
                _("Un nombre de cette synthèse est celui d’une pièce."),
                do=_("Donnez une fourchette, une moyenne ou un arrondi."),
            )
        found = RoomRelease.objects.create(bid=fresh, text=text.strip()[:LONGEST], by=by.person, at=at)
        facts["companies"] = len(companies)
    return found


def _numbers(text: str) -> set[str]:
    """The numbers of a text of three digits and more, however they are spaced; cents of zero are left out."""
    joined = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}\b)", "", text)
    found = {each.replace(".", ",") for each in re.findall(r"\d+(?:[.,]\d+)?", joined)}
    return {re.sub(r",0+$", "", each) for each in found if len(re.sub(r"\D", "", each)) >= 3}


def _room(bid: Bid) -> Bid:
    fresh = Bid.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=bid.pk)
    _unsealed(fresh)
    if not fresh.living:
        raise BidOver(_("Cette offre est terminée : elle se lit, elle ne change plus."))
    return fresh


def _unsealed(bid: Bid) -> None:
    if bid.sealed_at is not None:
        raise RoomSealed(_("Cette salle est scellée : personne n’y lit ni n’y écrit plus."))
