"""A decision taken around a table: written in one sentence, with those present, and confirmed by each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.governance import permissions
from cordee.governance.acts.ballots import NotThatWay, open_ballot
from cordee.governance.acts.meetings import NoticeTooShort
from cordee.governance.models import AgendaItem, Ballot, DecisionType, Meeting, Resolution
from cordee.governance.reads import rule_and_weights
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat

TIME_TO_CONFIRM = timedelta(days=7)
AGREED = {"majority": "for", "consent": "consent", "gradients": "endorse"}


class NobodyThere(Refusal):
    """A decision is taken by those who are there."""


def enter_room_decision(
    grouping: Grouping,
    *,
    sentence: str,
    present: Sequence[Seat],
    by: Actor,
    at: datetime,
    decision_type: str = DecisionType.ORDINARY,
    effect: str = "",
    effect_on: str = "",
) -> Ballot:
    """Write down what was decided around a table; each of those present confirms it from a link of their own.

    The house rule decides as ever: quorum and majority are counted on those who confirm. Who does not answer within a
    week has confirmed nothing.

    Allowed       any member of the grouping, who confirms by writing when he or she was there.
    Refused when  nothing is written, nobody was there, the rule asks for a secret vote or a choice among options; the
                  rule leaves time to think, and no notice of a meeting had put such a decision on the agenda.
    Tells         governance.decision.entered: type, how many were there.
    """
    sentence = " ".join(sentence.split())
    with act("governance.decision.entered", book=grouping.book, by=by, at=at) as facts:
        clerk = acting_seat(grouping, by)
        if not permissions.may_propose(clerk):
            raise NotAllowed(_("Seuls les membres inscrivent une décision."))
        there = {seat.pk for seat in present}
        if not sentence or not there:
            raise NobodyThere(_("Dites ce qui a été décidé, et qui était là."))
        _thought_over(grouping, decision_type, at=at)
        resolution = Resolution.objects.create(
            grouping=grouping,
            title=sentence[:160],
            text=sentence,
            decision_type=decision_type,
            effect=effect,
            effect_on=effect_on,
            proposed_by=clerk,
            proposed_at=at,
        )
        ballot = open_ballot(resolution, call=1, closes_at=at + TIME_TO_CONFIRM, at=at, in_room=True)
        said = AGREED.get(ballot.rule["method"], "")
        if not said or ballot.rule["secret"]:
            raise NotThatWay(
                _("Le règlement demande un vote secret pour cela."), do=_("Ouvrez un vote : chacun reçoit un lien.")
            )
        others = ballot.voters.filter(seat__in=there).exclude(seat=clerk)
        asked = others.update(phoned=said, phoned_by=clerk, phoned_at=at)
        if clerk.pk in there:
            asked += ballot.voters.filter(seat=clerk).update(choice=said, cast_at=at, cast_by=by.person)
        facts.on = address(ballot)
        facts |= {"resolution": resolution.public_id, "type": decision_type, "present": asked}
    return ballot


def _thought_over(grouping: Grouping, decision_type: str, *, at: datetime) -> None:
    """Refuse to decide at once what the rule leaves time for, unless a meeting of these days was called to decide it.

    A meeting that was called has its own notice, which the house rule said when it was sent.
    """
    days = rule_and_weights(grouping, decision_type)[0].delay_days
    if not days:
        return
    lately = Meeting.objects.filter(
        grouping=grouping,
        called_at__isnull=False,
        starts_at__gt=at - TIME_TO_CONFIRM,
        starts_at__date__lte=localtime(at).date(),
    ).exclude(state=Meeting.State.CANCELLED)
    if AgendaItem.objects.filter(meeting__in=lately, kind=AgendaItem.Kind.DECIDE, decision_type=decision_type).exists():
        return
    raise NoticeTooShort(
        ngettext(
            "Le règlement laisse %(days)s jour au moins pour cette décision.",
            "Le règlement laisse %(days)s jours au moins pour cette décision.",
            days,
        )
        % {"days": days},
        why=_("Aucune réunion de ces sept derniers jours n’avait été convoquée pour en décider."),
        do=_("Ouvrez un vote : chacun aura le temps d’y penser. Ou convoquez une réunion, avec ce point à décider."),
    )
