"""The index: saved and read back, memory-mapped, changed; refused when damaged."""

import io
import mmap
from pathlib import Path

import pytest

from cordee.engines.teaming import Answer, Company, Index, find_teams
from tests.engines.teaming.small import draw


def essence(answer: Answer) -> list[tuple[tuple[str, ...], int, int]]:
    return [(team.ids, team.cost, team.bound) for team in answer.teams]


def saved(index: Index) -> bytes:
    file = io.BytesIO()
    index.save(file)
    return file.getvalue()


def test_an_index_answers_as_the_companies() -> None:
    for seed in range(25):
        need, companies, options = draw(seed, companies=9)
        direct = find_teams(need, companies, options)
        index = Index.build(companies)
        assert essence(find_teams(need, index, options)) == essence(direct)
        assert essence(find_teams(need, Index.load(saved(index)), options)) == essence(direct)


def test_it_is_used_straight_from_a_file(tmp_path: Path) -> None:
    need, companies, options = draw(3, companies=9)
    path = tmp_path / "companies.index"
    path.write_bytes(saved(Index.build(companies)))
    with path.open("rb") as file:
        index = Index.load(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        assert essence(find_teams(need, index, options)) == essence(find_teams(need, companies, options))


def test_companies_may_come_change_and_leave() -> None:
    for seed in range(25):
        need, companies, options = draw(seed, companies=9)
        _, others, _ = draw(seed + 1000, companies=9)
        index = Index.build(companies).updated(others[4:6], removed=["c8"])
        people = {one.id: one for one in companies if one.id != "c8"} | {one.id: one for one in others[4:6]}
        assert essence(find_teams(need, index, options)) == essence(find_teams(need, list(people.values()), options))


def test_a_new_company_in_an_empty_index() -> None:
    index = Index.build([]).updated([Company("A", trades={"toiture": 100}, certificates=frozenset({"RGE"}), group="G")])
    assert len(index) == 1
    assert index.rows(["A", "B"]) == {"A": 0}


@pytest.mark.parametrize("cut", [3, 40, 300, 900])
def test_a_damaged_index_is_refused(cut: int) -> None:
    data = saved(Index.build(draw(1)[1]))
    with pytest.raises(ValueError, match="index"):
        Index.load(data[:cut])


def test_two_companies_with_one_identifier_are_refused() -> None:
    with pytest.raises(ValueError, match="identifier"):
        Index.build([Company("A"), Company("A")])
