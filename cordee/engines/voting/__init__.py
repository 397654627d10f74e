"""Decide together: count votes under the rule the members signed, exactly, and say the result aloud."""

from cordee.engines.voting.counting import count
from cordee.engines.voting.roll import Proxy, Vote, Votes
from cordee.engines.voting.rules import Majority, Method, Rule
from cordee.engines.voting.tally import Outcome, Tally
from cordee.engines.voting.words import explain, majority_name

__all__ = [
    "Majority",
    "Method",
    "Outcome",
    "Proxy",
    "Rule",
    "Tally",
    "Vote",
    "Votes",
    "count",
    "explain",
    "majority_name",
]
