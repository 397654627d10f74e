"""How a NAF code and a CPV code are written, whatever way someone typed them."""

import re

from cordee.engines.sentences import typeset

_NAF = re.compile(r"(\d{2})[. ]?(\d{2})[. ]?([A-Z])")
_CPV = re.compile(r"(\d{8})(?:[- ]\d)?")


def clean_naf(text: str) -> str:
    """Write a NAF rev. 2 sub-class the official way, with its dot.

    Errors  ValueError when the text is not the shape of a sub-class (older lists such as NAP are not).

    >>> clean_naf("4321a"), clean_naf(" 43.21A ")
    ('43.21A', '43.21A')
    """
    found = _NAF.fullmatch(text.strip().upper())
    if not found or not text.isascii():
        raise ValueError(typeset(f"« {text.strip()[:20]} » n’est pas un code NAF : il ressemble à 43.21A."))
    return f"{found[1]}.{found[2]}{found[3]}"


def clean_cpv(text: str) -> str:
    """Write a CPV 2008 code as its eight digits; the check digit is set aside.

    Errors  ValueError when the text has not eight digits.

    >>> clean_cpv("45310000-3")
    '45310000'
    """
    found = _CPV.fullmatch(text.strip())
    if not found or not text.isascii():
        raise ValueError(typeset(f"« {text.strip()[:20]} » n’est pas un code CPV : huit chiffres, comme 45310000."))
    return found[1]


def stem(cpv: str) -> str:
    """The digits of a CPV code that carry meaning: its closing zeros only say « the whole branch ».

    >>> stem("45310000"), stem("45000000"), stem("30000000")
    ('4531', '45', '30')
    """
    return cpv[:2] + cpv[2:].rstrip("0")
