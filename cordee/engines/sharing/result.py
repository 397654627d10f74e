"""What every method of sharing answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cordee.engines.amounts import Lang
from cordee.engines.sentences import Reason
from cordee.engines.sharing.words import say
from cordee.engines.units import Cents, MemberId


@dataclass(frozen=True, slots=True)
class BetterApart:
    """A subgroup that would do better on its own than under this share, and by how much.

    Units   alone: what it would pay (or earn) apart, in cents; together: what the share gives it, exact; gain > 0.
    """

    members: tuple[MemberId, ...]
    alone: Cents
    together: Fraction
    gain: Fraction


@dataclass(frozen=True, slots=True)
class Certificate:
    """Facts from which `checker.check` verifies a share again, on its own.

    Shape   kind: "sums", "shapley", "sampling", "nucleolus", "core" or "no_core"; facts: plain JSON values.
    """

    kind: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """How an amount is split, and why.

    Units   shares in cents; exact in fractions of a cent; alone in cents (None when the game does not say).
    Holds   sum(shares.values()) == total == sum(exact.values()); each share within one cent of the exact one.
    """

    method: str
    total: Cents
    shares: Mapping[MemberId, Cents]
    exact: Mapping[MemberId, Fraction]
    reasons: Mapping[MemberId, tuple[Reason, ...]]
    certificate: Certificate
    alone: Mapping[MemberId, Cents] | None = None
    better_apart: tuple[BetterApart, ...] = ()

    def explain(self, member: MemberId, lang: Lang = "fr") -> tuple[str, ...]:
        """« Pourquoi je dois cela ? », one sentence per reason."""
        return tuple(say(one, lang) for one in self.reasons[member])
