"""Acts that cross rooms: passing from one stage of life to another."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.engines import lifecycle
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.groupings.acts import open_exchange
from cordee.groupings.acts.at_the_table import leading_seat, living
from cordee.groupings.models import Grouping
from cordee.journeys.reads import facts, language

__all__ = ["GateShut", "NoSuchWay", "open_exchange", "pass_gate"]


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
        known = facts(fresh)
        stage = next((each for each in lifecycle.ways(known.stage) if each == to), None)
        if stage is None:
            raise NoSuchWay(
                _("On ne passe pas de « %(here)s » à cette étape.") % {"here": fresh.get_stage_display()},
                do=_("Rechargez la page : quelqu’un a peut-être déjà fait avancer le groupement."),
            )
        report = lifecycle.gate(known, stage)
        if not report.open:
            missing = " ".join(lifecycle.say_point(point, language()) for point in report.missing)
            raise GateShut(_("Il manque encore quelque chose."), why=missing)
        told["from"], told["to"], told["kind"] = fresh.stage, stage, report.kind
        told["companies"] = known.companies
        fresh.stage, fresh.stage_since = stage, at
        fresh.version += 1
        fresh.save(update_fields=["stage", "stage_since", "version"])
    return fresh
