"""Public contracts: the three ways they are published, who holds each, and files that are none."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.contracts import ContractsRefused, gather, read_contracts

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "decp"
CSV = (
    b"uid,objet,acheteur_nom,titulaire_id,montant,dateNotification,codeCPV\n"
    b"A1,Toiture,Ville,73282932000074,1200.504,2024-08-19,45261000-4\n"
    b"A1,Toiture,Ville,44229377500031,1200.50,2024-08-19,45261000\n"
    b"A2,Mur,Ville,732 829 320 00074,,,\n"
    b"A3,Mur,Ville,DE123456,10,2024-01-01,\n"
    b"A4,,,73282932000075,10,hier,\n"
)


def test_each_line_says_who_holds_what() -> None:
    first, second, third = list(read_contracts(CSV))[:3]
    assert (first.uid, first.siren, first.title, first.amount_cents, first.cpv) == (
        "A1",
        "732829320",
        "Toiture",
        120050,
        "45261000",
    )
    assert str(first.notified_on) == "2024-08-19"
    assert second.siren == "442293775"
    assert (third.amount_cents, third.notified_on) == (None, None)


def test_a_contract_knows_all_who_hold_it() -> None:
    found = list(gather(lambda: read_contracts(CSV), {"442293775"}))
    assert [(one.said.uid, one.holders) for one in found] == [("A1", ("732829320", "442293775"))]


@pytest.mark.parametrize("data", [b"", b"nom;ville\nRoux;Lodeve\n", b"{}", b'{"marches": 3}', b"[[["])
def test_what_is_no_list_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(ContractsRefused) as refused:
        list(read_contracts(data))
    assert refused.value.text("en").endswith(".")


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not there")
def test_official_examples_are_read() -> None:
    for name in ("exemples/json/marches_concessions.json", "exemples/json/marches_avec_modifications.json"):
        assert list(read_contracts((DATA / name).read_bytes()))
    with (DATA / "decp_2024S2_travaux_cpv4521_a.csv").open("rb") as stream:
        assert len({one.uid for one in read_contracts(stream)}) > 2000


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    with suppress(ContractsRefused):
        assert all(one.uid for one in read_contracts(data))
