"""Pages that cross rooms: gates, turns of life, who comes and goes, the end."""

from cordee.journeys.views.closing import winding_up
from cordee.journeys.views.gates import convention, pass_gate
from cordee.journeys.views.life import independence, life, purpose, review, turn, two
from cordee.journeys.views.meeting import event, exchange, introduced, presence
from cordee.journeys.views.people import ask, departure, exclusion, leave, requests

__all__ = [
    "ask",
    "convention",
    "departure",
    "event",
    "exchange",
    "exclusion",
    "independence",
    "introduced",
    "leave",
    "life",
    "pass_gate",
    "presence",
    "purpose",
    "requests",
    "review",
    "turn",
    "two",
    "winding_up",
]
