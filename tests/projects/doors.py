"""The doors of the projects."""

from datetime import date
from typing import Any

from django.utils.timezone import localtime

from cordee.ground.kit.clock import now
from cordee.ground.people.reads import token
from cordee.projects import acts
from cordee.projects.models import Project
from tests.doors import ACT_OF_MEMBERS, EVERYBODY, MEMBERS_ONLY, SIGN_IN, Door
from tests.people import World
from tests.projects.doors_of_brands import DOORS_OF_BRANDS
from tests.projects.doors_of_services import DOORS_OF_SERVICES
from tests.projects.doors_of_studies import DOORS_OF_STUDIES


def project(
    world: World, kind: str = "shared_stand", *, names: tuple[str, ...] = ("aude", "bruno", "denis")
) -> Project:
    """A project that Aude opened with some of the members."""
    return acts.open_project(
        world.grouping,
        kind="shared_stand",
        name="Salon de l’habitat",
        purpose="Exposer ensemble à Montpellier.",
        seats=[world.seats[name] for name in names],
        by=world.actor("aude"),
        at=now(),
    )


def some(world: World) -> list[Any]:
    return [project(world).public_id]


def one_with_bruno_outside(world: World) -> list[Any]:
    return [project(world, names=("aude", "denis", "emma")).public_id]


def in_its_second_stage(world: World) -> list[Any]:
    made = project(world)
    for slug in ("need", "fair"):
        acts.note_checkpoint(made, slug=slug, note="Réunion du 3 mars.", by=world.actor("aude"), at=now())
    acts.enter_next_stage(made, by=world.actor("aude"), at=now())
    return [made.public_id]


def ready_to_move(world: World) -> list[Any]:
    made = project(world)
    for slug in ("need", "fair"):
        acts.note_checkpoint(made, slug=slug, note="Réunion du 3 mars.", by=world.actor("aude"), at=now())
    return [made.public_id]


def slugged(slug: str) -> Any:
    return lambda world: [*some(world), slug]


def a_lead(world: World) -> list[Any]:
    """A contact that Aude noted, which the visitor agreed to share, and which concerns Bruno."""
    made = project(world)
    row = acts.NewLead(key="ab" * 16, name="Paul Vidal", shared=True, about=(world.seats["bruno"].public_id,))
    acts.take_leads(made, [row], by=world.actor("aude"), at=now())
    return [made.leads.get().public_id]


def with_a_lead(world: World) -> list[Any]:
    a_lead(world)
    return [Project.objects.latest("pk").public_id]


def with_a_sketch(world: World) -> list[Any]:
    made = project(world)
    acts.cut_stand(made, width=60, depth=30, asked={world.seats["aude"]: 9}, by=world.actor("aude"), at=now())
    return [made.public_id]


def with_a_date(world: World) -> list[Any]:
    made = project(world)
    due = acts.add_date(made, label="Badges", due=now().date(), by=world.actor("aude"), at=now())
    return [made.public_id, due.public_id]


def with_hours(world: World) -> list[Any]:
    made = project(world)
    hours = {"days": 1, "opens": 540, "closes": 720, "length": 60, "need": 1}
    acts.open_stand(made, first=now().date(), **hours, by=world.actor("aude"), at=now())
    return [made.public_id]


def somebody(world: World) -> list[Any]:
    with_hours(world)
    made = Project.objects.latest("pk")
    return [acts.add_hand(made, name="Anne", by=world.actor("aude"), at=now()).public_id]


def with_somebody(world: World) -> list[Any]:
    somebody(world)
    return [Project.objects.latest("pk").public_id]


def shared(world: World) -> Project:
    made = acts.open_project(world.grouping, kind="shared_employee", name="QHSE", by=world.actor("aude"), at=now())
    acts.add_person(made, name="Léa Roux", contract=2100, by=world.actor("aude"), at=now())
    acts.agree_share(made, halves=2, by=world.actor("aude"), at=now())
    return made


