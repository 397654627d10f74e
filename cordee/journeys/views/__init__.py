"""Pages that cross rooms: gates, turns of life, who comes and goes, mandates and guests, the end."""

from cordee.journeys.views.arrival import (
    bring_in,
)
from cordee.journeys.views.closing import (
    winding_up,
)
from cordee.journeys.views.gates import (
    convention,
    pass_gate,
)
from cordee.journeys.views.life import (
    independence,
    life,
    purpose,
    review,
    turn,
    two,
)
from cordee.journeys.views.mandates import (
    accompanied,
    accompany,
    guests,
    mandate_paper,
    mandates,
    writing,
)
from cordee.journeys.views.meeting import (
    event,
    exchange,
    introduced,
    presence,
)
from cordee.journeys.views.people import (
    ask,
    departure,
    exclusion,
    leave,
    requests,
)

__all__ = [
    "accompanied",
    "accompany",
    "ask",
    "bring_in",
    "convention",
    "departure",
    "event",
    "exchange",
    "exclusion",
    "guests",
    "independence",
    "introduced",
    "leave",
    "life",
    "mandate_paper",
    "mandates",
    "pass_gate",
    "presence",
    "purpose",
    "requests",
    "review",
    "turn",
    "two",
    "winding_up",
    "writing",
]
