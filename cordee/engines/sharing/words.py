"""The reasons behind a share, and the sentences that say them in French and in English."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from cordee.engines.amounts import Lang, say_cents, say_exact, say_number, say_part
from cordee.engines.sharing.refusals import REFUSALS

Value = int | str | Fraction | tuple[str, ...]

_NONE: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code that programs read, with its figures, and a sentence that people read.

    Shape   values: money in integer cents or exact Fractions of a cent, quantities as Fractions, names as text.

    >>> Reason("equal", {"part": Fraction(1, 3), "total": 385350, "count": 3}).say("en")
    'one third of €3,853.50: 3 companies share equally'
    """

    code: str
    values: Mapping[str, Value] = field(default_factory=lambda: _NONE)

    def say(self, lang: Lang = "fr") -> str:
        """The reason as a sentence fragment, without a final full stop."""
        said = _SENTENCES[self.code][lang].format(**{name: _Said(value, lang) for name, value in self.values.items()})
        return said.replace(" de environ ", " d’environ ")


class Unfit(ValueError):
    """Figures that cannot be shared as asked: what is wrong and what to do, in the reader's language."""

    def __init__(self, code: str, values: Mapping[str, Value] = _NONE, where: str = "") -> None:
        self.code, self.values, self.where = code, values, where
        super().__init__(self.say())

    def say(self, lang: Lang = "fr") -> str:
        """The refusal as one sentence."""
        said = REFUSALS[self.code][lang].format(**{name: _Said(value, lang) for name, value in self.values.items()})
        place = {"fr": f"«\u00a0{self.where}\u00a0»\u00a0: ", "en": f"“{self.where}”: "}[lang] if self.where else ""
        return place + said


@dataclass(frozen=True, slots=True)
class _Said:
    """A value that writes itself in the reader's language when a sentence asks: {total:cents}."""

    value: Value
    lang: Lang

    def __format__(self, how: str) -> str:
        value = self.value
        if isinstance(value, tuple):
            return say_list(value, self.lang)
        if isinstance(value, str):
            return value
        if how == "cents" or (how == "exact" and Fraction(value).denominator == 1):
            return say_cents(int(value), self.lang)
        if how == "exact":
            return say_exact(Fraction(value), self.lang)
        if how == "part":
            return say_part(Fraction(value), self.lang)
        return say_number(Fraction(value), self.lang)


def say_list(names: tuple[str, ...], lang: Lang = "fr") -> str:
    """Names in one breath: « A, B et C ».

    >>> say_list(("A", "B", "C"))
    'A, B et C'
    """
    link = {"fr": " et ", "en": " and "}[lang]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + link + names[-1]