def some_shared(world: World) -> list[Any]:
    return [shared(world).public_id]


def a_sheet(world: World, *what: str) -> list[Any]:
    """The link of somebody shared, who noted an hour at Aude's."""
    made = shared(world)
    link = acts.give_sheet_link(made.people.get(), email="lea@exemple.fr", by=world.actor("aude"), at=now())
    hour = {"seat": world.seats["aude"], "starts": 540, "ends": 600}
    acts.say_hours(made.people.get(), link, day=localtime(now()).date(), **hour, at=now())
    return [token(link), *what]


def with_hours_said(world: World) -> list[Any]:
    a_sheet(world)
    made = Project.objects.latest("pk")
    return [made.public_id, made.people.get().entries.get().public_id]


def with_somebody_shared(world: World) -> list[Any]:
    made = shared(world)
    return [made.public_id, made.people.get().public_id]


def a_timetable(world: World) -> list[Any]:
    made = acts.ask_timetable(shared(world), start=date(2027, 3, 1), weeks=1, by=world.actor("aude"), at=now())
    return [made.public_id]


NOTHING = (404, 404, 404, 404, SIGN_IN)
HOURS = {
    "first": "2027-03-16", "days": "1", "opens": "9:00", "closes": "18:00", "length": "60", "need": "1",
    "in_row": "240", "day_most": "480",
}  # fmt: skip
WHO_HAS_IT = (302, 404, 404, 404, SIGN_IN)
WHO_LEADS = (302, 403, 404, 404, SIGN_IN)
DOORS = [
    Door("projects:list", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("projects:new", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("projects:new_of_kind", MEMBERS_ONLY, lambda world: [world.grouping.public_id, "free"]),
    Door("projects:project", MEMBERS_ONLY, some),
    Door("projects:project", (200, 404, 404, 404, SIGN_IN), one_with_bruno_outside),
    Door("projects:change", MEMBERS_ONLY, some),
    Door("projects:budget", MEMBERS_ONLY, some),
    Door("projects:join", ACT_OF_MEMBERS, one_with_bruno_outside, "post"),
    Door("projects:leave", ACT_OF_MEMBERS, some, "post"),
    Door("projects:role", ACT_OF_MEMBERS, some, "post", {"role": "lead"}),
    Door("projects:vote", ACT_OF_MEMBERS, slugged("fair"), "post", {"text": "Y aller en mars."}),
    Door("projects:note", ACT_OF_MEMBERS, slugged("fair"), "post", {"note": "Réunion du 3 mars."}),
    Door("projects:next_stage", WHO_LEADS, ready_to_move, "post"),
    Door("projects:stage_back", WHO_LEADS, in_its_second_stage, "post", {"reason": "Le salon est annulé."}),
    Door("projects:measure", ACT_OF_MEMBERS, slugged("leads"), "post", {"value": "12", "on": "2026-01-05"}),
    Door("projects:tool", (404, 404, 404, 404, SIGN_IN), slugged("unheard"), "post", {"wanted": "1"}),
    Door("projects:leads", MEMBERS_ONLY, with_a_lead),
    Door("projects:leads_csv", MEMBERS_ONLY, with_a_lead),
    Door("projects:lead_rule", WHO_LEADS, some, "post", {"rule": "turns"}),
    Door("projects:leads_deal", ACT_OF_MEMBERS, with_a_lead, "post"),
    Door("projects:leads_receive", MEMBERS_ONLY, some, "post", {"leads": "[]"}),
    Door("projects:fair", MEMBERS_ONLY, some),
    Door("projects:offline_worker", EVERYBODY),
    Door("projects:lead", MEMBERS_ONLY, a_lead),
    Door("projects:lead_hand", (404, 404, 404, 404, SIGN_IN), a_lead, "post", {"to": "nobody"}),
    Door("projects:lead_erase", WHO_HAS_IT, a_lead, "post"),
    Door("projects:stand", MEMBERS_ONLY, with_a_sketch),
    Door("projects:stand_cut", ACT_OF_MEMBERS, some, "post", {"width": "6", "depth": "3", "common": "18"}),
    Door("projects:stand_draw", MEMBERS_ONLY, with_a_sketch),
    Door("projects:stand_dates", (422, 422, 404, 404, SIGN_IN), some, "post"),
    Door("projects:stand_date_add", ACT_OF_MEMBERS, some, "post", {"label": "Badges", "due": "2027-02-01"}),
    Door("projects:stand_date_tick", ACT_OF_MEMBERS, with_a_date, "post", {"done": "1"}),
    Door("projects:presence", MEMBERS_ONLY, with_somebody),
    Door("projects:presence_open", WHO_LEADS, some, "post", HOURS),
    Door("projects:presence_hand", ACT_OF_MEMBERS, with_hours, "post", {"name": "Anne"}),
    Door("projects:presence_plan", ACT_OF_MEMBERS, with_somebody, "post"),
    Door("projects:presence_turn", (404, 404, 404, 404, SIGN_IN), with_somebody, "post", {"slot": "none"}),
    Door("projects:hand", (200, 404, 404, 404, SIGN_IN), somebody),
    Door("projects:hand_remove", WHO_HAS_IT, somebody, "post"),
    Door("projects:timetable", MEMBERS_ONLY, some_shared),
    Door(
        "projects:staff_person", ACT_OF_MEMBERS, some_shared, "post", {"name": "Max", "hours": "20", "available": ["0"]}
    ),
    Door("projects:staff_person_end", NOTHING, some_shared, "post", {"person": "none"}),
    Door("projects:staff_leave", (422, 422, 404, 404, SIGN_IN), some_shared, "post"),
    Door("projects:staff_share", ACT_OF_MEMBERS, some_shared, "post", {"halves": "2", "open_on": ["0", "1"]}),
    Door("projects:staff_apart", NOTHING, some_shared, "post", {"other": "none"}),
    Door("projects:staff_wish", ACT_OF_MEMBERS, some_shared, "post", {"kind": "need", "half": "2"}),
    Door("projects:staff_wish_drop", NOTHING, some_shared, "post", {"wish": "none"}),
    Door("projects:timetable_ask", ACT_OF_MEMBERS, some_shared, "post", {"start": "2027-03-01", "weeks": "1"}),
    Door("projects:sheets", MEMBERS_ONLY, some_shared),
    Door("projects:sheets_csv", MEMBERS_ONLY, some_shared),
    Door("projects:sheets_agree", ACT_OF_MEMBERS, some_shared, "post"),
    Door("projects:sheet_link", MEMBERS_ONLY, with_somebody_shared),
    Door("projects:employment", MEMBERS_ONLY, some_shared),
    Door("projects:employment_csv", MEMBERS_ONLY, some_shared),
    Door("projects:employment_cost", MEMBERS_ONLY, with_somebody_shared),
    Door("projects:employment_draw", NOTHING, with_somebody_shared, "post"),
    Door("projects:employment_year", (422, 404, 404, 404, SIGN_IN), with_somebody_shared, "post"),
    Door("projects:employment_reserve", (422, 404, 404, 404, SIGN_IN), with_somebody_shared, "post"),
    Door("projects:sheet_correct", (200, 404, 404, 404, SIGN_IN), with_hours_said),
    Door("projects:sheet", EVERYBODY, a_sheet),
    Door("projects:sheet_do", (422, 422, 422, 422, 422), lambda world: a_sheet(world, "ecrire"), "post"),
    Door("projects:planning", MEMBERS_ONLY, a_timetable),
    Door("projects:planning_set", NOTHING, a_timetable, "post", {"person": "none"}),
    Door("projects:planning_move", NOTHING, a_timetable, "post", {"person": "none"}),
    Door("projects:end", WHO_LEADS, some, "post", {"outcome": "dropped"}),
    *DOORS_OF_BRANDS,
    *DOORS_OF_SERVICES,
    *DOORS_OF_STUDIES,
]
