"""Finding companies: slips, accents, numbers, leaders, trades, places, sizes; and never more than one may see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.directory import reads
from cordee.directory.models import Company, CompanyTrade, Place
from cordee.directory.reads.search import distance_from, slips_between
from cordee.engines.places import Point, distance_km
from tests import factories
from tests.people import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(world: World) -> World:
    for name, city, postcode, lon, lat, low in (
        ("SARL Charpenterie Fabrègues", "Lodève", "34700", 3.316, 43.732, 12),
        ("Électricité du Larzac", "Le Caylar", "34520", 3.317, 43.862, 60),
        ("Maçonnerie Saint-Étienne", "Brest", "29200", -4.486, 48.390, 3),
    ):
        made = factories.company(name, city=city, postcode=postcode, headcount_low=low)
        Place.objects.filter(company=made).update(lon=lon, lat=lat)
    CompanyTrade.objects.create(company=Company.objects.get(name__contains="Larzac"), trade="electricite", naf="43.21A")
    return world


def names(world: World, **asked: object) -> list[str]:
    found = reads.search_companies(reads.Query(**asked), person=world.chloe)  # type: ignore[arg-type]
    return sorted(company.name for company in found.companies)


@pytest.mark.parametrize(
    "typed",
    ["charpenterie fabregues", "FABRÈGUES", "charpentrie", "chapenterie fabregue", "sarl fabregues", "fabr"],
)
def test_a_name_is_found_however_it_is_typed(few: World, typed: str) -> None:
    assert names(few, text=typed) == ["SARL Charpenterie Fabrègues"]


def test_a_correction_is_said(few: World) -> None:
    found = reads.search_companies(reads.Query(text="electrictié larzac"), person=few.chloe)
    assert found.corrected == "electricite larzac"
    assert not reads.search_companies(reads.Query(text="zzzzzz"), person=few.chloe).companies.exists()


def test_a_siren_with_spaces_and_a_leader_are_found(few: World) -> None:
    siren = few.seats["aude"].company.siren or ""
    assert names(few, text=f" {siren[:3]} {siren[3:6]} {siren[6:]} ") == ["Menuiserie Lambert"]
    assert names(few, text="bruno masson") == ["Charpente Masson"]


def test_a_trade_a_place_and_a_size_narrow_the_answer(few: World) -> None:
    assert names(few, trade="Électricité du bâtiment") == ["Électricité du Larzac"]
    assert names(few, trade="électricien") == ["Électricité du Larzac"]
    assert names(few, place="Lodève", radius=10) == ["SARL Charpenterie Fabrègues"]
    assert names(few, place="34700", radius=25) == ["SARL Charpenterie Fabrègues", "Électricité du Larzac"]
    assert names(few, place="29") == ["Maçonnerie Saint-Étienne"]
    assert names(few, size="50") == ["Électricité du Larzac"]
    assert "Menuiserie Lambert" in names(few, size="unknown")


@pytest.mark.parametrize(
    "asked", [{"trade": "magie noire"}, {"place": "Atlantide"}, {"place": "99999"}, {"place": "("}, {"text": "!!!"}]
)
def test_nonsense_finds_nothing_politely(few: World, asked: dict[str, str]) -> None:
    assert names(few, **asked) == []


def test_the_nearest_come_first_with_how_far_they_are(few: World) -> None:
    page = reads.list_page(reads.Query(place="Lodève", radius=25), person=few.chloe)
    assert [(line.company.name, line.km) for line in page.lines] == [
        ("SARL Charpenterie Fabrègues", 0),
        ("Électricité du Larzac", 14),
    ]


def test_the_database_measures_as_the_engine_does(few: World) -> None:
    centre = Point(2.35, 48.86)
    for place in Place.objects.annotate(km=distance_from(centre)):
        assert place.km == pytest.approx(distance_km(centre, Point(place.lon or 0, place.lat or 0)), rel=1e-6)


@given(st.text("abcde", max_size=7), st.text("abcde", max_size=7))
def test_slips_are_counted_alike_from_both_sides(one: str, two: str) -> None:
    assert slips_between(one, one, 2) == 0
    if abs(len(one) - len(two)) <= 2:
        assert slips_between(one, two, 2) == slips_between(two, one, 2)


def test_ten_thousand_companies_are_read_for_teams_in_a_few_queries(
    few: World, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        read = reads.companies_for_teaming(person=few.aude, at=factories.AT)
    larzac = next(one for one in read if one.name == "Électricité du Larzac")
    assert (larzac.trades, larzac.headcount, larzac.capacity, larzac.certificates) == (
        {"electricite": 90},
        60,
        None,
        None,
    )
    only = reads.companies_for_teaming(person=few.aude, at=factories.AT, trades=("electricite",))
    assert {one.name for one in only} == {"Électricité du Larzac", "Menuiserie Lambert"}
