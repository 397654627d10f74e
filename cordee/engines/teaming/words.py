"""The words of the team engine, in French and in English: every reason has its sentence here and nowhere else."""

from collections.abc import Mapping, Sequence
from typing import Literal

from cordee.engines.teaming.model import Reason, Value

Lang = Literal["fr", "en"]
NB = "\u00a0"
THIN = "\u202f"

SENTENCES: dict[str, dict[Lang, str]] = {
    "given": {"fr": "c’est autour d’elle que l’équipe se cherche", "en": "the team is sought around it"},
    "alone": {"fr": "seule sur {les_lots}", "en": "alone on {lots}"},
    "shares": {"fr": "partage {les_lots} avec d’autres", "en": "shares {lots} with others"},
    "reserve": {
        "fr": "en renfort pour {le_lot}, avec son métier{NB}: {trade}",
        "en": "in reserve for {lot}, through its trade: {trade}",
    },
    "trade": {
        "fr": "{lot}{NB}: son métier, {trade}, y répond à {strength}{THIN}%",
        "en": "{lot}: its trade, {trade}, answers it {strength}%",
    },
    "part": {"fr": "{lot}{NB}: {units} sur {volume} {unit}", "en": "{lot}: {units} of {volume} {unit}"},
    "near": {"fr": "à {km}{NB}km {du_lot}", "en": "{km} km from {lot}"},
    "tie": {"fr": "connaît déjà {company} (confiance {trust} sur 100)", "en": "knows {company} (trust {trust} of 100)"},
    "size": {"fr": "au moins {count} salariés", "en": "at least {count} people"},
    "needed": {"fr": "sans elle, personne sur {les_lots}", "en": "without it, nobody on {lots}"},
    "needed_volume": {
        "fr": "sans elle, l’équipe est trop petite pour {les_lots}",
        "en": "without it, the team is too small for {lots}",
    },
    "without": {
        "fr": "sans elle, la meilleure équipe est moins bonne de {points} points",
        "en": "without it, the best team is {points} points worse",
    },
    "without_lots": {
        "fr": "sans elle, aucune équipe ne fait tout{NB}: {lots}",
        "en": "without it, no team does it all: {lots}",
    },
    "without_same": {
        "fr": "sans elle, une autre équipe fait jeu égal",
        "en": "without it, another team does just as well",
    },
    "without_none": {"fr": "sans elle, aucune équipe n’est possible", "en": "without it, no team is possible"},
    "confirm_capacity": {
        "fr": "à confirmer avec {company}{NB}: sa capacité sur {le_lot} ({volume} {unit} demandés)",
        "en": "to confirm with {company}: its capacity on {lot} ({volume} {unit} asked for)",
    },
    "confirm_availability": {
        "fr": "à confirmer avec {company}{NB}: sa capacité et sa disponibilité pour {le_lot}",
        "en": "to confirm with {company}: its capacity and availability for {lot}",
    },
    "confirm_certificates": {
        "fr": "à confirmer avec {company}, pour {le_lot}{NB}: {certificates}",
        "en": "to confirm with {company}, for {lot}: {certificates}",
    },
    "confirm_turnover": {
        "fr": "à confirmer avec {company}{NB}: son chiffre d’affaires ({euros} exigés sur {le_lot})",
        "en": "to confirm with {company}: its turnover ({euros} required on {lot})",
    },
    "confirm_place": {
        "fr": "à confirmer avec {company}{NB}: son lieu, donc sa distance {au_lot}",
        "en": "to confirm with {company}: where it is, and so how far from {lot}",
    },
    "gap_company": {
        "fr": "{lot}{NB}: il manque une entreprise ({trades}){where}{held}",
        "en": "{lot}: a company is missing ({trades}){where}{held}",
    },
    "gap_volume": {
        "fr": "{lot}{NB}: il manque {volume} {unit} sur {asked} ({trades}){where}{held}",
        "en": "{lot}: {volume} {unit} of {asked} are missing ({trades}){where}{held}",
    },
    "gap_turnover": {
        "fr": "{lot}{NB}: il manque {euros} de chiffre d’affaires en commun",
        "en": "{lot}: {euros} of pooled turnover are missing",
    },
    "change_company": {
        "fr": "{lot}{NB}: trouver une entreprise ({trades}){where}{held}",
        "en": "{lot}: find a company ({trades}){where}{held}",
    },
    "change_lot": {
        "fr": "{lot}{NB}: trouver une entreprise pour tout le lot, {volume} {unit} ({trades}){where}{held}",
        "en": "{lot}: find a company for the whole lot, {volume} {unit} ({trades}){where}{held}",
    },
    "change_volume": {
        "fr": "{lot}{NB}: trouver {volume} {unit} de plus ({trades}){where}{held}",
        "en": "{lot}: find {volume} more {unit} ({trades}){where}{held}",
    },
    "change_turnover": {
        "fr": "{lot}{NB}: trouver une entreprise qui apporte {euros} de chiffre d’affaires",
        "en": "{lot}: find a company that brings {euros} of turnover",
    },
    "change_certificate": {
        "fr": "{lot}{NB}: {company} devrait obtenir {certificates}",
        "en": "{lot}: {company} would have to obtain {certificates}",
    },
    "change_distance": {
        "fr": "{lot}{NB}: accepter {company}, à {km}{NB}km au lieu de {radius}",
        "en": "{lot}: accept {company}, {km} km away instead of {radius}",
    },
    "change_members": {
        "fr": "trouver {count} entreprise(s) de plus pour être assez nombreux",
        "en": "find {count} more company(ies) to be numerous enough",
    },
    "change_seats": {"fr": "accepter jusqu’à {count} membres", "en": "accept up to {count} members"},
    "change_ties": {
        "fr": "ne plus exiger que tous se connaissent de proche en proche",
        "en": "no longer require that all know each other step by step",
    },
    "change_group": {
        "fr": "{companies} sont du même groupe{NB}: n’en garder qu’une",
        "en": "{companies} belong to one group: keep only one",
    },
    "change_pair": {
        "fr": "{companies} ne doivent pas être ensemble{NB}: n’en garder qu’une",
        "en": "{companies} must not be together: keep only one",
    },
    "no_trade": {
        "fr": "{lot}{NB}: aucun métier connu n’y répond, l’annuaire ne peut pas y chercher",
        "en": "{lot}: no known trade answers it, the directory cannot be searched for it",
    },
    "nobody": {
        "fr": "{lot}{NB}: l’annuaire n’a aucune entreprise pour ce lot ({trades})",
        "en": "{lot}: the directory has no company for this lot ({trades})",
    },
    "no_place": {
        "fr": "{lot}{NB}: son lieu n’est pas connu, la distance n’a donc pas compté",
        "en": "{lot}: its place is not known, so distance did not count",
    },
    "fewer_teams": {
        "fr": "{count} équipe(s) sur les {asked} demandées{NB}: les autres ne différeraient pas vraiment",
        "en": "{count} team(s) of the {asked} asked for: others would not really differ",
    },
    "too_few": {
        "fr": "{count} entreprise(s) seulement peuvent prendre part, il en faut {asked} qui puissent être ensemble",
        "en": "only {count} company(ies) may take part; {asked} that may be together are needed",
    },
    "shortened": {
        "fr": "recherche écourtée{NB}: l’écart au mieux possible est indiqué pour chaque équipe",
        "en": "the search was cut short: each team shows how far from the best it may be",
    },
}


