"""Decide together: count votes under the rule the members signed, exactly, and say the result aloud."""

from cordee.engines.voting.counting import choose, count
from cordee.engines.voting.foresee import decided_already, privacy_warnings, say_warning
from cordee.engines.voting.profile import Profile, Result
from cordee.engines.voting.roll import Choice, Proxy, Vote, Votes
from cordee.engines.voting.rules import Majority, Method, Rule
from cordee.engines.voting.steps import say_step
from cordee.engines.voting.tally import Outcome, Tally
from cordee.engines.voting.words import explain, explain_choice, majority_name, say_outcome, say_tie_broken

__all__ = [
    "Choice",
    "Majority",
    "Method",
    "Outcome",
    "Profile",
    "Proxy",
    "Result",
    "Rule",
    "Tally",
    "Vote",
    "Votes",
    "choose",
    "count",
    "decided_already",
    "explain",
    "explain_choice",
    "majority_name",
    "privacy_warnings",
    "say_outcome",
    "say_step",
    "say_tie_broken",
    "say_warning",
]
