"""The restricted room as each may see it: who is inside, what they put there, what came out, who knew what."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from cordee.engines.competition import LEVELS, may_read
from cordee.engines.competition.levels import Reader
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.reads import Membership, membership
from cordee.offers.keys import open_text
from cordee.offers.models import (
    Bid,
    BidMember,
    InformationExchange,
    PriceRead,
    RoomMember,
    RoomPiece,
    RoomRead,
    RoomRelease,
)


@dataclass(frozen=True, slots=True)
class PieceLine:
    """One piece: whose, at which level, its title and words where this reader may read them."""

    piece: RoomPiece
    text: str | None
    mine: bool


@dataclass(frozen=True, slots=True)
class RoomPage:
    """The room, for one reader."""

    bid: Bid
    me: Membership | None
    named: list[RoomMember]
    here: RoomMember | None
    inside: bool
    may_enter: bool
    leads: bool
    may_put: bool
    pieces: list[PieceLine]
    releases: list[RoomRelease]
    piece_reads: list[RoomRead]
    reads: list[PriceRead]
    exchanges: list[InformationExchange]
    levels: list[tuple[str, str]]

    @property
    def opened(self) -> list[RoomPiece]:
        """The pieces whose words are shown."""
        return [line.piece for line in self.pieces if line.text is not None]

    @property
    def voice(self) -> str:
        return self.me.voice if self.me else ""


def room_bid(person: Person, public_id: str, *, voice: str = "") -> tuple[Bid, Membership | None]:
    """A bid, through a seat of its grouping, or through the room one is named to; a stranger finds nothing."""
    seats = BidMember.objects.filter(bid=OuterRef("pk"), left_at=None)
    held = seats.filter(Q(seat__holder=person) | Q(seat__substitute=person))
    bid = (
        Bid.objects.filter(public_id=public_id)
        .select_related("grouping", "lead__company", "opened_by__company", "assembler")
        .annotate(has_part=Exists(held))
        .first()
    )
    if bid is None:
        raise NotYours
    try:
        return bid, membership(person, bid.grouping.public_id, voice=voice)
    except NotYours:
        if bid.assembler_id == person.pk or RoomMember.objects.filter(bid=bid, person=person).exists():
            return bid, None
        raise


def room_page(person: Person, public_id: str, *, voice: str = "") -> RoomPage:
    """Everything one may see of the room; sealed, nobody reads a word of it."""
    bid, me = room_bid(person, public_id, voice=voice)
    named = list(RoomMember.objects.filter(bid=bid).select_related("person"))
    here = next((one for one in named if one.person_id == person.pk), None)
    sealed = bid.sealed_at is not None
    inside = here is not None and here.entered_at is not None and not sealed
    own = me.seat.pk if me and person.pk in (me.seat.holder_id, me.seat.substitute_id) else 0
    part = bool(me) and bid.has_part  # type: ignore[attr-defined]
    lang = language()
    return RoomPage(
        bid=bid,
        me=me,
        named=named,
        here=here,
        inside=inside,
        may_enter=not sealed and bid.living and not inside and (here is not None or bid.assembler_id == person.pk),
        leads=bool(own) and own == (bid.lead_id or bid.opened_by_id),
        may_put=not sealed and bid.living and (part or inside),
        pieces=[_line(bid, piece, person, own, part, inside) for piece in _pieces(bid)],
        releases=list(RoomRelease.objects.filter(bid=bid).select_related("by")),
        piece_reads=list(RoomRead.objects.filter(piece__bid=bid).select_related("person", "piece__seat__company")),
        reads=list(bid.price_reads.select_related("person", "part__seat__company")[:30]),
        exchanges=list(bid.exchanges.select_related("by__company")[:30]),
        levels=[(code, words[lang == "en"]) for code, words in LEVELS.items()],
    )


def _pieces(bid: Bid) -> list[RoomPiece]:
    return list(RoomPiece.objects.filter(bid=bid).select_related("seat__company", "person"))


def _line(bid: Bid, piece: RoomPiece, person: Person, own: int, part: bool, inside: bool) -> PieceLine:
    mine = piece.person_id == person.pk or (piece.seat_id is not None and piece.seat_id == own)
    reader = Reader(signed_in=True, member=bool(own), in_room=part or inside, assembler=inside, owner=mine)
    shown = bid.sealed_at is None and may_read(piece.level, reader)  # type: ignore[arg-type]
    return PieceLine(piece, open_text(bid.public_id, piece.sealed) if shown else None, mine)
