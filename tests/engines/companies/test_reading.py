"""What is read of each kind of file, and what is said of lines that are not."""

import io
import json
from collections.abc import Iterator

import pytest
from openpyxl import Workbook

from cordee.engines.companies import CompanyLine, FileRefused, Remark, iter_lines, join, read_companies

A, B = "73282932000074", "80746931700018"

SITES = (
    "siren,nic,siret,statutDiffusionEtablissement,trancheEffectifsEtablissement,etablissementSiege,"
    "codePostalEtablissement,libelleCommuneEtablissement,codeCommuneEtablissement,etatAdministratifEtablissement,"
    "enseigne1Etablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement"
)
UNITS = (
    "siren,statutDiffusionUniteLegale,prenomUsuelUniteLegale,trancheEffectifsUniteLegale,etatAdministratifUniteLegale,"
    "nomUniteLegale,denominationUniteLegale,categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,"
    "nomenclatureActivitePrincipaleUniteLegale,nicSiegeUniteLegale"
)


def test_a_full_line_of_our_own_table() -> None:
    text = (
        "siret;nom;enseigne;métiers;naf;code postal;ville;lon;lat;effectif;certificats;"
        "chiffre d'affaires;capacité;groupe;liens\n"
        f"{A};Atelier Roux;Roux & Fils;electricite|Plomberie et sanitaire;4321A;34000;Montpellier;3,8767;43.61;"
        "20 à 49 salariés;Qualibat 2112|RGE;1 250 000,50 €;300000;Roux Holding;807469317\n"
    )
    row = read_companies(text.encode()).rows[0]
    assert (row.siren, row.siret, row.name, row.brand) == ("732829320", A, "Atelier Roux", "Roux & Fils")
    assert row.trades == ("electricite", "plomberie")
    assert row.nafs == ("43.21A",)
    assert (row.postcode, row.city, row.lon, row.lat) == ("34000", "Montpellier", 3.8767, 43.61)
    assert row.headcount == (20, 49)
    assert row.certificates == ("Qualibat 2112", "RGE")
    assert (row.turnover_cents, row.capacity_cents) == (125000050, 30000000)
    assert (row.group, row.ties) == ("Roux Holding", ("807469317",))


def test_what_is_not_said_is_unknown_never_zero() -> None:
    row = read_companies(f"siret;nom;effectif;certificats;ca;capacite\n{A};Roux;;;;\n".encode()).rows[0]
    assert row.headcount is None
    assert row.certificates is None
    assert row.turnover_cents is None
    assert row.capacity_cents is None
    assert (row.lon, row.naf, row.group) == (None, None, None)
    assert row.trades == row.ties == ()


def test_zero_said_is_zero() -> None:
    row = read_companies(f"siret;effectif;capacite\n{A};0;0\n".encode()).rows[0]
    assert (row.headcount, row.capacity_cents) == ((0, 0), 0)


def test_establishments_of_one_siren_are_one_company() -> None:
    second = "73282932000082"
    text = f"siret,nom,code_postal,siege\n{second},Roux Sète,34200,non\n{B},Autre,75011,\n{A},Roux,34000,oui\n"
    file = read_companies(text.encode())
    assert [row.siren for row in file.rows] == ["732829320", "807469317"]
    roux = file.rows[0]
    assert [site.postcode for site in roux.establishments] == ["34000", "34200"]
    assert (roux.name, roux.siret, roux.lines) == ("Roux", A, (2, 4))


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("73282932000079;X", "siren_wrong", "SIRET"),
        ("123;X", "siren_wrong", "SIRET"),
        ("abc;X", "siren_wrong", "SIRET"),
        ("00000000000000;X", "siren_wrong", "SIRET"),
        ("7,32829E+13;X", "siren_rounded", "SIRET"),
        (";X", "siren_missing", "siren"),
        (f"{A};X;Y;Z", "fields", ""),
        (f"{A};a\x01b", "unreadable", ""),
        (f"{B};again", "duplicate", ""),
    ],
)
def test_a_bad_line_is_refused_with_its_number(line: str, code: str, field: str) -> None:
    file = read_companies(f"SIRET;Nom\n{B};First\n{line}\n".encode())
    assert [row.siren for row in file.rows] == ["807469317"]
    refused = file.refused[0]
    assert (refused.line, refused.code, refused.field) == (3, code, field)
    assert "3" in refused.text()
    assert "ine 3" in refused.text("en")


