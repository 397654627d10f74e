"""What is asked for a decision."""

from cordee.governance.forms.ballots import (
    ProxyForm,
    ResolutionForm,
    TalkForm,
    WithdrawForm,
)

__all__ = [
    "ProxyForm",
    "ResolutionForm",
    "TalkForm",
    "WithdrawForm",
]
