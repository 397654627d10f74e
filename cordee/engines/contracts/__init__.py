"""Public contracts as buyers publish them (DECP: « données essentielles de la commande publique »), CSV or JSON."""

from .model import Contract, ContractsRefused, Holding
from .reading import gather, read_contracts

__all__ = ["Contract", "ContractsRefused", "Holding", "gather", "read_contracts"]
