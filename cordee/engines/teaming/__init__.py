"""Teams: which companies, together, can do a need; why each is there; and who is missing."""

from cordee.engines.sentences import Reason, reason
from cordee.engines.teaming.index import Index
from cordee.engines.teaming.model import (
    Answer,
    Certificate,
    Change,
    Company,
    Gap,
    LotNeed,
    Member,
    Need,
    Options,
    Pool,
    Shortage,
    Team,
)
from cordee.engines.teaming.search import find_teams
from cordee.engines.teaming.shortage import supply
from cordee.engines.teaming.words import say

__all__ = [
    "Answer",
    "Certificate",
    "Change",
    "Company",
    "Gap",
    "Index",
    "LotNeed",
    "Member",
    "Need",
    "Options",
    "Pool",
    "Reason",
    "Shortage",
    "Team",
    "find_teams",
    "reason",
    "say",
    "supply",
]
