"""Suggestions: each rule, what may never be told, and the picture."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.ecosystem import Firm, Gathering, Surroundings, ring, suggest

TRADES = ("peinture", "plomberie", "electricite", "menuiserie-bois", "maconnerie")
FIRMS = {
    "me": Firm("me", "Moi", frozenset({"menuiserie-bois"})),
    "a": Firm("a", "Alpha", frozenset({"peinture"})),
    "b": Firm("b", "Bravo", frozenset({"plomberie"})),
    "c": Firm("c", "Charlie", frozenset({"electricite"})),
    "d": Firm("d", "Delta", frozenset({"menuiserie-bois"})),
}


def test_those_who_were_at_the_same_fair_and_complete_each_other() -> None:
    fair = Gathering("f", "Salon du bois", ("me", "a", "b", "c", "d"))
    (one,) = suggest(Surroundings("me", FIRMS, {}, {}, frozenset(), (fair,)))
    assert one.companies == ("a", "b", "c")
    assert one.text().startswith("4 d’entre vous étaient à «")
    assert "peinture" in one.text()
    assert "4 of you" in one.text("en")


def test_my_suppliers_neighbour_has_what_i_lack() -> None:
    here = Surroundings("me", FIRMS, {"a": "supplier"}, {"a": {"c": "neighbour"}}, frozenset({"electricite"}))
    (one,) = suggest(here)
    assert (one.companies, one.through) == (("c",), "a")
    assert one.text().startswith("Alpha, votre fournisseur, connaît Charlie (son voisin), qui a ce qu’il vous manque")


def test_a_tie_that_nobody_shows_suggests_nobody() -> None:
    assert suggest(Surroundings("me", FIRMS, {"a": "client"}, {}, frozenset({"electricite"}))) == ()
    assert suggest(Surroundings("me", FIRMS, {}, {"a": {"c": "client"}}, frozenset({"electricite"}))) == ()


def test_known_by_two_of_mine_and_met_at_a_fair() -> None:
    both = Surroundings("me", FIRMS, {"a": "client", "b": "client"}, {"a": {"c": "union"}, "b": {"c": "fair"}})
    assert [one.code for one in suggest(both)] == ["common"]
    met = Surroundings("me", FIRMS, {}, {}, frozenset({"peinture"}), (Gathering("f", "Salon", ("me", "a")),))
    assert [one.code for one in suggest(met)] == ["met"]


names = st.sampled_from(sorted(FIRMS))
kinds = st.sampled_from(["client", "supplier", "neighbour", "union", "fair", "project", "other"])


@settings(deadline=None, max_examples=80)
@given(
    st.dictionaries(names, kinds),
    st.dictionaries(names, st.dictionaries(names | st.just("hidden"), kinds)),
    st.frozensets(st.sampled_from(TRADES)),
    st.lists(st.lists(names | st.just("hidden"), unique=True), max_size=3),
)
def test_only_who_may_be_seen_is_named(ties, shown, lacking, there) -> None:  # type: ignore[no-untyped-def]
    gatherings = tuple(Gathering(str(n), f"Salon {n}", tuple(each)) for n, each in enumerate(there))
    found = suggest(Surroundings("me", FIRMS, ties, shown, lacking, gatherings))
    alone = [one.companies for one in found if len(one.companies) == 1]
    assert len(alone) == len(set(alone))
    for one in found:
        assert set(one.companies) <= set(FIRMS) - {"me"}
        assert one.through in ("", *ties)
        assert "hidden" not in one.text() + one.text("en")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=4), unique=True, max_size=14))
def test_everybody_has_a_place_of_their_own(people: list[str]) -> None:
    spots = ring(people)
    assert set(spots) == set(people)
    assert len({(spot.x, spot.y) for spot in spots.values()}) == len(people)
    assert all(0 <= spot.x <= 360 and 0 <= spot.y <= 300 for spot in spots.values())
