"""Change requests: asked, priced by the members, voted, offered to the client, answered."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordee.delivery.acts.inside import as_client, as_contact, at_the_delivery, said
from cordee.delivery.models import BillingPart, ChangePrice, ChangeRequest, Delivery, WorkItem, WorkLot
from cordee.delivery.reads.votes import adopted, vote_of
from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor, Link
from cordee.ground.register.acts import act, address

VOTE_LENGTH = timedelta(days=5)


class NotThere(Refusal):
    """The change is not at the stage where this may be done."""


def ask_change(
    delivery: Delivery, *, text: str, by: Actor | None = None, link: Link | None = None, at: datetime
) -> ChangeRequest:
    """Ask for something more, less or different; the members price it.

    Allowed       the client, by their link; a company that takes part.
    Refused when  nothing is said; it is over.
    Tells         delivery.change.asked: by the client or not.
    """
    who = link.actor if link else by
    assert who is not None
    with act("delivery.change.asked", book=delivery.grouping.book, by=who, at=at) as facts:
        fresh = as_client(delivery, link, at=at) if link else at_the_delivery(delivery, who)[0]
        found = ChangeRequest.objects.create(
            public_id=new_public_id(), delivery=fresh, text=said(text), by_client=link is not None, asked_at=at
        )
        facts.on = address(found)
        facts |= {"delivery": fresh.public_id, "by_client": link is not None}
    return found


def _fresh(change: ChangeRequest, *states: str) -> ChangeRequest:
    mine = ChangeRequest.objects.select_for_update().get(pk=change.pk)
    if mine.state not in states:
        raise NotThere(_("Cette demande n’en est pas là."), do=_("Rechargez la page."))
    return mine


def price_change(change: ChangeRequest, *, lot: str, cents: int, days: int, by: Actor, at: datetime) -> ChangePrice:
    """Say what one's own share of a change costs, before tax, and how many working days it adds.

    Allowed       a company that takes part, for its own lot.
    Refused when  it is voted already; the lot is another's.
    Tells         delivery.change.priced: the seat and the days, never the amount.
    """
    with act("delivery.change.priced", book=change.delivery.grouping.book, by=by, at=at, on=change) as facts:
        fresh, seat = at_the_delivery(change.delivery, by)
        mine = _fresh(change, ChangeRequest.State.ASKED)
        own = WorkLot.objects.filter(delivery=fresh, seat=seat, public_id=lot).first()
        if own is None:
            raise NotAllowed(_("Chaque entreprise chiffre son propre lot."))
        found, _new = ChangePrice.objects.update_or_create(
            change=mine, seat=seat, defaults={"lot": own, "cents": cents, "days": days, "at": at}
        )
        facts |= {"seat": seat.public_id, "days": days}
    return found


def put_change_to_vote(change: ChangeRequest, *, by: Actor, at: datetime) -> Ballot:
    """Put the change to the vote: its total, its days. Each company's own price stays its own.

    Allowed       the single contact, its deputy.
    Refused when  nobody has priced it; it is voted already.
    Tells         delivery.change.voted: the total and the days; governance.ballot.opened.
    """
    with act("delivery.change.voted", book=change.delivery.grouping.book, by=by, at=at, on=change) as facts:
        fresh, _seat = as_contact(change.delivery, by)
        mine = _fresh(change, ChangeRequest.State.ASKED)
        prices = list(mine.prices.all())
        if not prices:
            raise Refusal(_("Personne n’a encore chiffré cette demande."))
        mine.cents, mine.days = sum(one.cents for one in prices), sum(one.days for one in prices)
        with for_the_papers():
            title = _("%(title)s : une modification à %(sum)s") % {"title": fresh.title, "sum": euros(mine.cents)}
            text = _("%(text)s\nEn tout %(sum)s hors taxes, %(days)s jours ouvrés de plus.") % {
                "text": mine.text, "sum": euros(mine.cents), "days": mine.days,
            }  # fmt: skip
        ballot = propose_resolution(
            fresh.grouping, title=title[:160], text=text, decision_type="ordinary", closes_at=at + VOTE_LENGTH,
            by=by, at=at,
        )  # fmt: skip
        mine.state, mine.ballot = ChangeRequest.State.VOTING, address(ballot)
        mine.save()
        facts |= {"cents": mine.cents, "days": mine.days, "ballot": ballot.public_id}
    return ballot


def offer_change(change: ChangeRequest, *, by: Actor, at: datetime) -> ChangeRequest:
    """Offer a voted change to the client, its price and its days; or say that the members declined it.

    Allowed       the single contact, its deputy.
    Refused when  the vote is not over.
    Tells         delivery.change.offered: adopted or not.
    """
    with act("delivery.change.offered", book=change.delivery.grouping.book, by=by, at=at, on=change) as facts:
        as_contact(change.delivery, by)
        mine = _fresh(change, ChangeRequest.State.VOTING)
        ballot = vote_of(mine.ballot)
        if ballot is None or ballot.closed_at is None:
            raise NotThere(_("Le vote n’est pas terminé."))
        yes = adopted(ballot)
        mine.state = ChangeRequest.State.OFFERED if yes else ChangeRequest.State.DECLINED
        if not yes:
            mine.answered_at, mine.why = at, _("Les entreprises n’ont pas retenu cette modification.")
        mine.save()
        facts["adopted"] = yes
    return mine


def answer_change(change: ChangeRequest, link: Link, *, agreed: bool, why: str = "", at: datetime) -> ChangeRequest:
    """Accept a change at its price, or decline it. Accepted, it becomes cards that their companies committed to.

    Allowed       the client, by their link.
    Refused when  it is not offered, or answered already.
    Tells         delivery.change.answered: accepted or not, how many cards.
    """
    with act("delivery.change.answered", book=change.delivery.grouping.book, by=link.actor, at=at, on=change) as facts:
        fresh = as_client(change.delivery, link, at=at)
        mine = _fresh(change, ChangeRequest.State.OFFERED)
        mine.state = ChangeRequest.State.AGREED if agreed else ChangeRequest.State.DECLINED
        mine.answered_at, mine.why = at, why.strip()[:300]
        mine.save()
        prices = list(mine.prices.select_related("lot", "seat")) if agreed else []
        for one in prices:
            WorkItem.objects.create(
                public_id=new_public_id(), delivery=fresh, lot=one.lot, title=mine.text[:160], seat=one.seat,
                state=WorkItem.State.PLANNED, days=max(one.days, 1), moved_by=one.seat, moved_at=at,
            )  # fmt: skip
            if one.cents > 0:
                BillingPart.objects.create(
                    public_id=new_public_id(), delivery=fresh, seat=one.seat, change=mine,
                    label=_("Modification : %(text)s") % {"text": mine.text[:160]}, cents=one.cents, ready_at=at,
                )  # fmt: skip
        facts |= {"agreed": agreed, "cards": len(prices)}
    return mine
