"""Share a cost or a gain fairly among companies: keys, pools, and games of cooperation."""

from cordee.engines.sentences import Reason
from cordee.engines.sharing.game import Game, from_rule, from_table, from_worths
from cordee.engines.sharing.judge import better_apart
from cordee.engines.sharing.keys import Band, Equal, Fixed, FixedPlusVariable, FloorCap, Key, Mix, ProRata, Tiers
from cordee.engines.sharing.nucleolus import core, nucleolus
from cordee.engines.sharing.pool import Account, LineShare, PoolLine, PoolShares, split_pool
from cordee.engines.sharing.result import BetterApart, Certificate, Share
from cordee.engines.sharing.rounding import share, whole_cents
from cordee.engines.sharing.shapley import shapley, shapley_values
from cordee.engines.sharing.split import split
from cordee.engines.sharing.tour import tour
from cordee.engines.sharing.trade import Part, Tier, airport, purchase, shared_employee, stand, study
from cordee.engines.sharing.words import Unfit, say

__all__ = [
    "Account",
    "Band",
    "BetterApart",
    "Certificate",
    "Equal",
    "Fixed",
    "FixedPlusVariable",
    "FloorCap",
    "Game",
    "Key",
    "LineShare",
    "Mix",
    "Part",
    "PoolLine",
    "PoolShares",
    "ProRata",
    "Reason",
    "Share",
    "Tier",
    "Tiers",
    "Unfit",
    "airport",
    "better_apart",
    "core",
    "from_rule",
    "from_table",
    "from_worths",
    "nucleolus",
    "purchase",
    "say",
    "shapley",
    "shapley_values",
    "share",
    "shared_employee",
    "split",
    "split_pool",
    "stand",
    "study",
    "tour",
    "whole_cents",
]
