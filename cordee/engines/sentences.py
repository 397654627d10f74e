"""How an engine says why: a code and its facts, turned into a French or English sentence by a small table.

A table maps a code to its French and English template. `{n}` shows a value, `{n:voix|voix}` chooses a word by number;
`{n:cents}` and `{n:exact}` write an amount of whole or exact cents, `{n:part}` a part of a whole, `{n:figure}` a number
with its thousands apart and two decimals at most. French templates are typed with plain spaces; `say` sets the
typographic ones.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from string import Formatter
from typing import Any

from cordee.engines.amounts import Lang, say_cents, say_exact, say_number, say_part

__all__ = ["Fact", "Lang", "Reason", "Table", "listed", "number", "reason", "say", "typeset"]

Fact = str | int | Fraction | tuple[str, ...]
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


def listed(names: tuple[str, ...] | list[str], lang: Lang = "fr", link: str = "and") -> str:
    """Join names as one says them; `link` is "and" or "or".

    >>> listed(["A", "B", "C"]), listed(["A", "B"], "en", "or")
    ('A, B et C', 'A or B')
    """
    if len(names) < 2:
        return "".join(names)
    last = {"and": {"fr": " et ", "en": " and "}, "or": {"fr": " ou ", "en": " or "}}[link][lang]
    return ", ".join(names[:-1]) + last + names[-1]


def typeset(text: str) -> str:
    """Set French spaces: narrow before ; ! ? %, no-break before a colon and inside guillemets.

    >>> typeset("Oui : « A » ; non !")
    'Oui\\xa0: «\\xa0A\\xa0»\\u202f; non\\u202f!'
    """
    text = re.sub(r" ([;!?%])", "\u202f\\1", text)
    text = re.sub(r" ([:»€])", "\u00a0\\1", text)
    return text.replace("« ", "«\u00a0")


_SHOWN: Mapping[str, Callable[[Fraction, Lang], str]] = {"exact": say_exact, "part": say_part, "figure": say_number}


class _Words(Formatter):
    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, tuple):
            return listed(value, self.lang)
        if not isinstance(value, (int, Fraction)):
            return str(value)
        if "|" in format_spec:
            one, many = format_spec.split("|")
            single = abs(Fraction(value)) < 2 if self.lang == "fr" else value == 1
            return one if single else many
        if format_spec == "cents":
            return say_cents(int(value), self.lang)
        return _SHOWN.get(format_spec, number)(Fraction(value), self.lang)
