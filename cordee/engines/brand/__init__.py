"""A common brand: what an audit is worth, which sanction may come next, what the trade mark office expects when."""

from cordee.engines.brand.audit import Point, Score, Verdict, explain_score, score
from cordee.engines.brand.dates import Due, Fact, brand_dates, facts
from cordee.engines.brand.ladder import LADDER, Step, next_step, sanction_vote_open

__all__ = [
    "LADDER",
    "Due",
    "Fact",
    "Point",
    "Score",
    "Step",
    "Verdict",
    "brand_dates",
    "explain_score",
    "facts",
    "next_step",
    "sanction_vote_open",
    "score",
]
