"""What is asked for a decision."""

from cordee.governance.forms.answers import read_answer
from cordee.governance.forms.ballots import (
    ONE_WORD,
    PhoneForm,
    PreparedForm,
    ProxyForm,
    ResolutionForm,
    TalkForm,
    WithdrawForm,
)
from cordee.governance.forms.meetings import FollowForm, ItemForm, MeetingForm, RoomForm
from cordee.governance.forms.rules import MAJORITIES, SHARES, RuleForm

__all__ = [
    "MAJORITIES",
    "ONE_WORD",
    "SHARES",
    "FollowForm",
    "ItemForm",
    "MeetingForm",
    "PhoneForm",
    "PreparedForm",
    "ProxyForm",
    "ResolutionForm",
    "RoomForm",
    "RuleForm",
    "TalkForm",
    "WithdrawForm",
    "read_answer",
]
