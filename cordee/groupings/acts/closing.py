"""What a winding-up settles, item by item, and the final statement that each company accepts."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import FinalStatement, Grouping, Seat, Settling
from cordee.groupings.permissions import may_settle


class NotWindingUp(Refusal):
    """The grouping does not end."""


class ReasonNeeded(Refusal):
    """What has no object needs a reason."""


class StatementAccepted(Refusal):
    """It is accepted already."""


def settle_item(
    grouping: Grouping,
    item: str,
    *,
    state: str,
    owner: Seat | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Settling:
    """Say who sees to one item of the ending, and whether it is done or has no object.

    Allowed       who leads the ending, whoever leads, or the company in charge of this item.
    Refused when  the grouping does not end, the item does not exist, or it has « no object » without a reason.
    Tells         groupings.item.settled: the item, its state, who sees to it.
    """
    with act("groupings.item.settled", book=grouping.book, by=by, at=at, on=grouping) as facts:
        fresh = living(grouping)
        seat = acting_seat(fresh, by)
        if fresh.stage != Grouping.Stage.WINDING_UP:
            raise NotWindingUp(_("Le groupement ne se termine pas."))
        row = Settling.objects.select_for_update(of=("self",)).filter(grouping=fresh, item=item).first()
        if row is None or state not in Settling.State.values:
            raise NotYours
        if not may_settle(seat, row):
            raise NotAllowed(
                _("Ce point est suivi par une autre entreprise."),
                do=_("Demandez à la personne qui mène la fin du groupement."),
            )
        words = " ".join(note.split())[:300]
        if state == Settling.State.NONE and len(words) < 3:
            raise ReasonNeeded(_("Dites en quelques mots pourquoi ce point est sans objet."))
        if owner is not None and (owner.grouping_id != fresh.pk or owner.state != Seat.State.MEMBER):
            raise NotYours
        row.state, row.note, row.owner, row.at = state, words, owner or row.owner, at
        row.save()
        facts |= {"item": item, "state": state, "owner": row.owner.public_id if row.owner else ""}
    return row


def accept_statement(statement: FinalStatement, *, by: Actor, at: datetime) -> FinalStatement:
    """Accept the final statement of one's company.

    Allowed       the holder or the substitute of its seat.
    Refused when  it is another company's, or accepted already.
    Tells         groupings.statement.accepted: the balance.
    """
    with act("groupings.statement.accepted", book=statement.grouping.book, by=by, at=at, on=statement) as facts:
        fresh = FinalStatement.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=statement.pk)
        seat = acting_seat(living(fresh.grouping), by)
        if fresh.seat_id != seat.pk:
            raise NotYours
        if fresh.accepted_at:
            raise StatementAccepted(_("Ce décompte est déjà accepté."))
        fresh.accepted_at = at
        fresh.save(update_fields=["accepted_at"])
        facts |= {"seat": seat.public_id, "cents": fresh.balance}
    return fresh
