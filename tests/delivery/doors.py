"""The doors of delivery: members through their seat, the client through their link, strangers nowhere."""

from typing import Any

from cordee.delivery import acts
from cordee.delivery.models import MemberDefault, Sprint
from cordee.ground.kit.clock import now
from cordee.ground.people.reads import token
from tests.delivery.building import actor, card, link_to, lot, photo, shown, site
from tests.doors import ACT_OF_MEMBERS, MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.people import World

BY_LINK = (200, 200, 200, 200, 200)
ACT_BY_LINK = (302, 302, 302, 302, 302)
OWNER_ACTS = (302, 403, 404, 404, SIGN_IN)


def some(world: World) -> list[Any]:
    return [site(world).public_id]


def in_grouping(world: World) -> list[Any]:
    return [world.grouping.public_id]


def with_lot(world: World) -> list[Any]:
    made = site(world)
    return [made.public_id, lot(world, made, "aude", "Murs").public_id]


def free_lot(world: World) -> list[Any]:
    made = site(world)
    free = acts.write_lot(made, None, values={"title": "Toit"}, by=actor(world, "aude"), at=now())
    return [made.public_id, free.public_id]


def with_card(*what: str, name: str | None = None) -> Any:
    def make(world: World) -> list[Any]:
        made = site(world)
        return [made.public_id, card(world, lot(world, made, "aude", "Murs"), name, "Pignon").public_id, *what]

    return make


def blocked(what: str) -> Any:
    def make(world: World) -> list[Any]:
        made = site(world)
        item = card(world, lot(world, made, "aude", "Murs"), "aude", "Pignon")
        one = acts.raise_blocker(item, text="Plus de sable", wants_help=True, by=actor(world, "denis"), at=now())
        return [made.public_id, one.public_id, what]

    return make


def sprinting(*what: str) -> Any:
    def make(world: World) -> list[Any]:
        made = site(world)
        acts.open_sprint(made, goal="Le toit", starts_on=now().date(), weeks=2, by=actor(world, "aude"), at=now())
        return [made.public_id, Sprint.objects.get().number, *what]

    return make


def on_client(what: str) -> Any:
    return lambda world: [*some(world), what]


def handed(world: World) -> list[Any]:
    made = site(world)
    values = {"lot": lot(world, made, "aude", "Portes").public_id, "title": "Les portes"}
    one = acts.prepare_deliverable(made, values=values, by=actor(world, "aude"), at=now())
    return [made.public_id, "remettre", one.public_id]


def alerted(world: World) -> list[Any]:
    made = site(world)
    acts.raise_default(
        made, failing=world.seats["denis"], what="Absent", answer_by=now().date(), by=actor(world, "aude"),
        at=now(),
    )  # fmt: skip
    acts.answer_default(
        MemberDefault.objects.get(), text="Je ne peux pas", resumes=False, by=actor(world, "denis"), at=now()
    )
    return [made.public_id, "appeler", MemberDefault.objects.get().public_id]


def passed_on(what: str) -> Any:
    """A part that Denis passes on: a member takes it or leaves it to the next."""

    def make(world: World) -> list[Any]:
        made = site(world)
        lot(world, made, "denis", "Toit")
        by = actor(world, "denis")
        return [made.public_id, what, acts.offer_part(made, leaves=True, why="Parti", by=by, at=now()).public_id]

    return make


def with_file(world: World) -> list[Any]:
    made = site(world)
    one = shown(world, lot(world, made, "aude", "Portes"), "aude", file=photo())
    return [made.public_id, "livrable", one.public_id]


def by_link(world: World) -> list[Any]:
    return [token(link_to(site(world), now()))]


def withdrawn(world: World) -> list[Any]:
    made = site(world)
    link = link_to(made, now())
    acts.shut_portal(made, by=actor(world, "aude"), at=now())
    return [token(link)]


def to_accept(world: World) -> list[Any]:
    made = site(world)
    one = shown(world, lot(world, made, "aude", "Portes"), "aude")
    return [token(link_to(made, now())), "livrable", one.public_id]


def of_another(world: World) -> list[Any]:
    """A link of one delivery, a deliverable of another."""
    mine, other = site(world), site(world)
    one = shown(world, lot(world, other, "aude", "Portes"), "aude")
    return [token(link_to(mine, now())), "livrable", one.public_id]


