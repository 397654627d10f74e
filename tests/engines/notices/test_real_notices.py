"""The real notices of ../shared/data/notices: all are read, and counts agree with those made by hand (INDEX.json)."""

import json
from pathlib import Path
from typing import Any

import pytest

from cordee.engines.notices import Money, Notice, notice_as_json, read_notice
from tests.engines.notices.samples import REAL, needs_real, real_files

pytestmark = needs_real


def read(name: str) -> Notice:
    return read_notice((REAL / name).read_bytes())


def no_float(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(no_float, value.values()))
    return all(map(no_float, value)) if isinstance(value, list) else not isinstance(value, float)


FOLDERS = sorted({path.parent.relative_to(REAL).as_posix() for path in real_files()})


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_real_notice_is_read(folder: str) -> None:
    for path in real_files():
        if path.parent == REAL / folder:
            check(path, read_notice(path.read_bytes()))


def check(path: Path, notice: Notice) -> None:
    name = path.name
    answer = notice_as_json(notice)
    assert no_float(answer), name
    assert json.loads(json.dumps(answer)) == answer, name
    ids = [lot.id for lot in notice.lots]
    assert len(ids) == len(set(ids)), name
    for lot in (*notice.lots, *notice.parts):
        assert all(len(code) == 8 and code.isdigit() for code in lot.cpv), name
        assert len(lot.cpv) == len(set(lot.cpv)), name
    for award in notice.awards:
        assert award.lot is None or award.lot in ids or not ids, name
        assert sum(member.lead for member in award.members) == 1, name
    if not name.startswith(("INVALID", "X0")):
        assert notice.title or path.parent.name == "ocds", name
        assert notice.buyers, name


def test_lots_and_groups_are_as_counted() -> None:
    entries = json.loads((REAL / "INDEX.json").read_text())
    assert len(entries) > 100
    for entry in entries:
        notice = read(entry["file"])
        assert len(notice.lots) == entry["lots"], entry["file"]
        if entry["awards_to_groups"] is not None:
            assert sum(award.grouping for award in notice.awards) == entry["awards_to_groups"], entry["file"]


def test_a_french_call_in_three_lots() -> None:
    notice = read("ted-r209-fr/multilot-avis/162023-2021_F02_2014.xml")
    assert notice.value == Money(880000000, "EUR")
    assert [(lot.title, lot.value) for lot in notice.lots] == [
        ("Secteur Ouest", Money(61000000, "EUR")),
        ("Secteur Centre", Money(84000000, "EUR")),
        ("Secteur Est", Money(75000000, "EUR")),
    ]
    assert notice.deadline is not None
    assert notice.deadline.iso == "2021-05-06T16:15:00"
    named = {name for one in notice.lots[0].requirements for name in one.certificates}
    assert named == {"Qualifelec", "Qualigaz"}


def test_members_of_a_real_grouping_with_their_siren() -> None:
    notice = read("ted-r209-fr/groupement/118683-2022_F15_2014.xml")
    first = notice.awards[0]
    assert [(m.company.siren, m.lead) for m in first.members] == [("316141993", True), ("337683544", False)]
    assert (first.lead_basis, first.value) == ("named", Money(51187060, "EUR"))


# What their prose says, read by a person.
RULES = [
    # file, allowed, form, lead_liable, several
    ("ted-r209-fr/multilot-avis/062618-2021_F05_2014.xml", "yes", "either", "yes", "no"),
    ("ted-r209-fr/multilot-avis/204118-2021_F05_2014.xml", "yes", "conjoint", "yes", "unknown"),
    ("ted-r209-fr/multilot-avis/019239-2018_F05_2014.xml", "yes", "none", "yes", "no"),
    ("ted-r209-fr/multilot-avis/085843-2018_F21_2014.xml", "yes", "solidaire", "unknown", "unknown"),
    ("ted-r209-fr/multilot-avis/097463-2019_F02_2014.xml", "yes", "none", "yes", "unknown"),
    ("eforms-sdk/cn_81_FRA.xml", "yes", "either", "yes", "unknown"),
    ("eforms-sdk/cn_25.xml", "yes", "solidaire", "unknown", "unknown"),
    ("eforms-published/2024-OJS017-00047522.xml", "yes", "either", "yes", "no"),
    ("boamp-xml/test-pub-2.xml", "yes", "conjoint", "yes", "no"),
    ("boamp-xml/test-pub-3.xml", "yes", "conjoint", "yes", "no"),
    ("boamp-xml/test-pub-7.xml", "unknown", "unknown", "unknown", "unknown"),
]


@pytest.mark.parametrize(("name", "allowed", "form", "lead_liable", "several"), RULES, ids=[rule[0] for rule in RULES])
def test_rule_on_groupings(name: str, allowed: str, form: str, lead_liable: str, several: str) -> None:
    rule = read(name).groupings
    assert (rule.allowed, rule.form, rule.lead_liable, rule.several) == (allowed, form, lead_liable, several)
