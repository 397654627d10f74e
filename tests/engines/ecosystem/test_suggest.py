"""Suggestions: each rule, what may never be told, and the picture."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.ecosystem import Firm, Gathering, Surroundings, picture, suggest

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


NAMES = st.text("abcd é", min_size=1, max_size=40)


@settings(deadline=None, max_examples=40)
@given(st.lists(NAMES, min_size=1, max_size=12), st.lists(st.tuples(NAMES, st.integers(0, 11)), max_size=8))
def test_everybody_has_a_place_of_their_own(people: list[str], beyond: list[tuple[str, int]]) -> None:
    ties = [(f"t{place}", name) for place, name in enumerate(people)]
    far = [(f"b{place}", name, f"t{near % len(people)}") for place, (name, near) in enumerate(beyond)]
    spots = picture(ties, far)
    assert list(spots) == [one[0] for one in ties] + [one[0] for one in far]
    assert len({(spot.x, spot.y) for spot in spots.values()}) == len(spots)
    assert all(0 <= spot.x <= 360 and 0 <= spot.y <= 400 for spot in spots.values())
    assert all(len(spot.lines) <= 2 and len(text) <= 14 for spot in spots.values() for text, _x, _y in spot.lines)


def test_names_do_not_stand_on_each_other() -> None:
    ties = [(str(place), "Charpente Roques") for place in range(6)]
    spots = picture(ties, [("x", "Couverture Saltel", "1"), ("y", "Réseaux Languedoc", "2"), ("z", "Maçonnerie", "2")])
    places = [(x, y, spot.anchor) for spot in spots.values() for _text, x, y in spot.lines]
    wide = {"start": (0, 80), "end": (-80, 0), "middle": (-40, 40)}
    boxes = [(x + wide[side][0], y, x + wide[side][1]) for x, y, side in places]
    for number, one in enumerate(boxes):
        for two in boxes[:number]:
            assert abs(one[1] - two[1]) >= 12 or one[2] <= two[0] or two[2] <= one[0], (one, two)
