"""People find their trade in their own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.trades import all_trades, search, trades_named
from cordee.engines.trades.search import fold


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("électricien", "electricite"),
        ("ELECTRICITE batiment", "electricite"),
        ("maçon", "gros-oeuvre"),
        ("gros oeuvre", "gros-oeuvre"),
        ("plonberie", "plomberie"),
        ("espace vert", "paysage"),
        ("désamiantage", "desamiantage"),
        ("nettoyage de bureaux", "nettoyage-locaux"),
        ("imprimeur", "imprimerie"),
        ("cantine", "restauration-collective"),
        ("expert comptable", "comptabilite"),
        ("QHSE", "qhse"),
        ("CVC", "chauffage-ventilation"),
        ("charpante", "charpente-bois"),
        ("43.21A", "electricite"),
        ("45310000-3", "electricite"),
    ],
)
def test_a_trade_is_found_first(typed: str, slug: str) -> None:
    assert search(typed)[0].slug == slug


def test_english_words_find_it_too() -> None:
    assert search("roofing", "en")[0].slug == "couverture"
    assert search("accountancy", "en")[0].slug == "comptabilite"


def test_nothing_typed_or_nothing_known_finds_nothing() -> None:
    assert search("") == search("   ") == search("!!!") == search("xylographe") == ()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_trade_is_found_by_its_own_label(lang: str) -> None:
    for one in all_trades():
        assert one in search(one.label(lang), lang), one.slug  # type: ignore[arg-type]


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert len(search(text)) <= 10


def test_words_are_folded() -> None:
    assert fold("Gros-œuvre, des Façades l’été") == ("gros", "oeuvre", "facade", "ete")


@given(st.text(max_size=80), st.lists(st.sampled_from(all_trades()), max_size=8))
def test_a_title_names_only_what_is_possible(title: str, among: list) -> None:  # type: ignore[type-arg]
    named = trades_named(title, among)
    assert list(named) == [one for one in among if one in named]


def test_vague_words_name_nothing() -> None:
    assert trades_named("Travaux de construction d’un bâtiment public, lot divers", all_trades()) == ()
