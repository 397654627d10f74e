"""What is asked for a decision."""

from cordee.governance.forms.answers import read_answer
from cordee.governance.forms.ballots import (
    ONE_WORD,
    PhoneForm,
    ProxyForm,
    ResolutionForm,
    TalkForm,
    WithdrawForm,
)
from cordee.governance.forms.meetings import FollowForm, ItemForm, MeetingForm, RoomForm
from cordee.governance.forms.rules import RuleForm

__all__ = [
    "ONE_WORD",
    "FollowForm",
    "ItemForm",
    "MeetingForm",
    "PhoneForm",
    "ProxyForm",
    "ResolutionForm",
    "RoomForm",
    "RuleForm",
    "TalkForm",
    "WithdrawForm",
    "read_answer",
]
