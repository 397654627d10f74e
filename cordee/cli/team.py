"""Chercher les meilleures équipes d’entreprises pour un besoin, dire pourquoi, et qui manque.

BESOIN est un avis de marché (TED, eForms, BOAMP : ce que lit « cordee notice »), ou un besoin écrit à la main en JSON.
FICHIER est la liste des entreprises : la table de Cordée (CSV, XLSX), un fichier Sirene, ou un JSON. Les deux formats
JSON sont décrits dans docs/teaming.md. Avec --register, le répertoire national (« cordee import sirene ») donne les
entreprises les plus proches des métiers demandés, à la place d’un fichier ou en plus de lui ; le fichier passe d’abord.

Une entreprise répond à un lot par un métier, déclaré ou tiré de son code NAF, et par rien d’autre. Une équipe compte au
moins trois entreprises. Ce qui n’est pas connu (capacité, chiffre d’affaires, certificats) est « à confirmer » : cela
coûte quelques points, et c’est dit. Moins une équipe a de points, mieux elle convient ; docs/teaming.md dit le compte.

Exemples :
  cordee team avis.xml --companies annuaire.csv                     les cinq meilleures équipes
  cordee team avis.xml --companies annuaire.csv --top 1 --explain   la meilleure, avec toutes ses raisons
  cordee team avis.xml --companies annuaire.csv --around 732829320  autour d’une entreprise, par son SIREN
  cordee team besoin.json --companies annuaire.csv --json           pour un programme
  cordee team avis.xml --register                                   dans tout le pays
  cordee --lang en team avis.xml --companies annuaire.csv           the same in English

Résultat : 0 une équipe fait tout ; 1 aucune ne fait tout (ce qui manque est dit) ; 2 l’entrée est fausse.
"""

import argparse

from cordee.cli.team_text import as_json, lines
from cordee.cli.tools import BadInput, Lang, print_json, read_bytes, with_settings
from cordee.engines.companies import FileRefused, read_companies
from cordee.engines.notices import NotANotice, read_notice
from cordee.engines.teaming import Answer, Company, Need, Options, find_teams
from cordee.engines.teaming.from_notice import companies_of, lot_numbers, need_of
from cordee.engines.teaming.need_json import (
    NotANeed,
    looks_like_companies,
    looks_like_need,
    read_companies_json,
    read_need,
)

