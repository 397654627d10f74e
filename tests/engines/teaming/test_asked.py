"""What a lot of a notice asks: its own codes and title before the code of the whole procurement."""

from pathlib import Path

import pytest

from cordee.engines.notices import Lot, Notice, read_notice
from cordee.engines.teaming.from_notice import asked_trades, need_of

DATA = Path(__file__).parents[4] / "shared" / "data" / "notices"
if not DATA.exists():
    DATA = Path(__file__).parents[3] / ".." / "shared" / "data" / "notices"
SCHOOL = DATA / "ted-r209-fr" / "groupement" / "118683-2022_F15_2014.xml"


def notice_of(*lots: Lot, cpv: tuple[str, ...] = ("45210000",)) -> Notice:
    return Notice(source="ted", id="1", kind="competition", cpv=cpv, lots=lots)


def lot(number: str, *cpv: str, title: str = "", inherited: bool = True) -> Lot:
    return Lot(id=number, title=title, cpv=cpv, cpv_inherited=inherited)


def test_a_code_of_the_whole_counts_less_than_the_lot_s_own() -> None:
    both = notice_of(lot("1", "45210000", "45310000"), lot("2", "45210000", "45330000"))
    trades = asked_trades(both.lots[0], both)
    assert next(iter(trades)) == "electricite"
    assert trades["electricite"] == 100
    assert trades["entreprise-generale"] == 40
    assert asked_trades(both.lots[1], both)["plomberie"] == 100


def test_a_title_counts_more_than_the_code_of_the_whole() -> None:
    one = notice_of(lot("1", "45210000", title="Lot 3 - Plomberie"), lot("2", "45210000", title="Lot 4"))
    trades = asked_trades(one.lots[0], one)
    assert trades["plomberie"] == 70
    assert trades["entreprise-generale"] == 40


def test_a_lot_that_says_nothing_asks_for_what_the_whole_asks() -> None:
    one = notice_of(lot("1", "45310000", title="Secteur nord"), lot("2", "45310000", title="Secteur sud"))
    assert asked_trades(one.lots[0], one)["electricite"] == 100


def test_a_code_of_its_own_counts_whole() -> None:
    one = notice_of(lot("1", "45210000", "45310000", inherited=False), lot("2", "45310000", inherited=False))
    assert asked_trades(one.lots[0], one)["entreprise-generale"] == 100


def test_lots_without_any_code_take_those_of_the_notice() -> None:
    one = notice_of(lot("1", title="Plomberie", inherited=False), lot("2", title="Nord", inherited=False))
    assert asked_trades(one.lots[0], one)["plomberie"] == 70
    assert asked_trades(one.lots[1], one)["entreprise-generale"] == 100


@pytest.mark.skipif(not SCHOOL.exists(), reason="the optional folder ../shared/data is not there")
def test_the_lots_of_a_real_building() -> None:
    lots = {one.id: one.trades for one in need_of(read_notice(SCHOOL.read_bytes())).lots}
    assert lots["4"]["platrerie"] == 100
    assert lots["5"]["chauffage-ventilation"] == 100
    assert lots["6"]["electricite"] == 100
    assert lots["7"]["photovoltaique"] == 100
    for number in "4567":
        assert lots[number]["entreprise-generale"] == 40
        assert next(iter(lots[number])) != "entreprise-generale"
