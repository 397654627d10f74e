"""What delivering computes: whose turn it is to facilitate, how far a lot is, which legal guarantees run until when."""

from cordee.engines.delivery.guarantees import LegalGuarantee, legal_guarantees
from cordee.engines.delivery.progress import Piece, progress
from cordee.engines.delivery.turns import next_turn

__all__ = ["LegalGuarantee", "Piece", "legal_guarantees", "next_turn", "progress"]
