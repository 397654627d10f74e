"""The shape of a door: an address, who knocks, what they get. Each room lists its own in tests/<room>/doors.py."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.people import World

Role = Literal["owner", "member", "outsider", "client", "anonymous"]
ROLES: tuple[Role, ...] = ("owner", "member", "outsider", "client", "anonymous")
SIGN_IN = 302
"""An anonymous person is led to the sign-in page and back."""

# What each role gets, in the order of ROLES.
MEMBERS_ONLY = (200, 200, 404, 404, SIGN_IN)
OWNER_ONLY = (200, 403, 404, 404, SIGN_IN)
SIGNED_IN = (200, 200, 200, 200, SIGN_IN)
EVERYBODY = (200, 200, 200, 200, 200)
ACT_OF_MEMBERS = (302, 302, 404, 404, SIGN_IN)


@dataclass(frozen=True)
class Door:
    """One address tried by each role. `make` builds what it needs in the world and gives the address's arguments."""

    url: str  # the name, "groupings:grouping"
    expect: tuple[int, int, int, int, int]
    make: Callable[[World], list[Any]] = field(default=lambda world: [])
    method: Literal["get", "post"] = "get"
    data: dict[str, Any] = field(default_factory=dict)
