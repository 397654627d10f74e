"""The sentences by which matches explain themselves, in French and English."""

from cordee.engines import sentences
from cordee.engines.sentences import Lang

_SENTENCES = {
    "strength_exact": ("exact", "exact"),
    "strength_close": ("proche", "close"),
    "strength_related": ("apparenté", "related"),
    "cpv_own": (
        "Le CPV {code} relève du métier « {trade} ».",
        "CPV {code} belongs to the trade “{trade}”.",
    ),
    "cpv_wider": (
        "Le métier « {trade} » comprend le CPV {code}, un autre métier y répond plus précisément.",
        "The trade “{trade}” includes CPV {code}; another trade answers it more precisely.",
    ),
    "cpv_part": (
        "Le CPV {code} comprend le métier « {trade} » (CPV {stated}), mais demande davantage.",
        "CPV {code} includes the trade “{trade}” (CPV {stated}), but asks for more.",
    ),
    "cpv_near": (
        "Les entreprises du métier « {trade} » répondent souvent au CPV {code} : à confirmer.",
        "Companies of the trade “{trade}” often answer CPV {code}: to be confirmed.",
    ),
    "cpv_named": (
        "L’intitulé nomme le métier « {trade} » ; le CPV {code} est trop large pour le dire.",
        "The title names the trade “{trade}”; CPV {code} is too wide to say so.",
    ),
    "cpv_general": (
        "Le CPV {code} est trop général pour désigner un métier : métier à préciser.",
        "CPV {code} is too general to name a trade: trade to be specified.",
    ),
    "cpv_unlinked": (
        "Aucun métier de la table ne répond au CPV {code} : métier à préciser.",
        "No trade of the table answers CPV {code}: trade to be specified.",
    ),
    "naf_own": (
        "Le code NAF {code} est celui du métier « {trade} ».",
        "NAF code {code} is that of the trade “{trade}”.",
    ),
    "naf_near": (
        "Des entreprises de code NAF {code} exercent le métier « {trade} » : à confirmer.",
        "Some companies of NAF code {code} do the trade “{trade}”: to be confirmed.",
    ),
    "answer_naf_exact": (
        "Votre code NAF {naf} répond au CPV {code} (métier : {trade}).",
        "Your NAF code {naf} answers CPV {code} (trade: {trade}).",
    ),
    "answer_naf_close": (
        "Votre code NAF {naf} est proche du CPV {code} (métier : {trade}, à confirmer).",
        "Your NAF code {naf} is close to CPV {code} (trade: {trade}, to be confirmed).",
    ),
    "answer_naf_related": (
        "Votre code NAF {naf} est apparenté au CPV {code} (métier : {trade}, à confirmer).",
        "Your NAF code {naf} is related to CPV {code} (trade: {trade}, to be confirmed).",
    ),
    "answer_declared_exact": (
        "Votre métier « {trade} » répond au CPV {code}.",
        "Your trade “{trade}” answers CPV {code}.",
    ),
    "answer_declared_close": (
        "Votre métier « {trade} » est proche du CPV {code}.",
        "Your trade “{trade}” is close to CPV {code}.",
    ),
    "answer_declared_related": (
        "Votre métier « {trade} » est apparenté au CPV {code} : à confirmer.",
        "Your trade “{trade}” is related to CPV {code}: to be confirmed.",
    ),
}


def say(code: str, lang: Lang = "fr", /, **facts: str) -> str:
    """The sentence of a reason, filled with its facts."""
    return sentences.say(sentences.Reason(code, tuple(facts.items())), _SENTENCES, lang)
