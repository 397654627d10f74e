"""How an engine says why: a code and its facts, turned into a French or English sentence by a small table.

A table maps a code to its French and English template. `{n}` shows a value, `{n:voix|voix}` chooses a word by number.
French templates are typed with plain spaces; `say` sets the typographic ones.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from string import Formatter
from typing import Any, Literal

Lang = Literal["fr", "en"]
Fact = str | int | Fraction
Table = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say: `code` names the sentence, `facts` fills it."""

    code: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def __getitem__(self, name: str) -> Fact:
        return dict(self.facts)[name]


def reason(code: str, **facts: Fact) -> Reason:
    """Make a reason.

    >>> reason("quorum", present=3)["present"]
    3
    """
    return Reason(code, tuple(facts.items()))


def say(what: Reason, table: Table, lang: Lang = "fr") -> str:
    """Put one reason into words.

    Errors  ValueError when the table does not know the code.

    >>> say(reason("left", n=2), {"left": ("il manque {n} {n:voix|voix} !", "{n} {n:vote|votes} missing")}, "en")
    '2 votes missing'
    """
    if what.code not in table:
        raise ValueError(f"no sentence for {what.code!r}")
    text = _Words(lang).format(table[what.code][0 if lang == "fr" else 1], **dict(what.facts))
    return typeset(text) if lang == "fr" else text


def number(value: int | Fraction, lang: Lang = "fr") -> str:
    """Show an exact number: whole, with decimals when they end soon, else as a fraction.

    >>> number(Fraction(7, 2)), number(Fraction(7, 3)), number(Fraction(7, 2), "en")
    ('3,5', '7/3', '3.5')
    """
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    if 1000 % value.denominator == 0:
        sign = "-" if value < 0 else ""
        whole, rest = divmod(abs(value), 1)
        decimals = f"{int(rest * 1000):03d}".rstrip("0")
        return f"{sign}{whole}{',' if lang == 'fr' else '.'}{decimals}"
    return f"{value.numerator}/{value.denominator}"


def listed(names: tuple[str, ...] | list[str], lang: Lang = "fr") -> str:
    """Join names as one says them.

    >>> listed(["A", "B", "C"])
    'A, B et C'
    """
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + (" et " if lang == "fr" else " and ") + names[-1]


def typeset(text: str) -> str:
    """Set French spaces: narrow before ; ! ? %, no-break before a colon and inside guillemets.

    >>> typeset("Oui : « A » ; non !")
    'Oui\\xa0: «\\xa0A\\xa0»\\u202f; non\\u202f!'
    """
    text = re.sub(r" ([;!?%])", "\u202f\\1", text)
    text = re.sub(r" ([:»€])", "\u00a0\\1", text)
    return text.replace("« ", "«\u00a0")


class _Words(Formatter):
    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            one, many = format_spec.split("|")
            single = abs(value) < 2 if self.lang == "fr" else value == 1
            return one if single else many
        return number(value, self.lang) if isinstance(value, (int, Fraction)) else str(value)
