"""The doors of the documents and of the signing links."""

from typing import Any

from cordee.agreements import acts
from cordee.agreements.models import Agreement
from cordee.ground.kit.clock import now
from cordee.ground.people.reads import token
from cordee.ground.signing.acts import link_of
from tests.agreements.answers import convention
from tests.doors import MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.people import World


def sent(world: World) -> Agreement:
    return acts.send_to_sign(convention(world), by=world.actor("aude"), at=now())


def draft(world: World) -> list[Any]:
    return [convention(world).public_id]


def in_signature(world: World) -> list[Any]:
    return [sent(world).public_id]


def signing_link(world: World) -> list[Any]:
    signatory = sent(world).ceremony.signatories.get(person=world.bruno)
    return [token(link_of(signatory, at=now()))]


LEADS = (302, 403, 404, 404, SIGN_IN)
LINK = (302, 302, 302, 302, 302)  # whoever holds a signing link may ask for the code, which goes to its owner's address
DOORS = [
    Door("agreements:list", SIGNED_IN),
    Door("agreements:prepare", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("agreements:agreement", MEMBERS_ONLY, draft),
    Door("agreements:answer", (409, 409, 404, 404, SIGN_IN), draft, "post", {"version": "99"}),
    Door("agreements:send", LEADS, draft, "post"),
    Door("agreements:take_back", LEADS, in_signature, "post"),
    Door("agreements:pdf", MEMBERS_ONLY, draft),
    Door("agreements:evidence", MEMBERS_ONLY, in_signature),
    Door("agreements:to_my_link", (302, 302, 404, 404, SIGN_IN), in_signature, "post"),
    Door("signing:sign", (200, 200, 200, 200, 200), signing_link),
    Door("signing:send_code", LINK, signing_link, "post"),
    Door("signing:decline", LINK, signing_link, "post", {"reason": "Non"}),
    Door("signing:text", (200, 200, 200, 200, 200), signing_link),
]
