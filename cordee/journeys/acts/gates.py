"""Passing from one stage of life to another; preparing the convention."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cordee.agreements.acts import prepare_agreement
from cordee.agreements.models import Agreement, DocumentKind
from cordee.engines import lifecycle
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.groupings.acts.at_the_table import leading_seat, living
from cordee.groupings.models import Grouping, Settling
from cordee.journeys.reads import convention_values, facts


class GateShut(Refusal):
    """Something is missing: the refusal lists it."""


class NoSuchWay(Refusal):
    """From this stage one does not go there."""


def pass_gate(grouping: Grouping, *, to: str, by: Actor, at: datetime) -> Grouping:
    """Take the grouping to another stage of its life, when nothing is missing for it.

    Allowed       whoever leads it.
    Refused when  a point is missing (all are listed), or there is no such way from where it is.
    Tells         journeys.gate.passed: from, to, how many companies, partenariat or groupement.
    """
    with act("journeys.gate.passed", book=grouping.book, by=by, at=at, on=grouping) as told:
        fresh = living(grouping)
        leading_seat(fresh, by, _("faire passer cette étape"))
        report = way_of(fresh, to)
        if not report.open:
            missing = " ".join(lifecycle.say_point(point, language()) for point in report.missing)
            raise GateShut(_("Il manque encore quelque chose."), why=missing)
        told |= move(fresh, report, at=at)
    return fresh


def way_of(grouping: Grouping, to: str) -> lifecycle.GateReport:
    """The gate from where a grouping is to another stage; refused where there is no such way."""
    known = facts(grouping)
    stage = next((each for each in lifecycle.ways(known.stage) if each == to), None)
    if stage is None:
        raise NoSuchWay(
            _("On ne passe pas de « %(here)s » à cette étape.") % {"here": grouping.get_stage_display()},
            do=_("Rechargez la page : quelqu’un a peut-être déjà fait avancer le groupement."),
        )
    return lifecycle.gate(known, stage)


def move(grouping: Grouping, report: lifecycle.GateReport, *, at: datetime) -> dict[str, Any]:
    """Change the stage, inside the act that does it; give the facts that its line tells."""
    told: dict[str, Any] = {"from": grouping.stage, "to": report.to, "kind": report.kind}
    told["companies"] = grouping.seats.filter(state="member").count()
    grouping.stage, grouping.stage_since, grouping.below_since = report.to, at, None
    grouping.version += 1
    grouping.save(update_fields=["stage", "stage_since", "below_since", "version"])
    if report.to == "winding_up":
        for item in lifecycle.CHECKLIST:
            Settling.objects.get_or_create(grouping=grouping, item=item, defaults={"at": at})
    return told


def prepare_convention(grouping: Grouping, *, by: Actor, at: datetime) -> Agreement:
    """Start the convention of a groupement momentané from all that is known: members, lead, the occasion and its lots.

    Allowed  any member of the grouping.
    Tells    agreements.agreement.prepared.
    """
    values, need = convention_values(grouping)
    return prepare_agreement(grouping, kind=DocumentKind.GME_CONJOINT, answers=values, about=need, by=by, at=at)
