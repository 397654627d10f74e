"""What may await somebody, one line each, and in what order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.governance import reads as governance
from cordee.governance.models import Voter
from cordee.ground.kit.money import euros
from cordee.ground.kit.templatetags.cordee import deadline
from cordee.ground.people.models import Person
from cordee.ground.signing.models import Signatory
from cordee.ground.signing.reads import page_about
from cordee.groupings import reads as groupings
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.permissions import LEADING
from cordee.journeys import reads as journeys
from cordee.money.models import Transfer
from cordee.offers.models import Need

SOON = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Item:
    """One act that awaits me: its kind and grouping, what it is, until when, one button."""

    icon: str
    tone: str
    kind: str
    title: str
    button: str
    url: str
    note: str = ""
    soon: str = ""
    until: datetime | None = None
    blocks: bool = False  # others cannot go on without it
    post: bool = False  # the button does something: it is not a link


def own_seats(person: Person, grouping: Grouping) -> list[Seat]:
    """The seats that this person holds or may replace in a grouping."""
    return [
        seat
        for seat in groupings.seats_with_offices(grouping)
        if seat.state == Seat.State.MEMBER and person.pk in (seat.holder_id, seat.substitute_id)
    ]


def awaited(voter: Voter) -> bool:
    """A voice that is still to be heard."""
    return not voter.choice and voter.withdrawn_at is None and voter.proxy_to_id is None


def vote_item(voter: Voter, voices: dict[int, str], at: datetime) -> Item:
    """A vote to take part in."""
    ballot, voted, entitled = voter.ballot, voter.voted, voter.entitled  # type: ignore[attr-defined]
    needed = governance.needed(ballot, entitled)
    progress = ngettext("%(voted)s votant sur %(all)s", "%(voted)s votants sur %(all)s", voted) % {
        "voted": voted,
        "all": entitled,
    }
    if voted < needed:
        progress += _(", il en faut %(needed)s") % {"needed": needed}
    elif voted == entitled - 1:
        progress += _(", il manque le vôtre")
    return Item(
        "thumb-up",
        "rope",
        _("Vote · %(where)s") % {"where": ballot.grouping.name},
        ballot.resolution.title,
        _("Voter"),
        reverse("governance:ballot", args=[ballot.public_id]) + voices.get(voter.seat_id, ""),
        progress,
        _("Clôture %(until)s") % {"until": deadline(ballot.closes_at, at)},
        ballot.closes_at,
        voted < needed or voted == entitled - 1,
    )


def paper_item(signatory: Signatory, names: dict[str, str], voices: dict[int, str], at: datetime) -> Item:
    """A document to sign."""
    ceremony, signed, asked = signatory.ceremony, signatory.signed, signatory.asked  # type: ignore[attr-defined]
    progress = ngettext("%(signed)s signature sur %(all)s", "%(signed)s signatures sur %(all)s", signed) % {
        "signed": signed,
        "all": asked,
    }
    if signed == asked - 1:
        progress += _(", il manque la vôtre")
    several = "?voix=" + signatory.seat.rpartition("/")[2] if any(voices.values()) else ""
    return Item(
        "writing-sign",
        "",
        _("Signature · %(where)s") % {"where": names.get(ceremony.book, signatory.company)},
        ceremony.title,
        _("Lire et signer"),
        page_about(ceremony.subject) + several,
        progress,
        _("Avant %(until)s") % {"until": deadline(signatory.until, at)},
        signatory.until,
        True,
    )


def answer_item(received: groupings.Received, at: datetime) -> Item:
    """An invitation to answer."""
    one = received.invitation
    url = reverse("groupings:invitation", args=[received.token]) if received.token else ""
    return Item(
        "mail",
        "ice",
        _("Invitation · %(who)s") % {"who": one.invited_by.company},
        one.grouping.name,
        _("Voir et répondre"),
        url or reverse("desk:invitation", args=[one.public_id]),
        "",
        _("Réponse avant %(until)s") % {"until": deadline(one.expires_at, at)},
        one.expires_at,
        True,
        post=not url,
    )


def payment_item(transfer: Transfer, voices: dict[int, str]) -> Item:
    """A payment to make, or to confirm."""
    pool, amount = transfer.pool, euros(transfer.cents)
    to_confirm = transfer.paid_at is not None
    seat = transfer.creditor_id if to_confirm else transfer.debtor_id
    names = {"amount": amount, "debtor": transfer.debtor.company, "creditor": transfer.creditor.company}
    return Item(
        "coin-euro",
        "ok" if to_confirm else "warn",
        _("Paiement · %(where)s") % {"where": pool.grouping.name},
        (_("%(debtor)s vous a versé %(amount)s") if to_confirm else _("%(amount)s à verser à %(creditor)s")) % names,
        _("Vérifier") if to_confirm else _("Voir et payer"),
        reverse("money:pool", args=[pool.public_id]) + voices.get(seat, ""),
        pool.title,
        blocks=not to_confirm,
    )


def gate_items(person: Person, mine: Iterable[Grouping], voices: dict[int, str]) -> Iterable[Item]:
    """The next steps that are ready, in the groupings that this person leads."""
    for each in mine:
        leading = {
            office.seat_id
            for seat in groupings.seats_with_offices(each)
            for office in seat.offices.all()
            if office.role in LEADING
        }
        seat = next((seat for seat in own_seats(person, each) if not leading or seat.pk in leading), None)
        gate = journeys.gate_page(each) if seat and not each.paused_at else None
        if seat and gate and gate.open:
            yield Item(
                "flag",
                "ok",
                _("Étape · %(where)s") % {"where": each.name},
                gate.title,
                _("Voir l’étape"),
                reverse("groupings:grouping", args=[each.public_id]) + voices.get(seat.pk, ""),
                _("Tous les points sont réunis"),
                blocks=True,
            )


def need_item(need: Need, at: datetime) -> Item:
    """An occasion whose deadline is near."""
    until = _until(need, at)
    return Item(
        "target",
        "ice",
        _("Occasion · %(who)s") % {"who": need.client} if need.client else _("Occasion"),
        need.title,
        _("Voir"),
        reverse("offers:need", args=[need.public_id]),
        "",
        _("Réponse avant %(until)s") % {"until": until},
        need.deadline,
    )


def _until(need: Need, at: datetime) -> str:
    """The deadline of a need: with its hour where it is known."""
    if need.deadline is None:
        return ""
    words = deadline(need.deadline, at)
    return words if need.deadline_has_hour else words.rpartition(", ")[0]


def ordered(items: Iterable[Item], at: datetime) -> list[Item]:
    """Within 48 hours first; then what others wait for; then the nearest deadline. Only the first are « urgent »."""

    def urgent(item: Item) -> bool:
        return item.until is not None and item.until <= at + SOON

    last = datetime.max.replace(tzinfo=at.tzinfo)
    found = sorted(items, key=lambda item: (not urgent(item), not item.blocks, item.until or last))
    return [
        item if urgent(item) else replace(item, soon="", note=" · ".join(filter(None, (item.soon, item.note))))
        for item in found
    ]