HELP = "chercher les meilleures équipes pour un avis ou un besoin"
SECONDS = 0.8
"""What the solver may take, so that the whole command answers within three seconds."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("need", metavar="BESOIN", help="un avis de marché, ou un besoin en JSON")
    parser.add_argument("--companies", metavar="FICHIER", help="la liste des entreprises")
    parser.add_argument("--register", action="store_true", help="chercher aussi dans le répertoire national")
    parser.add_argument("--around", metavar="SIREN", action="append", default=[], help="cette entreprise en est")
    parser.add_argument("--without", metavar="SIREN", action="append", default=[], help="cette entreprise n’en est pas")
    parser.add_argument("--top", metavar="N", type=int, default=5, help="combien d’équipes, de 1 à 20 (5)")
    parser.add_argument("--min", metavar="N", type=int, default=3, help="au moins N membres, de 3 à 12 (3)")
    parser.add_argument("--max", metavar="N", type=int, default=12, help="au plus N membres, de 3 à 12 (12)")
    parser.add_argument("--km", metavar="N", type=int, help="au plus à N km de chaque lot (par défaut, selon le lieu)")
    parser.add_argument("--tied", action="store_true", help="tous doivent se connaître, de proche en proche")
    parser.add_argument("--alone", action="store_true", help="une seule entreprise par lot")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")
    parser.add_argument("--explain", action="store_true", help="donner toutes les raisons de chaque équipe")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    options = _options(args, lang)
    need, lots, cpv = _need(args.need, args.km, lang)
    if not args.companies and not args.register:
        raise BadInput(
            {
                "fr": "donnez une liste (--companies FICHIER), le répertoire national (--register), ou les deux.",
                "en": "give a list (--companies FILE), the national register (--register), or both.",
            }[lang]
        )
    companies = _companies(args.companies, need, lang) if args.companies else []
    if args.register:
        known = {one.id for one in companies}
        companies += [one for one in _register(need, options, lang) if one.id not in known]
    names = {one.id: one.name for one in companies}
    source = args.companies or {"fr": "le répertoire national", "en": "the national register"}[lang]
    for wanted in (*args.around, *args.without):
        if wanted.replace(" ", "") not in names:
            raise BadInput(
                {
                    "fr": f"l’entreprise {wanted[:40]} n’est pas dans « {source} » ; vérifiez son SIREN.",
                    "en": f"company {wanted[:40]} is not in “{source}”; check its SIREN.",
                }[lang]
            )
    try:
        answer = find_teams(need, companies, options)
    except ValueError as wrong:
        raise BadInput({"fr": f"la demande se contredit ({wrong}).", "en": f"{wrong}."}[lang]) from None
    if args.json:
        print_json("cordee.team/1", as_json(answer, need, names, lots, cpv, lang))
    else:
        print("\n".join(lines(answer, need, names, lots, lang, explain=args.explain)))
    return 0 if _done(answer) else 1


def _done(answer: Answer) -> bool:
    return bool(answer.teams) and answer.infeasible is None


def _options(args: argparse.Namespace, lang: Lang) -> Options:
    least, most = args.min, args.max
    if not 3 <= least <= most <= 12:
        raise BadInput(
            {
                "fr": "--min et --max vont de 3 à 12, et --min ne dépasse pas --max.",
                "en": "--min and --max go from 3 to 12, and --min is not above --max.",
            }[lang]
        )
    if not 1 <= args.top <= 20:
        raise BadInput({"fr": "--top va de 1 à 20.", "en": "--top goes from 1 to 20."}[lang])
    if args.km is not None and not 1 <= args.km <= 20_000:
        raise BadInput({"fr": "--km va de 1 à 20 000.", "en": "--km goes from 1 to 20,000."}[lang])
    around = tuple(dict.fromkeys(one.replace(" ", "") for one in args.around))
    without = tuple(dict.fromkeys(one.replace(" ", "") for one in args.without))
    if set(around) & set(without):
        raise BadInput(
            {
                "fr": "une entreprise ne peut pas être à la fois voulue et écartée.",
                "en": "a company cannot be both wanted and left out.",
            }[lang]
        )
    return Options(
        min_members=least,
        max_members=most,
        around=around,
        excluded=without,
        competitors=not args.alone,
        ties="must" if args.tied else "wish",
        max_km=args.km,
        count=args.top,
        seconds=SECONDS,
    )


def _need(path: str, km: int | None, lang: Lang) -> tuple[Need, dict[str, str], dict[str, tuple[str, ...]]]:
    """The need, what to call each lot, and the codes of each lot."""
    data = read_bytes(path, lang)
    try:
        if looks_like_need(data):
            need = read_need(data)
            return need, {}, {}
        notice = read_notice(data)
    except (NotANeed, NotANotice) as wrong:
        raise BadInput(f"{path} : {wrong.sentence(lang)}") from None
    lots = notice.lots or notice.parts
    need = need_of(notice, radius_km=km)
    if not need.lots:
        raise BadInput(
            {"fr": f"{path} : cet avis n’a aucun lot à chercher.", "en": f"{path}: this notice has no lot."}[lang]
        )
    return need, lot_numbers(lots), {lot.id: lot.cpv for lot in lots}


def _companies(path: str, need: Need, lang: Lang) -> list[Company]:
    data = read_bytes(path, lang)
    try:
        if looks_like_companies(data):
            return read_companies_json(data)
        return companies_of(read_companies(data).rows, need)
    except NotANeed as wrong:
        raise BadInput(f"{path} : {wrong.sentence(lang)}") from None
    except FileRefused as wrong:
        raise BadInput(f"{path} : {wrong.text(lang)}") from None


def _register(need: Need, options: Options, lang: Lang) -> list[Company]:
    """The nearest companies of the trades asked, lot by lot, and those named by --around."""
    with_settings()
    from cordee.directory.reads import RegisterAsked, as_row, near_in_register, register_path, search_register
    from cordee.engines.places import Point

    if not register_path().is_file():
        raise BadInput(
            {
                "fr": "le répertoire national n’est pas chargé ; voir « cordee import sirene ».",
                "en": "the national register is not loaded; see “cordee import sirene”.",
            }[lang]
        )
    lots = ((lot.trades, Point(*lot.place) if lot.place else None, lot.radius_km) for lot in need.lots)
    rows = {one.siren: one for one in near_in_register(lots)}
    for siren in options.around:
        rows |= {one.siren: one for one in search_register(RegisterAsked(text=siren), limit=1)}
    if not rows and not any(lot.place for lot in need.lots):
        raise BadInput(
            {
                "fr": "aucun lot ne dit de lieu : le répertoire national se cherche autour d’un lieu.",
                "en": "no lot says a place: the national register is searched around a place.",
            }[lang]
        )
    return companies_of([as_row(one) for one in rows.values()], need)