def test_siret_and_siren_must_agree() -> None:
    file = read_companies(f"siren,siret\n807469317,{A}\n".encode())
    assert file.refused[0].code == "siren_siret"


def test_la_poste_has_a_check_of_its_own() -> None:
    file = read_companies(b"siret\n35600000049837\n35600000000048\n35600000049838\n")
    assert [row.siren for row in file.rows] == ["356000000"]
    assert len(file.rows[0].establishments) == 2
    assert [remark.line for remark in file.refused] == [4]


def test_a_value_not_understood_is_left_aside_and_told() -> None:
    text = f"siret;naf;lon;effectif;ca;metiers\n{A};57.10;430;beaucoup;1.000.000;couvreur zingueur\n"
    file = read_companies(text.encode())
    assert len(file.rows) == 1
    assert {(remark.field, remark.code) for remark in file.remarks} == {
        ("naf", "value"),
        ("lon", "value"),
        ("effectif", "value"),
        ("ca", "value"),
        ("metiers", "trade_unknown"),
    }
    near = read_companies(f"siret;metiers\n{A};couvertur\n".encode()).remarks[0]
    assert "Couverture et zinguerie" in near.text()


def test_lost_leading_zeros_are_put_back_when_the_check_digit_agrees() -> None:
    file = read_companies(b"siren;nom;cp\n5880034;Roux;1400\n")
    assert (file.rows[0].siren, file.rows[0].postcode) == ("005880034", "01400")


def test_a_stray_quote_says_which_lines_it_swallowed() -> None:
    many = "\n".join(["73282932000082;b"] * 9)
    file = read_companies(f'siret;nom\n{B};ok\n{A};"open\n{many}\n'.encode())
    assert [row.siren for row in file.rows] == ["807469317"]
    assert (file.refused[0].code, file.refused[0].line) == ("open_quote", 3)
    assert "Lignes 3 à 12" in file.refused[0].text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(encoding: str, separator: str, end: str) -> None:
    lines = [["siret", "nom", "ville"], [A, "Éléonore", "Sète"], [B, "Gaël", "Nîmes"]]
    file = read_companies(end.join(separator.join(line) for line in lines).encode(encoding))
    assert [(row.name, row.city) for row in file.rows] == [("Éléonore", "Sète"), ("Gaël", "Nîmes")]


def test_mixed_encodings_are_read_line_by_line() -> None:
    data = b"siret;nom\n" + f"{A};Élan\n".encode() + f"{B};Été\n".encode("latin-1")
    assert [row.name for row in read_companies(data).rows] == ["Élan", "Été"]


def test_the_stock_of_establishments() -> None:
    text = "\n".join(
        [
            SITES,
            "732829320,00082,73282932000082,O,03,false,34200,SETE,34301,A,ROUX SETE,43.21A,NAFRev2",
            f"732829320,00074,{A},O,12,true,34000,MONTPELLIER,34172,A,,43.22A,NAFRev2",
            f"807469317,00018,{B},P,NN,true,[ND],[ND],75111,A,,56.21Z,NAFRev2",
            "005880034,00011,00588003400011,O,,true,,,,F,,57.10,NAP",
            "000325175,00057,00032517500057,O,,true,,,,A,,57.10,NAP",
        ]
    )
    file = read_companies(text.encode())
    assert file.format == "sirene-etablissements"
    roux = file.rows[0]
    assert (roux.naf, roux.nafs) == ("43.22A", ("43.22A", "43.21A"))
    assert [site.headcount for site in roux.establishments] == [(20, 49), (6, 9)]
    assert roux.headcount is None  # bands of places do not add up to that of the company
    assert (roux.insee, roux.establishments[1].brand) == ("34172", "ROUX SETE")
    assert [remark.code for remark in file.refused] == ["withheld", "closed"]
    assert file.rows[1].naf is None  # a code of the older list NAP is not a NAF code
    assert file.remarks == ()


