"""The addresses of pages that cross rooms."""

from tests.doors import SIGNED_IN, Door

DOORS = [
    Door("desk:books", SIGNED_IN),
    Door("desk:health", (503, 503, 503, 503, 503)),  # in the tests neither ticker nor worker runs
]
