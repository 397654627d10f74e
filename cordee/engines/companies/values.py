"""Values as people and spreadsheets write them; None when they cannot be understood."""

import re
from functools import lru_cache

from cordee.engines.units import Cents

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,20})?")
_MONEY = re.compile(r"([0-9]{1,13})(?:[.,]([0-9]{1,2}))?")


def money(text: str) -> Cents | None:
    """An amount in euros, as cents.

    >>> money("1 250 000 €"), money("12,5"), money("1.000.000")
    (125000000, 1250, None)
    """
    plain = _SPACES.sub("", text).replace("€", "").replace("EUR", "")
    found = _MONEY.fullmatch(plain)
    return Cents(int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))) if found else None


def degrees(text: str, limit: int) -> float | None:
    """A longitude (limit 180) or a latitude (limit 90), with a dot or a comma.

    >>> degrees("3,8767", 180), degrees("430", 90)
    (3.8767, None)
    """
    if not _DEGREES.fullmatch(text):
        return None
    value = float(text.replace(",", "."))
    return value if abs(value) <= limit else None


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """A list written in one cell, parted by bars, semicolons or commas.

    >>> pieces("Qualibat 2112 | RGE")
    ('Qualibat 2112', 'RGE')
    """
    return tuple(dict.fromkeys(piece.strip() for piece in re.split(r"[|;,]", text) if piece.strip()))


@lru_cache(maxsize=8192)
def postcode(text: str) -> str | None:
    """A French postcode, with the leading zero that spreadsheets lose.

    >>> postcode("1400"), postcode("F-34000")
    ('01400', None)
    """
    plain = _SPACES.sub("", text)
    return plain.zfill(5) if re.fullmatch(r"[0-9]{4,5}", plain) else None


def yes(text: str) -> bool | None:
    """A yes or a no.

    >>> yes("true"), yes("non"), yes("?")
    (True, False, None)
    """
    word = text.strip().lower()
    if word in {"true", "vrai", "oui", "yes", "1", "o"}:
        return True
    return False if word in {"false", "faux", "non", "no", "0", "n"} else None
