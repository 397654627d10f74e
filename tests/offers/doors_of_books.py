"""The doors of the price book of a project, and of the bids made within it."""

from typing import Any

from cordee.ground.kit.clock import now
from cordee.offers.acts import book as acts
from cordee.offers.models import BookLine, Package
from cordee.projects.models import Project
from tests.doors import ACT_OF_MEMBERS, MEMBERS_ONLY, SIGN_IN, Door
from tests.offers import bidding
from tests.offers.bidding import actor
from tests.people import World
from tests.projects.doors_of_services import a_service

PRICES = {"aude": 83_719, "bruno": 64_928, "denis": 77_539}
"""In cents, easy to look for in a page."""


def a_book(world: World, names: tuple[str, ...] = ("aude", "bruno", "denis")) -> tuple[Project, dict[str, BookLine]]:
    """A joint offer in which each wrote one line of its own."""
    made = a_service(world, names=names)
    lines = {
        name: acts.write_line(
            made, title=f"Ouvrage de {name}", unit="m²", cents=PRICES[name], by=actor(world, name), at=now()
        )
        for name in names
    }
    return made, lines


def a_package(world: World, project: Project, lines: dict[str, BookLine], **words: Any) -> Package:
    quantities = {line.public_id: 100 for line in lines.values()}
    given = {"title": "Salle de bains clés en main", "coordination": 300, "quantities": quantities, **words}
    return acts.make_package(project, **given, by=world.actor("aude"), at=now())


def some(world: World) -> list[Any]:
    return [a_book(world)[0].public_id]


def my_line(world: World) -> list[Any]:
    made, lines = a_book(world)
    return [made.public_id, lines["aude"].public_id]


def to_sell(world: World) -> list[Any]:
    made, lines = a_book(world)
    return [made.public_id, a_package(world, made, lines).public_id, "vendre"]


def with_a_bid(world: World) -> list[Any]:
    made = a_service(world)
    bid = bidding.offer(world)
    acts.tie_bid(made, bid, by=world.actor("aude"), at=now())
    return [made.public_id, bid.public_id]


LINE = {"title": "Pose", "unit": "m²", "cents": "42,50", "vat": "2000"}
DOORS_OF_BOOKS = [
    Door("offers:book", MEMBERS_ONLY, some),
    Door("offers:book_line_add", ACT_OF_MEMBERS, some, "post", LINE),
    Door("offers:book_line", (200, 404, 404, 404, SIGN_IN), my_line),
    Door("offers:book_line_drop", (302, 404, 404, 404, SIGN_IN), my_line, "post"),
    Door("offers:package_add", (422, 422, 404, 404, SIGN_IN), some, "post"),
    Door("offers:package_do", ACT_OF_MEMBERS, to_sell, "post"),
    Door("offers:book_use", (422, 422, 404, 404, SIGN_IN), some, "post"),
    Door("offers:project_bids", MEMBERS_ONLY, lambda world: with_a_bid(world)[:1]),
    Door("offers:bid_tie", (409, 409, 404, 404, SIGN_IN), some, "post", {"bid": "none"}),
    Door("offers:bid_open", ACT_OF_MEMBERS, some, "post", {"title": "Extension", "client": "Mme Serra"}),
    Door("offers:bid_untie", ACT_OF_MEMBERS, with_a_bid, "post"),
    Door("offers:results", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
]
