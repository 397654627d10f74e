"""Finding a trade from what someone types, or from the title of a lot."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache

from cordee.engines.sentences import Lang

from .codes import clean_cpv, clean_naf
from .matches import trades_for_cpv, trades_for_naf
from .table import Trade, all_trades

_EMPTY = frozenset(
    re.findall(r"\w+", "a au aux avec d de des du en et for in l la le les of or ou par pour sur the to un une")
)


def fold(text: str) -> tuple[str, ...]:
    """The words of a text, without accents, capitals, plurals nor empty words."""
    # « œ » has no decomposition of its own in Unicode.
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    found = re.findall(r"[a-z0-9]+", plain)
    return tuple(w[:-1] if len(w) > 4 and w[-1] in "sx" else w for w in found if w not in _EMPTY)


# Words so common in titles of lots that, alone, they name no trade.
_VAGUE = frozenset(
    fold(
        """
        agent air aire alu autre audit batiment bac bar bassin bois building campagne bus car carte
        centre collecte collectif colis commande construction controle conduite demande divers durable
        eau emploi energie enquete entretien equipement etude exterieur exterieure fourniture genie
        gestion general generale groupe installation interieur interieure local logement main
        maintenance marche materiel metallique mise mission moteur neuf objet organisation ouvrage
        paysage piece place plan planning poste pose prestation produit projet public quai recherche
        relation renovation repas reparation reseau restauration route salle sanitaire service sol
        solaire site stage station structure support surface systeme table technique traitement
        transport travail travaux urbain usine vente ville voirie work road water
        """
    )
)


@cache
def _index() -> tuple[tuple[Trade, frozenset[str], frozenset[str]], ...]:
    return tuple(
        (one, frozenset(fold(f"{one.label_fr} {one.label_en}")), frozenset(fold(" ".join(one.words))))
        for one in all_trades()
    )


def _likeness(typed: str, known: Iterable[str], forgiving: bool) -> float:
    best = 0.0
    for word in known:
        if word == typed:
            return 1.0
        if len(typed) >= 3 and word.startswith(typed):
            best = max(best, 0.8)
        elif forgiving and len(typed) >= 5 and abs(len(word) - len(typed)) <= 2 and word[0] == typed[0]:
            likeness = SequenceMatcher(None, typed, word, autojunk=False).ratio()
            best = max(best, 0.6 if likeness >= 0.8 else 0.0)
    return best


def _by_code(text: str) -> tuple[Trade, ...] | None:
    try:
        return tuple(match.trade for match in trades_for_naf(clean_naf(text)))
    except ValueError:
        pass
    try:
        return tuple(match.trade for match in trades_for_cpv(clean_cpv(text)))
    except ValueError:
        return None


def search(text: str, lang: Lang = "fr", limit: int = 10) -> tuple[Trade, ...]:
    """Find trades from a few words, whatever their accents, plurals and small slips; a NAF or CPV code does too.

    Holds   every result matches every word typed; the closest come first, then by label.

    >>> [one.slug for one in search("elagueur")], search("plonberie")[0].slug
    (['elagage'], 'plomberie')
    """
    by_code = _by_code(text[:40])
    if by_code is not None:
        return by_code[:limit]
    typed = fold(text[:200])[:12]
    if not typed:
        return ()
    # Slips of the pen are forgiven only when nothing is spelt that way.
    return (_ranked(typed, lang, False) or _ranked(typed, lang, True))[:limit]


def _ranked(typed: tuple[str, ...], lang: Lang, forgiving: bool) -> tuple[Trade, ...]:
    rows = []
    for one, label, more in _index():
        # A word of the label is worth more than a word given for finding.
        scores = [max(1.25 * _likeness(word, label, forgiving), _likeness(word, more, forgiving)) for word in typed]
        if min(scores) > 0:
            rows.append((-sum(scores), len(label), one.label(lang).lower(), one))
    return tuple(row[3] for row in sorted(rows, key=lambda row: row[:3]))


@cache
def _telling() -> dict[str, tuple[str, ...]]:
    """The words that point to at most two trades, with those trades."""
    where: dict[str, list[str]] = {}
    for one, label, more in _index():
        for word in label | more:
            if len(word) >= 3 and word not in _VAGUE:
                where.setdefault(word, []).append(one.slug)
    return {word: tuple(slugs) for word, slugs in where.items() if len(slugs) <= 2}


def trades_named(text: str, among: Iterable[Trade]) -> tuple[Trade, ...]:
    """The trades that a title names by a telling word of its beginning, among those that are possible.

    Holds   the result is a part of `among`, in its order.

    >>> [one.slug for one in trades_named("Lot 4 : Plomberie et divers", all_trades())]
    ['plomberie']
    """
    telling = _telling()
    named = {slug for word in fold(text[:120]) for slug in telling.get(word, ())}
    return tuple(one for one in among if one.slug in named)
