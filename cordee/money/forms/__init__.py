"""What is asked about shared money."""

from cordee.money.forms.pools import (
    LineForm,
    PoolForm,
    UseForm,
)

__all__ = [
    "LineForm",
    "PoolForm",
    "UseForm",
]
