"""The doors of persons and of the demo's mailbox."""

from typing import Any

from cordee.ground.messages.reads import stop_address
from cordee.ground.people.acts import make_link
from cordee.ground.people.reads import token
from tests.doors import EVERYBODY, SIGNED_IN, Door
from tests.factories import AT
from tests.people import World

CLOSED = (404, 404, 404, 404, 404)
LED_BACK = (302, 302, 302, 302, 302)


def link(world: World) -> list[Any]:
    return [token(make_link(world.aude, purpose="sign_in", subject=world.aude, at=AT))]


def stop(world: World) -> list[Any]:
    return [stop_address(world.bruno, "talk").rpartition("/")[2]]


DOORS = [
    Door("people:enter", EVERYBODY, link),
    Door("people:language", LED_BACK, method="post", data={"language": "fr"}),
    Door("people:theme", LED_BACK, method="post", data={"theme": "dark"}),
    Door("people:account", SIGNED_IN),
    Door("letters:preferences", SIGNED_IN),
    Door("letters:stop", EVERYBODY, stop),
    Door("letters:mailbox", CLOSED),
    Door("letters:mail", CLOSED, lambda world: [1]),
    Door("letters:mail_page", CLOSED, lambda world: [1]),
]
