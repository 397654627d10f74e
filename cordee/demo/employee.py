"""A shared accountant seven weeks in: days noted from the link, a month validated and drawn, something in reserve."""

from datetime import date, datetime, timedelta

from cordee.demo.projects import begin, go_on
from cordee.demo.stories import DAY, acting, seat
from cordee.ground.people.models import Link
from cordee.groupings.models import Grouping
from cordee.projects import acts
from cordee.projects.models import Project, SharedPerson, WorkEntry
from cordee.projects.reads import month_after, planned_days

MENUISERIE, PIERRES, ELEC = "Menuiserie Fabrègues", "Pierres du Larzac", "Nouvel Électricité"
HALVES = {MENUISERIE: 3, ELEC: 2, PIERRES: 1}
NOTES: tuple[dict[str, str], ...] = (
    {"need": "Tour de table à Lodève : trois, deux et une demi-journées par semaine."},
    {
        "job": "Saisie, relances, déclarations ; jamais les prix de revient.",
        "agreement": "Celle du bâtiment, déclarée.",
    },
    {
        "form": "Groupement d’employeurs ; Menuiserie Fabrègues tient sa paie et ses factures.",
        "budget": "Accepté à trois, réserve comprise.",
        "statutes": "Signés, dettes partagées selon les heures.",
    },
    {
        "confidentiality": "Rien ne passe d’une entreprise à l’autre.",
        "lending": "Une convention par entreprise, signée.",
    },
    {"priorities": "La TVA du 20 passe avant le reste."},
)


def shared_accountant(*, at: datetime) -> None:
    """The project, up to last month’s statement; the last days wait to be noted."""
    grouping = Grouping.objects.get(name__startswith="Bois & Pierre")
    begun = at - 48 * DAY
    project = begin(
        grouping, tuple(HALVES), kind="shared_employee", name="Une comptable à trois", at=begun,
        purpose="Tenir nos comptes à jour chaque semaine, sans un poste entier chacun.",
        particulars={"job": "Comptable", "gross": 26_400, "other_costs": 1_900, "billable_hours": 916},
    )  # fmt: skip
    for notes in NOTES:
        go_on(project, MENUISERIE, notes, at=begun)
    person, link = _planned(project, begun)
    by = acting(grouping, MENUISERIE)
    costs = {"gross": 2_640_000, "charges": 1_108_800, "travel": 64_000, "equipment": 126_000, "management": 180_000}
    acts.set_employment_cost(
        person, costs=costs, reserve=200, hours=916, floor=90, payer=seat(grouping, MENUISERIE), by=by, at=begun
    )
    _noted(person, link, at)
    month = (at.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    _answered(project, before=month_after(month), at=at - DAY)
    acts.draw_statement(person, month=month, by=by, at=at)
    acts.use_reserve(person, cents=3_000, why="Visite médicale, avance", by=by, at=at)


def _planned(project: Project, at: datetime) -> tuple[SharedPerson, Link]:
    by = acting(project.grouping, MENUISERIE)
    acts.add_person(project, name="Inès Carrière", contract=1260, by=by, at=at)
    person = SharedPerson.objects.select_related("project__grouping").get(project=project)
    for company, halves in HALVES.items():
        acts.agree_share(project, halves=halves, by=acting(project.grouping, company), at=at)
    monday = at.date() - timedelta(days=at.weekday())
    acts.solve_timetable(acts.ask_timetable(project, start=monday, weeks=9, by=by, at=at), at=at)
    link = acts.give_sheet_link(person, email="ines.carriere@comptable.example", by=by, at=at)
    return SharedPerson.objects.select_related("project__grouping", "who").get(pk=person.pk), link


def _noted(person: SharedPerson, link: Link, at: datetime) -> None:
    """Each day in one tap, in the evening; one away, one longer; the last three days are not noted yet."""
    first, last = (at - 47 * DAY).date(), at.date() - timedelta(days=4)
    for number, (day, parts) in enumerate(sorted(planned_days(person, first, last).items())):
        evening = at - timedelta(days=(at.date() - day).days)
        if number == 5:
            acts.say_absent(person, link, day=day, at=evening)
        elif number == 9:
            acts.say_hours(person, link, day=day, seat=parts[0].seat, starts=510, ends=780, at=evening)
        else:
            acts.confirm_day(person, link, day=day, at=evening)


def _answered(project: Project, *, before: date, at: datetime) -> None:
    """Each company validates its hours of the months that are over; the longer morning is corrected."""
    for row in WorkEntry.objects.filter(person__project=project, starts=510, day__lt=before).select_related(
        "person__project__grouping", "seat__company"
    ):
        acts.correct_hours(
            row, starts=510, ends=750, pause=0, road=0, why="Partie à 12 h 30, comme convenu.", version=row.version,
            by=acting(project.grouping, row.seat.company.name), at=at,
        )  # fmt: skip
    for company in HALVES:
        mine = WorkEntry.objects.filter(person__project=project, day__lt=before, seat__company__name=company)
        entries = list(mine.values_list("public_id", flat=True))
        acts.agree_hours(project, entries=entries, by=acting(project.grouping, company), at=at)
