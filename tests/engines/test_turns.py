"""Contacts go where the agreed rule says: to one member each, in turn without favour, never without agreement."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.turns import Contact, deal, say_why

MEMBERS = ("A", "B", "C")
some = st.builds(
    Contact,
    key=st.integers(0, 10**6).map(str),
    received_by=st.sampled_from(MEMBERS),
    about=st.lists(st.sampled_from(MEMBERS), unique=True, max_size=3).map(tuple),
    shared=st.booleans(),
)


@given(st.lists(some, max_size=30), st.sampled_from(["origin", "turns", "keep"]))
def test_each_goes_to_one_member_and_stays_without_agreement(contacts: list[Contact], rule: str) -> None:
    found = deal(contacts, MEMBERS, rule)  # type: ignore[arg-type]
    assert [one.key for one in found] == [one.key for one in contacts]
    for contact, one in zip(contacts, found, strict=True):
        if not contact.shared or rule == "keep":
            assert one.member == contact.received_by
        else:
            assert one.member in (contact.about or MEMBERS)
        assert one.member in say_why(one.why, one.member)
        assert "{" not in say_why(one.why, one.member, "en")


@given(st.integers(0, 40), st.sets(st.sampled_from(MEMBERS), min_size=1))
def test_turns_are_level(count: int, about: set[str]) -> None:
    contacts = [Contact(str(n), "A", tuple(sorted(about))) for n in range(count)]
    had = Counter(one.member for one in deal(contacts, MEMBERS, "turns"))
    assert max(had[one] for one in about) - min(had[one] for one in about) <= 1


def test_the_rule_of_origin() -> None:
    contacts = [
        Contact("1", "A", ("B",)),
        Contact("2", "A", ("A", "C")),
        Contact("3", "A"),
        Contact("4", "B", ("A", "C")),
    ]
    assert [(one.member, one.why.code) for one in deal(contacts, MEMBERS, "origin")] == [
        ("B", "asked"), ("A", "received"), ("A", "received"), ("C", "turn")
    ]  # fmt: skip


def test_what_each_has_already_counts() -> None:
    assert deal([Contact("1", "A")], MEMBERS, "turns", {"A": 2, "B": 1, "C": 1})[0].member == "B"
    with pytest.raises(ValueError, match="nobody"):
        deal([], (), "turns")
