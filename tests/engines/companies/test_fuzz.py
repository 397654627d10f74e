"""Whatever is given, the answer is rows and remarks, or one sentence."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.companies import (
    CompanyFile,
    FileRefused,
    headcount_of_code,
    headcount_of_text,
    is_siren,
    is_siret,
    join,
    read_companies,
)
from tests.engines.companies.test_reading import SITES, UNITS, A, B, workbook

GOOD = f"siret;nom;effectif;lon;lat;ca;metiers\n{A};Roux;20 à 49;3,8;43,6;1 000 €;electricite\n{B};Élan;;;;;\n".encode()
SAMPLES = [
    GOOD,
    f"{SITES}\n732829320,00074,{A},O,12,true,34000,MONTPELLIER,34172,A,,43.22A,NAFRev2\n".encode(),
    f"{UNITS}\n732829320,O,,12,A,,ATELIER ROUX,5499,43.21A,NAFRev2,00074\n".encode(),
    json.dumps(
        [{"siren": "732829320", "siret": A, "uniteLegale": {}, "periodesEtablissement": [{"dateFin": None}]}]
    ).encode(),
    workbook([["siret", "nom"], [A, "Roux"], [B, "Élan"]]),
]
CELL = st.sampled_from(
    ["siret", "siren", "nom", "naf", "effectif", "lon", A, B, "732829320", "", "x", '"', "4321A", "12"]
)


def check(data: bytes) -> None:
    try:
        file = read_companies(data)
    except FileRefused as refused:
        said = [refused.text("fr"), refused.text("en")]
    else:
        assert isinstance(file, CompanyFile)
        said = [remark.text(lang) for remark in (*file.refused, *file.remarks) for lang in ("fr", "en")]  # type: ignore[arg-type]
        assert len({row.siren for row in file.rows}) == len(file.rows)
        assert all(is_siren(row.siren) for row in file.rows)
        sirets = [site.siret for row in file.rows for site in row.establishments if site.siret]
        assert len(set(sirets)) == len(sirets)
        assert all(map(is_siret, sirets))
        twice = join([file, file])
        assert [(row.siren, row.establishments) for row in twice.rows] == [
            (row.siren, row.establishments) for row in file.rows
        ]
    assert all(text.endswith(".") for text in said)


@given(st.sampled_from(SAMPLES), st.data())
@settings(max_examples=150)
def test_truncated_files(sample: bytes, data: st.DataObject) -> None:
    check(sample[: data.draw(st.integers(0, len(sample)))])


@given(st.sampled_from(SAMPLES), st.data())
@settings(max_examples=150)
def test_files_with_bytes_changed(sample: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sample) - 1))
    check(sample[:at] + data.draw(st.binary(max_size=4)) + sample[at + 1 :])


@given(st.binary(max_size=400))
def test_anything(data: bytes) -> None:
    check(data)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_text_after_good_titles(text: str, encoding: str) -> None:
    check(("siret;nom;effectif;lon;ca;metiers;liens\n" + text).encode(encoding, errors="replace"))


@given(
    st.lists(st.lists(CELL, max_size=6), max_size=6), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"])
)
def test_tables_of_odd_shapes_and_swapped_separators(rows: list[list[str]], separator: str, end: str) -> None:
    check(end.join(separator.join(row) for row in rows).encode())


NAMES = """siren siret uniteLegale periodesEtablissement periodesUniteLegale etablissements dateFin
    adresseEtablissement denominationUniteLegale"""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(A),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES.split()), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=150)
def test_any_json(value: object) -> None:
    check(json.dumps(value).encode())


@given(st.text(max_size=30))
def test_any_headcount(text: str) -> None:
    for band in (headcount_of_text(text), headcount_of_code(text)):
        assert band is None or band[1] is None or 0 <= band[0] <= band[1]


@given(st.integers(0, 99_999_999))
def test_one_check_digit_in_ten_is_right(start: int) -> None:
    right = [digit for digit in range(10) if is_siren(f"{start:08d}{digit}")]
    assert len(right) == (1 if start else 0)


def test_bytes_and_streams_read_the_same() -> None:
    for sample in SAMPLES:
        assert read_companies(sample) == read_companies(io.BytesIO(sample))


def test_real_files(shared_data: Path) -> None:
    folder = shared_data / "companies"
    file = read_companies((folder / "entreprises_insertion.csv").read_bytes())
    assert len(file.rows) > 2000
    assert len(file.refused) + sum(len(row.lines) for row in file.rows) == 2293
    assert {remark.code for remark in file.refused} == {"siren_wrong", "duplicate"}
    assert file.remarks == ()
    assert file.rows[0].headcount == (50, 99)
    assert sum(row.headcount is not None for row in file.rows) == 4

    api = read_companies((folder / "sirene_api_v3_records.json").read_bytes())
    assert [row.name for row in api.rows][:1] == ["COMMUNE D AULLENE"]
    assert [remark.code for remark in api.refused] == ["closed"]

    stock = folder / "sirene_stock_csv"
    assert [r.code for r in read_companies((stock / "sample_etablissements_OK.csv").read_bytes()).refused] == [
        "closed"
    ] * 3
    assert len(read_companies((stock / "sample_unites_legales_OK.csv").read_bytes()).rows) == 1
    for name, column in (
        ("sample_etablissements_KO_missing_header.csv", "nic"),
        ("sample_unites_legales_KO.csv", "statutDiffusionUniteLegale"),
    ):
        with pytest.raises(FileRefused, match=f"la colonne {column}"):
            read_companies((stock / name).read_bytes())
