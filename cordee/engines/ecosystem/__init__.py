"""The ecosystem of a company: whom to talk to next, and why; how it is drawn."""

from .drawing import Spot, ring
from .suggest import Firm, Gathering, Suggestion, Surroundings, suggest

__all__ = ["Firm", "Gathering", "Spot", "Suggestion", "Surroundings", "ring", "suggest"]
