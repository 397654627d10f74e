"""The rule for each type of decision, until the members sign their own."""

from dataclasses import replace
from fractions import Fraction
from typing import Literal, get_args

from cordee.engines.voting.rules import Rule

Form = Literal[
    "",
    "charter",
    "cooperation_contract",
    "gme_conjoint",
    "gme_solidaire",
    "sep",
    "gie",
    "ge",
    "association",
    "coop_artisanale",
    "scic",
    "sas",
    "brand_license",
    "sales_network",
]
DecisionType = Literal[
    "ordinary",
    "budget",
    "sharing_key",
    "admission",
    "exclusion",
    "purpose",
    "rules_amendment",
    "solidarity",
    "winding_up",
]

FORMS: tuple[Form, ...] = get_args(Form)
DECISION_TYPES: tuple[DecisionType, ...] = get_args(DecisionType)

_HALF, _TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
_ORDINARY = Rule(quorum=_HALF)
_IMPORTANT = Rule(quorum=_HALF, majority="two_thirds")
_EXTRAORDINARY = Rule(quorum=_TWO_THIRDS, majority="two_thirds")
# Nobody is bound by the vote of others: every member says yes, and signs. A second call without quorum has no meaning.
_BOUND = Rule(quorum=Fraction(1), majority="unanimity", of_all=True, each_signs=True, second_quorum=None, proxies=0)
_EVERYBODY = Rule(majority="unanimity", of_all=True, second_quorum=None)

_HOUSE: dict[DecisionType, Rule] = {
    "ordinary": _ORDINARY,
    "budget": _IMPORTANT,
    "sharing_key": _IMPORTANT,
    "admission": _IMPORTANT,
    "exclusion": _EXTRAORDINARY,
    "purpose": _EXTRAORDINARY,
    "rules_amendment": _EXTRAORDINARY,
    "solidarity": _BOUND,
    "winding_up": _EXTRAORDINARY,
}


def proposed_rule(decision_type: DecisionType) -> Rule:
    """Propose a rule to write into the members' own rules: one company, one vote.

    Errors  ValueError for an unknown type of decision.

    >>> proposed_rule("exclusion").majority
    'two_thirds'
    """
    if decision_type not in _HOUSE:
        raise ValueError(f"no such type of decision: {decision_type}")
    return _HOUSE[decision_type]


def default_rule(form: Form, decision_type: DecisionType) -> Rule:
    """Say by which rule a decision is taken while the signed rules are silent.

    Holds   solidarity, guarantees, debts and non-compete bind nobody without a yes and a signature, in every form.
            A GIE that says nothing decides by unanimity. An association that says nothing has no quorum and decides by
            the majority of votes cast, its end by unanimity. A momentary grouping decides by unanimity, except for
            everyday matters. Elsewhere, the proposed rule.
    Errors  ValueError for an unknown form or type of decision.
    Source  C. com. L251-10 (GIE); practice of associations (law of 1901) and of momentary groupings.

    >>> default_rule("gie", "budget").majority, default_rule("association", "budget").quorum
    ('unanimity', Fraction(0, 1))
    """
    if form not in FORMS:
        raise ValueError(f"no such legal form: {form}")
    rule = proposed_rule(decision_type)
    if decision_type == "solidarity":
        return rule
    if form == "gie" or (form in ("gme_conjoint", "gme_solidaire") and decision_type != "ordinary"):
        # The one who may be excluded would block it for ever: unanimity of the others, the person leaves the count.
        return _EVERYBODY
    if form == "association":
        if decision_type == "winding_up":
            return replace(_EVERYBODY, of_all=False)
        return replace(rule, quorum=Fraction(0), majority="simple", second_quorum=None)
    return rule
