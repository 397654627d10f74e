"""Where things are: codes old and new, postcodes, communes, distances."""

import csv
from math import cos, hypot, pi, radians
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.places import (
    Point,
    all_departments,
    commune,
    communes_of_postcode,
    department,
    department_of_insee,
    department_of_postcode,
    departments_of_nuts,
    distance_km,
    place_of,
    point_of_postcode,
    region,
    search_communes,
)

POINTS = st.builds(Point, st.floats(-180, 180), st.floats(-90, 90))


def codes(nuts: str) -> list[str]:
    return [one.code for one in departments_of_nuts(nuts)]


@pytest.mark.parametrize(
    ("nuts", "expected"),
    [
        ("FRJ13", ["34"]),
        ("FR813", ["34"]),
        ("FR824", ["13"]),
        ("FR101", ["75"]),
        ("FR302", ["62"]),
        ("FR716", ["69"]),
        ("FR831", ["2A"]),
        ("FRM02", ["2B"]),
        ("FR910", ["971"]),
        ("FRA10", ["971"]),
        ("FRY10", ["971"]),
        ("FRA50", ["976"]),
        ("FR83", ["2A", "2B"]),
        ("FR3", ["59", "62"]),
        ("FR42", ["67", "68"]),
        ("fr81", ["11", "30", "34", "48", "66"]),
        ("FRZZZ", []),
        ("DE212", []),
        ("", []),
    ],
)
def test_nuts_codes_of_any_year_name_the_same_departments(nuts: str, expected: list[str]) -> None:
    assert codes(nuts) == expected


def test_every_department_has_one_nuts3_and_one_former_one() -> None:
    with_nuts = [one for one in all_departments() if one.nuts3]
    assert len(with_nuts) == 101
    assert len({one.nuts3 for one in with_nuts}) == 101
    former = [f"FR{a}{b}{c}" for a in "23456789" for b in range(10) for c in range(10)]
    reached = [one.code for code in former for one in departments_of_nuts(code) if len(code) == 5]
    # The eight of Île-de-France kept their codes; Mayotte came later, as FRA50.
    assert sorted(reached) == sorted(one.code for one in with_nuts if one.region != "11" and one.code != "976")


def test_nuts_names_agree_with_the_official_list(shared_data: Path) -> None:
    with (shared_data / "reference/nuts_2021_fr_en.csv").open(encoding="utf-8") as lines:
        official = {row["code"]: row["label_fr"] for row in csv.DictReader(lines)}
    for one in all_departments():
        if one.nuts3:
            assert official[one.nuts3] == one.name


@pytest.mark.parametrize(
    ("postcode", "expected"),
    [
        ("34000", "34"),
        ("01000", "01"),
        ("20000", "2A"),
        ("20137", "2A"),
        ("20200", "2B"),
        ("20600", "2B"),
        ("97110", "971"),
        ("97133", "977"),
        ("97150", "978"),
        ("97500", "975"),
        ("97600", "976"),
        ("13226", "13"),
    ],
)
def test_a_postcode_names_its_department(postcode: str, expected: str) -> None:
    found = department_of_postcode(postcode)
    assert found is not None
    assert found.code == expected


@given(st.text(max_size=6))
def test_any_text_is_a_place_or_none(text: str) -> None:
    for found in (
        department_of_postcode(text),
        department_of_insee(text),
        department(text),
        region(text),
        commune(text),
        place_of(nuts=text, postcode=text, insee=text),
    ):
        assert found is None or found.name
    assert len(search_communes(text)) <= 10


def test_every_commune_lies_in_a_department_and_near_its_middle() -> None:
    for one in all_departments():
        assert -62 - 2 < one.point.lon < 56
    for insee in ("34172", "2A004", "97411", "97502", "75101", "13055"):
        place = place_of(insee=insee)
        assert place is not None
        assert place.level == "commune"
        where = department(place.departments[0])
        assert where is not None
        assert distance_km(place.point, where.point) < 120


def test_communes_agree_with_another_source(shared_data: Path) -> None:
    far = compared = 0
    for name in ("communes_01-49.csv", "communes_50-976.csv"):
        with (shared_data / "reference" / name).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                ours = commune(row["code_insee"])
                if ours is None or ours.point is None or not row["lon"] or row["code_insee"].startswith("97"):
                    continue
                east = (float(row["lon"]) - ours.point.lon) * cos(radians(float(row["lat"])))
                far += hypot(east, float(row["lat"]) - ours.point.lat) * 111 > 15
                compared += 1
    assert compared > 34_000
    assert far <= 1  # the town hall of a very wide commune is far from its middle


def test_a_place_is_as_precise_as_what_is_known() -> None:
    sete = place_of(postcode="34200", nuts="FR1")
    assert sete is not None
    assert (sete.level, sete.name, sete.departments) == ("commune", "Sète", ("34",))
    shared = place_of(postcode="34110")
    assert shared is not None
    assert (shared.level, shared.departments) == ("postcode", ("34",))
    cedex = place_of(postcode="34967")
    assert cedex is not None
    assert (cedex.level, cedex.name) == ("department", "Hérault")
    area = place_of(nuts="FRJ1")
    assert area is not None
    assert (area.level, area.departments) == ("area", ("11", "30", "34", "48", "66"))
    country = place_of(nuts="FR")
    assert country is not None
    assert country.level == "country"
    assert distance_km(country.point, Point(2.4, 46.6)) < 60
    assert place_of() is None
    assert place_of(insee="99999", postcode="00000", nuts="XX") is None


def test_names_are_found_whatever_their_spelling() -> None:
    assert search_communes("st etienne")[0].name == "Saint-Étienne"
    assert search_communes("MONTPELLIER")[0].insee == "34172"
    assert search_communes("l'isle d'abeau")[0].insee == "38193"
    assert "Sète" in [one.name for one in search_communes("342", 30)]
    assert search_communes("") == ()


def test_a_postcode_with_a_name_gives_the_commune() -> None:
    assert point_of_postcode("34110", "frontignan") == commune("34108").point  # type: ignore[union-attr]
    assert point_of_postcode("34110", "nowhere") == point_of_postcode("34110")
    assert point_of_postcode("99999") is None
    assert {one.insee for one in communes_of_postcode("34110")} >= {"34108"}


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways_and_bounded(a: Point, b: Point) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert 0 <= distance_km(a, b) <= pi * 6371.0 + 1e-6
    assert distance_km(a, a) == 0


@given(POINTS, POINTS, POINTS)
def test_a_detour_is_never_shorter(a: Point, b: Point, c: Point) -> None:
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-3


def test_known_distances() -> None:
    paris, marseille = Point(2.3522, 48.8566), Point(5.3698, 43.2965)
    assert distance_km(paris, marseille) == pytest.approx(661, abs=3)
