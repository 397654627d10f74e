"""The same notice in both formats (TED's own, and its official conversion to eForms) gives the same reading.

Every field of the answer is compared. Where the two files really say different things, the difference is listed here
with its reason, and nothing else may differ.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from cordee.engines.notices import notice_as_json, read_notice
from tests.engines.notices.samples import REAL, needs_real

pytestmark = needs_real

PAIRS = REAL / "ted-to-eforms-pairs"
NAMES = sorted(path.name for path in (PAIRS / "ted").glob("*.xml")) if PAIRS.is_dir() else []

# Fields that tell the format apart, by design.
OF_THE_FORMAT = {
    "source",
    "version",
    "form",  # F02 here, subtype 16 there
    "lots.id",  # 1 here, LOT-0001 there: `number` is the same
    "lots.cpv_inherited",  # in eForms every lot carries its main code, copied by the converter
}

# What the files themselves say differently: field, the notices concerned (None: any), why.
IN_THE_DATA: dict[str, tuple[set[str] | None, str]] = {
    "deadline_offset": (None, "TED states no offset; the converter writes +01:00 in every notice"),
    "lots.criteria": (
        {"19-318420", "20-157543", "20-213571", "21-119240", "21-363118", "22-091559", "22-434184"},
        "the converter drops a price without weight, writes a sentence where TED refers to the procurement documents, "
        "gives every concession criterion the kind quality, and cuts the free text of a contest into kinds",
    ),
    "lots.reserved": ({"21-363118"}, "a reserved profession is converted into reserved performance"),
    "documents": ({"22-104446"}, "three languages, three addresses: the converter keeps the first"),
    "procedure": ({"19-318420"}, "an award with prior publication is converted into a negotiated procedure"),
    "winners.date": ({"22-086633"}, "the converter merges contracts of two dates under one number"),
    "winners.lead_basis": (None, "TED marks no lead; the converter marks the first company"),
    "groupings.text": ({"21-363118"}, "the converter joins paragraphs, and so sentences"),
}


def flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Leaves of the answer; criteria, codes and other lists of words are leaves."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from flat(one, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict) and not path.endswith("criteria"):
        yield f"{path}#", len(value)
        for place, one in enumerate(value):
            yield from flat(one, f"{path}[{place}]")
    else:
        yield path, value


def same_words(value: Any) -> Any:
    """The converter puts paragraphs on one line."""
    return " ".join(value.split()) if isinstance(value, str) else value


def read(side: str, name: str) -> dict[str, Any]:
    answer = notice_as_json(read_notice((PAIRS / side / name).read_bytes()))
    numbers = {lot["id"]: lot["number"] for lot in answer["lots"]}
    for award in answer["winners"]:
        award["lot"] = numbers[award["lot"]]
    answer["not_awarded"] = [numbers[lot] for lot in answer["not_awarded"]]
    return answer


def differences(name: str) -> Iterator[tuple[str, Any, Any]]:
    ted, eforms = dict(flat(read("ted", name))), dict(flat(read("eforms", name)))
    for path in sorted(ted.keys() | eforms.keys()):
        here, there = same_words(ted.get(path)), same_words(eforms.get(path))
        if here != there:
            yield path, here, there


def justified(field: str, notice: str, here: Any, there: Any) -> bool:
    if field in OF_THE_FORMAT:
        return True
    if field.endswith("nuts"):
        # The converter keeps codes of five signs only, and drops "DE" or "ES51".
        codes = here if isinstance(here, list) else [here]
        return [code for code in codes if len(code) == 5] == (
            there if isinstance(there, list) else [there] * bool(there)
        )
    if field not in IN_THE_DATA:
        return False
    notices, _ = IN_THE_DATA[field]
    return notices is None or notice in notices


@pytest.mark.parametrize("name", NAMES)
def test_both_formats_read_the_same(name: str) -> None:
    left = []
    for path, here, there in differences(name):
        field = re.sub(r"\[\d+\]", "", path)
        if not justified(field, name[:9], here, there):
            left.append(f"{path}: {here!r} / {there!r}")
    assert not left, "\n".join(left)


def test_no_justification_is_out_of_date() -> None:
    seen = {(re.sub(r"\[\d+\]", "", path), name[:9]) for name in NAMES for path, _, _ in differences(name)}
    for field, (notices, reason) in IN_THE_DATA.items():
        for notice in notices or ():
            assert (field, notice) in seen, f"{field} of {notice} no longer differs: {reason}"
        assert any(field == one for one, _ in seen), field


@pytest.mark.parametrize("name", NAMES)
def test_the_promised_fields_are_there(name: str) -> None:
    answer = json.loads(json.dumps(read("eforms", name)))
    assert {"source", "id", "buyer", "title", "lots", "deadline", "groupings", "winners"} <= answer.keys()
    for lot in answer["lots"]:
        assert {"id", "title", "cpv", "nuts", "value", "currency", "duration"} <= lot.keys()
    for winner in answer["winners"]:
        assert {"lot", "members"} <= winner.keys()
        assert all({"name", "siren", "lead"} <= member.keys() for member in winner["members"])
