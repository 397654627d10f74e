"""The reasons behind a share and its refusals, as sentences in French and in English."""

from collections.abc import Mapping
from types import MappingProxyType

from cordee.engines import sentences
from cordee.engines.sentences import Fact, Lang, Reason, Table, reason
from cordee.engines.sharing.refusals import REFUSALS

_NONE: Mapping[str, Fact] = MappingProxyType({})


def say(what: Reason, lang: Lang = "fr") -> str:
    """A reason as a sentence fragment, without a final full stop.

    Shape   facts: money in integer cents or exact Fractions of a cent, quantities as Fractions, names as text.

    >>> from fractions import Fraction
    >>> say(reason("equal", part=Fraction(1, 3), total=385350, count=3), "en")
    'one third of €3,853.50: 3 companies share equally'
    """
    return sentences.say(what, SENTENCES, lang).replace(" de environ ", " d’environ ")


class Unfit(ValueError):
    """Figures that cannot be shared as asked: what is wrong and what to do, in the reader's language."""

    def __init__(self, code: str, values: Mapping[str, Fact] = _NONE, where: str = "") -> None:
        self.code, self.values, self.where = code, values, where
        super().__init__(self.say())

    def say(self, lang: Lang = "fr") -> str:
        """The refusal as one sentence."""
        said = sentences.say(reason(self.code, **self.values), REFUSALS, lang)
        place = {"fr": f"«\u00a0{self.where}\u00a0»\u00a0: ", "en": f"“{self.where}”: "}[lang] if self.where else ""
        return place + said


SENTENCES: Table = {
    "equal": (
        "{part:part} de {total:exact} : {count:figure} entreprises à parts égales",
        "{part:part} of {total:exact}: {count:figure} companies share equally",
    ),
    "prorata": (
        "{part:part} de {total:exact} : {weight:figure}{unit} sur {all:figure}{unit}",
        "{part:part} of {total:exact}: {weight:figure}{unit} out of {all:figure}{unit}",
    ),
    "prorata_money": (
        "{part:part} de {total:exact} : {weight:exact} sur {all:exact}",
        "{part:part} of {total:exact}: {weight:exact} out of {all:exact}",
    ),
    "fixed": (
        "{part:part} de {total:exact} : part fixée par la convention",
        "{part:part} of {total:exact}: the part set by the agreement",
    ),
    "tier": (
        "{part:part} de {total:exact} : tranche « {band} », {weight:figure} part(s) sur {all:figure}",
        "{part:part} of {total:exact}: band “{band}”, {weight:figure} share(s) out of {all:figure}",
    ),
    "fixed_part": (
        "sur la partie fixe de {amount:exact}",
        "on the fixed part of {amount:exact}",
    ),
    "variable_part": (
        "sur la partie variable de {amount:exact}",
        "on the variable part of {amount:exact}",
    ),
    "mix_part": (
        "sur {part:part} du total, soit {amount:exact}",
        "on {part:part} of the total, that is {amount:exact}",
    ),
    "floor": (
        "relevé de {before:exact} au minimum convenu de {bound:exact}",
        "raised from {before:exact} to the agreed minimum of {bound:exact}",
    ),
    "cap": (
        "ramené de {before:exact} au maximum convenu de {bound:exact}",
        "lowered from {before:exact} to the agreed maximum of {bound:exact}",
    ),
    "rescaled": (
        "passe de {before:exact} à {after:exact}, car d’autres sont au minimum ou au maximum",
        "goes from {before:exact} to {after:exact}, as others are at the minimum or the maximum",
    ),
    "rounded": (
        "{exact:exact}, arrondi à {cents:cents} pour que la somme tombe juste",
        "{exact:exact}, rounded to {cents:cents} so that the sum is right",
    ),
    "average_cost": (
        (
            "{exact:exact} : ce que sa venue ajoute au coût, en moyenne sur tous les ordres d’arrivée"
            " des {count:figure} entreprises"
        ),
        (
            "{exact:exact}: what its coming adds to the cost, on average over every order in which"
            " the {count:figure} companies could have come"
        ),
    ),
    "average_benefit": (
        (
            "{exact:exact} : ce que sa venue rapporte, en moyenne sur tous les ordres d’arrivée"
            " des {count:figure} entreprises"
        ),
        (
            "{exact:exact}: what its coming brings, on average over every order in which"
            " the {count:figure} companies could have come"
        ),
    ),
    "estimated": (
        "estimé sur {orders} ordres tirés au sort : à {cents:cents} près, 95 fois sur 100",
        "estimated on {orders} orders drawn at random: within {cents:cents}, 95 times out of 100",
    ),
    "first_last_cost": (
        "venue la première, elle coûterait {first:cents} ; venue la dernière, {last:cents}",
        "coming first it would cost {first:cents}; coming last, {last:cents}",
    ),
    "first_last_benefit": (
        "venue la première, elle rapporterait {first:cents} ; venue la dernière, {last:cents}",
        "coming first it would bring {first:cents}; coming last, {last:cents}",
    ),
    "nucleolus_part": (
        (
            "{exact:exact} : le partage qui laisse au sous-groupe le moins bien servi le plus grand avantage"
            " à rester, puis au suivant"
        ),
        (
            "{exact:exact}: the share that leaves the worst served subgroup the largest advantage in staying,"
            " then the next one"
        ),
    ),
    "tight_cost": (
        "le sous-groupe {group} paie ensemble {together:exact} ; à part, ce serait {apart:cents}",
        "the subgroup {group} pays {together:exact} together; apart it would be {apart:cents}",
    ),
    "tight_benefit": (
        "le sous-groupe {group} reçoit ensemble {together:exact} ; à part, ce serait {apart:cents}",
        "the subgroup {group} gets {together:exact} together; apart it would be {apart:cents}",
    ),
    "alone_worse_cost": (
        "seule, elle paierait {alone:cents} : elle économise {saved:exact}",
        "alone it would pay {alone:cents}: it saves {saved:exact}",
    ),
    "alone_better_cost": (
        "seule, elle paierait {alone:cents} : elle paie {saved:exact} de plus ensemble",
        "alone it would pay {alone:cents}: it pays {saved:exact} more together",
    ),
    "alone_same_cost": (
        "seule, elle paierait autant : {alone:cents}",
        "alone it would pay as much: {alone:cents}",
    ),
    "alone_worse_benefit": (
        "seule, elle gagnerait {alone:cents} : elle gagne {saved:exact} de plus ensemble",
        "alone it would earn {alone:cents}: it earns {saved:exact} more together",
    ),
    "alone_better_benefit": (
        "seule, elle gagnerait {alone:cents} : elle perd {saved:exact} à venir",
        "alone it would earn {alone:cents}: it loses {saved:exact} by coming",
    ),
    "alone_same_benefit": (
        "seule, elle gagnerait autant : {alone:cents}",
        "alone it would earn as much: {alone:cents}",
    ),
    "line": (
        "« {label} » ({total:cents}) : {cents:cents}",
        "“{label}” ({total:cents}): {cents:cents}",
    ),
    "paid": (
        "a déjà payé {cents:cents}",
        "has already paid {cents:cents}",
    ),
    "to_pay": (
        "reste à verser : {cents:cents}",
        "still to pay: {cents:cents}",
    ),
    "to_receive": (
        "à recevoir : {cents:cents}",
        "to receive: {cents:cents}",
    ),
    "even": (
        "rien à verser ni à recevoir",
        "nothing to pay nor to receive",
    ),
}
