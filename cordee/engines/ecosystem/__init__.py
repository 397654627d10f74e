"""The ecosystem of a company: whom to talk to next, and why; how it is drawn."""

from .drawing import Spot, picture
from .suggest import Firm, Gathering, Suggestion, Surroundings, suggest

__all__ = ["Firm", "Gathering", "Spot", "Suggestion", "Surroundings", "picture", "suggest"]
