"""The words of the team engine, in French and in English: every reason has its sentence here and nowhere else."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from cordee.engines import sentences
from cordee.engines.amounts import FIRM, say_number
from cordee.engines.sentences import Fact, Lang, Reason, Table, listed, reason

SENTENCES: Table = {
    "given": (
        "c’est autour d’elle que l’équipe se cherche",
        "the team is sought around it",
    ),
    "alone": (
        "seule sur {les_lots}",
        "alone on {lots}",
    ),
    "shares": (
        "partage {les_lots} avec d’autres",
        "shares {lots} with others",
    ),
    "reserve": (
        "en renfort pour {le_lot}, avec son métier : {trade}",
        "in reserve for {lot}, through its trade: {trade}",
    ),
    "trade": (
        "{lot} : son métier, {trade}, y répond à {strength} %",
        "{lot}: its trade, {trade}, answers it {strength}%",
    ),
    "part": (
        "{lot} : {units} sur {volume} {unit}",
        "{lot}: {units} of {volume} {unit}",
    ),
    "near": (
        "à {km}\u00a0km {du_lot}",
        "{km} km from {lot}",
    ),
    "tie": (
        "connaît déjà {company} (confiance {trust} sur 100)",
        "knows {company} (trust {trust} of 100)",
    ),
    "size": (
        "au moins {count} salariés",
        "at least {count} people",
    ),
    "needed": (
        "sans elle, personne sur {les_lots}",
        "without it, nobody on {lots}",
    ),
    "needed_volume": (
        "sans elle, l’équipe est trop petite pour {les_lots}",
        "without it, the team is too small for {lots}",
    ),
    "without": (
        "sans elle, la meilleure équipe est moins bonne de {points} points",
        "without it, the best team is {points} points worse",
    ),
    "without_lots": (
        "sans elle, aucune équipe ne fait tout : {lots}",
        "without it, no team does it all: {lots}",
    ),
    "without_same": (
        "sans elle, une autre équipe fait jeu égal",
        "without it, another team does just as well",
    ),
    "without_none": (
        "sans elle, aucune équipe n’est possible",
        "without it, no team is possible",
    ),
    "confirm_capacity": (
        "à confirmer avec {company} : sa capacité sur {le_lot} ({volume} {unit} demandés)",
        "to confirm with {company}: its capacity on {lot} ({volume} {unit} asked for)",
    ),
    "confirm_availability": (
        "à confirmer avec {company} : sa capacité et sa disponibilité pour {le_lot}",
        "to confirm with {company}: its capacity and availability for {lot}",
    ),
    "confirm_certificates": (
        "à confirmer avec {company}, pour {le_lot} : {certificates}",
        "to confirm with {company}, for {lot}: {certificates}",
    ),
    "confirm_turnover": (
        "à confirmer avec {company} : son chiffre d’affaires ({euros} exigés sur {le_lot})",
        "to confirm with {company}: its turnover ({euros} required on {lot})",
    ),
    "confirm_place": (
        "à confirmer avec {company} : son lieu, donc sa distance {au_lot}",
        "to confirm with {company}: where it is, and so how far from {lot}",
    ),
    "gap_company": (
        "{lot} : il manque une entreprise ({trades}){where}{held}",
        "{lot}: a company is missing ({trades}){where}{held}",
    ),
    "gap_volume": (
        "{lot} : il manque {volume} {unit} sur {asked} ({trades}){where}{held}",
        "{lot}: {volume} {unit} of {asked} are missing ({trades}){where}{held}",
    ),
    "gap_turnover": (
        "{lot} : il manque {euros} de chiffre d’affaires en commun",
        "{lot}: {euros} of pooled turnover are missing",
    ),
    "change_company": (
        "{lot} : trouver une entreprise ({trades}){where}{held}",
        "{lot}: find a company ({trades}){where}{held}",
    ),
    "change_lot": (
        "{lot} : trouver une entreprise pour tout le lot, {volume} {unit} ({trades}){where}{held}",
        "{lot}: find a company for the whole lot, {volume} {unit} ({trades}){where}{held}",
    ),
    "change_volume": (
        "{lot} : trouver {volume} {unit} de plus ({trades}){where}{held}",
        "{lot}: find {volume} more {unit} ({trades}){where}{held}",
    ),
    "change_turnover": (
        "{lot} : trouver une entreprise qui apporte {euros} de chiffre d’affaires",
        "{lot}: find a company that brings {euros} of turnover",
    ),
    "change_certificate": (
        "{lot} : {company} devrait obtenir {certificates}",
        "{lot}: {company} would have to obtain {certificates}",
    ),
    "change_distance": (
        "{lot} : accepter {company}, à {km}\u00a0km au lieu de {radius}",
        "{lot}: accept {company}, {km} km away instead of {radius}",
    ),
    "change_members": (
        "trouver {count} entreprise(s) de plus pour être assez nombreux",
        "find {count} more company(ies) to be numerous enough",
    ),
    "change_seats": (
        "accepter jusqu’à {count} membres",
        "accept up to {count} members",
    ),
    "change_ties": (
        "ne plus exiger que tous se connaissent de proche en proche",
        "no longer require that all know each other step by step",
    ),
    "change_group": (
        "{companies} sont du même groupe : n’en garder qu’une",
        "{companies} belong to one group: keep only one",
    ),
    "change_pair": (
        "{companies} ne doivent pas être ensemble : n’en garder qu’une",
        "{companies} must not be together: keep only one",
    ),
    "no_trade": (
        "{lot} : aucun métier connu n’y répond, l’annuaire ne peut pas y chercher",
        "{lot}: no known trade answers it, the directory cannot be searched for it",
    ),
    "nobody": (
        "{lot} : l’annuaire n’a aucune entreprise pour ce lot ({trades})",
        "{lot}: the directory has no company for this lot ({trades})",
    ),
    "no_place": (
        "{lot} : son lieu n’est pas connu, la distance n’a donc pas compté",
        "{lot}: its place is not known, so distance did not count",
    ),
    "fewer_teams": (
        "{count} équipe(s) sur les {asked} demandées : les autres ne différeraient pas vraiment",
        "{count} team(s) of the {asked} asked for: others would not really differ",
    ),
    "too_few": (
        "{count} entreprise(s) seulement peuvent prendre part, il en faut {asked} qui puissent être ensemble",
        "only {count} company(ies) may take part; {asked} that may be together are needed",
    ),
    "shortened": (
        "recherche écourtée : l’écart au mieux possible est indiqué pour chaque équipe",
        "the search was cut short: each team shows how far from the best it may be",
    ),
}


def say(
    what: Reason,
    lang: Lang = "fr",
    names: Mapping[str, str] | None = None,
    lots: Mapping[str, str] | None = None,
) -> str:
    """Say a reason in a sentence (no capital, no full stop).

    Shape   names: what to call companies and trades instead of their identifiers;
            lots: how to number lots, « 1 » for « LOT-0001 ».

    >>> say(reason("near", lot="2", km=12), "en")
    '12 km from lot 2'
    """
    known, titles = names or {}, lots or {}
    code, facts = what.code, dict(what.facts)
    if code == "without":
        code = "without" if not facts["lots"] else "without_lots"
        code = "without_same" if code == "without" and facts["points"] == 0 else code
    words = {"unit": "", "where": "", "held": ""}
    for key, value in facts.items():
        words[key] = _word(key, value, lang, known, titles)
    lot, many = words.get("lot", ""), words.get("lots", "")
    words |= {"le_lot": f"le {lot}", "du_lot": f"du {lot}", "au_lot": f"au {lot}"}
    words["les_lots"] = f"{'les' if many.startswith('lots') else 'le'} {many}"
    if "cents" in facts:
        words["euros"] = _euros(int(str(facts["cents"])), lang)
    if "radius" in facts and code != "change_distance":
        words["where"] = {"fr": f" à moins de {facts['radius']}{FIRM}km", "en": f" within {facts['radius']} km"}[lang]
    if facts.get("certificates") and "{held}" in SENTENCES[code][0]:
        words["held"] = {"fr": ", avec ", "en": ", holding "}[lang] + words["certificates"]
    said = sentences.say(reason(code, **words), SENTENCES, lang)
    return said.replace("  ", " ").replace(" )", ")").strip()


def _word(key: str, value: Fact, lang: Lang, names: Mapping[str, str], lots: Mapping[str, str]) -> str:
    if key == "lot":
        return f"lot {lots.get(str(value), value)}"
    if key == "lots" and isinstance(value, tuple):
        return ("lot " if len(value) == 1 else "lots ") + _some([lots.get(one, one) for one in value], lang)
    if isinstance(value, tuple):
        return _some([names.get(one, one) for one in value], lang, "or" if key == "trades" else "and")
    if isinstance(value, str):
        return names.get(value, value) if key in ("company", "trade") else value
    return say_number(Fraction(value), lang)


def _some(words: Sequence[str], lang: Lang, link: str = "and") -> str:
    """The first of many, joined."""
    return listed([*words[:5], "…"] if len(words) > 6 else list(words), lang, link)


def _euros(cents: int, lang: Lang) -> str:
    """Whole euros, rounded up: what is required is not understated."""
    said = say_number(Fraction(-(-cents // 100)), lang)
    return f"{said}{FIRM}€" if lang == "fr" else f"€{said}"
