"""The tables of agreements."""

from cordee.agreements.models.dates import Alert
from cordee.agreements.models.documents import Agreement, AgreementParty, DocumentKind, Ending, Revision
from cordee.agreements.models.legal_forms import FormAdvice
from cordee.agreements.models.powers import Delegation

__all__ = ["Agreement", "AgreementParty", "Alert", "Delegation", "DocumentKind", "Ending", "FormAdvice", "Revision"]
