"""A building site for the tests: three companies, two lots, a client with a link."""

import io
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime
from PIL import Image

from cordee.delivery import acts
from cordee.delivery.models import Deliverable, Delivery, WorkItem, WorkLot
from cordee.governance import acts as governance
from cordee.governance.models import Ballot
from cordee.ground.people.models import Actor, Link
from cordee.ground.register.acts import address
from cordee.ground.signing import acts as signing
from cordee.ground.signing.models import Ceremony
from cordee.ground.signing.reads import code_for
from tests.factories import AT
from tests.people import World

DAY = timedelta(days=1)


def actor(world: World, name: str) -> Actor:
    seat = world.seats[name]
    return Actor(seat.holder, address(seat))


def site(world: World, *, works: bool = True, at: datetime = AT) -> Delivery:
    """Aude speaks to the client; Bruno and Denis take part, Emma does not. The client is known."""
    made = acts.open_delivery(
        world.grouping, title="Rénovation du caveau", client="Domaine des Aspres", works=works,
        starts_on=localtime(at).date(), seats=[world.seats[name] for name in ("bruno", "denis")],
        by=actor(world, "aude"), at=at,
    )  # fmt: skip
    values = {
        "client": "Domaine des Aspres", "client_siren": "", "client_street": "2 chemin du Puits",
        "client_postcode": "34700", "client_city": "Lodève", "email": "claude@aspres.example", "name": "Claude Aspres",
    }  # fmt: skip
    return acts.note_client(made, values=values, version=1, by=actor(world, "aude"), at=at)


def link_to(delivery: Delivery, at: datetime = AT) -> Link:
    """The client's link."""
    return acts.portal_link(Delivery.objects.select_related("client_person").get(pk=delivery.pk), at=at)


def lot(world: World, delivery: Delivery, name: str, title: str, **words: Any) -> WorkLot:
    """A lot that a company takes."""
    made = acts.write_lot(delivery, None, values={"title": title, **words}, by=actor(world, name), at=AT)
    return acts.take_lot(made, by=actor(world, name), at=AT)


def card(world: World, of: WorkLot, name: str | None, title: str, **values: Any) -> WorkItem:
    """A card of a lot, carried by a company or to be taken."""
    who = name or "aude"
    made = acts.write_item(
        of.delivery, None, values={"lot": of.public_id, "title": title, **values}, by=actor(world, who), at=AT
    )
    return acts.take_item(made, version=1, by=actor(world, name), at=AT) if name else made


def moved(world: World, item: WorkItem, name: str, *to: str, checked: int = 9) -> WorkItem:
    """A card moved along by the company that carries it."""
    for each in to:
        version = WorkItem.objects.get(pk=item.pk).version
        item = acts.move_item(item, to=each, version=version, checked=checked, by=actor(world, name), at=AT)
    return item


def photo() -> SimpleUploadedFile:
    """A photo that says where it was taken."""
    out = io.BytesIO()
    picture = Image.new("RGB", (40, 30), "brown")
    exif = picture.getexif()
    exif[0x010E] = "chez Madame Aspres"
    picture.save(out, format="JPEG", exif=exif)
    return SimpleUploadedFile("porte.jpg", out.getvalue())


def shown(world: World, of: WorkLot, name: str, title: str = "Les fenêtres", file: Any = None) -> Deliverable:
    """A deliverable that waits for the client's answer."""
    made = acts.prepare_deliverable(
        of.delivery, values={"lot": of.public_id, "title": title}, by=actor(world, name), at=AT
    )
    return acts.show_deliverable(made, file=file, by=actor(world, name), at=AT)


def voted(world: World, ballot: Ballot, choice: str = "for", at: datetime = AT) -> None:
    """Everybody of the grouping votes the same; the vote is closed."""
    for name in ("aude", "bruno", "denis", "emma"):
        governance.cast_vote(ballot, seat=world.seats[name], choice=choice, by=actor(world, name), at=at)
    governance.close_ballot(ballot, by=actor(world, "aude"), at=at)


def signed_by_all(ceremony: Ceremony | None, at: datetime) -> None:
    """Each signs from the link, with the code; the file is sealed."""
    from cordee.ground.people.models import Clockwork

    assert ceremony is not None
    for one in ceremony.signatories.select_related("person", "ceremony"):
        link = signing.link_of(one, at=at)
        signing.sign(link, code=code_for(signing.send_code(link, at=at)), consent="Oui.", at=at)
    signing.seal_ceremony(Ceremony.objects.get(pk=ceremony.pk), by=Clockwork(), at=at)
