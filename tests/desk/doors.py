"""The doors of the frame."""

from tests.doors import EVERYBODY, Door

DOORS = [
    Door("desk:today", EVERYBODY),
    Door("desk:about", EVERYBODY),
    Door("desk:gallery", (404, 404, 404, 404, 404)),  # closed, but for developers and demos
]
