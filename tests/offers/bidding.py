"""A joint bid for the tests: three companies of one grouping, a lot each, up to where a test wants it."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.ground.kit.clock import now
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import address
from cordee.ground.signing import acts as signing
from cordee.ground.signing.reads import code_for
from cordee.groupings.models import Seat
from cordee.offers import acts
from cordee.offers.models import Bid, BidPart, Variant
from tests.offers.small import need as some_need
from tests.people import World

PRICES = {"aude": 837_194, "bruno": 649_281, "denis": 775_392}
"""Unit prices in cents, easy to look for in a page."""
ANSWERS = {
    "market": "Rénovation d’écoles, Hérault",
    "competitors": [],
    "smaller": "no",
    "smaller_why": "Trois métiers.",
    "share": 300,
    "bidders": 1000,
    "rivals_left": 8,
    "gains": "Un seul interlocuteur.",
    "information": "Plannings.",
    "free": "yes",
    "limited": "yes",
    "lawyer": "",
}


def actor(world: World, name: str) -> Actor:
    seat = world.seats[name]
    return Actor(seat.holder, address(seat))


def tender(world: World, **fields: Any) -> Bid:
    """A tender that the grouping looks at, its answer opened by Aude, due in forty days."""
    from cordee.offers.models import Pursuit

    need = some_need(world, deadline=now() + timedelta(days=40), deadline_has_hour=True, **fields)
    Pursuit.objects.create(need=need, grouping=world.grouping, since=now())
    return acts.open_bid(world.grouping, kind="tender", need=need, by=actor(world, "aude"), at=now())


def offer(world: World) -> Bid:
    """An offer to a private client, opened by Aude."""
    return acts.open_bid(
        world.grouping,
        kind="offer",
        title="Extension clé en main",
        client="Mme Serra",
        by=actor(world, "aude"),
        at=now(),
    )


def team(world: World, bid: Bid, names: tuple[str, ...] = ("aude", "bruno", "denis")) -> dict[str, BidPart]:
    """Each takes a part: of a lot where there are lots, one after the other."""
    lots = list(bid.need.lots.all()) if bid.need else [None] * len(names)
    parts: dict[str, BidPart] = {}
    for name, lot in zip(names, lots, strict=False):
        after = [part.public_id for part in list(parts.values())[-1:]]
        values = {"tasks": f"Ouvrage de {name}", "days": 10, "after": after, "vat": 2000}
        parts[name] = acts.take_part(
            bid, title=f"Part de {name}", lot=lot, values=values, by=actor(world, name), at=now()
        )
    return parts


def roles(world: World, bid: Bid, assembler: str = "neutre@exemple.fr") -> Bid:
    """Aude leads and speaks to the client, Bruno replaces her, a neutral person assembles."""
    terms = {"liability": "conjoint", "client_address": "3 rue Haute, Sète", "mission": "Transmettre, coordonner."}
    fresh = Bid.objects.get(pk=bid.pk)
    acts.set_terms(fresh, values=terms, version=fresh.version, by=actor(world, "aude"), at=now())
    lead: Seat = world.seats["aude"]
    deputy = world.seats["bruno"]
    return acts.name_roles(
        bid, lead=lead, assembler=assembler, contact=lead, deputy=deputy, by=actor(world, "aude"), at=now()
    )


def cleared(world: World, bid: Bid, names: tuple[str, ...] = ("aude", "bruno", "denis")) -> None:
    """The note of competition, complete and signed by all."""
    members = {world.seats[name].public_id: {"alone": "no", "why": "Trop petite"} for name in names}
    acts.write_note(bid, answers={**ANSWERS, "members": members}, version=1, by=actor(world, "aude"), at=now())
    for name in names:
        acts.sign_note(bid, by=actor(world, name), at=now())


def priced(world: World, parts: dict[str, BidPart]) -> None:
    """Each prices its part: ten units, and a small one."""
    for name, part in parts.items():
        lines = [
            acts.Priced(f"Ouvrage de {name}", "u", 1000, PRICES[name]),
            acts.Priced("Installation", "ens", 100, PRICES[name] // 7),
        ]
        acts.price_part(part, lines=lines, by=actor(world, name), at=now())


def ready(world: World, bid: Bid) -> dict[str, BidPart]:
    """A team with roles, a signed note and prices."""
    parts = team(world, bid)
    roles(world, bid)
    cleared(world, bid)
    priced(world, parts)
    return parts


def papers(world: World, names: tuple[str, ...] = ("aude", "bruno", "denis")) -> None:
    """Insurance and ten-year insurance of each, running for a year."""
    until = date.today() + timedelta(days=365)  # noqa: DTZ011 — as a leader reads it on the paper
    for name in names:
        company = world.seats[name].company
        for kind in ("insurance", "ten_year"):
            file = SimpleUploadedFile(f"{kind}.pdf", b"%PDF-1.4 attestation")
            acts.add_paper(
                company, kind=kind, amount_cents=100_000_000, valid_to=until, file=file, by=actor(world, name), at=now()
            )


def frozen(world: World) -> Bid:
    """A tender whose team is frozen, honour stated, papers there."""
    bid = tender(world)
    ready(world, bid)
    papers(world)
    for name in ("aude", "bruno", "denis"):
        acts.declare_honour(bid, iban="FR76 3000 6000 0112 3456 7890 189", by=actor(world, name), at=now())
    return acts.freeze_bid(bid, by=actor(world, "aude"), at=now())


def answered(variant: Variant, *, accepts: bool) -> Bid:
    """The client answers what it was sent, from its link."""
    (signatory,) = variant.ceremony.signatories.all()
    link = signing.link_of(signatory, at=now())
    code = code_for(signing.send_code(link, at=now()))
    if accepts:
        signing.sign(link, code=code, consent="J’accepte cette offre.", at=now())
        signing.seal_ceremony(variant.ceremony, by=Clockwork(), at=now())
    else:
        signing.decline(link, code=code, reason="Trop cher", at=now())
    return Bid.objects.get(pk=acts.follow_client(variant, at=now()).bid_id)
