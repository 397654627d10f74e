"""The facts of the table exist, and none of them is a catch-all."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cordee.engines.trades import FAMILIES, all_trades, trade
from cordee.engines.trades.codes import clean_cpv, clean_naf, stem
from cordee.engines.trades.table import Reach


@pytest.fixture(scope="module")
def naf(shared_data: Path) -> dict[str, str]:
    rows = json.loads((shared_data / "reference/naf_rev2.json").read_text("utf-8"))
    return {row["id"]: row["label"] for row in rows if len(row["id"]) == 6}


@pytest.fixture(scope="module")
def cpv(shared_data: Path) -> dict[str, str]:
    with (shared_data / "reference/cpv_2008_fr_en.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["libelle_fr"] for row in csv.DictReader(lines)}


def test_every_code_exists(naf: dict[str, str], cpv: dict[str, str]) -> None:
    stated = [(one.slug, link.code) for one in all_trades() for link in one.naf]
    assert [fact for fact in stated if fact[1] not in naf] == []
    stated = [(one.slug, link.code) for one in all_trades() for link in one.cpv]
    assert [fact for fact in stated if fact[1] not in cpv] == []


def test_a_class_of_things_not_classified_elsewhere_is_no_trade(naf: dict[str, str]) -> None:
    vague = {code for code, label in naf.items() if "n.c.a" in label or "non classé" in label}
    owned = [(one.slug, link.code) for one in all_trades() for link in one.naf if link.reach is not Reach.NEAR]
    assert len(vague) > 10
    assert [fact for fact in owned if fact[1] in vague] == []


def test_no_trade_states_a_whole_division() -> None:
    assert [(one.slug, link.code) for one in all_trades() for link in one.cpv if len(stem(link.code)) < 3] == []


def test_every_trade_can_be_met_and_shown() -> None:
    trades = all_trades()
    assert len(trades) >= 150
    for one in trades:
        assert one.label_fr, one.slug
        assert one.label_en, one.slug
        assert one.family in FAMILIES, one.slug
        assert one.naf, one.slug
        assert one.cpv, one.slug
        assert [clean_naf(link.code) for link in one.naf] == [link.code for link in one.naf]
        assert [clean_cpv(link.code) for link in one.cpv] == [link.code for link in one.cpv]
    assert len({one.slug for one in trades}) == len({one.label_fr for one in trades}) == len(trades)
    assert {one.family for one in trades} == set(FAMILIES)


def test_no_fact_is_stated_twice() -> None:
    for one in all_trades():
        assert len(set(one.naf)) == len(one.naf), one.slug
        assert len(set(one.cpv)) == len(one.cpv), one.slug


def test_unknown_trade_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"magicien.*n’est pas un métier"):
        trade("magicien")


def test_the_table_loads_without_the_rest_of_the_house() -> None:
    code = "import sys, cordee.engines.trades as t; t.all_trades(); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
