"""Amounts are written as the reader’s language writes them, and a box that shows one reads it back."""

import pytest
from django.utils import translation

from cordee.ground.kit.money import CentsField, euros, hundredths


@pytest.mark.parametrize(
    ("lang", "amount", "number"), [("fr", "−1\u202f284,50\u00a0€", "12,5"), ("en", "−€1,284.50", "12.5")]
)
def test_an_amount_follows_the_reader(lang: str, amount: str, number: str) -> None:
    with translation.override(lang):
        assert euros(-128450) == amount
        assert hundredths(1250) == number


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_box_reads_back_what_it_shows(lang: str) -> None:
    field = CentsField()
    with translation.override(lang):
        assert field.clean(field.prepare_value(128450)) == 128450