_SENTENCES: dict[str, dict[Lang, str]] = {
    "equal": {
        "fr": "{part:part} de {total:exact}\u00a0: {count} entreprises à parts égales",
        "en": "{part:part} of {total:exact}: {count} companies share equally",
    },
    "prorata": {
        "fr": "{part:part} de {total:exact}\u00a0: {weight}{unit} sur {all}{unit}",
        "en": "{part:part} of {total:exact}: {weight}{unit} out of {all}{unit}",
    },
    "prorata_money": {
        "fr": "{part:part} de {total:exact}\u00a0: {weight:exact} sur {all:exact}",
        "en": "{part:part} of {total:exact}: {weight:exact} out of {all:exact}",
    },
    "fixed": {
        "fr": "{part:part} de {total:exact}\u00a0: part fixée par la convention",
        "en": "{part:part} of {total:exact}: the part set by the agreement",
    },
    "tier": {
        "fr": "{part:part} de {total:exact}\u00a0: tranche «\u00a0{band}\u00a0», {weight} part(s) sur {all}",
        "en": "{part:part} of {total:exact}: band “{band}”, {weight} share(s) out of {all}",
    },
    "fixed_part": {
        "fr": "sur la partie fixe de {amount:exact}",
        "en": "on the fixed part of {amount:exact}",
    },
    "variable_part": {
        "fr": "sur la partie variable de {amount:exact}",
        "en": "on the variable part of {amount:exact}",
    },
    "mix_part": {
        "fr": "sur {part:part} du total, soit {amount:exact}",
        "en": "on {part:part} of the total, that is {amount:exact}",
    },
    "floor": {
        "fr": "relevé de {before:exact} au minimum convenu de {bound:exact}",
        "en": "raised from {before:exact} to the agreed minimum of {bound:exact}",
    },
    "cap": {
        "fr": "ramené de {before:exact} au maximum convenu de {bound:exact}",
        "en": "lowered from {before:exact} to the agreed maximum of {bound:exact}",
    },
    "rescaled": {
        "fr": "passe de {before:exact} à {after:exact}, car d’autres sont au minimum ou au maximum",
        "en": "goes from {before:exact} to {after:exact}, as others are at the minimum or the maximum",
    },
    "rounded": {
        "fr": "{exact:exact}, arrondi à {cents:cents} pour que la somme tombe juste",
        "en": "{exact:exact}, rounded to {cents:cents} so that the sum is right",
    },
    "average_cost": {
        "fr": "{exact:exact}\u00a0: ce que sa venue ajoute au coût, en moyenne sur tous les ordres d’arrivée"
        " des {count} entreprises",
        "en": "{exact:exact}: what its coming adds to the cost, on average over every order in which"
        " the {count} companies could have come",
    },
    "average_benefit": {
        "fr": "{exact:exact}\u00a0: ce que sa venue rapporte, en moyenne sur tous les ordres d’arrivée"
        " des {count} entreprises",
        "en": "{exact:exact}: what its coming brings, on average over every order in which"
        " the {count} companies could have come",
    },
    "estimated": {
        "fr": "estimé sur {orders} ordres tirés au sort\u00a0: à {cents:cents} près, 95 fois sur 100",
        "en": "estimated on {orders} orders drawn at random: within {cents:cents}, 95 times out of 100",
    },
    "first_last_cost": {
        "fr": "venue la première, elle coûterait {first:cents}\u00a0; venue la dernière, {last:cents}",
        "en": "coming first it would cost {first:cents}; coming last, {last:cents}",
    },
    "first_last_benefit": {
        "fr": "venue la première, elle rapporterait {first:cents}\u00a0; venue la dernière, {last:cents}",
        "en": "coming first it would bring {first:cents}; coming last, {last:cents}",
    },
    "nucleolus_part": {
        "fr": "{exact:exact}\u00a0: le partage qui laisse au sous-groupe le moins bien servi le plus grand avantage"
        " à rester, puis au suivant",
        "en": "{exact:exact}: the share that leaves the worst served subgroup the largest advantage in staying,"
        " then the next one",
    },
    "tight_cost": {
        "fr": "le sous-groupe {group} paie ensemble {together:exact}\u00a0; à part, ce serait {apart:cents}",
        "en": "the subgroup {group} pays {together:exact} together; apart it would be {apart:cents}",
    },
    "tight_benefit": {
        "fr": "le sous-groupe {group} reçoit ensemble {together:exact}\u00a0; à part, ce serait {apart:cents}",
        "en": "the subgroup {group} gets {together:exact} together; apart it would be {apart:cents}",
    },
    "alone_worse_cost": {
        "fr": "seule, elle paierait {alone:cents}\u00a0: elle économise {saved:exact}",
        "en": "alone it would pay {alone:cents}: it saves {saved:exact}",
    },
    "alone_better_cost": {
        "fr": "seule, elle paierait {alone:cents}\u00a0: elle paie {saved:exact} de plus ensemble",
        "en": "alone it would pay {alone:cents}: it pays {saved:exact} more together",
    },
    "alone_same_cost": {
        "fr": "seule, elle paierait autant\u00a0: {alone:cents}",
        "en": "alone it would pay as much: {alone:cents}",
    },
    "alone_worse_benefit": {
        "fr": "seule, elle gagnerait {alone:cents}\u00a0: elle gagne {saved:exact} de plus ensemble",
        "en": "alone it would earn {alone:cents}: it earns {saved:exact} more together",
    },
    "alone_better_benefit": {
        "fr": "seule, elle gagnerait {alone:cents}\u00a0: elle perd {saved:exact} à venir",
        "en": "alone it would earn {alone:cents}: it loses {saved:exact} by coming",
    },
    "alone_same_benefit": {
        "fr": "seule, elle gagnerait autant\u00a0: {alone:cents}",
        "en": "alone it would earn as much: {alone:cents}",
    },
    "line": {
        "fr": "«\u00a0{label}\u00a0» ({total:cents})\u00a0: {cents:cents}",
        "en": "“{label}” ({total:cents}): {cents:cents}",
    },
    "paid": {
        "fr": "a déjà payé {cents:cents}",
        "en": "has already paid {cents:cents}",
    },
    "to_pay": {
        "fr": "reste à verser\u00a0: {cents:cents}",
        "en": "still to pay: {cents:cents}",
    },
    "to_receive": {
        "fr": "à recevoir\u00a0: {cents:cents}",
        "en": "to receive: {cents:cents}",
    },
    "even": {
        "fr": "rien à verser ni à recevoir",
        "en": "nothing to pay nor to receive",
    },
}
