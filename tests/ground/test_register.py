"""A book is append-only, chained, and one act is one line or nothing."""

import io
import os

import pytest
from django.db import DatabaseError, connection, transaction

from cordee.engines import chain
from cordee.ground.people.models import Clockwork
from cordee.ground.register import keys, reads
from cordee.ground.register.acts import act
from cordee.ground.register.models import Book, Entry
from tests.factories import AT

pytestmark = pytest.mark.django_db
BY = Clockwork()


def write(count: int, book: str = "b") -> None:
    for number in range(count):
        with act("test.line.written", book=book, by=BY, at=AT, on="test/line/1") as facts:
            facts["n"] = number


def test_an_act_is_one_line_and_the_chain_holds() -> None:
    write(3)
    entries = list(Entry.objects.of("b"))
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert entries[0].previous == chain.GENESIS
    assert [entry.previous for entry in entries[1:]] == [entry.seal for entry in entries[:-1]]
    assert reads.state("b") == reads.BookState("b", 3, entries[-1].seal, True)


def test_an_act_that_fails_leaves_nothing() -> None:
    write(1)
    with pytest.raises(RuntimeError), act("test.line.written", book="b", by=BY, at=AT):
        Book.objects.create(name="made inside")
        raise RuntimeError
    assert Entry.objects.of("b").count() == 1
    assert not Book.objects.filter(name="made inside").exists()


def test_an_act_on_two_books_writes_in_both() -> None:
    with act("test.line.written", book="z", also=("a",), by=BY, at=AT) as facts:
        facts["x"] = True
    assert {entry.book for entry in Entry.objects.all()} == {"a", "z"}


def test_a_float_or_a_missing_word_is_refused() -> None:
    with pytest.raises(ValueError, match="float"), act("test.line.written", book="b", by=BY, at=AT) as facts:
        facts["amount"] = 1.5
    assert not Entry.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE register_entry SET act = 'x'", "DELETE FROM register_entry"])
def test_the_database_refuses_to_change_a_line(statement: str) -> None:
    write(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().act == "test.line.written"


def test_an_export_verifies_without_django_and_a_changed_line_is_named() -> None:
    write(4)
    lines = list(reads.export("b", at=AT))
    assert chain.verify(lines).ok
    changed = [line.replace('"n":2', '"n":7') for line in lines]
    report = chain.verify(changed)
    assert not report.ok
    assert report.problems[0].line == 4


def test_a_head_signed_by_an_earlier_key_still_verifies() -> None:
    write(2)
    list(reads.export("b", at=AT))
    keys.rotate()
    write(1)
    lines = list(reads.export("b", at=AT))
    assert chain.verify(lines).head["key_id"] == "head-0002"
    assert chain.verify(io.StringIO("".join(lines))).ok


def test_a_whole_session_can_run_on_postgresql() -> None:
    wanted = "postgresql" if os.environ.get("CORDEE_TEST_DATABASE") == "postgres" else "sqlite"
    assert connection.vendor == wanted
