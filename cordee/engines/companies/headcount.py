"""How many people work in a company: INSEE's bands and the ways they are written."""

import re
from functools import lru_cache
from types import MappingProxyType

from .model import Band

BANDS = MappingProxyType(
    {
        "00": (0, 0),
        "01": (1, 2),
        "02": (3, 5),
        "03": (6, 9),
        "11": (10, 19),
        "12": (20, 49),
        "21": (50, 99),
        "22": (100, 199),
        "31": (200, 249),
        "32": (250, 499),
        "41": (500, 999),
        "42": (1000, 1999),
        "51": (2000, 4999),
        "52": (5000, 9999),
        "53": (10000, None),
    }
)
"""INSEE's codes of « tranche d'effectifs »; « NN » (no known employee) is not a zero and is left out."""

_LIMIT = 10_000_000


def headcount_of_code(code: str) -> Band | None:
    """The band of an INSEE code; None when it says nothing.

    >>> headcount_of_code("21"), headcount_of_code("NN"), headcount_of_code("")
    ((50, 99), None, None)
    """
    return BANDS.get(code.strip().zfill(2)) if code.strip() else None


@lru_cache(maxsize=1024)
def headcount_of_text(text: str) -> Band | None:
    """The band that a text states: a number, two numbers, or « … et plus »; None when it states none.

    >>> headcount_of_text("1 000 à 1 999 salariés"), headcount_of_text("12"), headcount_of_text("10 000 et plus")
    ((1000, 1999), (12, 12), (10000, None))
    """
    if not text.isprintable() and "\u202f" not in text and "\u00a0" not in text:
        return None
    plain = re.sub(r"(?<=[0-9])[\s\u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", text.lower())
    numbers = [int(n) for n in re.findall(r"[0-9]{1,9}", plain)]
    if not numbers or len(numbers) > 2 or max(numbers) > _LIMIT or "," in plain or "." in plain:
        return None
    if len(numbers) == 2:
        return (numbers[0], numbers[1]) if numbers[0] <= numbers[1] else None
    if re.search(r"plus|more|\+|>", plain):
        return numbers[0], None
    return numbers[0], numbers[0]
