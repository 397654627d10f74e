"""Share a cost or a gain fairly among companies: keys, pools, and games of cooperation."""

from cordee.engines.sharing.keys import Band, Equal, Fixed, FixedPlusVariable, FloorCap, Key, Mix, ProRata, Tiers
from cordee.engines.sharing.pool import Account, LineShare, PoolLine, PoolShares, split_pool
from cordee.engines.sharing.result import BetterApart, Certificate, Share
from cordee.engines.sharing.rounding import share, whole_cents
from cordee.engines.sharing.split import split
from cordee.engines.sharing.words import Reason, Unfit

__all__ = [
    "Account",
    "Band",
    "BetterApart",
    "Certificate",
    "Equal",
    "Fixed",
    "FixedPlusVariable",
    "FloorCap",
    "Key",
    "LineShare",
    "Mix",
    "PoolLine",
    "PoolShares",
    "ProRata",
    "Reason",
    "Share",
    "Tiers",
    "Unfit",
    "share",
    "split",
    "split_pool",
    "whole_cents",
]
