"""SIREN and SIRET: nine and fourteen digits whose last one checks the others."""

LA_POSTE = "356000000"
_DOUBLED = str.maketrans("0123456789", "0246813579")  # twice the digit, its own digits added up


def _luhn(digits: str) -> bool:
    return sum(map(int, digits[-1::-2] + digits[-2::-2].translate(_DOUBLED))) % 10 == 0


def is_siren(text: str) -> bool:
    """Whether these are nine digits with a right check digit.

    >>> is_siren("732829320"), is_siren("732829321")
    (True, False)
    """
    return len(text) == 9 and text.isascii() and text.isdigit() and text != "000000000" and _luhn(text)


def is_siret(text: str) -> bool:
    """Whether these are fourteen digits with right check digits.

    The post offices of La Poste have too many establishments for the usual check: their digits add up to a
    multiple of five instead.

    >>> is_siret("73282932000074"), is_siret("35600000049837")
    (True, True)
    """
    if len(text) != 14 or not (text.isascii() and text.isdigit()) or not is_siren(text[:9]):
        return False
    return _luhn(text) or (text.startswith(LA_POSTE) and sum(map(int, text)) % 5 == 0)
