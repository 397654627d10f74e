"""The doors of the frame, and of the pages that cross rooms."""

from tests.doors import EVERYBODY, SIGNED_IN, Door

DOORS = [
    Door("desk:today", EVERYBODY),
    Door("desk:about", EVERYBODY),
    Door("desk:gallery", (404, 404, 404, 404, 404)),  # closed, but for developers and demos
    Door("desk:books", SIGNED_IN),
    Door("desk:health", (503, 503, 503, 503, 503)),  # in the tests neither ticker nor worker runs
]
