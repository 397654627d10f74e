"""The doors of the brand, of capacity and of orders."""

from typing import Any

from cordee.ground.kit.clock import now
from cordee.projects import acts
from cordee.projects.models import BrandDate, BrandFile, BrandLicence, CapacityPool, OrderPart, OrderRule, Project
from tests.doors import ACT_OF_MEMBERS, MEMBERS_ONLY, SIGN_IN, Door
from tests.people import World
from tests.projects.branding import CRITERIA, DAY, a_brand, a_pool, photo

LEADS = (302, 403, 404, 404, SIGN_IN)


def brand(world: World) -> Project:
    """A brand whose rules are in force, without waiting for their vote."""
    made = a_brand(world)
    rules = acts.propose_brand_rules(made, text="Un devis.", criteria=CRITERIA, by=world.actor("aude"), at=now())
    made.brand_rules.filter(pk=rules.pk).update(state="in_force", since=now())
    return made


def some(world: World) -> list[Any]:
    return [brand(world).public_id]


def licence(world: World) -> BrandLicence:
    """Bruno's, running."""
    made = acts.ask_licence(brand(world), scope="Toitures", uploads=[photo()], by=world.actor("bruno"), at=now())
    BrandLicence.objects.filter(pk=made.pk).update(state="held", starts=now().date(), ends=now().date() + 90 * DAY)
    return made


def a_licence(world: World) -> list[Any]:
    return [licence(world).public_id]


def a_paper(world: World) -> list[Any]:
    made = licence(world)
    return [made.public_id, made.papers.get().public_id]


def an_audit(world: World) -> list[Any]:
    return [acts.open_audit(licence(world), by=world.actor("aude"), at=now()).public_id]


def a_point(world: World) -> list[Any]:
    audit = acts.open_audit(licence(world), by=world.actor("aude"), at=now())
    point = audit.points.all()[1]
    acts.note_point(point, verdict="ok", photo=photo(), by=world.actor("aude"), at=now())
    return [audit.public_id, point.public_id]


def a_sanction(world: World) -> list[Any]:
    words = {"why": "Trois chantiers sans devis écrit, en mars.", "hearing_at": now() + 20 * DAY}
    made = acts.open_sanction(licence(world), **words, by=world.actor("aude"), at=now())  # type: ignore[arg-type]
    return [made.public_id, "repondre"]


def a_file(world: World) -> list[Any]:
    """In the library of a brand that Bruno alone holds a licence of."""
    made = licence(world).project
    acts.add_brand_file(made, title="Logo", kind="logo", upload=photo(), by=world.actor("aude"), at=now())
    return [made.public_id, BrandFile.objects.latest("pk").public_id]


def a_date(world: World) -> list[Any]:
    made = brand(world)
    acts.add_brand_date(made, label="Surveillance", due=now().date(), by=world.actor("aude"), at=now())
    return [made.public_id, BrandDate.objects.latest("pk").public_id]


def unpooled(world: World) -> list[Any]:
    names = ("aude", "bruno", "denis")
    made = acts.open_project(
        world.grouping, kind="competitor_offer", name="Volumes", seats=[world.seats[name] for name in names],
        by=world.actor("aude"), at=now(),
    )  # fmt: skip
    return [made.public_id]


def pool(world: World) -> CapacityPool:
    return a_pool(world)[0]


def pooled(world: World) -> list[Any]:
    return [pool(world).project.public_id]


def ruled(world: World) -> list[Any]:
    made = pool(world).project
    row = acts.propose_order_rule(made, rule="turns", by=world.actor("aude"), at=now())
    OrderRule.objects.filter(pk=row.pk).update(state="in_force", since=now())
    return [made.public_id]


def a_part(world: World) -> list[Any]:
    """The first turn is Aude's."""
    ruled(world)
    made = CapacityPool.objects.latest("pk")
    acts.enter_order(made, title="Tuiles", quantity=9, on=now().date(), by=world.actor("aude"), at=now())
    return [OrderPart.objects.get(state="offered").public_id]


ORDER = {"title": "Tuiles", "quantity": "9", "on": "2027-03-01"}
HEARD = {"why": "Trois chantiers sans devis écrit.", "hearing_at": "2099-01-04T10:00"}
TEXT = {"text": "Un seul chantier, en avril."}
DOORS_OF_BRANDS = [
    Door("projects:brand", MEMBERS_ONLY, some),
    Door("projects:brand_rules", MEMBERS_ONLY, some),
    Door("projects:brand_propose", MEMBERS_ONLY, some),
    Door("projects:brand_files", MEMBERS_ONLY, some),
    Door("projects:brand_sign", MEMBERS_ONLY, some),
    Door("projects:brand_apply", MEMBERS_ONLY, some),
    Door("projects:brand_describe", ACT_OF_MEMBERS, some, "post", {"name": "Oc", "kind": "collective", "version": "0"}),
    Door("projects:brand_date_add", ACT_OF_MEMBERS, some, "post", {"label": "Veille", "due": "2027-02-01"}),
    Door("projects:brand_date_change", ACT_OF_MEMBERS, a_date, "post", {"due": "2027-02-01", "version": "1"}),
    Door("projects:brand_file_add", (422, 422, 404, 404, SIGN_IN), some, "post", {"title": "Logo", "kind": "logo"}),
    Door("projects:brand_file", (404, 200, 404, 404, SIGN_IN), a_file),
    Door("projects:brand_vote", (409, 409, 404, 404, SIGN_IN), some, "post"),
    Door("projects:licence", MEMBERS_ONLY, a_licence),
    Door("projects:licence_papers", (409, 409, 404, 404, SIGN_IN), a_licence, "post"),
    Door("projects:licence_paper", MEMBERS_ONLY, a_paper),
    Door("projects:licence_end", (403, 302, 404, 404, SIGN_IN), a_licence, "post"),
    Door("projects:licence_audit", (302, 403, 404, 404, SIGN_IN), a_licence, "post"),
    Door("projects:sanction_open", (302, 403, 404, 404, SIGN_IN), a_licence, "post", HEARD),
    Door("projects:sanction_act", (404, 302, 404, 404, SIGN_IN), a_sanction, "post", TEXT),
    Door("projects:audit", MEMBERS_ONLY, an_audit),
    Door("projects:audit_point", LEADS, a_point, "post", {"verdict": "ok"}),
    Door("projects:audit_fixed", (404, 409, 404, 404, SIGN_IN), a_point, "post", TEXT),
    Door("projects:audit_photo", MEMBERS_ONLY, a_point),
    Door("projects:audit_close", (409, 403, 404, 404, SIGN_IN), an_audit, "post"),
    Door("projects:capacity", MEMBERS_ONLY, pooled),
    Door("projects:capacity_open", LEADS, unpooled, "post", {"unit": "palettes", "period": "week"}),
    Door("projects:capacity_neutral", LEADS, pooled, "post", {"email": "neutre@comptable.example"}),
    Door("projects:capacity_declare", ACT_OF_MEMBERS, pooled, "post"),
    Door("projects:capacity_total", (403, 403, 404, 404, SIGN_IN), pooled, "post", {"start": "2027-03-01"}),
    Door("projects:order_rule", ACT_OF_MEMBERS, pooled, "post", {"rule": "turns", "hours": "24"}),
    Door("projects:order_enter", LEADS, ruled, "post", ORDER),
    Door("projects:order_answer", (302, 404, 404, 404, SIGN_IN), a_part, "post", {"accept": "1"}),
]
