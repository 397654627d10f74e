"""Finding companies: by name (slips forgiven), SIREN, leader, trade, place, size. What one may see is in the query."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.db.models import Exists, F, FloatField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.utils.translation import gettext as _

from cordee.directory.models import Company, CompanyTrade, NameWord, Place, Representative
from cordee.engines.places import (
    Point,
    department,
    department_of_insee,
    department_of_postcode,
    point_of_postcode,
    search_communes,
)
from cordee.engines.places.communes import fold_name
from cordee.engines.places.distance import EARTH_RADIUS_KM
from cordee.engines.trades import Trade, all_trades, search
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person

RADII = (10, 25, 50, 100, 200)
SIZES: dict[str, tuple[int, int | None]] = {"1": (0, 9), "10": (10, 49), "50": (50, 249), "250": (250, None)}
_LEGAL = {
    "sarl",
    "sas",
    "sasu",
    "eurl",
    "sa",
    "scop",
    "scic",
    "association",
    "assoc",
    "ets",
    "etablissements",
    "entreprise",
}
_CANDIDATES = 4000


@dataclass(frozen=True, slots=True)
class Query:
    """What one looks for. Empty means anything."""

    text: str = ""
    trade: str = ""
    place: str = ""
    radius: int = 25
    size: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The companies found, and how the question was understood."""

    companies: QuerySet[Company]
    trades: tuple[Trade, ...] = ()
    centre: Point | None = None
    where: str = ""
    corrected: str = ""  # the words it was read as, where something was misspelt
    problem: str = ""  # a sentence, where a part of the question was not understood


def search_companies(query: Query, *, person: Person) -> Found:
    """Find companies that this person may see; each part of the question narrows the answer."""
    found: QuerySet[Company] = Company.objects.seen_by(person).sighted(person)
    problems: list[str] = []
    found, corrected = _by_name(found, query.text)
    trades: tuple[Trade, ...] = ()
    if query.trade.strip():
        trades = trades_meant(query.trade)
        if not trades:
            problems.append(_("Nous ne connaissons pas le métier « %(text)s ».") % {"text": query.trade[:60]})
        having = CompanyTrade.objects.filter(company=OuterRef("pk"), trade__in=[one.slug for one in trades])
        found = found.filter(Exists(having))
    centre, where = None, ""
    if query.place.strip():
        found, centre, where = _by_place(found, query.place, query.radius)
        if not where:
            problems.append(_("Nous ne connaissons pas le lieu « %(text)s ».") % {"text": query.place[:60]})
    if query.size in SIZES:
        low, high = SIZES[query.size]
        found = found.filter(headcount_low__gte=low)
        found = found.filter(headcount_low__lte=high) if high is not None else found
    elif query.size == "unknown":
        found = found.filter(headcount_low=None)
    return Found(found, trades, centre, where, corrected, " ".join(problems))


def trades_meant(text: str) -> tuple[Trade, ...]:
    """The trades that somebody means by a label of the table, a slug, a code or a few words."""
    folded = fold_name(text[:120])
    for one in all_trades():
        if folded in (fold_name(one.label_fr), fold_name(one.label_en), fold_name(one.slug)):
            return (one,)
    return search(text[:120], language(), limit=6)


def trade_labels() -> list[str]:
    """Every trade by its name, for the list that is offered while one types."""
    return sorted((one.label(language()) for one in all_trades()), key=fold_name)


def _by_name(found: QuerySet[Company], text: str) -> tuple[QuerySet[Company], str]:
    text = text.strip()[:120].replace("\x00", "")
    digits = "".join(text.split())
    if not digits:
        return found, ""
    if digits.isdecimal() and digits.isascii() and len(digits) in (9, 14):
        return _named(found).filter(siren=digits[:9]), ""
    found = _named(found)  # a name that is kept back is not found by guessing it
    words = fold_name(text).split()
    words = [word for word in words if word not in _LEGAL] or words
    if not words:
        return found.none(), ""
    exact = Q()
    for word in words:
        exact &= Q(search_text__contains=f" {word}")
    leads = Representative.objects.filter(company=OuterRef("pk"), until=None, person__name__icontains=text)
    leads = leads.exclude(company__visibility__has_key="leaders")
    # A leader's name finds the company too, once enough of it is typed to mean somebody.
    wanted = exact | Exists(leads) if len(text) >= 3 else exact
    if found.filter(wanted).exists():
        return found.filter(wanted), ""
    meant = {word: _near_words(word) for word in words}
    if not all(meant.values()):
        return found.none(), ""
    telling = {word: near for word, near in meant.items() if near[0] not in _LEGAL}
    loose, meant = Q(), telling or meant
    for near in meant.values():
        one = Q()
        for word in near:
            one |= Q(search_text__contains=f" {word}")
        loose &= one
    return found.filter(loose), " ".join(near[0] for near in meant.values())


