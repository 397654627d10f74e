"""Answering a questionnaire, for one's own company."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.directory.permissions import speaks_for
from cordee.engines.learning import BAROMETER, PRACTICES
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.learning.models import Answering

ASKED = {Answering.Kind.BAROMETER.value: BAROMETER, Answering.Kind.PRACTICES.value: PRACTICES}


class NotAnswered(Refusal):
    """A question has no answer from 1 to 5."""


def give_answers(
    company: Company, *, kind: str, period: str, answers: Mapping[str, int], by: Actor, at: datetime
) -> Answering:
    """Answer for one's own company; the same quarter or year again replaces what one said.

    Allowed       who speaks for the company.
    Refused when  a question is left out.
    Tells         learning.answers.given: which questionnaire, for when; never an answer.
    """
    with act("learning.answers.given", book=company.book, by=by, at=at, on=company) as facts:
        if not speaks_for(by.person, company):
            raise NotAllowed(_("Seule la personne qui représente l’entreprise répond pour elle."))
        wanted = [question.slug for question in ASKED[kind]]
        if any(answers.get(slug) not in (1, 2, 3, 4, 5) for slug in wanted):
            raise NotAnswered(_("Répondez à chaque question, de 1 à 5."))
        given = {slug: answers[slug] for slug in wanted}
        made, _new = Answering.objects.update_or_create(
            company=company, kind=kind, period=period, defaults={"answers": given, "at": at}
        )
        facts |= {"kind": kind, "period": period}
    return made
