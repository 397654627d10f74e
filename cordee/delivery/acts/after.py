"""Afterwards: three questions to the client, « est-ce que cela a marché ? » to the members."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.delivery.acts.inside import as_client, at_the_delivery
from cordee.delivery.models import ClientVerdict, Delivery, MemberVerdict
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor, Clockwork, Link
from cordee.ground.register.acts import act

ASK_AGAIN_AFTER = timedelta(days=60)
CLOCK = Clockwork()


def give_client_verdict(
    delivery: Delivery, link: Link, *, simpler: str, on_time: str, again: str, text: str = "", at: datetime
) -> ClientVerdict:
    """Answer the three questions: was it simpler, was it on time, would you do it again.

    Allowed       the client, by their link, once it is over; the answer may be changed.
    Refused when  it is not over; an answer is not one of those that exist.
    Tells         delivery.client.judged: the three answers.
    """
    with act("delivery.client.judged", book=delivery.grouping.book, by=link.actor, at=at, on=delivery) as facts:
        fresh = as_client(delivery, link, at=at, ended=True)
        if fresh.open:
            raise Refusal(_("Le chantier n’est pas terminé."))
        answers = {"simpler": simpler, "on_time": on_time, "again": again}
        if any(each not in ClientVerdict.Answer.values for each in answers.values()):
            raise Refusal(_("Répondez aux trois questions."))
        found, _new = ClientVerdict.objects.update_or_create(
            delivery=fresh, defaults={**answers, "text": text.strip(), "at": at}
        )
        facts |= answers
    return found


def give_verdict(delivery: Delivery, *, answer: str, text: str = "", by: Actor, at: datetime) -> MemberVerdict:
    """Say whether it worked for one's company; « pas encore » is asked again two months later.

    Allowed       a company that takes part, once it is over; the answer may be changed.
    Refused when  it is not over; the answer is not one of those that exist.
    Tells         delivery.member.judged: the answer.
    """
    with act("delivery.member.judged", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        fresh, seat = at_the_delivery(delivery, by, ended=True)
        if fresh.open or answer not in MemberVerdict.Answer.values:
            raise Refusal(_("Le chantier n’est pas terminé, ou rien n’est choisi."))
        again = localtime(at + ASK_AGAIN_AFTER).date() if answer == MemberVerdict.Answer.NOT_YET else None
        found, _new = MemberVerdict.objects.update_or_create(
            delivery=fresh, seat=seat,
            defaults={"answer": answer, "text": text.strip(), "at": at, "ask_on": again, "asked_again": False},
        )  # fmt: skip
        facts |= {"seat": seat.public_id, "answer": answer}
    return found


def ask_again(verdict: MemberVerdict, *, at: datetime) -> MemberVerdict:
    """Ask a company again that had said « pas encore »; the letter follows from the register.

    Allowed       Cordée itself.
    Refused when  the day has not come, or it was asked already.
    Tells         delivery.member.asked_again.
    """
    with act(
        "delivery.member.asked_again", book=verdict.delivery.grouping.book, by=CLOCK, at=at, on=verdict.delivery
    ) as facts:
        due = MemberVerdict.objects.filter(pk=verdict.pk, asked_again=False, ask_on__lte=localtime(at).date())
        if not due.update(asked_again=True):
            raise Refusal(_("Cette question n’est pas encore à reposer."))
        facts["seat"] = verdict.seat.public_id
    return verdict