def _named(found: Any) -> QuerySet[Company]:
    """Those whose name this person may read; the rows come from `sighted`."""
    named: QuerySet[Company] = found.filter(is_named=True)
    return named


def _near_words(word: str) -> tuple[str, ...]:
    """The known words nearest to a mistyped one; itself, where it is a beginning."""
    if NameWord.objects.filter(word__startswith=word).exists() or len(word) < 4:
        return (word,)
    slips = 1 if len(word) < 7 else 2
    alike = Q(word__startswith=word[0]) | Q(word__endswith=word[-3:]) | Q(word__startswith=word[1])
    near = sorted((slips_between(word, known, slips), known) for known in _candidates(alike))
    return tuple(known for far, known in near if far <= slips and far == near[0][0])[:8]


def _candidates(alike: Q) -> Iterable[str]:
    return NameWord.objects.filter(alike).order_by("word").values_list("word", flat=True)[:_CANDIDATES]


def slips_between(typed: str, known: str, most: int) -> int:
    """How many letters were added, left out, changed or swapped with the next one; `most` + 1 when more than that.

    A word is compared with as much of the known one as was typed too: « charpnt » is near the beginning of
    « charpentier ».

    >>> slips_between("charpnete", "charpente", 2), slips_between("maconnerie", "menuiserie", 2)
    (1, 3)
    """
    known = known[: len(typed) + most] if len(known) > len(typed) + most else known
    if abs(len(typed) - len(known)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, letter in enumerate(typed, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(known, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == known[j - 2] and typed[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _by_place(found: QuerySet[Company], text: str, radius: int) -> tuple[QuerySet[Company], Point | None, str]:
    """Around a commune or a postcode; within a department when one is named."""
    text = text.strip()[:80]
    code = text.upper().split(" ")[0]
    known = department(code) if 1 < len(code) <= 3 and code[0].isdigit() else None
    if known is not None:
        here = Place.objects.filter(company=OuterRef("pk"), department=known.code)
        return found.filter(Exists(here)), None, f"{known.name} ({known.code})"
    centre, where, code = _centre(text)
    if centre is None:
        return found.none(), None, ""
    far = distance_from(centre)
    around = Place.objects.filter(company=OuterRef("pk"), lon__isnull=False, lat__isnull=False)
    # A box first: most places are left out before anything is measured.
    tall, wide = radius / 110, radius / (110 * max(0.1, cos(radians(centre.lat))))
    around = around.filter(lat__range=(centre.lat - tall, centre.lat + tall))
    around = around.filter(lon__range=(centre.lon - wide, centre.lon + wide))
    nearest = around.order_by().values("company").annotate(km=Min(far)).values("km")
    # Of a company that keeps its name to itself, only the department is told: no circle closes around it.
    there = Exists(Place.objects.filter(company=OuterRef("pk"), department=code)) if code else Q(pk=None)
    near = Q(km__lte=radius, is_named=True) | Q(there, is_named=False)
    return found.annotate(km=Subquery(nearest)).filter(near), centre, where


def _centre(text: str) -> tuple[Point | None, str, str]:
    """The point that was meant, its name, its department."""
    named, _bracket, code = text.partition("(")  # « Lodève (34700) » as a page may write it
    postcode = "".join(text.split())
    if postcode.isdecimal() and postcode.isascii() and len(postcode) == 5:
        point = point_of_postcode(postcode)
        away = department_of_postcode(postcode)
        return point or (away.point if away else None), postcode, away.code if away else ""
    wanted = code.rstrip(") ")
    for one in search_communes(named, 12):
        if one.point and (not wanted or any(each.startswith(wanted) for each in one.postcodes)):
            here = department_of_insee(one.insee)
            return one.point, one.name, here.code if here else ""
    return None, "", ""


def distance_from(centre: Point) -> CombinedExpression:
    """Kilometres from a point to each place, in the database: the very formula of `distance_km`."""
    lat, lon = Radians(Value(centre.lat)), Radians(Value(centre.lon))
    north = Power(Sin((Radians(F("lat")) - lat) / 2), 2)
    half = north + Cos(lat) * Cos(Radians(F("lat"))) * Power(Sin((Radians(F("lon")) - lon) / 2), 2)
    inside = Sqrt(Least(Value(1.0), half, output_field=FloatField()))
    return ASin(inside, output_field=FloatField()) * (2 * EARTH_RADIUS_KM)
