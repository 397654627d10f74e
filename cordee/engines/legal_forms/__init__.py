"""Which legal form fits: a dozen plain questions, the forms scored with their reasons, never a decision.

`advise` takes the answers and gives the forms that fit, best first, and those ruled out, each with why. Questions,
forms and rules are dated data (data/*.toml), with one version for all.
"""

from cordee.engines.legal_forms.advise import NOTE, Advice, Excluded, Fit, Reason, advise, recorded
from cordee.engines.legal_forms.rules import Form, Question, Rules, rules

__all__ = ["NOTE", "Advice", "Excluded", "Fit", "Form", "Question", "Reason", "Rules", "advise", "recorded", "rules"]
