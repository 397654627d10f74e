"""The rules a grouping lives by, as documents name them: filled in, and compared with what a text says."""

from fractions import Fraction
from typing import Any

from cordee.engines.assembly import LiveRules
from cordee.governance.models import DecisionType, HouseRule, rule_from_json
from cordee.groupings.models import Grouping

_QUORUMS = {Fraction(0): "none", Fraction(1, 2): "half", Fraction(2, 3): "two_thirds"}
_MAJORITIES = {"simple", "two_thirds", "unanimity"}


def live_rules(grouping: Grouping) -> LiveRules:
    """What the members have adopted, and nothing that they have not."""
    adopted = {
        each.decision_type: rule_from_json(each.rule)
        for each in HouseRule.objects.filter(grouping=grouping).order_by("since", "id")
    }
    usual = adopted.get(DecisionType.ORDINARY)

    def majority(kind: DecisionType) -> str | None:
        rule = adopted.get(kind)
        return rule.majority if rule and rule.majority in _MAJORITIES else None

    return LiveRules(
        quorum=_QUORUMS.get(usual.quorum) if usual else None,
        majority=majority(DecisionType.ORDINARY),
        admission_majority=majority(DecisionType.ADMISSION),
        exclusion_majority=majority(DecisionType.EXCLUSION),
        change_majority=majority(DecisionType.RULES),
        debt_majority=majority(DecisionType.SOLIDARITY),
        convening_days=usual.notice_days if usual else None,
        urgent_days=usual.urgent_notice_days if usual else None,
        proxies_each=usual.proxies if usual else None,
    )


def as_values(rules: LiveRules) -> dict[str, Any]:
    """The rules as answers: nobody types again what was voted."""
    found = {name: getattr(rules, name) for name in rules.__dataclass_fields__}
    return {name: value for name, value in found.items() if value is not None}