def file_by_link(world: World) -> list[Any]:
    made = site(world)
    one = shown(world, lot(world, made, "aude", "Portes"), "aude", file=photo())
    return [token(link_to(made, now())), "livrable", one.public_id]


def file_of_another(world: World) -> list[Any]:
    made, other = site(world), site(world)
    one = shown(world, lot(world, other, "aude", "Portes"), "aude", file=photo())
    return [token(link_to(made, now())), "livrable", one.public_id]


NOWHERE = (404, 404, 404, 404, 404)
SPRINT = {"goal": "Le toit", "starts_on": "2026-03-16", "weeks": "2"}
DOORS = [
    Door("delivery:week", SIGNED_IN),
    Door("delivery:list", MEMBERS_ONLY, in_grouping),
    Door("delivery:new", MEMBERS_ONLY, in_grouping),
    Door("delivery:board", MEMBERS_ONLY, some),
    Door("delivery:join", ACT_OF_MEMBERS, some, "post"),
    Door("delivery:item_new", MEMBERS_ONLY, some),
    Door("delivery:item", MEMBERS_ONLY, with_card()),
    Door("delivery:item_do", ACT_OF_MEMBERS, with_card("prendre"), "post", {"version": "1"}),
    Door("delivery:item_do", OWNER_ACTS, with_card("deplacer", name="aude"), "post", {"version": "2", "to": "doing"}),
    Door("delivery:blocker_do", ACT_OF_MEMBERS, blocked("aider"), "post"),
    Door("delivery:lot_new", MEMBERS_ONLY, some),
    Door("delivery:lot", MEMBERS_ONLY, with_lot),
    Door("delivery:lot_take", ACT_OF_MEMBERS, free_lot, "post"),
    Door("delivery:sprint_new", ACT_OF_MEMBERS, some, "post", SPRINT),
    Door("delivery:sprint", MEMBERS_ONLY, sprinting()),
    Door("delivery:sprint_do", ACT_OF_MEMBERS, sprinting("animer"), "post"),
    Door("delivery:client", MEMBERS_ONLY, some),
    Door("delivery:client_do", OWNER_ACTS, on_client("lien"), "post"),
    Door("delivery:client_on", OWNER_ACTS, handed, "post"),
    Door("delivery:prices", MEMBERS_ONLY, some),
    Door("delivery:failing", MEMBERS_ONLY, some),
    Door("delivery:handing", ACT_OF_MEMBERS, passed_on("reprendre"), "post"),
    Door("delivery:leave", (409, 302, 404, 404, SIGN_IN), some, "post"),
    Door("delivery:failing_do", ACT_OF_MEMBERS, on_client("ordre"), "post", {"wanted": "1"}),
    Door("delivery:failing_on", ACT_OF_MEMBERS, alerted, "post"),
    Door("delivery:file", MEMBERS_ONLY, with_file),
    Door("delivery:portal", BY_LINK, by_link),
    Door("delivery:portal", NOWHERE, withdrawn),
    Door("delivery:portal_do", ACT_BY_LINK, lambda world: [*by_link(world), "ecrire"], "post", {"text": "Bonjour"}),
    Door("delivery:portal_do", NOWHERE, lambda world: [*by_link(world), "inconnu"], "post"),
    Door("delivery:portal_on", ACT_BY_LINK, to_accept, "post", {"outcome": "accepted"}),
    Door("delivery:portal_on", NOWHERE, of_another, "post", {"outcome": "accepted"}),
    Door("delivery:portal_file", BY_LINK, file_by_link),
    Door("delivery:portal_file", NOWHERE, file_of_another),
]


def accepted_part(world: World) -> list[Any]:
    """What Bruno may invoice; he has not said what he prints: the draft is refused, its address is his alone."""
    made = site(world)
    one = shown(world, lot(world, made, "bruno", "Portes"), "bruno")
    part = acts.write_billing(
        made, label="Portes", cents=1000, rate=1000, deliverable=one.public_id, by=actor(world, "bruno"), at=now()
    )
    acts.answer_deliverable(one, link_to(made, now()), outcome="accepted", at=now())
    return [world.grouping.public_id, part.public_id]


DOORS.append(Door("money:draft_accepted", (404, 409, 404, 404, SIGN_IN), accepted_part, "post"))
