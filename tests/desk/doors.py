"""The addresses of pages that cross rooms."""

from tests.doors import SIGNED_IN, Door

DOORS = [Door("desk:books", SIGNED_IN)]
