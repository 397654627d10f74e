"""The French chart of accounts: a small table of what a group of companies uses, and the reader of the whole.

Source  règlement ANC n° 2014-03, as amended (plan comptable général 2025 and 2026).
"""

import csv
import io
import json
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any


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


def read_chart(data: bytes) -> dict[str, str]:
    """Read a whole chart of accounts: JSON `{"flat": [{"number", "label"}]}` or CSV `number;label`.

    Holds   only accounts of three figures and more are kept, padded to six.
    Errors  ValueError when it is neither, or holds no account.
    """
    text = data.decode("utf-8-sig")
    if text.lstrip().startswith(("{", "[")):
        try:
            read: Any = json.loads(text)
        except json.JSONDecodeError as wrong:
            raise ValueError(f"line {wrong.lineno}: not JSON") from None
        rows = read.get("flat", []) if isinstance(read, dict) else read
        pairs = [(str(row.get("number", "")), str(row.get("label", ""))) for row in rows if isinstance(row, dict)]
    else:
        delimiter = max(";,\t", key=text.partition("\n")[0].count)
        pairs = [
            (row[0].strip(), row[1].strip())
            for row in csv.reader(io.StringIO(text), delimiter=delimiter)
            if len(row) > 1
        ]
    found = {
        padded(number): label
        for number, label in sorted(pairs)
        if number.isdigit() and 3 <= len(number) <= 12 and label
    }
    if not found:
        raise ValueError("no account in it")
    return found
