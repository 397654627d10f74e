"""The French chart of accounts: a small table of what a group of companies uses.

Source  règlement ANC n° 2014-03, as amended (plan comptable général 2025 and 2026).
"""

import csv
import io
from functools import lru_cache
from importlib import resources
from types import MappingProxyType


@lru_cache(maxsize=1)
def usual_accounts() -> MappingProxyType[str, str]:
    """The accounts that a new ledger starts with: number → label.

    >>> usual_accounts()["445710"]
    'TVA collectée'
    """
    text = resources.files(__package__).joinpath("data/accounts.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["number"]: row["label"] for row in csv.DictReader(io.StringIO(text), delimiter=";")})


def padded(number: str) -> str:
    """An account number as this house writes it: six figures at least.

    >>> padded("411"), padded("4456600")
    ('411000', '4456600')
    """
    return number.ljust(6, "0")
