"""The house rules: they change only by a vote, and the new ones are in force from the day they were adopted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cordee.engines import voting
from cordee.governance.acts.ballots import propose_resolution
from cordee.governance.models import Ballot, DecisionType, HouseRule, Resolution, rule_from_json, rule_to_json
from cordee.governance.reads import rule_text
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.models import Grouping, Seat


class NobodyIsBound(Refusal):
    """No vote binds a company to answer for others: it says yes itself."""


class NothingChanges(Refusal):
    """The rule proposed is the one in force."""


def propose_rule(
    grouping: Grouping,
    decision_type: str,
    rule: voting.Rule,
    *,
    why: str,
    closes_at: datetime,
    by: Actor,
    at: datetime,
    weights: Mapping[str, str] | None = None,
) -> Ballot:
    """Put another rule to the vote, under the rule for changing the rules; its words are written from the rule itself.

    Allowed       any member of the grouping.
    Refused when  it would let a vote bind a company to the debts of others; it is the rule in force already.
    Tells         governance.ballot.opened; then governance.rule.adopted once it is adopted.
    """
    if decision_type == DecisionType.SOLIDARITY and not (rule.majority == "unanimity" and rule.of_all):
        raise NobodyIsBound(
            _("Personne n’est engagé solidairement par le vote des autres."),
            do=_("Pour ces engagements, gardez l’unanimité de tous : chacun dit oui et signe."),
        )
    before = HouseRule.objects.filter(grouping=grouping, decision_type=decision_type).order_by("-since", "-id").first()
    given = dict(weights or {})
    if before is not None and rule_from_json(before.rule) == rule and before.weights == given:
        raise NothingChanges(_("C’est déjà la règle en vigueur."), do=_("Changez au moins une ligne."))
    with for_the_papers():
        kind = DecisionType(decision_type)
        title = _("Règle de vote : %(kind)s") % {"kind": str(kind.label).lower()}
        seats = list(Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).select_related("company"))
        text = "\n".join([*([why, ""] if why else []), *rule_text(rule, seats, given)])
    return propose_resolution(
        grouping,
        title=title[:160],
        text=text,
        decision_type=DecisionType.RULES,
        closes_at=closes_at,
        effect=Resolution.Effect.RULE,
        effect_data={"type": decision_type, "rule": rule_to_json(rule), "weights": given},
        by=by,
        at=at,
    )


def adopt_rule(
    grouping: Grouping,
    decision_type: str,
    rule: voting.Rule,
    *,
    by: By,
    at: datetime,
    by_decision: str = "",
    weights: Mapping[str, Any] | None = None,
) -> HouseRule:
    """Put a house rule in force, as the members adopted it. The one before stays, with its dates.

    Allowed  the effect of an adopted resolution, or the signed agreement.
    Tells    governance.rule.adopted: the rule, its version, the decision it comes from.
    """
    with act("governance.rule.adopted", book=grouping.book, by=by, at=at) as facts:
        before = HouseRule.objects.filter(grouping=grouping, decision_type=decision_type).order_by("-version").first()
        made = HouseRule.objects.create(
            grouping=grouping,
            decision_type=decision_type,
            rule=rule_to_json(rule),
            weights=dict(weights or {}),
            since=at,
            version=before.version + 1 if before else 1,
            by_decision=by_decision,
        )
        facts.on = address(grouping)
        facts |= {"type": decision_type, "rule": made.rule, "version": made.version, "by_decision": by_decision}
        if made.weights:
            facts["weights"] = made.weights
    return made
