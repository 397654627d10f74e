"""A book that was tampered with breaks at the line where it was."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines import chain
from tests.engines.chain.books import AT, KEYS, SECRET, codes, entry, export, head, sealed

BOOK = export(9)  # line 1 is the header, entry n stands at line n + 1, the head at line 11
numbers = st.integers(1, 9)
quick = settings(max_examples=30, deadline=None)


@pytest.mark.parametrize("count", [0, 1, 9])
def test_an_export_as_written_holds(count: int) -> None:
    report = chain.verify(export(count))
    assert (report.ok, report.entries, report.problems) == (True, count, ())
    assert report.head is not None
    assert report.head["number"] == count
    assert "tient" in report.sentences("fr")[0]
    assert "holds" in report.sentences("en")[0]


def test_bytes_and_windows_line_ends_hold_too() -> None:
    assert chain.verify([f"{line}\r\n".encode() for line in BOOK] + [b"\r\n"]).ok


@quick
@given(numbers, st.sampled_from(["act", "at", "by", "subject", "facts", "number", "previous", "seal"]))
def test_altered(number: int, name: str) -> None:
    item = json.loads(BOOK[number])
    changed: dict[str, Any] = {"facts": {"pour": 99}, "number": 77, "at": "2026-11-23T10:00:01Z"}
    old = item[name]
    item[name] = changed[name] if name in changed else ("1" if old[0] != "1" else "2") + old[1:]
    assert codes([*BOOK[:number], json.dumps(item), *BOOK[number + 1 :]])[0] == (number + 1, "altered")


@quick
@given(st.data())
def test_any_changed_character_of_an_entry_is_found_at_its_line(data: st.DataObject) -> None:
    number = data.draw(numbers)
    line = BOOK[number]
    place = data.draw(st.integers(0, len(line) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda one: one != line[place]))
    changed = line[:place] + other + line[place + 1 :]
    try:
        same = json.loads(changed) == json.loads(line)
    except ValueError:
        same = False
    found = codes([*BOOK[:number], changed, *BOOK[number + 1 :]])
    assert (found == []) if same else (found[0][0] == number + 1)


@quick
@given(numbers, st.integers(1, 8))
def test_removed(number: int, count: int) -> None:
    kept = [*BOOK[:number], *BOOK[min(number + count, 10) :]]
    last = min(number + count - 1, 9)
    found = chain.verify(kept).problems
    if last == 9:
        assert [(problem.code, problem.params["last"]) for problem in found] == [("cut", number - 1)]
    else:
        assert [(problem.line, problem.code) for problem in found] == [(number + 1, "removed")]
        assert found[0].params == {"first": number, "last": last}


@quick
@given(numbers, numbers)
def test_reordered(one: int, other: int) -> None:
    lines = [*BOOK]
    lines[one], lines[other] = lines[other], lines[one]
    first = min(one, other)
    found = codes(lines)
    assert (found == []) if one == other else (found[0] == (first + 1, "reordered"))
    assert {code for _, code in found} <= {"reordered"}


@quick
@given(numbers, numbers)
def test_duplicated(number: int, place: int) -> None:
    where = max(number, place) + 1
    found = codes([*BOOK[:where], BOOK[number], *BOOK[where:]])
    assert found == [(where + 1, "duplicated")]


@quick
@given(numbers, numbers)
def test_inserted_from_another_book(number: int, place: int) -> None:
    stranger = export(9, book="grouping/2")[number]
    assert codes([*BOOK[:place], stranger, *BOOK[place:]]) == [(place + 1, "foreign")]


@quick
@given(numbers)
def test_inserted_and_dressed_as_ours(number: int) -> None:
    forged = {**entry(number, facts=1), "previous": chain.GENESIS}
    forged["seal"] = chain.seal(chain.GENESIS, forged)
    found = codes([*BOOK[:number], json.dumps(forged), *BOOK[number:]])
    assert found
    assert found[0][0] in (number + 1, number + 2)


@quick
@given(numbers)
def test_rewritten_with_good_seals_does_not_fit_the_head(number: int) -> None:
    entries = sealed(9)[: number - 1]
    previous = entries[-1]["seal"] if entries else chain.GENESIS
    for place in range(number, 10):
        body = entry(place, facts=place * 10)
        entries.append({**body, "previous": previous, "seal": chain.seal(previous, body)})
        previous = entries[-1]["seal"]
    lines = [BOOK[0], *map(chain.entry_line, entries), BOOK[-1]]
    assert codes(lines) == [(11, "rewritten")]
    signed_anew = [*lines[:-1], chain.head_line(head(entries))]
    assert codes(signed_anew) == []
    assert codes(signed_anew, heads=[json.loads(BOOK[-1])]) == [(0, "rewritten")]


@quick
@given(numbers)
def test_one_resealed_entry_no_longer_leads_to_the_next(number: int) -> None:
    item = json.loads(BOOK[number])
    item["facts"] = {"pour": 99}
    item["seal"] = chain.seal(item["previous"], item)
    found = codes([*BOOK[:number], json.dumps(item), *BOOK[number + 1 :]])
    assert found == [(number + 2, "broken_link" if number < 9 else "rewritten")]


@quick
@given(st.integers(0, 8))
def test_cut_at_the_end(kept: int) -> None:
    cut = BOOK[: kept + 1]
    assert codes(cut) == [(0, "no_head")]
    assert codes([*cut, BOOK[-1]]) == [(kept + 2, "cut")]
    shorter = [*cut, chain.head_line(head(sealed(kept)))]
    assert codes(shorter) == []
    assert codes(shorter, heads=[json.loads(BOOK[-1])]) == [(0, "cut")]


def test_a_head_given_apart_is_enough_for_a_book_without_one() -> None:
    report = chain.verify(BOOK[:-1], heads=[json.loads(BOOK[-1])])
    assert (report.ok, report.pinned) == (True, True)


def test_entries_after_the_head_are_not_signed() -> None:
    assert codes([*BOOK[:5], chain.head_line(head(sealed(4))), *BOOK[5:10]]) == [(0, "no_head")]
    assert codes([*BOOK[:5], chain.head_line(head(sealed(4))), *BOOK[5:]]) == []


def test_wrong_keys() -> None:
    stranger = bytes(32)
    signed = head(sealed(9), secret=stranger)
    assert codes([*BOOK[:-1], chain.head_line(signed)]) == [(11, "wrong_key")]
    assert codes([*BOOK[:-1], chain.head_line({**signed, "public": KEYS["k1"]})]) == [(11, "bad_signature")]
    assert codes([*BOOK[:-1], chain.head_line(head(sealed(9), key_id="k2"))]) == [(11, "wrong_key")]
    trusted = {"k1": chain.public_key(stranger).hex()}
    assert codes(BOOK, keys=trusted) == [(1, "wrong_key"), (11, "wrong_key")]
    assert codes(BOOK, keys=KEYS) == []
    forged = chain.header_line("grouping/1", trusted)
    assert codes([forged, *BOOK[1:-1], chain.head_line(signed)]) == []
    assert (1, "wrong_key") in codes([forged, *BOOK[1:-1], chain.head_line(signed)], keys=KEYS)


def test_a_forged_head_statement() -> None:
    item = json.loads(BOOK[-1])
    item["head"]["at"] = "2027-01-01T00:00:00Z"
    assert codes([*BOOK[:-1], json.dumps(item)]) == [(11, "bad_signature")]
    assert codes(BOOK, heads=[item]) == [(0, "bad_signature")]


@pytest.mark.parametrize(
    ("line", "column"),
    [('{"book": tru}', 10), ("", 1), ("[1]", 1), ('{"a":1.5}', 1), ('{"a":1,"a":2}', 1), ("[" * 9999, 1), ("é{", 1)],
)
def test_malformed_lines_are_named_with_their_column(line: str, column: int) -> None:
    problem = chain.verify([*BOOK[:3], line, *BOOK[4:]]).problems[0]
    assert (problem.line, problem.code, problem.params) == (4, "malformed", {"column": column})


def test_bytes_that_are_not_text() -> None:
    lines: list[bytes] = [line.encode() for line in BOOK]
    lines[3] = lines[3][:20] + b"\xff" + lines[3][21:]
    assert codes(lines)[0] == (4, "malformed")


def test_a_field_too_many_or_too_few() -> None:
    item = json.loads(BOOK[3])
    assert codes([*BOOK[:3], json.dumps({**item, "note": "x"}), *BOOK[4:]])[0] == (4, "shape")
    del item["by"]
    assert chain.verify([*BOOK[:3], json.dumps(item), *BOOK[4:]]).problems[0].params == {"field": "by"}


@pytest.mark.parametrize("lines", [[], [""], ["hello"], ["{}"], [BOOK[1]], ['{"schema":"cordee.book/2","book":"x"}']])
def test_what_is_no_book(lines: list[str]) -> None:
    assert codes(lines)[0] == (1, "not_a_book")


def test_a_flood_of_faults_ends_the_reading() -> None:
    found = codes([BOOK[0]] + ["nonsense"] * 5000)
    assert len(found) <= chain.MOST_PROBLEMS + 2
    assert found[chain.MOST_PROBLEMS][1] == "too_many"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(BOOK) | st.text(max_size=30) | st.binary(max_size=30), max_size=6), st.integers(0, 11))
def test_nonsense_never_raises_and_always_has_words(pieces: list[Any], place: int) -> None:
    report = chain.verify([*BOOK[:place], *pieces, *BOOK[place:]])
    for lang in ("fr", "en"):
        assert all("{" not in sentence for sentence in report.sentences(lang))


def test_every_problem_has_words_in_both_languages() -> None:
    says = chain._SAYS
    assert set(says["fr"]) == set(says["en"])


def test_memory_does_not_grow_with_the_book() -> None:
    def lines() -> Any:
        yield chain.header_line("grouping/1", KEYS)
        previous = chain.GENESIS
        for number in range(1, 3001):
            body = entry(number)
            previous_seal, previous = previous, chain.seal(previous, body)
            yield chain.entry_line({**body, "previous": previous_seal, "seal": previous})
        yield chain.head_line(
            chain.signed_head(SECRET, book="grouping/1", number=3000, seal=previous, at=AT, key_id="k1")
        )

    import tracemalloc

    tracemalloc.start()
    assert chain.verify(lines()).ok
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 400_000
