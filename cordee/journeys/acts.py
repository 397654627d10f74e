"""Acts that cross rooms: passing from one stage of life to another."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.agreements.acts import prepare_agreement
from cordee.agreements.models import Agreement, DocumentKind
from cordee.engines import lifecycle
from cordee.governance.acts import adopt_rule, note_effect
from cordee.governance.models import Ballot, Resolution, rule_from_json
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.acts import give_office, open_exchange
from cordee.groupings.acts.at_the_table import leading_seat, living
from cordee.groupings.models import Grouping, Office, Seat
from cordee.journeys.reads import convention_values, facts
from cordee.money.acts import adopt_voted

__all__ = ["GateShut", "NoSuchWay", "apply_decision", "open_exchange", "pass_gate", "prepare_convention"]


class GateShut(Refusal):
    """Something is missing: the refusal lists it."""


class NothingToApply(Refusal):
    """The decision was not adopted, or its effect is done."""


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


def prepare_convention(grouping: Grouping, *, by: Actor, at: datetime) -> Agreement:
    """Start the convention of a groupement momentané from all that is known: members, lead, the occasion and its lots.

    Allowed  any member of the grouping.
    Tells    agreements.agreement.prepared.
    """
    values, need = convention_values(grouping)
    return prepare_agreement(grouping, kind=DocumentKind.GME_CONJOINT, answers=values, about=need, by=by, at=at)


def apply_decision(resolution: Resolution, *, at: datetime) -> Resolution:
    """Do what an adopted resolution says: name the lead, put the rules or the key in force.

    Allowed       Cordée itself, once the vote is closed and adopted; doing it twice does it once.
    Refused when  the resolution was not adopted.
    Tells         journeys.decision.applied, and the acts of the rooms concerned.
    """
    by = Clockwork()
    with act("journeys.decision.applied", book=resolution.grouping.book, by=by, at=at, on=resolution) as told:
        fresh = Resolution.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=resolution.pk)
        if fresh.effect_at or not fresh.ballots.filter(outcome=Ballot.Outcome.ADOPTED).exists():
            raise NothingToApply(_("Cette décision n’a pas d’effet à appliquer."))
        source, key = address(fresh), fresh.effect_on.rpartition("/")[2]
        match fresh.effect:
            case Resolution.Effect.COORDINATOR:
                seat = Seat.objects.filter(grouping=fresh.grouping, public_id=key, state=Seat.State.MEMBER).first()
                if seat is not None:  # it may have left between the vote and its closing
                    give_office(fresh.grouping, Office.Role.COORDINATOR, seat, by=by, at=at, by_decision=source)
            case Resolution.Effect.RULES:
                for kind in lifecycle.DECISION_TYPES:
                    rule = lifecycle.default_rule(fresh.effect_data["form"], kind) if fresh.effect_data else None
                    rule = rule or lifecycle.proposed_rule(kind)
                    adopt_rule(fresh.grouping, kind, rule, by=by, at=at, by_decision=source)
            case Resolution.Effect.RULE:
                _change_rule(fresh, at=at)
            case Resolution.Effect.KEY:
                adopt_voted(fresh.effect_on, by_decision=source, by=by, at=at)
        note_effect(fresh, at=at)
        told["effect"] = fresh.effect
    return fresh


def _change_rule(resolution: Resolution, *, at: datetime) -> None:
    """Put in force the very rule that was voted: it was kept with the question."""
    data = resolution.effect_data
    rule, source = rule_from_json(data["rule"]), address(resolution)
    adopt_rule(
        resolution.grouping, data["type"], rule, weights=data["weights"], by=Clockwork(), at=at, by_decision=source
    )
