"""Asking which legal forms fit: the answer is kept, and shown to the whole grouping."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.agreements.models import FormAdvice
from cordee.engines import legal_forms
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping


class TooFewAnswers(Refusal):
    """Nothing was answered: there is nothing to compare."""


def keep_advice(grouping: Grouping, *, answers: Mapping[str, str], by: Actor, at: datetime) -> FormAdvice:
    """Compare the legal forms for these answers, and keep the comparison with the version of the rules.

    Allowed       any member of the grouping.
    Refused when  what the grouping wants to do is not answered.
    Tells         agreements.advice.kept: the version of the rules, how many forms fit; not the answers.
    """
    with act("agreements.advice.kept", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        if "aim" not in answers:
            raise TooFewAnswers(
                _("Dites au moins ce que vous voulez faire d’abord."), do=_("Choisissez une réponse, puis comparez.")
            )
        advice = legal_forms.advise(answers)
        kept = FormAdvice.objects.create(
            grouping=grouping,
            asked_by=seat,
            asked_at=at,
            answers=dict(answers),
            rules_version=advice.version,
            comparison=legal_forms.recorded(advice),
        )
        facts.on = address(kept)
        facts |= {"rules": advice.version, "fits": len(advice.fits)}
    return kept
