"""Prices behind the wall, and the competition note without which nobody prices anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cordee.engines.competition import LEVELS
from cordee.ground.kit.refusals import NotAllowed, Refusal, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.offers.acts.bids import at_the_bid, own_part
from cordee.offers.keys import seal_price
from cordee.offers.models import Bid, BidMember, BidPart, CompetitionNote, InformationExchange, PriceLine, PriceRead
from cordee.offers.permissions import may_read_prices
from cordee.offers.reads.competition import team_of, verdict_of

MOST_LINES = 200


class CompetitionStop(Refusal):
    """The competition note is not there, not complete, not signed by all, or it forbids."""


class RoomSealed(Refusal):
    """The bid is over: its prices are read by nobody."""


@dataclass(frozen=True, slots=True)
class Priced:
    """One line: what, in which unit, how many (hundredths), at which unit price (cents)."""

    label: str
    unit: str
    quantity: int
    unit_cents: int


def write_note(bid: Bid, *, answers: dict[str, Any], version: int, by: Actor, at: datetime) -> CompetitionNote:
    """Answer the twelve points. Each change asks every leader to sign again.

    Allowed       any member of the grouping.
    Refused when  the team is frozen; somebody changed it in between.
    Tells         offers.note.written: its version, the verdict.
    """
    with act("offers.note.written", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, _seat = at_the_bid(bid, by)
        note, _new = CompetitionNote.objects.select_for_update().get_or_create(bid=fresh, defaults={"changed_at": at})
        if note.version != version:
            raise Stale(
                _("Quelqu’un vient de modifier la note."),
                theirs={key: str(value) for key, value in note.answers.items()},
                yours={key: str(value) for key, value in answers.items()},
            )
        note.answers, note.changed_at, note.version = answers, at, note.version + 1
        note.save()
        facts |= {"version": note.version, "verdict": verdict_of(team_of(fresh)).colour}
    return note


def sign_note(bid: Bid, *, by: Actor, at: datetime) -> BidMember:
    """Sign the note for one's company, as it stands now.

    Allowed       a member of the bid, by whoever commits the company.
    Refused when  the note is not complete, or it forbids the bid; the company has no part in it.
    Tells         offers.note.signed: which version.
    """
    with act("offers.note.signed", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by)
        member = BidMember.objects.select_for_update().filter(bid=fresh, seat=seat, left_at=None).first()
        if member is None:
            raise NotAllowed(_("Votre entreprise n’a pas encore de part dans cette offre."))
        note = CompetitionNote.objects.filter(bid=fresh).first()
        if note is None:
            raise CompetitionStop(_("La note de concurrence n’est pas encore écrite."))
        verdict = verdict_of(team_of(fresh))
        if verdict.colour == "red" or verdict.missing:
            raise CompetitionStop(
                _("Cette note ne se signe pas encore."),
                do=_("Répondez aux points qui manquent, ou levez ce qui est interdit."),
            )
        member.note_signed_at, member.note_version = at, note.version
        member.save(update_fields=["note_signed_at", "note_version"])
        facts |= {"seat": seat.public_id, "version": note.version}
    return member


def cleared(bid: Bid) -> None:
    """Nobody prices anything before the note is complete, green or amber, and signed by all."""
    team = team_of(bid)
    if team.note is None or not verdict_of(team).open:
        raise CompetitionStop(
            _("Les prix attendent la note de concurrence."),
            why=_("Avant d’échanger quoi que ce soit sur les prix, chacun signe pourquoi vous répondez ensemble."),
            do=_("Ouvrez « Note de concurrence » : elle dit ce qui manque."),
        )


def price_part(part: BidPart, *, lines: Sequence[Priced], by: Actor, at: datetime) -> BidPart:
    """Price one's own part, alone. Unit prices are encrypted; only this company and the assembler read them.

    Allowed       the company whose part it is.
    Refused when  the competition note is not cleared; the team is frozen; a line is empty or negative.
    Tells         offers.part.priced: how many lines; no amount.
    """
    with act("offers.part.priced", book=part.bid.book, by=by, at=at, on=part) as facts:
        fresh, seat = at_the_bid(part.bid, by)
        mine = own_part(part, seat)
        cleared(fresh)
        if len(lines) > MOST_LINES:
            raise Refusal(_("Deux cents lignes au plus."), do=_("Regroupez-les."))
        if any(not line.label.strip() or line.quantity < 0 or line.unit_cents < 0 for line in lines):
            raise Refusal(_("Une ligne a un intitulé, une quantité et un prix."), do=_("Complétez-la ou videz-la."))
        mine.lines.all().delete()
        PriceLine.objects.bulk_create(
            PriceLine(
                part=mine,
                label=line.label.strip()[:200],
                unit=line.unit.strip()[:20],
                quantity=line.quantity,
                sealed=seal_price(fresh.public_id, line.unit_cents),
            )
            for line in lines
        )
        facts |= {"bid": fresh.public_id, "lines": len(lines)}
    return mine


def note_read(bid: Bid, parts: Sequence[BidPart], *, person: Any, at: datetime) -> None:
    """Keep, outside the books, that somebody read prices that are not their own; NotAllowed beyond the wall."""
    fresh = Bid.objects.get(pk=bid.pk)
    if fresh.sealed_at is not None:
        raise RoomSealed(_("Cette offre est terminée : ses prix sont scellés."))
    foreign = [part for part in parts if person.pk not in (part.seat.holder_id, part.seat.substitute_id)]
    if any(not may_read_prices(person, part, of=fresh) for part in parts):
        raise NotAllowed(
            _("Les prix des autres entreprises ne vous sont pas ouverts."),
            why=_("Seuls l’entreprise et l’assembleur nommé les lisent."),
        )
    PriceRead.objects.bulk_create(PriceRead(bid=bid, part=part, person=person, at=at) for part in foreign)


def log_exchange(bid: Bid, *, level: str, what: str, to: str, why: str, by: Actor, at: datetime) -> InformationExchange:
    """Log sensitive information passed to another member: what, to whom, why the bid needed it.

    Allowed       a member of the grouping.
    Refused when  something is not said; prices (C4) or personal matters (C5) are meant: they do not pass.
    Tells         offers.exchange.logged: its level, not its words.
    """
    with act("offers.exchange.logged", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        if level not in LEVELS:
            raise Refusal(_("Ce niveau de confidentialité n’existe pas."))
        if level in ("C4", "C5"):
            raise CompetitionStop(
                _("Les prix et ce qui reste à l’entreprise ne passent pas d’un membre à l’autre."),
                do=_("Donnez-les à l’assembleur, dans votre part."),
            )
        if not (what.strip() and to.strip() and why.strip()):
            raise Refusal(_("Dites quoi, à qui et pourquoi c’était nécessaire."))
        found = InformationExchange.objects.create(
            bid=fresh, by=seat, level=level, what=what.strip()[:300], to=to.strip()[:200], why=why.strip()[:300], at=at
        )
        facts["level"] = level
    return found
