"""The competition note as the engine weighs it, and as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from cordee.engines import competition
from cordee.engines.competition import Answers, Rival, Verdict
from cordee.ground.kit.words import language
from cordee.offers.models import Bid, BidMember, BidPart, CompetitionNote

YEAR = timedelta(days=365)


def members_in(bid: Bid) -> list[BidMember]:
    """The companies of a bid, in the order in which they came."""
    return list(bid.members.filter(left_at=None).select_related("seat__company", "seat__holder").order_by("id"))


def answers_of(bid: Bid, note: CompetitionNote | None) -> Answers:
    """What the note says, with what Cordée knows: who is in, on which lots, how often this year, who assembles."""
    said: Mapping[str, Any] = note.answers if note else {}
    lots: dict[int, list[str]] = {}
    for part in BidPart.objects.filter(bid=bid).select_related("lot"):
        lots.setdefault(part.seat_id, []).append(part.lot.ident if part.lot else f"part {part.public_id}")
    members = members_in(bid)
    alone: Mapping[str, Any] = said.get("members", {})
    rivals = tuple(
        Rival(
            one.seat.public_id,
            str(one.seat.company),
            tuple(lots.get(one.seat_id, ())),
            alone.get(one.seat.public_id, {}).get("alone", "unknown"),
            alone.get(one.seat.public_id, {}).get("why", ""),
        )
        for one in members
    )
    known = {one.id for one in rivals}
    pairs = said.get("competitors")
    share, bidders = said.get("share"), said.get("bidders")
    same = Bid.objects.filter(grouping=bid.grouping, kind=bid.kind, opened_at__gt=bid.opened_at - YEAR)
    signed = {one.seat.public_id for one in members if note and one.note_version == note.version}
    return Answers(
        market=said.get("market", ""),
        members=rivals,
        competitors=None if pairs is None else tuple((a, b) for a, b in pairs if a in known and b in known),
        smaller=said.get("smaller", "unknown"),
        smaller_why=said.get("smaller_why", ""),
        share=None if share is None else Fraction(int(share), 10000),
        bidders=None if bidders is None else Fraction(int(bidders), 10000),
        rivals_left=said.get("rivals_left"),
        gains=said.get("gains", ""),
        information=said.get("information", ""),
        free_elsewhere=said.get("free", "unknown"),
        limited=said.get("limited", "unknown"),
        assembler=str(bid.assembler or ""),
        lawyer=said.get("lawyer", ""),
        times_this_year=same.exclude(pk=bid.pk).count(),
        signed=frozenset(signed),
    )


def verdict_of(bid: Bid, note: CompetitionNote | None) -> Verdict:
    """Green, amber or red; what lacks; who has not signed."""
    return competition.judge(answers_of(bid, note))


@dataclass(frozen=True, slots=True)
class NotePage:
    """The note in words."""

    note: CompetitionNote | None
    verdict: Verdict
    stops: tuple[str, ...]
    cautions: tuple[str, ...]
    missing: tuple[tuple[int, str], ...]
    levels: tuple[tuple[str, str], ...]


def note_page(bid: Bid) -> NotePage:
    """The note, its verdict and its reasons, in the reader's language."""
    note = CompetitionNote.objects.filter(bid=bid).first()
    verdict, lang = verdict_of(bid, note), language()
    return NotePage(
        note,
        verdict,
        tuple(competition.say(one, lang) for one in verdict.stops),
        tuple(competition.say(one, lang) for one in verdict.cautions),
        tuple((point, competition.point_label(point, lang)) for point in verdict.missing),
        tuple((code, words[lang == "en"]) for code, words in competition.LEVELS.items()),
    )
