"""The doors of studies and of shared sales people: Aude leads and has them, Bruno takes part, Emma may come in."""

from typing import Any

from cordee.ground.kit.clock import now
from cordee.projects import acts
from tests.doors import ACT_OF_MEMBERS, MEMBERS_ONLY, SIGN_IN, Door
from tests.people import World
from tests.projects.studying import (
    a_call,
    a_fund,
    a_prospect,
    a_sale,
    a_study,
    a_tranche,
    last_month,
    pdf,
    released,
)

WHO_LEADS = (302, 403, 404, 404, SIGN_IN)
FIRST_ONLY = (302, 404, 404, 404, SIGN_IN)
NOBODY = (404, 404, 404, 404, SIGN_IN)
SOON = "2090-01-01"


def study(world: World) -> list[Any]:
    return [a_study(world).public_id]


def called(world: World) -> list[Any]:
    return [a_call(world).project.public_id]


def an_offer(world: World) -> list[Any]:
    call = a_call(world)
    offer = acts.note_offer(
        call, provider="Labo Sud", cents=100, weeks=2, upload=pdf(), by=world.actor("aude"), at=now()
    )
    return [call.project.public_id, offer.public_id]


def with_an_offer(world: World) -> list[Any]:
    return an_offer(world)[:1]


def fund(world: World) -> list[Any]:
    return [a_fund(world).project.public_id]


def to_vote(world: World) -> list[Any]:
    made = a_tranche(world)
    return [made.fund.project.public_id, made.public_id, "voter"]


def delivered(world: World) -> list[Any]:
    made = released(world, a_tranche(world), at=now())
    acts.receive_deliverable(made, upload=pdf(), by=world.actor("aude"), at=now())
    return [made.fund.project.public_id, made.public_id]


def to_accept(world: World) -> list[Any]:
    return [*delivered(world), "accepter"]


def decided(world: World) -> list[Any]:
    made = a_study(world)
    acts.note_checkpoint(made, slug="rights", note="Réunion.", by=world.actor("aude"), at=now())
    return [made.public_id]


def a_buy_in(world: World) -> list[Any]:
    """Proposed to Aude herself, who never paid: Bruno promised alone."""
    at = now()
    made = a_fund(world, {"bruno": 3_000_000}, at=at)
    released(world, a_tranche(world, made, at=at), at=at)
    by = world.actor("aude")
    acts.set_result_rule(made.project, yearly=0, floor=0, since=at.date(), by=by, at=at)
    acts.note_checkpoint(made.project, slug="newcomers", note="Réunion.", by=by, at=at)
    return [acts.offer_buy_in(made.project, to=world.seats["aude"], by=by, at=at).public_id]


def sale(world: World) -> list[Any]:
    return [a_sale(world).public_id]


def own(world: World) -> list[Any]:
    """An opportunity that Aude noted for herself."""
    made = a_prospect(world, a_sale(world), about=(world.seats["aude"].public_id,), cents=100)
    return [made.public_id]


def for_bruno(world: World) -> list[Any]:
    """One that Aude noted and that is Bruno’s: she may say that it is hers."""
    made = a_prospect(world, a_sale(world), about=(world.seats["bruno"].public_id,), cents=100)
    return [made.public_id]


TIME = {"minutes": "60", "kind": "visit", "on": "2026-01-05"}

DOORS_OF_STUDIES = [
    Door("projects:providers", MEMBERS_ONLY, with_an_offer),
    Door("projects:providers_call", WHO_LEADS, study, "post", {"brief": "Essais", "closes_on": SOON}),
    Door("projects:providers_offer", ACT_OF_MEMBERS, called, "post", {"provider": "X", "cents": "10", "weeks": "2"}),
    Door("projects:providers_mark", NOBODY, with_an_offer, "post", {"offer": "none", "mark": "3"}),
    Door("projects:providers_vote", ACT_OF_MEMBERS, with_an_offer, "post"),
    Door("projects:providers_file", MEMBERS_ONLY, an_offer),
    Door("projects:pledges", MEMBERS_ONLY, fund),
    Door("projects:pledges_open", (422, 422, 404, 404, SIGN_IN), study, "post", {"threshold_cents": "10"}),
    Door("projects:pledge_make", ACT_OF_MEMBERS, fund, "post", {"cents": "100"}),
    Door(
        "projects:tranche_add",
        WHO_LEADS,
        fund,
        "post",
        {"label": "Essais", "cents": "10", "deliverable": "Rapport", "due_on": SOON},
    ),
    Door("projects:tranche_do", ACT_OF_MEMBERS, to_vote, "post"),
    Door("projects:tranche_do", WHO_LEADS, to_accept, "post"),
    Door("projects:tranche_file", MEMBERS_ONLY, delivered),
    Door("projects:results", MEMBERS_ONLY, decided),
    Door("projects:right_add", (422, 422, 404, 404, SIGN_IN), decided, "post", {"use": "own"}),
    Door("projects:right_end", NOBODY, decided, "post", {"right": "none", "why": "Fini"}),
    Door("projects:result_rule", WHO_LEADS, study, "post", {"yearly": "20", "floor": "20", "since": "2026-01-01"}),
    Door("projects:buy_in_offer", NOBODY, decided, "post", {"to": "none"}),
    Door("projects:buy_in", (200, 404, 404, 404, SIGN_IN), a_buy_in),
    Door("projects:pipeline", MEMBERS_ONLY, sale),
    Door("projects:opportunity_new", MEMBERS_ONLY, sale),
    Door("projects:opportunity", (200, 404, 404, 404, SIGN_IN), own),
    Door("projects:opportunity_dispute", (302, 409, 404, 404, SIGN_IN), for_bruno, "post", {"why": "Mon client"}),
    Door("projects:opportunity_erase", FIRST_ONLY, own, "post"),
    Door("projects:sales_terms", MEMBERS_ONLY, sale),
    Door("projects:sales_field", ACT_OF_MEMBERS, sale, "post", {"zones": "34"}),
    Door("projects:sales_csv", MEMBERS_ONLY, sale),
    Door("projects:sales_hand_back", WHO_LEADS, sale, "post"),
    Door("projects:sales", MEMBERS_ONLY, sale),
    Door("projects:sales_time", (422, 422, 404, 404, SIGN_IN), sale, "post", TIME),
    Door("projects:sales_time_strike", NOBODY, sale, "post", {"time": "none"}),
    Door("projects:sales_close", WHO_LEADS, sale, "post", {"mois": f"{last_month(now()):%Y-%m}"}),
]
