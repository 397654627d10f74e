"""Read and say amounts the way people write them: « 1 284,50 », “€1,284.50”, « un tiers »."""

import re
from fractions import Fraction
from typing import Literal

from cordee.engines.units import Cents

Lang = Literal["fr", "en"]

NARROW = "\u202f"  # narrow no-break space: thousands, and before ; ! ? %
FIRM = "\u00a0"  # no-break space: before : and €

_AMOUNT = re.compile(r"(?P<sign>-?)(?P<euros>\d{1,3}(?: \d{3})+|\d+)(?:[.,](?P<cents>\d{1,2}))?")

_PARTS_FR = ["demi", "tiers", "quart", "cinquième", "sixième", "septième", "huitième", "neuvième", "dixième"]
_PARTS_EN = ["half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_COUNT_FR = ["", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]
_COUNT_EN = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def parse_cents(text: str, lang: Lang = "fr") -> Cents:
    """Read an amount in euros, as people write it, into whole cents.

    Shape   at most two decimals after a comma or a point; spaces between groups of three figures; « € » is allowed.
    Errors  ValueError when it is not such an amount: three decimals are refused, they may be a thousands separator.

    >>> parse_cents("1 284,50"), parse_cents("12.5"), parse_cents("-3 €")
    (128450, 1250, -300)
    """
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip().removesuffix("€").strip()
    plain = plain.removeprefix("€").strip().replace("\u2212", "-")
    found = _AMOUNT.fullmatch(plain) if plain.isascii() else None
    if found is None:
        raise ValueError(
            {
                "fr": f"« {text} » n’est pas un montant en euros\u00a0: écrivez par exemple 1 284,50.",
                "en": f"“{text}” is not an amount in euros: write for example 1284.50.",
            }[lang]
        )
    cents = int(found["euros"].replace(" ", "")) * 100 + int((found["cents"] or "0").ljust(2, "0"))
    return Cents(-cents if found["sign"] else cents)


def say_cents(cents: int, lang: Lang = "fr") -> str:
    """Write an amount of cents with its currency.

    >>> say_cents(385350, "en")
    '€3,853.50'
    """
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    if lang == "en":
        return f"{sign}€{euros:,}.{rest:02d}"
    return f"{sign}{euros:,}".replace(",", NARROW) + f",{rest:02d}{FIRM}€"


def say_exact(cents: Fraction, lang: Lang = "fr") -> str:
    """Write an exact amount: as it is when it falls on a whole cent, else to the tenth of a cent after « environ ».

    >>> say_exact(Fraction(100, 3), "en")
    'about €0.333'
    """
    if cents.denominator == 1:
        return say_cents(int(cents), lang)
    tenths = round(abs(cents) * 10)
    euros, rest = divmod(tenths, 1000)
    sign = "-" if cents < 0 else ""
    if lang == "en":
        return f"about {sign}€{euros:,}.{rest:03d}"
    return "environ " + f"{sign}{euros:,}".replace(",", NARROW) + f",{rest:03d}{FIRM}€"


def say_number(value: Fraction, lang: Lang = "fr", places: int = 2) -> str:
    """Write a plain number with at most `places` decimals, comma in French.

    >>> say_number(Fraction(25, 2)), say_number(Fraction(1500), "en")
    ('12,5', '1,500')
    """
    scaled = round(abs(value) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0") if places else ""
    sign = "-" if value < 0 and scaled else ""
    if lang == "en":
        return f"{sign}{whole:,}" + (f".{decimals}" if decimals else "")
    return f"{sign}{whole:,}".replace(",", NARROW) + (f",{decimals}" if decimals else "")


def say_part(part: Fraction, lang: Lang = "fr") -> str:
    """Name a part of a whole: « un tiers », « 12,5 % », « 7/24 (29,17 %) ».

    >>> say_part(Fraction(1, 3)), say_part(Fraction(3, 4)), say_part(Fraction(2, 3), "en")
    ('un tiers', 'trois quarts', 'two thirds')
    """
    over, under = part.numerator, part.denominator
    if over == under:
        return {"fr": "la totalité", "en": "the whole"}[lang]
    if part == Fraction(1, 2):
        return {"fr": "la moitié", "en": "half"}[lang]
    if 2 < under <= 10 and 0 < over < under:
        if lang == "fr":
            name = _PARTS_FR[under - 2]
            return f"{_COUNT_FR[over]} {name}{'s' if over > 1 and not name.endswith('s') else ''}"
        return f"{_COUNT_EN[over]} {_PARTS_EN[under - 2]}{'s' if over > 1 else ''}"
    percent = say_number(part * 100, lang) + (f"{NARROW}%" if lang == "fr" else "%")
    exact = (part * 10000).denominator == 1
    if exact:
        return percent
    return (
        f"{over}/{under} ({percent})"
        if under <= 10_000
        else {"fr": f"environ {percent}", "en": f"about {percent}"}[lang]
    )
