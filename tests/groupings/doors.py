"""Every address of the groupings, tried by everybody."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.directory.models import Representative
from cordee.ground.people.models import Link
from cordee.ground.people.reads import token as token_of_link
from cordee.groupings.acts import WRITING, Invitee, ask_for_writing, give_mandate, invite, write_in_conversation
from tests import factories
from tests.doors import ACT_OF_MEMBERS, EVERYBODY, MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.factories import AT
from tests.groupings.invited import token_of
from tests.people import World

ACT_OF_OWNER = (302, 403, 404, 404, SIGN_IN)


def grouping(world: World) -> list[Any]:
    return [world.grouping.public_id]


def asked(world: World) -> list[Any]:
    made = invite(world.grouping, Invitee(email="felix@exemple.fr"), by=world.actor("aude"), at=AT)
    return [world.grouping.public_id, made.public_id]


def noted(world: World) -> list[Any]:
    made = invite(world.grouping, Invitee(company_name="Roux"), by=world.actor("aude"), at=AT)
    return [world.grouping.public_id, made.public_id]


def document(world: World) -> list[Any]:
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    message = write_in_conversation(world.grouping, "", files=[upload], by=world.actor("bruno"), at=AT)
    return [world.grouping.public_id, message.attachments.get().document.public_id]


def token(world: World) -> list[Any]:
    """The link of somebody invited by mail; in tests its moment is now, for the page reads the clock."""
    from cordee.ground.kit.clock import now

    return [token_of(invite(world.grouping, Invitee(email="felix@exemple.fr"), by=world.actor("aude"), at=now()))]


NO_LINK = (404, 404, 404, 404, 404)
"""Answers are given from a link only; what a good one opens is in test_pages.py."""

ASKED = {"do": "ask", "email": "g@cma.example", "name": "Gaëlle Pons", "kind": "observer"}


def mandate(world: World) -> list[Any]:
    made = give_mandate(
        world.seats["bruno"], email="rose@exemple.fr", name="Rose Masson", kind="substitute", since=AT.date(),
        paper=SimpleUploadedFile("delegation.pdf", b"%PDF-1.7 delegation"), by=world.actor("bruno"), at=AT,
    )  # fmt: skip
    return [world.grouping.public_id, made.public_id]


def written(world: World) -> list[Any]:
    """The link by which a legal representative gives a delegation; its moment is now, for the page reads the clock."""
    from cordee.ground.kit.clock import now

    leader = factories.person("Solange Masson")
    Representative.objects.filter(person=world.bruno).update(capacity="delegate")
    Representative.objects.create(company=world.seats["bruno"].company, person=leader, since=AT)
    ask_for_writing(world.seats["bruno"], by=world.actor("bruno"), at=now())
    return [token_of_link(Link.objects.get(purpose=WRITING))]


DOORS = [
    Door("groupings:list", SIGNED_IN),
    Door("groupings:new", SIGNED_IN),
    Door("groupings:grouping", MEMBERS_ONLY, grouping),
    Door("groupings:members", MEMBERS_ONLY, grouping),
    Door("groupings:conversation", MEMBERS_ONLY, grouping),
    Door("groupings:conversation", ACT_OF_MEMBERS, grouping, "post", {"text": "Bonjour"}),
    Door("groupings:file", MEMBERS_ONLY, document),
    Door("groupings:purpose", MEMBERS_ONLY, grouping),
    Door("groupings:purpose", ACT_OF_OWNER, grouping, "post", {"name": "Nouveau nom", "version": 1}),
    Door("groupings:pause", ACT_OF_OWNER, grouping, "post", {"do": "pause"}),
    Door("groupings:invite", ACT_OF_MEMBERS, grouping, "post", {"email": "gilles@exemple.fr"}),
    Door("groupings:send", ACT_OF_MEMBERS, noted, "post", {"email": "gilles@exemple.fr"}),
    Door("groupings:withdraw", ACT_OF_MEMBERS, asked, "post"),
    Door("groupings:substitute", ACT_OF_MEMBERS, grouping, "post", {"person": ""}),
    Door("groupings:hand_over", (409, 409, 404, 404, SIGN_IN), grouping, "post", {"person": ""}),
    Door("groupings:office", (409, 409, 404, 404, SIGN_IN), grouping, "post", {"role": "", "seat": ""}),
    Door("groupings:mandates", MEMBERS_ONLY, grouping),
    Door("groupings:mandates", (200, 200, 404, 404, SIGN_IN), grouping, "post", {"do": "nothing"}),
    Door("groupings:mandate_paper", MEMBERS_ONLY, mandate),
    Door("groupings:writing", EVERYBODY, written),
    Door("groupings:writing", (302, 302, 302, 302, 302), written, "post", {"do": "decline"}),
    Door("groupings:guests", MEMBERS_ONLY, grouping),
    Door("groupings:guests", ACT_OF_OWNER, grouping, "post", ASKED),
    Door("groupings:accompanied", SIGNED_IN),
    Door("groupings:bring_in", SIGNED_IN),
    Door("groupings:bring_in", (422, 422, 422, 422, SIGN_IN), method="post", data={"name": "Repris"}),
    Door("groupings:book", MEMBERS_ONLY, grouping),
    Door("groupings:book_export", MEMBERS_ONLY, grouping),
    Door("groupings:book_archive", MEMBERS_ONLY, grouping),
    Door("groupings:book_head", MEMBERS_ONLY, grouping),
    Door("groupings:invitation", EVERYBODY, token),
    Door("groupings:accept", NO_LINK, lambda world: ["nonsense"], "post"),
    Door("groupings:decline", NO_LINK, lambda world: ["nonsense"], "post"),
]
