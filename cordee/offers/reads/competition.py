"""The competition note as the engine weighs it, and as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef

from cordee.engines import competition
from cordee.engines.competition import Answers, Rival, Verdict
from cordee.ground.kit.words import language
from cordee.offers.models import Bid, BidMember, BidPart, CompetitionNote, PriceLine

YEAR = timedelta(days=365)


def members_in(bid: Bid) -> list[BidMember]:
    """The companies of a bid, in the order in which they came."""
    return list(bid.members.filter(left_at=None).select_related("seat__company", "seat__holder").order_by("id"))


@dataclass(frozen=True, slots=True)
class Team:
    """Who is in a bid, with which parts, whether each is priced, and the note: read once, for all who ask."""

    bid: Bid
    members: list[BidMember]
    parts: list[BidPart]
    priced: frozenset[int]
    note: CompetitionNote | None

    @property
    def unpriced(self) -> list[str]:
        """The companies with a part that has no price yet."""
        return list(dict.fromkeys(str(part.seat.company) for part in self.parts if part.pk not in self.priced))


def team_of(bid: Bid, members: list[BidMember] | None = None) -> Team:
    """Read the members, the parts and the note of a bid, in three queries at most."""
    parts: list[Any] = list(
        bid.parts.select_related("seat__company", "lot")
        .annotate(has_price=Exists(PriceLine.objects.filter(part=OuterRef("pk"))))
        .order_by("lot__rank", "id")
    )
    priced = frozenset(part.pk for part in parts if part.has_price)
    note = getattr(bid, "note", None)
    return Team(bid, members_in(bid) if members is None else members, parts, priced, note)


def same_kind(bid: Bid) -> Any:
    """The other bids of the same kind that these companies opened in the year before."""
    same = Bid.objects.filter(grouping=bid.grouping_id, kind=bid.kind, opened_at__gt=bid.opened_at - YEAR)
    return same.exclude(pk=bid.pk)


def answers_of(team: Team) -> Answers:
    """What the note says, with what Cordée knows: who is in, on which lots, how often this year, who assembles."""
    bid, note, members = team.bid, team.note, team.members
    said: Mapping[str, Any] = note.answers if note else {}
    lots: dict[int, list[str]] = {}
    for part in team.parts:
        lots.setdefault(part.seat_id, []).append(part.lot.ident if part.lot else f"part {part.public_id}")
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
        times_this_year=bid.__dict__["times"] if "times" in bid.__dict__ else same_kind(bid).count(),
        signed=frozenset(signed),
    )


def verdict_of(team: Team) -> Verdict:
    """Green, amber or red; what lacks; who has not signed."""
    return competition.judge(answers_of(team))


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
    team = team_of(bid)
    verdict, lang = verdict_of(team), language()
    return NotePage(
        team.note,
        verdict,
        tuple(competition.say(one, lang) for one in verdict.stops),
        tuple(competition.say(one, lang) for one in verdict.cautions),
        tuple((point, competition.point_label(point, lang)) for point in verdict.missing),
        tuple((code, words[lang == "en"]) for code, words in competition.LEVELS.items()),
    )
