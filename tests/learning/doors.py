"""The doors of what is learnt."""

from datetime import timedelta
from typing import Any

from cordee.governance import acts as governance
from cordee.ground.kit.clock import now
from cordee.learning import acts
from cordee.learning.models import PeerAction, PeerSession, PublicPage, SharedCase, Testimony
from tests.doors import ACT_OF_MEMBERS, EVERYBODY, MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.people import World


def grouping(world: World) -> list[Any]:
    return [world.grouping.public_id]


def planned(world: World) -> PeerSession:
    """Aude brings a question, Bruno leads; both are in, Denis too."""
    made = acts.plan_session(
        world.grouping, client=world.seats["aude"], facilitator=world.seats["bruno"],
        subject="Faut-il embaucher un chef d’atelier ?", starts_at=now() + timedelta(days=3), by=world.actor("aude"),
        at=now(),
    )  # fmt: skip
    acts.join_session(made, by=world.actor("bruno"), at=now())
    made.seats.create(seat=world.seats["denis"], promised_at=now())
    return made


def session(world: World) -> list[Any]:
    return [planned(world).public_id]


def action(world: World) -> list[Any]:
    return [PeerAction.objects.create(session=planned(world), text="Écrire la fiche de poste").public_id]


def told(world: World) -> SharedCase:
    """A decision of Aude's groupement that it could tell."""
    ballot = governance.propose_resolution(
        world.grouping, title="Prendre un stand", text="À Montpellier.", decision_type="ordinary",
        closes_at=now() + timedelta(days=7), by=world.actor("aude"), at=now(),
    )  # fmt: skip
    type(ballot).objects.filter(pk=ballot.pk).update(closed_at=now(), outcome="adopted")
    about = f"governance/ballot/{ballot.public_id}"
    return acts.propose_case(world.grouping, about=about, lesson="", by=world.actor("aude"), at=now())


def case(world: World) -> list[Any]:
    return [told(world).public_id]


def page_of(world: World, **more: Any) -> PublicPage:
    words = {"name": "Les Bâtisseurs", "line": "La rénovation, d’un seul geste", "offer": "Tout.", "references": ""}
    made = acts.propose_page(world.grouping, **words, contact="", by=world.actor("aude"), at=now())
    PublicPage.objects.filter(pk=made.pk).update(**more)
    return made


def proposed(world: World) -> list[Any]:
    return [page_of(world).public_id]


def open_to_all(world: World) -> list[Any]:
    return [page_of(world, opened_at=now()).public_id]


def asked(world: World) -> Testimony:
    return Testimony.objects.create(
        grouping=world.grouping, seat=world.seats["aude"], occasion="anniversary", asked_at=now()
    )


def testimony(world: World) -> list[Any]:
    return [asked(world).public_id]


ONE_COMPANY = (200, 200, 200, 404, SIGN_IN)
"""Whoever speaks for a company sees its own; the client of these tests speaks for none."""

DOORS = [
    Door("learning:learn", SIGNED_IN),
    Door("learning:balance", ONE_COMPANY),
    Door("learning:barometer", ONE_COMPANY),
    Door("learning:practices", ONE_COMPANY),
    Door("learning:board", MEMBERS_ONLY, grouping),
    Door("learning:board_pdf", MEMBERS_ONLY, grouping),
    Door("learning:board_sheet", MEMBERS_ONLY, grouping),
    Door("learning:sessions", MEMBERS_ONLY, grouping),
    Door("learning:session", MEMBERS_ONLY, session),
    Door("learning:session", ACT_OF_MEMBERS, session, "post", {"do": "join"}),
    Door("learning:action", (302, 403, 404, 404, SIGN_IN), action, "post", {"said": "Fait", "done": "on"}),
    Door("learning:library", MEMBERS_ONLY, grouping),
    Door("learning:case_new", (404, 404, 404, 404, SIGN_IN), grouping, "post", {"about": "money/sharingkey/x"}),
    Door("learning:case", ACT_OF_MEMBERS, case, "post", {"do": "agree"}),
    Door("learning:pages", MEMBERS_ONLY, grouping),
    Door("learning:page_new", MEMBERS_ONLY, grouping),
    Door("learning:page_open", (409, 409, 404, 404, SIGN_IN), proposed, "post"),
    Door("learning:page_close", (302, 403, 404, 404, SIGN_IN), open_to_all, "post"),
    Door("learning:testimony", (200, 404, 404, 404, SIGN_IN), testimony),
    Door("learning:photo", (404, 404, 404, 404, 404), testimony),
    Door("learning:public", EVERYBODY, open_to_all),
    Door("learning:public", (404, 404, 404, 404, 404), proposed),
    Door("learning:public_card", EVERYBODY, open_to_all),
]
