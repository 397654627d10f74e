"""A member's default: alert and answer, who takes over in the agreed order, what it costs, the pact, the client."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cordee.delivery.acts.inside import as_contact, at_the_delivery, said
from cordee.delivery.models import (
    Delivery,
    MemberDefault,
    PortalMessage,
    Reserve,
    SubstituteRank,
    WorkItem,
    WorkLot,
)
from cordee.delivery.reads.failing import next_substitute
from cordee.delivery.reads.votes import adopted, vote_of
from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat

VOTE_LENGTH = timedelta(days=4)


class NotYourTurn(Refusal):
    """Another comes first in the agreed order."""


def stand_by(delivery: Delivery, *, wanted: bool, by: Actor, at: datetime) -> SubstituteRank | None:
    """Put one's company on the list of those who would take over, or take it off; the order is that of the list.

    Allowed       a company that takes part, for itself.
    Refused when  a default is being dealt with.
    Tells         delivery.substitute.listed: the seat, on the list or off.
    """
    with act("delivery.substitute.listed", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        if fresh.defaults.filter(settled_at=None).exists():
            raise Refusal(_("L’ordre de reprise ne change pas pendant une défaillance."))
        facts |= {"seat": seat.public_id, "listed": wanted}
        if not wanted:
            SubstituteRank.objects.filter(delivery=fresh, seat=seat).delete()
            return None
        row, _new = SubstituteRank.objects.get_or_create(delivery=fresh, seat=seat, defaults={"at": at})
    return row


def raise_default(
    delivery: Delivery, *, failing: Seat, what: str, answer_by: date, by: Actor, at: datetime
) -> MemberDefault:
    """Say that a company no longer delivers what it carries: it is told at once, and answers first.

    Allowed       a company that takes part, about another one or about itself.
    Refused when  nothing is said; the date to answer is past; it is raised already; that company takes no part.
    Tells         delivery.default.raised: the seat, until when it answers.
    """
    with act("delivery.default.raised", book=delivery.grouping.book, by=by, at=at) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        if not fresh.members.filter(seat=failing, left_at=None).exists():
            raise Refusal(_("Choisissez une entreprise du chantier."))
        if answer_by < at.date():
            raise Refusal(_("Cette date est passée."), do=_("Laissez à cette entreprise le temps de répondre."))
        if fresh.defaults.filter(seat=failing, settled_at=None).exists():
            raise Refusal(_("Cette alerte est déjà ouverte."))
        found = MemberDefault.objects.create(
            public_id=new_public_id(), delivery=fresh, seat=failing, what=said(what), answer_by=answer_by,
            raised_by=seat, raised_at=at,
        )  # fmt: skip
        facts.on = address(found)
        facts |= {"delivery": fresh.public_id, "seat": failing.public_id, "until": answer_by.isoformat()}
    return found


def _fresh(default: MemberDefault, *states: str) -> MemberDefault:
    known = MemberDefault.objects.select_for_update(of=("self",)).select_related("seat__company", "delivery__grouping")
    mine = known.get(pk=default.pk)
    if mine.state not in states:
        raise Refusal(_("Cette défaillance n’en est pas là."), do=_("Rechargez la page."))
    return mine


def answer_default(default: MemberDefault, *, text: str, resumes: bool, by: Actor, at: datetime) -> MemberDefault:
    """Answer an alert about one's own company: it takes its work up again, or says what it cannot do.

    Allowed       the company concerned.
    Refused when  nothing is said; somebody has taken over already.
    Tells         delivery.default.answered: whether it takes its work up again.
    """
    with act("delivery.default.answered", book=default.delivery.grouping.book, by=by, at=at, on=default) as facts:
        _delivery, seat = at_the_delivery(default.delivery, by)
        mine = _fresh(default, MemberDefault.State.ALERT, MemberDefault.State.SEEKING)
        if seat.pk != mine.seat_id:
            raise NotAllowed(_("L’entreprise concernée répond."))
        mine.answer, mine.answered_at = said(text), at
        if resumes:
            mine.state, mine.settled_at = MemberDefault.State.LIFTED, at
        mine.save()
        facts["resumes"] = resumes
    return mine


def seek_substitute(default: MemberDefault, *, by: Actor, at: datetime) -> MemberDefault:
    """Call those of the list, in order, once the company has answered or its time is over.

    Allowed       a company that takes part, other than the one concerned.
    Refused when  it may still answer.
    Tells         delivery.default.called: who comes first.
    """
    with act("delivery.default.called", book=default.delivery.grouping.book, by=by, at=at, on=default) as facts:
        _delivery, seat = at_the_delivery(default.delivery, by)
        mine = _fresh(default, MemberDefault.State.ALERT)
        if seat.pk == mine.seat_id:
            raise NotAllowed(_("Une autre entreprise le fait."))
        if mine.answered_at is None and at.date() <= mine.answer_by:
            raise Refusal(_("Cette entreprise peut encore répondre."), do=_("Attendez sa réponse ou la date dite."))
        mine.state = MemberDefault.State.SEEKING
        mine.save(update_fields=["state"])
        first = next_substitute(mine)
        facts["first"] = first.public_id if first else ""
    return mine


def answer_call(
    default: MemberDefault, *, takes_over: bool, cost_cents: int = 0, days: int = 0, by: Actor, at: datetime
) -> MemberDefault:
    """Take over at a cost, or leave it to the next. Nobody is made to take over.

    Allowed       whoever comes next in the agreed order; once the list is exhausted, any company but the one concerned.
    Refused when  another comes first; nobody is being sought.
    Tells         delivery.default.offered: takes over or not, the cost and the days.
    """
    with act("delivery.default.offered", book=default.delivery.grouping.book, by=by, at=at, on=default) as facts:
        _delivery, seat = at_the_delivery(default.delivery, by)
        mine = _fresh(default, MemberDefault.State.SEEKING)
        first = next_substitute(mine)
        if seat.pk == mine.seat_id or (first is not None and first.pk != seat.pk):
            raise NotYourTurn(
                _("L’ordre convenu appelle d’abord %(who)s.") % {"who": first.company if first else _("une autre")}
            )
        if takes_over:
            mine.substitute, mine.cost_cents, mine.days = seat, cost_cents, days
        else:
            mine.passed = [*mine.passed, seat.public_id]
        mine.save()
        facts |= {"seat": seat.public_id, "takes_over": takes_over, "cents": cost_cents, "days": days}
    return mine


def put_pact_to_vote(default: MemberDefault, *, borne: str, by: Actor, at: datetime) -> Ballot:
    """Put the completion pact to the vote: who takes over, at what cost, who bears it.

    Allowed       a company that takes part, other than the one concerned.
    Refused when  nobody has said they take over; who bears the cost is not said.
    Tells         delivery.pact.voted, and governance.ballot.opened.
    """
    with act("delivery.pact.voted", book=default.delivery.grouping.book, by=by, at=at, on=default) as facts:
        delivery, seat = at_the_delivery(default.delivery, by)
        mine = _fresh(default, MemberDefault.State.SEEKING)
        if mine.substitute is None or seat.pk == mine.seat_id:
            raise Refusal(_("Personne n’a encore dit qu’il reprenait."))
        mine.borne = said(borne, 300)
        words = {"title": delivery.title, "who": mine.substitute.company, "failing": mine.seat.company,
                 "sum": euros(mine.cost_cents or 0), "days": mine.days, "borne": mine.borne}  # fmt: skip
        with for_the_papers():
            title = _("Pacte d’achèvement : %(title)s") % words
            text = (
                _(
                    "%(who)s reprend ce que portait %(failing)s. Surcoût : %(sum)s hors taxes, %(days)s jours ouvrés.\n"
                    "Qui le supporte : %(borne)s"
                )
                % words
            )
        ballot = propose_resolution(
            delivery.grouping, title=title[:160], text=text, decision_type="budget", closes_at=at + VOTE_LENGTH,
            by=by, at=at,
        )  # fmt: skip
        mine.state, mine.ballot = MemberDefault.State.PACT, address(ballot)
        mine.save()
        facts |= {"substitute": mine.substitute.public_id, "ballot": ballot.public_id}
    return ballot


def carry_out_pact(default: MemberDefault, *, tell: str, by: Actor, at: datetime) -> MemberDefault:
    """Carry the pact out: lots, cards and reserves go to the one who took over; the client is informed.

    Allowed       the single contact, its deputy.
    Refused when  the vote is not over; nothing is said to the client. A pact that is rejected sends back to the search.
    Tells         delivery.pact.carried_out: adopted or not, how many lots and cards, the message to the client.
    """
    with act("delivery.pact.carried_out", book=default.delivery.grouping.book, by=by, at=at, on=default) as facts:
        delivery, seat = as_contact(default.delivery, by)
        mine = _fresh(default, MemberDefault.State.PACT)
        ballot = vote_of(mine.ballot)
        if ballot is None or ballot.closed_at is None:
            raise Refusal(_("Le vote n’est pas terminé."))
        if not adopted(ballot) or mine.substitute is None:
            mine.state, mine.substitute, mine.cost_cents, mine.ballot = MemberDefault.State.SEEKING, None, None, ""
            mine.save()
            facts |= {"adopted": False, "lots": 0, "cards": 0, "message": 0}
            return mine
        text = said(tell)
        lots = WorkLot.objects.filter(delivery=delivery, seat=mine.seat).update(seat=mine.substitute)
        left = WorkItem.objects.filter(delivery=delivery, seat=mine.seat).exclude(state=WorkItem.State.DONE)
        cards = 0
        for card in left.select_for_update():
            card.seat, card.moved_by, card.moved_at = mine.substitute, mine.substitute, at
            card.version += 1
            card.save()
            cards += 1
        Reserve.objects.filter(delivery=delivery, seat=mine.seat, lifted_at=None).update(seat=mine.substitute)
        told = 0
        if delivery.client_person_id is not None:
            told = PortalMessage.objects.create(delivery=delivery, text=text, by=by.person, seat=seat, at=at).pk
        mine.state, mine.settled_at = MemberDefault.State.TAKEN_OVER, at
        mine.save()
        facts |= {
            "adopted": True,
            "lots": lots,
            "cards": cards,
            "substitute": mine.substitute.public_id,
            "message": told,
        }
    return mine
