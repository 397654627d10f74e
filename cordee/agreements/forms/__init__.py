"""What is asked for an agreement."""

from cordee.agreements.forms.documents import (
    MOST_LOTS,
    YES_NO,
    InterviewForm,
    KindForm,
    field_for,
)

__all__ = [
    "MOST_LOTS",
    "YES_NO",
    "InterviewForm",
    "KindForm",
    "field_for",
]