def say(
    reason: Reason,
    lang: Lang = "fr",
    names: Mapping[str, str] | None = None,
    lots: Mapping[str, str] | None = None,
) -> str:
    """Say a reason in a sentence (no capital, no full stop).

    Shape   names: what to call companies and trades instead of their identifiers;
            lots: how to number lots, « 1 » for « LOT-0001 ».

    >>> say(Reason("near", {"lot": "2", "km": 12}), "en")
    '12 km from lot 2'
    """
    known, titles = names or {}, lots or {}
    code, params = reason.code, dict(reason.params)
    if code == "without":
        code = "without" if not params["lots"] else "without_lots"
        code = "without_same" if code == "without" and params["points"] == 0 else code
    words: dict[str, str] = {"NB": NB, "THIN": THIN, "unit": "", "where": "", "held": ""}
    for key, value in params.items():
        words[key] = _word(key, value, lang, known, titles)
    lot, many = words.get("lot", ""), words.get("lots", "")
    words |= {"le_lot": f"le {lot}", "du_lot": f"du {lot}", "au_lot": f"au {lot}"}
    words["les_lots"] = f"{'les' if many.startswith('lots') else 'le'} {many}"
    if "cents" in params:
        words["euros"] = _euros(int(str(params["cents"])), lang)
    if "radius" in params and code != "change_distance":
        words["where"] = {"fr": f" à moins de {params['radius']}{NB}km", "en": f" within {params['radius']} km"}[lang]
    if params.get("certificates") and "{held}" in SENTENCES[code][lang]:
        words["held"] = {"fr": ", avec ", "en": ", holding "}[lang] + words["certificates"]
    said = SENTENCES[code][lang].format(**words)
    return said.replace("  ", " ").replace(" )", ")").strip()


def _word(key: str, value: Value, lang: Lang, names: Mapping[str, str], lots: Mapping[str, str]) -> str:
    if key == "lot":
        return f"lot {lots.get(str(value), value)}"
    if key == "lots" and isinstance(value, tuple):
        return ("lot " if len(value) == 1 else "lots ") + _list([lots.get(one, one) for one in value], lang)
    if isinstance(value, tuple):
        return _list([names.get(one, one) for one in value], lang, "or" if key == "trades" else "and")
    if isinstance(value, int):
        return f"{value:,}".replace(",", THIN if lang == "fr" else ",")
    return names.get(value, value) if key in ("company", "trade") else value


def _list(words: Sequence[str], lang: Lang, link: str = "and") -> str:
    joint = {"and": {"fr": "et", "en": "and"}, "or": {"fr": "ou", "en": "or"}}[link][lang]
    if len(words) > 6:
        words = [*words[:5], "…"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}" if words else ""


def _euros(cents: int, lang: Lang) -> str:
    whole = -(-cents // 100)
    return f"{whole:,}".replace(",", THIN) + f"{NB}€" if lang == "fr" else f"€{whole:,}"
