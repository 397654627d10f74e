"""Awarded contracts read from every official layout; who won them, without taking one company for another."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.procurement.decp import contract_rows
from cordee.engines.procurement.winners import asked_name, count_winners, who_won

XML = """<?xml version="1.0" encoding="UTF-8"?>
<marches><marche><id>12</id><acheteur><id>21340000000011</id><nom>Sète</nom></acheteur><objet>École</objet>
<lieuExecution><code>34200</code><typeCode>Code postal</typeCode></lieuExecution>
<titulaires><titulaire><id>55210055400013</id><denominationSociale>Bâti &amp; Co</denominationSociale></titulaire>
<titulaire><id>73282932000074</id></titulaire></titulaires></marche></marches>"""
READ = [
    ("2134000000001112", "Sète", "34", "55210055400013", "Bâti & Co"),
    ("2134000000001112", "Sète", "34", "73282932000074", ""),
]


def short(data: bytes) -> list[tuple[str, ...]]:
    names = ("uid", "acheteur_nom", "acheteur_departement_code", "titulaire_id", "titulaire_nom")
    return [tuple(row.get(name, "") for name in names) for row in contract_rows(data)]


def test_xml_json_and_tables_say_the_same() -> None:
    contract = {
        "id": "12", "acheteur": {"id": "21340000000011", "nom": "Sète"}, "objet": "École",
        "lieuExecution": {"code": "34200", "typeCode": "Code postal"},
        "titulaires": [
            {"titulaire": {"id": "55210055400013", "denominationSociale": "Bâti & Co"}}, {"id": "73282932000074"},
        ],
    }  # fmt: skip
    head = "marche_id;acheteurs_id;ACHETEURS_NOM;LIEU_EXEC_CODE;lieu_exec_type;titulaires_id;TITULAIRES_DENOMINATION\n"
    lines = "12;21340000000011;Sète;34200;Code postal;55210055400013;Bâti & Co\n"
    lines += "12;21340000000011;Sète;34200;Code postal;73282932000074;\n"
    assert short(XML.encode()) == READ
    assert short(json.dumps({"marches": {"marche": [contract]}}).encode()) == READ
    assert short(json.dumps({"marches": [contract]}).encode()) == READ
    assert short(b"\xef\xbb\xbf" + (head + lines).encode()) == READ


@pytest.mark.parametrize(
    "wrong",
    [
        b"", b"{}", b"[]", b"[1]", b'{"marches": 3}', b'{"marches": "abc"}', b"a,b\n1,2\n", b"<a/>", b"<marches/>",
        b"<marches><marche>", b"<!DOCTYPE marches [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><marches>&x;</marches>",
        b"\x00\xff", b"uid\n",
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_file_of_contracts_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — whatever it says, the command words it
        contract_rows(wrong)


def test_official_files_are_read(shared_data: Path) -> None:
    folder = shared_data / "decp"
    counts = {
        each.name: len({row["uid"] for row in contract_rows(each.read_bytes())})
        for each in sorted(folder.rglob("*"))
        if each.suffix in (".xml", ".json", ".csv") and not {"tableschema", "scdl"} & {each.parent.name}
        if "schema" not in each.name
    }
    assert counts == {
        "Contrat-concession-modification.xml": 1, "Contrat-concession.xml": 1, "Marche.xml": 1,
        "concessions.json": 2, "concessions_avec_modifications.json": 2, "decp_2024S2_travaux_cpv4521_a.csv": 2622,
        "marches_avec_modifications.json": 2, "marches_concessions.json": 4,
    }  # fmt: skip
    held = contract_rows((folder / "exemples/xml/Contrat-concession.xml").read_bytes())
    assert {row["titulaire_id"][:9] for row in held} == {"381031285"}
    assert held[0]["dateNotification"] == "2024-04-02"
    for table in ("scdl/exemple_marche_public.csv", "tableschema/exemple-valide.csv"):
        assert all(row["titulaire_nom"] for row in contract_rows((folder / table).read_bytes()))


def test_two_companies_of_one_name_stay_two(shared_data: Path) -> None:
    rows = contract_rows((shared_data / "decp/decp_2024S2_travaux_cpv4521_a.csv").read_bytes())
    found = count_winners(([[row["titulaire_id"], row["titulaire_nom"]]], False) for row in rows)
    twins = {one.siren for one in found if one.name == "DELTA CONSTRUCTION"}
    assert twins == {"440458602", "505158857"}
    assert [one.name for one in found if one.siren in ("324454578", "329338883")] == ["COLAS FRANCE", "SOTREN"]


NAMES = st.sampled_from(["Bâti-Élan", "BATI ELAN", "SARL Bâti Élan", "Bati Elann", "C.R.B.S.", "", "Ste Dupont"])
SIRENS = st.sampled_from(["552100554", "73282932000074", "", "1"])
CONTRACTS = st.lists(st.tuples(st.lists(st.tuples(SIRENS, NAMES), max_size=3), st.booleans()), max_size=8)


@given(CONTRACTS)
def test_a_siren_is_one_company_and_a_name_never_joins_two(contracts: list[tuple[list[tuple[str, str]], bool]]) -> None:
    found = count_winners(contracts)
    assert len({one.key for one in found}) == len(found)
    for one in found:
        if one.siren:
            held = [any(number[:9] == one.siren for number, _name in winners) for winners, _together in contracts]
            assert one.count == sum(held)
        else:
            assert {asked_name(name) for name in one.names} == {asked_name(one.key[1])}
    assert all(f" {asked_name(name)}" in who_won([["", name]]) for name in ("Bâti-Élan SARL", "C.R.B.S.") if name)
