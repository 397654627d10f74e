"""The few types that every engine shares."""

from typing import NewType

Cents = NewType("Cents", int)
"""An amount in whole euro cents. Never a float."""

MemberId = NewType("MemberId", str)
"""A stable identifier of a member (usually its SIREN); ties are broken in its order."""