def test_the_two_stocks_together() -> None:
    units = (
        f"{UNITS}\n732829320,O,,12,A,,ATELIER ROUX,5499,43.21A,NAFRev2,00074\n"
        "000325175,O,THIERRY,NN,A,JANOYER,,1000,32.12Z,NAFRev2,00065"
    )
    sites = f"{SITES}\n732829320,00074,{A},O,12,true,34000,MONTPELLIER,34172,A,,43.22A,NAFRev2"
    file = join([read_companies(units.encode()), read_companies(sites.encode())])
    roux, janoyer = file.rows
    assert (roux.name, roux.headcount, roux.naf, roux.city) == ("ATELIER ROUX", (20, 49), "43.21A", "MONTPELLIER")
    assert (janoyer.name, janoyer.headcount, janoyer.main) == ("THIERRY JANOYER", None, None)
    assert file.format == "sirene-unites-legales + sirene-etablissements"


def test_answers_of_the_api() -> None:
    site = {
        "siren": "732829320",
        "siret": A,
        "statutDiffusionEtablissement": "O",
        "etablissementSiege": True,
        "uniteLegale": {"denominationUniteLegale": "ATELIER ROUX", "trancheEffectifsUniteLegale": "12"},
        "adresseEtablissement": {"codePostalEtablissement": "34000", "codeCommuneEtablissement": "34172"},
        "periodesEtablissement": [
            {"dateFin": None, "etatAdministratifEtablissement": "A", "activitePrincipaleEtablissement": "43.21A"},
            {
                "dateFin": "2007-12-31",
                "etatAdministratifEtablissement": "F",
                "activitePrincipaleEtablissement": "45.3A",
            },
        ],
    }
    for wrapped in ({"header": {}, "etablissements": [site]}, [site], site, {"etablissement": site}):
        row = read_companies(json.dumps(wrapped).encode()).rows[0]
        assert (row.name, row.naf, row.headcount, row.insee) == ("ATELIER ROUX", "43.21A", (20, 49), "34172")


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_reads_like_a_csv() -> None:
    file = read_companies(
        workbook([["SIRET", "Nom", "Lat"], [int(A), "Roux", 43.61], [None, None, None], [B, "Autre", None]])
    )
    assert [(row.name, row.lat) for row in file.rows] == [("Roux", 43.61), ("Autre", None)]
    assert file.rows[1].lines == (4,)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"name,city\nX,Y\n", "columns"),
        (b"hello", "columns"),
        (b"%PDF-1.7\n\x00\x01", "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "binary"),
        (b"PK\x03\x04rubbish", "workbook"),
        (b"{", "json"),
        (b"[1, 2]", "json"),
        (b"[" * 100_000, "json"),
        (b'{"a": 1}', "json"),
        (b"<html><body>404</body></html>", "columns"),
        (f"{SITES.replace(',nic,', ',')}\n".encode(), "missing_column"),
        (f"{UNITS.replace('statutDiffusionUniteLegale,', '')}\n".encode(), "missing_column"),
    ],
)
def test_a_file_that_is_nothing_of_the_kind_gets_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_companies(data)
    assert refused.value.code == code
    assert isinstance(refused.value, ValueError)
    assert refused.value.text("fr").endswith(".")
    assert refused.value.text("en").endswith(".")


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FileRefused, match="la colonne nic"):
        read_companies(f"{SITES.replace(',nic,', ',')}\n".encode())


def test_big_files_are_read_line_by_line() -> None:
    class Endless(io.RawIOBase):
        """A stock file that never ends: reading it whole would never come back."""

        def __init__(self) -> None:
            self.lines: Iterator[bytes] = iter([f"siret;nom\n{A};Roux\n".encode()])
            self.left = b""
            self.start = True

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, to: int, whence: int = 0) -> int:
            self.start = True
            return 0

        def readinto(self, into: bytearray) -> int:  # type: ignore[override]
            data = f"siret;nom\n{A};Roux\n".encode() if self.start else b"x;y\n"
            self.start = False
            into[: len(data)] = data
            return len(data)

    lines = iter_lines(io.BufferedReader(Endless(), buffer_size=64))  # type: ignore[arg-type]
    first = next(lines)
    assert isinstance(first, CompanyLine)
    assert first.name == "Roux"
    assert isinstance(next(lines), Remark)
