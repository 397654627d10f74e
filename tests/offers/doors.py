"""The doors of the occasions: the company that brought one prepares, its exchange looks on, others see nothing."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.ground.kit.clock import now
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Actor
from cordee.ground.people.reads import token
from cordee.offers import acts
from cordee.offers.models import Bid, Pursuit, RadarHit, RadarNotice, Variant
from tests.doors import ACT_OF_MEMBERS, EVERYBODY, MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.offers import bidding
from tests.offers.bidding import actor
from tests.offers.doors_of_books import DOORS_OF_BOOKS
from tests.offers.small import found, need, notice_file, search, shared_need
from tests.people import World


def some_need(world: World) -> list[Any]:
    return [shared_need(world).public_id]


def some_lot(world: World) -> list[Any]:
    return [shared_need(world).public_id, 1]


def some_notice(world: World) -> list[Any]:
    made = acts.bring_notice(notice_file(), company=world.seats["aude"].company, by=Actor(world.aude), at=now())
    Pursuit.objects.create(need=made, grouping=world.grouping, since=now())
    return [made.public_id]


def some_search(world: World) -> list[Any]:
    return [search(world, shared_need(world)).public_id]


def some_team(world: World) -> list[Any]:
    return [found(world, of=shared_need(world)).public_id, 1]


def here(world: World) -> list[Any]:
    return [world.grouping.public_id]


def a_need_here(world: World) -> list[Any]:
    return [shared_need(world).public_id, world.grouping.public_id]


def some_bid(world: World) -> list[Any]:
    return [bidding.tender(world).public_id]


def a_team(world: World) -> list[Any]:
    bid = bidding.tender(world)
    bidding.team(world, bid)
    return [bid.public_id]


def some_part(world: World) -> list[Any]:
    bid = bidding.tender(world)
    return [bid.public_id, bidding.team(world, bid)["aude"].public_id]


def with_roles(world: World) -> list[Any]:
    bid = bidding.tender(world)
    bidding.roles(world, bid)
    return [bid.public_id]


def a_note(world: World) -> list[Any]:
    bid = bidding.tender(world)
    bidding.team(world, bid)
    bidding.roles(world, bid)
    bidding.cleared(world, bid)
    return [bid.public_id]


def a_requirement(world: World) -> list[Any]:
    bid = bidding.tender(world)
    one = acts.ask_requirement(bid, kind="staff", minimum=3, by=actor(world, "aude"), at=now())
    return [bid.public_id, one.public_id]


def a_question(world: World) -> list[Any]:
    bid = bidding.tender(world)
    one = acts.ask_question(bid, "Le site est-il occupé ?", by=actor(world, "aude"), at=now())
    return [bid.public_id, one.public_id]


def own_need(world: World) -> list[Any]:
    return [need(world).public_id, world.grouping.public_id]


def a_step(world: World) -> list[Any]:
    return [bidding.tender(world).public_id, "memo"]


def ready_to_freeze(world: World) -> list[Any]:
    bid = bidding.tender(world)
    bidding.ready(world, bid)
    for name in ("aude", "bruno", "denis"):
        acts.declare_honour(bid, by=actor(world, name), at=now())
    return [bid.public_id]


def frozen_bid(world: World) -> list[Any]:
    return [bidding.frozen(world).public_id]


def private_offer(world: World) -> list[Any]:
    bid = bidding.offer(world)
    bidding.ready(world, bid)
    return [bid.public_id]


def a_variant(world: World) -> list[Any]:
    bid = bidding.offer(world)
    parts = bidding.ready(world, bid)
    ids = [part.public_id for part in parts.values()]
    one = acts.make_variant(bid, title="Tout", parts=ids, by=actor(world, "aude"), at=now())
    return [bid.public_id, one.public_id]


def some_client(world: World) -> list[Any]:
    bid_id, variant = a_variant(world)
    one = Variant.objects.select_related("bid__grouping").get(public_id=variant)
    acts.send_offer(one, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    bid = Bid.objects.get(public_id=bid_id)
    return [token(make_link(bid.client_person, purpose="client", subject=bid, at=now()))]


def some_volume(world: World) -> list[Any]:
    pool = acts.open_volume(
        world.grouping,
        title="Isolant",
        unit="m²",
        tiers=[(1, 1000)],
        per_day=None,
        closes_on=None,
        by=actor(world, "aude"),
        at=now(),
    )
    return [pool.public_id]


def some_company(world: World) -> list[Any]:
    return [world.seats["aude"].company.public_id]


def some_hit(world: World) -> list[Any]:
    company = world.seats["aude"].company
    profile = acts.set_profile(company, values={"trades": []}, by=actor(world, "aude"), at=now())
    notice = RadarNotice.objects.create(digest="x", title="École", taken_at=now(), lots=[])
    return [RadarHit.objects.create(profile=profile, notice=notice, score=50, found_at=now()).public_id]


def some_paper(world: World) -> list[Any]:
    company = world.seats["aude"].company
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")
    paper = acts.add_paper(company, kind="tax", file=file, by=actor(world, "aude"), at=now())
    return [company.public_id, paper.public_id]


OWNERS_PAGE = (200, 403, 404, 404, SIGN_IN)
OWNERS_ACT = (302, 403, 404, 404, SIGN_IN)
OWNERS_SECRET = (200, 404, 404, 404, SIGN_IN)
DOORS = [
    Door("offers:list", SIGNED_IN),
    Door("offers:new", SIGNED_IN),
    Door("offers:write", SIGNED_IN),
    Door("offers:need", MEMBERS_ONLY, some_need),
    Door("offers:file", MEMBERS_ONLY, some_notice),
    Door("offers:lot", OWNERS_PAGE, some_lot),
    Door("offers:find", OWNERS_ACT, some_need, "post", {"members": "6", "around": "on"}),
    Door("offers:drop", OWNERS_ACT, some_need, "post"),
    Door("offers:teams", OWNERS_SECRET, some_search),
    Door("offers:open", (302, 404, 404, 404, SIGN_IN), some_team, "post"),
    Door("offers:share", (302, 404, 404, 404, SIGN_IN), own_need, "post"),
    Door("offers:open_tender", ACT_OF_MEMBERS, a_need_here, "post"),
    Door("offers:radar", SIGNED_IN),
    Door("offers:radar_profile", OWNERS_SECRET, some_company),
    Door("offers:radar_answer", (302, 404, 404, 404, SIGN_IN), some_hit, "post", {"answer": "yes"}),
    Door("offers:radar_awards", SIGNED_IN),
    Door("offers:bids", SIGNED_IN),
    Door("offers:open_offer", MEMBERS_ONLY, here),
    Door("offers:catalogue", MEMBERS_ONLY, here),
    Door("offers:volumes", MEMBERS_ONLY, here),
    Door("offers:volume", MEMBERS_ONLY, some_volume),
    Door("offers:proofs", OWNERS_SECRET, some_company),
    Door("offers:proof_file", OWNERS_SECRET, some_paper),
    Door("offers:client_door", EVERYBODY, some_client),
    Door("offers:bid", MEMBERS_ONLY, some_bid),
    Door("offers:terms", MEMBERS_ONLY, some_bid),
    Door("offers:roles", MEMBERS_ONLY, some_bid),
    Door("offers:take_part", MEMBERS_ONLY, some_bid),
    Door("offers:part", MEMBERS_ONLY, some_part),
    Door("offers:drop_part", OWNERS_ACT, some_part, "post"),
    Door("offers:prices", OWNERS_PAGE, some_part),
    Door("offers:note", MEMBERS_ONLY, some_bid),
    Door("offers:sign_note", (302, 302, 404, 404, SIGN_IN), a_note, "post"),
    Door("offers:assembly", (404, 404, 404, 404, SIGN_IN), some_bid),
    Door("offers:pack", MEMBERS_ONLY, a_team),
    Door("offers:require", ACT_OF_MEMBERS, some_bid, "post", {"kind": "staff", "minimum": "3"}),
    Door("offers:unrequire", ACT_OF_MEMBERS, a_requirement, "post"),
    Door("offers:ask", ACT_OF_MEMBERS, some_bid, "post", {"text": "Le site est-il occupé ?"}),
    Door("offers:answer", ACT_OF_MEMBERS, a_question, "post", {"text": "Oui."}),
    Door("offers:honour", ACT_OF_MEMBERS, a_team, "post"),
    Door("offers:go", ACT_OF_MEMBERS, some_bid, "post"),
    Door("offers:step", ACT_OF_MEMBERS, a_step, "post"),
    Door("offers:freeze", (302, 403, 404, 404, SIGN_IN), ready_to_freeze, "post"),
    Door("offers:replace", (409, 409, 404, 404, SIGN_IN), frozen_bid, "post", {"case": "impossible", "evidence": "x"}),
    Door("offers:submit", (302, 403, 404, 404, SIGN_IN), frozen_bid, "post"),
    Door("offers:close", (302, 403, 404, 404, SIGN_IN), some_bid, "post", {"result": "abandoned", "why": "Trop loin"}),
    Door(
        "offers:exchange",
        ACT_OF_MEMBERS,
        some_bid,
        "post",
        {"x-level": "C3", "x-what": "x", "x-to": "y", "x-why": "z"},
    ),
    Door("offers:room", MEMBERS_ONLY, a_team),
    Door(
        "offers:room_name",
        (302, 403, 404, 404, SIGN_IN),
        some_bid,
        "post",
        {"name-name": "Nora", "name-email": "n@exemple.fr", "name-why": "Juriste"},
    ),
    Door("offers:room_enter", (403, 403, 404, 404, SIGN_IN), some_bid, "post"),
    Door("offers:room_release", (403, 403, 404, 404, SIGN_IN), some_bid, "post", {"out-text": "x"}),
    Door("offers:relay", ACT_OF_MEMBERS, with_roles, "post", {"until": "2099-01-01"}),
    Door(
        "offers:subcontract",
        ACT_OF_MEMBERS,
        a_team,
        "post",
        {"siren": "552100554", "name": "Échafaudages", "work": "Montage", "amount": "1 000"},
    ),
    Door("offers:use_item", (404, 404, 404, 404, SIGN_IN), private_offer, "post", {"item": "aaaa"}),
    Door("offers:variants", MEMBERS_ONLY, private_offer),
    Door(
        "offers:send", (302, 403, 404, 404, SIGN_IN), a_variant, "post", {"name": "Mme Serra", "email": "c@exemple.fr"}
    ),
    Door("offers:offer_paper", (409, 409, 404, 404, SIGN_IN), a_variant),
    Door("offers:guarantees", MEMBERS_ONLY, private_offer),
    Door("offers:client", MEMBERS_ONLY, private_offer),
    *DOORS_OF_BOOKS,
]
