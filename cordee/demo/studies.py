"""A study in its second tranche, a shared sales person in its second month, among those who restore old buildings."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.demo.projects import begin, go_on
from cordee.demo.stories import DAY, acting, seat
from cordee.governance import acts as governance
from cordee.governance.models import Ballot
from cordee.ground.people.models import Clockwork
from cordee.groupings.models import Grouping
from cordee.projects import acts
from cordee.projects.models import Opportunity, Project, ProviderCall, SalesTerms, StudyFund, Tranche
from cordee.projects.reads import offer_label

MENUISERIE, CHARPENTE, PIERRES, ELEC = (
    "Menuiserie Fabrègues",
    "Charpente Roques",
    "Pierres du Larzac",
    "Nouvel Électricité",
)
CLOCK = Clockwork()
NOTED = "Réunion à Lodève, tous présents."


def studied_and_sold(*, at: datetime) -> None:
    """Both projects."""
    grouping = Grouping.objects.get(name__startswith="Bois & Pierre")
    _study(grouping, at)
    _sales(grouping, at)


def _vote(ballot: Ballot, choice: str, *, at: datetime, **answer: object) -> None:
    """Every member votes the same within the day; Cordée closes at its hour."""
    for voter in ballot.voters.select_related("seat__company"):
        by = acting(ballot.grouping, voter.seat.company.name)
        governance.cast_vote(ballot, seat=voter.seat, choice=choice, answer=answer, by=by, at=at)
    governance.close_ballot(ballot, by=CLOCK, at=ballot.closes_at)


def _paper(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n% Un document de la demonstration.\n%%EOF\n")


def _study(grouping: Grouping, at: datetime) -> None:
    project = begin(
        grouping, (MENUISERIE, CHARPENTE, PIERRES), kind="shared_study", name="Coller le bois ancien à froid",
        purpose="Savoir si une colle à froid tient trente ans sur des bois de plus d’un siècle.", at=at - 41 * DAY,
        particulars={"question": "Une colle à froid tient-elle trente ans sur du bois ancien ?", "threshold": 24_000},
    )  # fmt: skip
    go_on(project, MENUISERIE, {"need": NOTED, "competition": "Aucun de nous ne vend de colle."}, at=at - 40 * DAY)
    go_on(project, MENUISERIE, {"nda": "Signé par les trois le même jour."}, at=at - 38 * DAY)
    _provider(project, at - 37 * DAY)
    go_on(project, MENUISERIE, {}, at=at - 26 * DAY)
    fund = _promises(project, at - 25 * DAY)
    go_on(project, MENUISERIE, {"budget": "Les promesses couvrent l’étude."}, at=at - 21 * DAY)
    rights = {"rights": "Chacun dans son métier ; une invention se dépose ensemble.", "contract": "Signé par Claire."}
    go_on(project, MENUISERIE, rights, at=at - 21 * DAY)
    _tranches(fund, at)
    for name in (MENUISERIE, CHARPENTE, PIERRES):
        words = {"use": "own", "scope": "La restauration de bâtiments anciens.", "at": at - 5 * DAY}
        acts.grant_right(project, seat=seat(grouping, name), **words, by=acting(grouping, MENUISERIE))  # type: ignore[arg-type]
    since = (at - 12 * DAY).date()
    acts.set_result_rule(project, yearly=20, floor=20, since=since, by=acting(grouping, MENUISERIE), at=at - 4 * DAY)


def _provider(project: Project, at: datetime) -> None:
    grouping = project.grouping
    by = acting(grouping, MENUISERIE)
    brief = (
        "Comparer trois colles à froid sur chêne, sapin et châtaignier de plus de cent ans.\n"
        "À livrer : un état de l’art, des essais de vieillissement, un guide de pose de dix pages."
    )
    call = acts.open_call(project, brief=brief, closes_on=(at + 10 * DAY).date(), by=by, at=at)
    rows = (
        (
            "Centre technique du bois",
            2_640_000,
            22,
            "Quarante éprouvettes, vieillissement accéléré compris.",
            (5, 4, 5),
        ),
        ("Laboratoire Matériaux de l’Aude", 2_180_000, 26, "Trente éprouvettes ; guide de pose en option.", (3, 4, 3)),
        ("Cabinet Lignum", 1_890_000, 16, "Étude sur dossiers, sans essai.", (1, 2, 2)),
    )
    for provider, cents, weeks, included, marks in rows:
        offer = acts.note_offer(
            call, provider=provider, cents=cents, weeks=weeks, included=included, upload=_paper("offre.pdf"),
            by=by, at=at + 2 * DAY,
        )  # fmt: skip
        for name, mark in zip((MENUISERIE, CHARPENTE, PIERRES), marks, strict=True):
            acts.mark_offer(offer, mark=mark, by=acting(grouping, name), at=at + 3 * DAY)
    ballot = acts.put_offers_to_vote(call, by=by, at=at + 3 * DAY)
    chosen = offer_label(call.offers.get(provider=rows[0][0]))
    _vote(ballot, "cast", at=at + 4 * DAY, approved=[chosen])
    acts.choose_provider(ProviderCall.objects.get(pk=call.pk), by=CLOCK, at=at + 10 * DAY)


def _promises(project: Project, at: datetime) -> StudyFund:
    grouping = project.grouping
    by, day = acting(grouping, MENUISERIE), (at + 55 * DAY).date()
    fund = acts.open_pledges(
        project, threshold_cents=2_640_000, closes_on=day, buyer=seat(grouping, MENUISERIE), by=by, at=at
    )
    for number, (name, cents, note) in enumerate(
        (
            (MENUISERIE, 1_200_000, "Nous posons trois cents fenêtres par an."),
            (CHARPENTE, 800_000, ""),
            (PIERRES, 640_000, "Pour les linteaux."),
        )
    ):
        acts.make_pledge(fund, cents=cents, note=note, by=acting(grouping, name), at=at + (1 + number) * DAY)
    return StudyFund.objects.select_related("project__grouping").get(pk=fund.pk)


def _tranches(fund: StudyFund, at: datetime) -> None:
    grouping = fund.project.grouping
    by = acting(grouping, MENUISERIE)
    rows = (
        ("État de l’art", 540_000, "Un rapport de trente pages", -6),
        ("Essais de vieillissement", 1_500_000, "Les courbes de tenue de quarante éprouvettes", 50),
        ("Guide de pose", 600_000, "Dix pages illustrées, pour nos équipes", 110),
    )
    made = [
        acts.add_tranche(
            fund, label=label, cents=cents, deliverable=what, due_on=(at + days * DAY).date(), by=by, at=at - 20 * DAY
        )
        for label, cents, what, days in rows
    ]
    first = Tranche.objects.select_related("fund__project__grouping").get(pk=made[0].pk)
    _vote(acts.ask_tranche(first, by=by, at=at - 20 * DAY), "for", at=at - 19 * DAY)
    acts.decide_tranche(first, by=CLOCK, at=at - 13 * DAY)
    acts.receive_deliverable(first, upload=_paper("etat-de-l-art.pdf"), by=by, at=at - 7 * DAY)
    acts.answer_deliverable(first, accepted=True, by=by, at=at - 5 * DAY)
    second = Tranche.objects.select_related("fund__project__grouping").get(pk=made[1].pk)
    why = "L’état de l’art écarte une colle sur trois : les essais porteront sur les deux autres."
    acts.ask_tranche(second, why=why, by=by, at=at - 2 * DAY)


def _sales(grouping: Grouping, at: datetime) -> None:
    project = begin(
        grouping, (CHARPENTE, MENUISERIE, ELEC), kind="shared_sales", name="Un commercial à trois",
        purpose="Visiter les mairies et les domaines viticoles, ce qu’aucun de nous n’a le temps de faire.",
        particulars={"territory": "Hérault et sud de l’Aveyron"}, at=at - 41 * DAY,
    )  # fmt: skip
    for notes in (
        {"need": NOTED},
        {"territory": "Mairies et domaines, Hérault et Aveyron.", "budget": NOTED},
        {"employer": "Charpente Roques emploie, les autres paient leur part.", "charter": "Signée par les trois."},
        {
            "lead_rule": "Territoire, puis premier contact, puis métier ; sinon à tour de rôle.",
            "order": "L’ordre tourne.",
        },
    ):
        go_on(project, CHARPENTE, notes, at=at - 40 * DAY)
    by = acting(grouping, CHARPENTE)
    acts.set_sales_terms(
        project, order=["zone", "first", "trade", "turn"], by_equal=50, by_time=0, by_orders=50, commission=200,
        month_cents=666_500, payer=seat(grouping, CHARPENTE), sight=SalesTerms.Sight.OWN,
        joint=SalesTerms.Joint.EACH, by=by, at=at - 39 * DAY,
    )  # fmt: skip
    fields = (
        (CHARPENTE, ["12", "34"], ["charpente", "couverture"]),
        (MENUISERIE, ["34"], ["fenêtres", "portes"]),
        (ELEC, ["34"], ["électricité", "borne"]),
    )
    for name, zones, trades in fields:
        acts.cover_field(project, zones=zones, trades=trades, by=acting(grouping, name), at=at - 39 * DAY)
    _opportunities(project, at)
    _times(project, at)


def _opportunities(project: Project, at: datetime) -> None:
    grouping = project.grouping
    rows = (
        # client, postcode, trade, cents, step, in days, stage, noted, won
        ("Mairie de Cornus", "12540", "", 4_800_000, "Visite du conseil", 6, "visit", -20, 0),
        ("Domaine de Malavieille", "34800", "fenêtres", 2_350_000, "Relancer le devis", -2, "offer", -33, 0),
        ("Cave coopérative d’Octon", "34800", "électricité", 1_720_000, "", 0, "won", -36, -30),
        ("Mairie de Soubès", "34700", "", 3_100_000, "Prendre rendez-vous", 3, "new", -4, 0),
        ("Camping du Salagou", "34800", "borne", 940_000, "Attendre le conseil syndical", 12, "offer", -30, 0),
        ("Château de Lauzières", "34800", "charpente", 6_400_000, "", 0, "won", -37, -28),
        ("Gîtes du Causse", "12230", "couverture", 1_150_000, "", 0, "lost", -32, 0),
    )
    for number, (client, postcode, trade, cents, step, days, stage, noted, won) in enumerate(rows):
        row = acts.NewOpportunity(f"{number + 1:032x}", client, postcode=postcode, trade=trade, cents=cents)
        one = acts.note_opportunity(project, row, by=acting(grouping, CHARPENTE), at=at + noted * DAY)
        next_on = (at + days * DAY).date() if step else None
        if stage != "new" or step:
            fresh = Opportunity.objects.select_related("project__grouping").get(pk=one.pk)
            acts.move_opportunity(
                fresh, stage=stage, step=step, step_on=next_on, version=1, by=acting(grouping, CHARPENTE),
                at=at + (won or noted + 1) * DAY,
            )  # fmt: skip
    about = tuple(seat(grouping, name).public_id for name in (CHARPENTE, MENUISERIE))
    row = acts.NewOpportunity(
        f"{99:032x}", "Presbytère de Lodève", postcode="34700", cents=8_200_000, about=about, together=True,
        step="Visite à deux", step_on=(at + 5 * DAY).date(),
    )  # fmt: skip
    acts.note_opportunity(project, row, by=acting(grouping, MENUISERIE), at=at - 8 * DAY)
    about = (seat(grouping, ELEC).public_id,)
    row = acts.NewOpportunity(f"{98:032x}", "Hôtel des Cascades", postcode="34700", cents=1_500_000, about=about)
    noted = acts.note_opportunity(project, row, by=acting(grouping, MENUISERIE), at=at - 6 * DAY)
    fresh = Opportunity.objects.select_related("project__grouping").get(pk=noted.pk)
    why = "Nous avons posé ses vingt fenêtres en 2023 : le client nous connaît."
    acts.dispute_opportunity(fresh, why=why, by=acting(grouping, MENUISERIE), at=at - 1 * DAY)


def _times(project: Project, at: datetime) -> None:
    """Six weeks of time; the month before this one is closed."""
    grouping, by = project.grouping, acting(project.grouping, CHARPENTE)
    week = (
        (CHARPENTE, 480, "visit", 4_200), (MENUISERIE, 240, "visit", 1_800), (ELEC, 240, "visit", 0),
        (CHARPENTE, 120, "offer", 0), (MENUISERIE, 180, "offer", 0), (ELEC, 60, "call", 0),
    )  # fmt: skip
    for back in range(38, 0, -7):
        for number, (name, minutes, kind, expenses) in enumerate(week):
            day = at - timedelta(days=back - number)
            if day > at:
                continue
            acts.note_time(
                project, seat=seat(grouping, name), on=day.date(), minutes=minutes, kind=kind,
                expenses_cents=expenses, by=by, at=day,
            )  # fmt: skip
    before = (at.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    acts.close_sales_month(project, month=before, by=by, at=at - timedelta(hours=1))
