"""Inside a bid: what the buyer asks, questions, statements, the vote, the frozen team, the submission, the end."""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError as BadNumber

from cordee.engines.procurement import CASES, may_change
from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat
from cordee.offers.acts.bids import at_the_bid
from cordee.offers.models import Bid, BidMember, BidQuestion, BidRequirement
from cordee.offers.reads.checklist import missing_to_freeze, missing_to_submit
from cordee.offers.reads.prices import total_of
from cordee.offers.reads.submission import submission_zip
from cordee.offers.reads.sums import told_total


class NotReady(Refusal):
    """Something is missing: the list says what, and who can do it."""


class CompositionFrozen(Refusal):
    """The case given does not let the team change."""


def ask_requirement(
    bid: Bid, *, kind: str, minimum: int = 1, label: str = "", each: bool = False, by: Actor, at: datetime
) -> BidRequirement:
    """Note what the buyer asks of the team, or of each member.

    Allowed       any member of the grouping.
    Refused when  the bid is over; a certificate without a name.
    Tells         offers.requirement.noted: which kind.
    """
    with act("offers.requirement.noted", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, _seat = at_the_bid(bid, by)
        if kind == BidRequirement.Kind.CERTIFICATE and not label.strip():
            raise Refusal(_("Quel certificat ?"), do=_("Écrivez son nom, par exemple « Qualibat 4311 »."))
        found = BidRequirement.objects.create(bid=fresh, kind=kind, label=label.strip(), minimum=minimum, each=each)
        facts["kind"] = kind
    return found


def drop_requirement(requirement: BidRequirement, *, by: Actor, at: datetime) -> None:
    """Take a line out that the buyer does not ask.

    Allowed       any member of the grouping.
    Refused when  the team is frozen.
    Tells         offers.requirement.dropped: which kind.
    """
    with act("offers.requirement.dropped", book=requirement.bid.book, by=by, at=at, on=requirement.bid) as facts:
        at_the_bid(requirement.bid, by)
        facts["kind"] = requirement.kind
        BidRequirement.objects.filter(pk=requirement.pk).delete()


def ask_question(bid: Bid, text: str, *, by: Actor, at: datetime) -> BidQuestion:
    """Note a question for the buyer.

    Allowed       any member of the grouping.
    Refused when  nothing is written; the bid is over.
    Tells         offers.question.asked, without its words.
    """
    with act("offers.question.asked", book=bid.book, by=by, at=at) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        if not text.strip():
            raise Refusal(_("Écrivez la question."))
        found = BidQuestion.objects.create(bid=fresh, text=text.strip()[:4000], asked_by=seat, asked_at=at)
        facts.on = address(found)
        facts["bid"] = fresh.public_id
    return found


def answer_question(question: BidQuestion, answer: str, *, by: Actor, at: datetime) -> BidQuestion:
    """Note what the buyer answered, for all to see.

    Allowed       any member of the grouping.
    Refused when  nothing is written; the bid is over.
    Tells         offers.question.answered.
    """
    with act("offers.question.answered", book=question.bid.book, by=by, at=at, on=question):
        at_the_bid(question.bid, by, frozen=True)
        if not answer.strip():
            raise Refusal(_("Écrivez la réponse reçue."))
        fresh = BidQuestion.objects.select_for_update().get(pk=question.pk)
        fresh.answer, fresh.answered_at = answer.strip()[:4000], at
        fresh.save(update_fields=["answer", "answered_at"])
    return fresh


def declare_honour(bid: Bid, *, iban: str = "", by: Actor, at: datetime) -> BidMember:
    """State, for one's own company, that no ground for exclusion applies to it; and on which account it is paid.

    Allowed       a member of the bid, by whoever commits the company.
    Refused when  the company has no part in it; the account number is wrong.
    Tells         offers.honour.declared, without the account.
    """
    with act("offers.honour.declared", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        member = BidMember.objects.select_for_update().filter(bid=fresh, seat=seat, left_at=None).first()
        if member is None:
            raise NotAllowed(_("Votre entreprise n’a pas encore de part dans cette offre."))
        if iban.strip():
            try:
                member.iban = iban_numbers.validate(iban)
            except BadNumber:
                raise Refusal(
                    _("Ce numéro de compte n’est pas un IBAN."), do=_("Recopiez-le depuis votre RIB, espaces compris.")
                ) from None
        member.declared_at = at
        member.save(update_fields=["iban", "declared_at"])
        facts["seat"] = seat.public_id
    return member


def call_go(bid: Bid, *, by: Actor, at: datetime) -> Ballot:
    """Put « do we answer? » to the vote: it closes at the day planned for that decision, or in three days.

    Allowed       any member of the grouping.
    Refused when  the vote is already open; the team is frozen.
    Tells         offers.go.called, and governance.ballot.opened.
    """
    with act("offers.go.called", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, _seat = at_the_bid(bid, by)
        if fresh.go_ballot:
            raise Refusal(_("Le vote « on y va ? » est déjà ouvert."), do=_("Retrouvez-le dans « Décisions »."))
        closes = at + timedelta(days=3)
        if fresh.deadline is not None:
            closes = max(at + timedelta(hours=2), min(closes, fresh.deadline - timedelta(days=1)))
        words = {"title": fresh.title, "client": fresh.client}
        tender = fresh.kind == Bid.Kind.TENDER
        ballot = propose_resolution(
            fresh.grouping,
            title=(_("Répondre ensemble : %(title)s") if tender else _("Proposer : %(title)s")) % words,
            text=_("Client : %(client)s. Chacun voit sa part, le planning et ce qui manque sur la page de l’offre.")
            % words,
            decision_type="ordinary",
            closes_at=closes,
            effect="answer" if tender else "",
            effect_on=address(fresh) if tender else "",
            by=by,
            at=at,
        )
        fresh.go_ballot = address(ballot)
        fresh.save(update_fields=["go_ballot"])
        facts["ballot"] = ballot.public_id
    return ballot


def freeze_bid(bid: Bid, *, by: Actor, at: datetime) -> Bid:
    """Freeze the team, the parts and the prices: what the buyer will receive. The sum is computed now.

    Allowed       whoever leads the bid, or the one who opened it where nobody leads yet.
    Refused when  the competition note forbids it or is not complete; a part has no price; a member has not stated
                  its honour; no lead, no form of liability.
    Tells         offers.bid.frozen: how many members and parts; no amount.
    """
    with act("offers.bid.frozen", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by)
        leads_bid(fresh, seat)
        missing = missing_to_freeze(fresh)
        if missing:
            raise NotReady(_("L’équipe ne peut pas encore être figée."), why=" ".join(missing[:4]))
        fresh.state, fresh.frozen_at = Bid.State.FROZEN, at
        fresh.total_cents = told_total(fresh, total_of(fresh))
        fresh.version += 1
        fresh.save()
        facts |= {
            "members": fresh.members.filter(left_at=None).count(),
            "parts": fresh.parts.count(),
        }
    return fresh


def leads_bid(bid: Bid, seat: Seat) -> None:
    """Whoever leads the bid acts for all; where nobody leads, who opened it."""
    if seat.pk != (bid.lead_id or bid.opened_by_id):
        who = bid.lead.company if bid.lead else bid.opened_by.company
        raise NotAllowed(_("C’est au mandataire de le faire : %(company)s.") % {"company": who})


def replace_member(bid: Bid, *, leaving: Seat, case: str, evidence: str, by: Actor, at: datetime) -> Bid:
    """Open the team again because a member can no longer take part; the buyer must agree.

    Allowed       whoever leads the bid.
    Refused when  the case is none of those the law knows, or not for this procedure; no proof is given.
    Tells         offers.composition.reopened: the case, who leaves.
    """
    with act("offers.composition.reopened", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        leads_bid(fresh, seat)
        stage = "before" if fresh.state == Bid.State.PREPARING else "frozen"
        verdict = may_change(stage, case, negotiated=fresh.negotiated, lang=language())  # type: ignore[arg-type]
        if not verdict.allowed or case not in CASES:
            raise CompositionFrozen(_("L’équipe ne peut pas changer ainsi."), why=verdict.why)
        if not evidence.strip():
            raise Refusal(_("Dites ce qui s’est passé, et la preuve."), do=_("L’acheteur la demandera."))
        member = fresh.members.filter(seat=leaving, left_at=None).first()
        if member is None:
            raise Refusal(_("Cette entreprise n’est pas dans l’offre."))
        member.left_at = at
        member.save(update_fields=["left_at"])
        fresh.parts.filter(seat=leaving).delete()
        fresh.state, fresh.frozen_at, fresh.total_cents = Bid.State.PREPARING, None, None
        fresh.version += 1
        fresh.save()
        facts |= {"case": case, "leaving": leaving.public_id}
    return fresh


def submit_bid(bid: Bid, *, by: Actor, at: datetime) -> Bid:
    """Make the one file of the joint submission and note that it was handed in.

    Allowed       whoever leads the bid.
    Refused when  the team is not frozen; a paper is missing or over; the deadline is past.
    Tells         offers.bid.submitted: digest of the file, how many pieces.
    """
    with act("offers.bid.submitted", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        leads_bid(fresh, seat)
        if fresh.state != Bid.State.FROZEN:
            raise NotReady(_("Figez d’abord l’équipe : ce qui part ne change plus."))
        if fresh.deadline is not None and fresh.deadline < at:
            raise NotReady(_("Le délai de remise est passé."))
        missing = missing_to_submit(fresh, on=localtime(at).date())
        if missing:
            raise NotReady(_("Il manque encore des pièces."), why=" ".join(missing[:4]))
        pack = submission_zip(fresh, at=at, reader=None, mark=token_hex(12))
        name = f"reponse-{fresh.public_id}.zip"
        fresh.submission = keep(SimpleUploadedFile(name, pack.content), book=fresh.book, by=by.person, at=at)
        fresh.state, fresh.submitted_at = Bid.State.SUBMITTED, at
        fresh.save(update_fields=["submission", "state", "submitted_at"])
        facts |= {"digest": fresh.submission.digest, "pieces": len(pack.names)}
    return fresh


def close_bid(bid: Bid, *, result: str, why: str, lessons: str = "", by: Actor, at: datetime) -> Bid:
    """Note how it ended, why, and what to do better; the prices are sealed: nobody reads them here any more.

    Allowed       whoever leads the bid.
    Refused when  it is already over; the reason is not said; won or lost although nothing was handed in.
    Tells         offers.bid.closed: won, lost or abandoned; offers.room.sealed.
    """
    with act("offers.bid.closed", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        leads_bid(fresh, seat)
        if result not in (Bid.State.WON, Bid.State.LOST, Bid.State.ABANDONED):
            raise Refusal(_("Dites si elle est gagnée, perdue ou abandonnée."))
        if result != Bid.State.ABANDONED and fresh.state != Bid.State.SUBMITTED:
            raise Refusal(_("Rien n’a encore été déposé."), do=_("Déposez l’offre, ou abandonnez-la."))
        if not why.strip():
            raise Refusal(_("Dites pourquoi, en une phrase."), do=_("Elle servira à la prochaine réponse."))
        fresh.state, fresh.why, fresh.lessons = result, why.strip(), lessons.strip()
        fresh.closed_at = at
        fresh.save(update_fields=["state", "why", "lessons", "closed_at"])
        facts["result"] = result
        seal_room(fresh, by=by, at=at)
    return fresh


def seal_room(bid: Bid, *, by: Any, at: datetime) -> Bid:
    """Seal the clean team's room: unit prices are read by nobody any more, the assembler included.

    Allowed       Cordée itself, when a bid ends; whoever assembles or leads, before.
    Refused when  never: done twice, it stays as it was.
    Tells         offers.room.sealed.
    """
    with act("offers.room.sealed", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
        if fresh.sealed_at is None:
            fresh.sealed_at = at
            fresh.save(update_fields=["sealed_at"])
        facts["reads"] = fresh.price_reads.count()
    return fresh
