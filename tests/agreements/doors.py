"""The doors of the documents and of the signing links."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cordee.agreements import acts
from cordee.agreements.models import Agreement, Delegation
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Clockwork
from cordee.ground.people.reads import token
from cordee.ground.signing.acts import copy_link, link_of, seal_ceremony, send_code, sign
from cordee.ground.signing.models import Recipient
from cordee.ground.signing.reads import code_for
from tests import factories
from tests.agreements.answers import convention
from tests.doors import ACT_OF_MEMBERS, MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.people import World


def sent(world: World, kind: str = "gme_conjoint") -> Agreement:
    return acts.send_to_sign(convention(world, kind=kind), by=world.actor("aude"), at=now())


def draft(world: World) -> list[Any]:
    return [convention(world).public_id]


def advice(world: World) -> list[Any]:
    kept = acts.keep_advice(world.grouping, answers={"aim": "bid"}, by=world.actor("bruno"), at=now())
    return [kept.public_id]


def in_signature(world: World) -> list[Any]:
    return [sent(world).public_id]


def signing_link(world: World) -> list[Any]:
    signatory = sent(world).ceremony.signatories.get(person=world.bruno)
    return [token(link_of(signatory, at=now()))]


def signed(world: World) -> Agreement:
    """A charter that all have signed, sealed."""
    agreement = sent(world, "cooperation_charter")
    for signatory in agreement.ceremony.signatories.select_related("person", "ceremony"):
        link = link_of(signatory, at=now())
        sign(link, code=code_for(send_code(link, at=now())), consent="Oui", at=now())
    agreement.ceremony.refresh_from_db()
    seal_ceremony(agreement.ceremony, by=Clockwork(), at=now())
    return acts.note_signed(agreement, by=Clockwork(), at=now())


def in_force(world: World) -> list[Any]:
    return [signed(world).public_id]


def newcomer(world: World) -> list[Any]:
    """A fifth company, a member since the charter was signed."""
    agreement, person = signed(world), factories.person("Inès Faure")
    seat = factories.seat(world.grouping, person, company=factories.company("Peinture Faure", leader=person))
    return [agreement.public_id, seat.public_id]


def delegation(world: World) -> Delegation:
    """Aude's company lets Gaël sign."""
    today = now().date()
    return acts.write_delegation(
        world.seats["aude"].company, email="gael@exemple.fr", name="Gaël Pons", role="conductrice de travaux",
        paper=SimpleUploadedFile("pouvoir.pdf", b"%PDF-1.7 pouvoir"), since=today, by=world.actor("aude"), at=now(),
    )  # fmt: skip


def copy_link_of(world: World) -> list[Any]:
    """A client receives the signed copy."""
    agreement = signed(world)
    recipient = Recipient.objects.create(ceremony=agreement.ceremony, person=factories.person("Cliente"))
    return [token(copy_link(recipient, at=now()))]


def paper(world: World) -> list[Any]:
    """A charter signed by hand."""
    agreement, scan = convention(world, kind="cooperation_charter"), BytesIO()
    Image.new("RGB", (60, 80), "white").save(scan, "PNG")
    pages = [SimpleUploadedFile("page.png", scan.getvalue())]
    acts.keep_on_paper(agreement, pages=pages, signed_on=now().date(), by=world.actor("aude"), at=now())
    return [agreement.public_id]


LEADS = (302, 403, 404, 404, SIGN_IN)
REMINDS = (409, 403, 404, 404, SIGN_IN)  # it was sent today: nobody is written to twice a day
LINK = (302, 302, 302, 302, 302)  # whoever holds a signing link may ask for the code, which goes to its owner's address
WRONG = (422, 422, 422, 422, 422)  # but without the code nothing is declined
DOORS = [
    Door("agreements:list", SIGNED_IN),
    Door("agreements:prepare", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("agreements:agreement", MEMBERS_ONLY, draft),
    Door("agreements:answer", (409, 409, 404, 404, SIGN_IN), draft, "post", {"version": "99"}),
    Door("agreements:send", LEADS, draft, "post"),
    Door("agreements:parties", MEMBERS_ONLY, draft),
    Door("agreements:remind", REMINDS, in_signature, "post"),
    Door("agreements:take_back", LEADS, in_signature, "post"),
    Door("agreements:pdf", MEMBERS_ONLY, draft),
    Door("agreements:evidence", MEMBERS_ONLY, in_signature),
    Door("agreements:to_my_link", (302, 302, 404, 404, SIGN_IN), in_signature, "post"),
    Door("agreements:ask_form", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("agreements:advice", MEMBERS_ONLY, advice),
    Door("agreements:versions", MEMBERS_ONLY, draft),
    Door("agreements:docx", MEMBERS_ONLY, draft),
    Door("agreements:dates", SIGNED_IN),
    Door("agreements:powers", SIGNED_IN),
    Door("agreements:revoke", (302, 404, 404, 404, SIGN_IN), lambda world: [delegation(world).public_id], "post"),
    Door("agreements:delegation_paper", (200, 404, 404, 404, SIGN_IN), lambda world: [delegation(world).public_id]),
    Door("agreements:preview", MEMBERS_ONLY, draft, "post"),
    Door("agreements:review", ACT_OF_MEMBERS, draft, "post", {"reviewer": "Me Durand"}),
    Door("agreements:sending", MEMBERS_ONLY, draft),
    Door("agreements:more_time", LEADS, in_signature, "post", {"until": "2099-01-01"}),
    Door("agreements:on_paper", MEMBERS_ONLY, draft),
    Door("agreements:paper", MEMBERS_ONLY, paper),
    Door("agreements:amend", ACT_OF_MEMBERS, in_force, "post"),
    Door("agreements:join", ACT_OF_MEMBERS, newcomer, "post"),
    Door("agreements:end", MEMBERS_ONLY, in_force),
    Door("signing:forward", WRONG, signing_link, "post"),
    Door("signing:copy", (200, 200, 200, 200, 200), copy_link_of),
    Door("signing:sign", (200, 200, 200, 200, 200), signing_link),
    Door("signing:send_code", LINK, signing_link, "post"),
    Door("signing:decline", WRONG, signing_link, "post", {"refus-reason": "Non", "refus-code": "000000"}),
    Door("signing:text", (200, 200, 200, 200, 200), signing_link),
]
