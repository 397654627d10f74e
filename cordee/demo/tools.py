"""What the two projects of the demo do with their tools: the stand, its turns and contacts, the shared timetable."""

from datetime import date, datetime, timedelta

from cordee.demo.stories import acting, seat
from cordee.projects import acts
from cordee.projects.models import Project, SharedPerson

MENUISERIE, CHARPENTE, PIERRES, ELEC = (
    "Menuiserie Fabrègues",
    "Charpente Roques",
    "Pierres du Larzac",
    "Nouvel Électricité",
)


def tools(*, at: datetime) -> None:
    """The stand and the shared employee, some way on."""
    stand = Project.objects.select_related("grouping").get(kind="shared_stand", ended_at=None)
    _stand(stand, at)
    _contacts(stand, at)
    employee = Project.objects.select_related("grouping").get(kind="shared_employee", ended_at=None)
    _timetable(employee, at)


def _stand(project: Project, at: datetime) -> None:
    grouping, first = project.grouping, date.fromisoformat(project.told.opens_on)
    by = acting(grouping, MENUISERIE)
    asked = {MENUISERIE: 5, CHARPENTE: 4, PIERRES: 3, ELEC: 3}
    seats = {seat(grouping, name): surface for name, surface in asked.items()}
    acts.cut_stand(project, width=60, depth=30, asked=seats, common=3, by=by, at=at - timedelta(days=20))
    acts.propose_dates(project, opens_on=first, by=by, at=at - timedelta(days=20))
    for done in list(project.stand_dates.all())[:3]:
        acts.tick_date(done, done=True, by=by, at=at - timedelta(days=15))
    hours = {"days": 3, "opens": 540, "closes": 1080, "length": 120, "need": 2}
    acts.open_stand(project, first=first, **hours, by_surface=True, by=by, at=at - timedelta(days=10))
    people = (
        (MENUISERIE, "Claire Fabrègues"), (MENUISERIE, "Samir Haddad"), (CHARPENTE, "Marc Roques"),
        (PIERRES, "Inès Larzac"), (ELEC, "Yann Nouvel"), (ELEC, "Lucie Petit"),
    )  # fmt: skip
    for company, name in people:
        hand = acts.add_hand(project, name=name, by=acting(grouping, company), at=at - timedelta(days=9))
    slots = [slot.public_id for slot in hand.plan.slots.all()]
    words = {"away": slots[:2], "rather_not": slots[4:5]}
    acts.wish_presence(hand, **words, by=acting(grouping, ELEC), at=at - timedelta(days=8))
    acts.plan_presence(project, by=by, at=at - timedelta(days=7))


def _contacts(project: Project, at: datetime) -> None:
    """Contacts of an open day before the fair, one of which stays where it was received."""
    grouping = project.grouping
    rows = (
        (MENUISERIE, "Hélène Vidal", "06 70 11 22 33", "Fenêtres d’une bergerie", 3, True, (CHARPENTE,)),
        (MENUISERIE, "Mairie de Soubès", "mairie@soubes.example", "Rénovation de l’école", 3, True, (PIERRES, ELEC)),
        (ELEC, "Karim Benali", "06 71 22 33 44", "Borne de recharge", 2, False, ()),
        (CHARPENTE, "Odile Combes", "04 67 99 88 77", "Grange à transformer", 2, True, (CHARPENTE, MENUISERIE)),
        (PIERRES, "Paul Astruc", "06 72 33 44 55", "Mur en pierre sèche", 1, True, ()),
    )
    day = at - timedelta(days=3)
    for number, (company, name, reach, note, heat, shared, about) in enumerate(rows):
        about_ids = tuple(seat(grouping, each).public_id for each in about)
        lead = acts.NewLead(
            f"{number + 1:032x}", name, "", reach, note, heat, shared, about_ids, day + timedelta(minutes=9 * number)
        )
        acts.take_leads(project, [lead], by=acting(grouping, company), at=day + timedelta(hours=5))
    acts.deal_leads(project, by=acting(grouping, MENUISERIE), at=at - timedelta(days=2))
    won = project.leads.get(key=f"{4:032x}")
    words = {"state": "order", "order_cents": 1_480_000, "note": "Devis accepté, dépose en juin."}
    acts.follow_lead(won, **words, version=won.version, by=acting(grouping, CHARPENTE), at=at - timedelta(days=1))


def _timetable(project: Project, at: datetime) -> None:
    grouping = project.grouping
    by = acting(grouping, CHARPENTE)
    acts.add_person(project, name="Sonia Ferrer", contract=2100, by=by, at=at - timedelta(days=6))
    person = SharedPerson.objects.get(project=project)
    for company, halves in ((CHARPENTE, 4), (PIERRES, 3), (ELEC, 3)):
        acts.agree_share(project, halves=halves, by=acting(grouping, company), at=at - timedelta(days=6))
    acts.add_time_wish(project, kind="free", person=person, half=5, by=by, at=at - timedelta(days=5))
    acts.add_time_wish(project, kind="need", half=0, firm=True, by=by, at=at - timedelta(days=5))
    monday = at.date() + timedelta(days=14 - at.weekday())
    asked = acts.ask_timetable(project, start=monday, weeks=4, by=by, at=at - timedelta(days=4))
    acts.solve_timetable(asked, at=at - timedelta(days=4))
