"""What the demo shows of learning: sessions between peers, a barometer with enough answers, a page, a case, a key."""

from datetime import datetime, timedelta

from cordee.demo.stories import CLOCK, DAY, acting, decide, seat
from cordee.directory.models import Company, Representative
from cordee.governance import acts as governance
from cordee.governance.models import Ballot, FollowUp
from cordee.ground.people.acts import make_key
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import address
from cordee.groupings.models import Grouping
from cordee.learning import acts
from cordee.learning.models import PeerSession, Testimony
from cordee.learning.reads import period_of, questions_of, tellable
from cordee.money import acts as money

WORKERS = ("Menuiserie Fabrègues", "Charpente Roques", "Pierres du Larzac", "Nouvel Électricité", "Couverture Saltel")
STAND = ("Alu Ouvertures 34", "Peinture Sanchis", "Sols Méditerranée", "Plâtrerie Lacan")
MINUTE = timedelta(minutes=1)


def what_was_learnt(*, at: datetime) -> None:
    """Everything of this room, at the moments at which it would have been done."""
    lively = Grouping.objects.get(name="Bois & Pierre du Lodévois")
    stand = Grouping.objects.get(name="Stand Habitat de Béziers")
    _survey(lively, at)
    _done(lively, at)
    _sessions(lively, at)
    _answers(at)
    _page(stand, at)
    _case(stand, at)
    _key(at)


def _survey(grouping: Grouping, at: datetime) -> None:
    """What the first weeks brought: a survey ordered together, cheaper than five, settled but for one payment."""
    lead, start = acting(grouping, WORKERS[0]), at - 58 * DAY
    pool = money.open_pool(grouping, title="Relevé du bâti, commandé ensemble", unit="jours", by=lead, at=start)
    bills = (("Relevé au scanner, halle de Lodève", 348_000, 1), ("Analyse des mortiers", 96_000, 2))
    for label, cents, payer in bills:
        by, paid_by = acting(grouping, WORKERS[payer]), seat(grouping, WORKERS[payer])
        money.add_line(pool, label=label, cents=cents, paid_by=paid_by, by=by, at=start + DAY)
    pool.refresh_from_db()
    alone = zip(WORKERS, (140_000, 155_000, 128_000, 98_000, 104_000), strict=True)
    rows = {seat(grouping, name).public_id: (None, cents) for name, cents in alone}
    money.note_use(pool, rows=rows, version=pool.version, by=lead, at=start + 2 * DAY)
    vote = money.propose_key(pool, kind="equal", by=lead, at=start + 3 * DAY)
    decide(vote, {}, by=lead, at=start + 3 * DAY)
    for number, one in enumerate(money.settle_pool(pool, by=lead, at=start + 10 * DAY)):
        payer = one.debtor.company.name
        money.confirm_payment(one, by=acting(grouping, payer), at=start + (12 + number) * DAY)
        if number:
            money.confirm_payment(one, by=acting(grouping, one.creditor.company.name), at=start + (14 + number) * DAY)


def _done(grouping: Grouping, at: datetime) -> None:
    """One decision carried out before its day."""
    follow = FollowUp.objects.select_related("owner__company", "resolution").filter(grouping=grouping).last()
    if follow is not None:
        by = acting(grouping, follow.owner.company.name)
        governance.note_done(follow, done=True, note="C’est en place.", by=by, at=at - DAY)


def _session(grouping: Grouping, client: str, leads: str, subject: str, *, starts_at: datetime) -> PeerSession:
    at = starts_at - 10 * DAY
    session = acts.plan_session(
        grouping, client=seat(grouping, client), facilitator=seat(grouping, leads), subject=subject,
        starts_at=starts_at, place="Chez Charpente Roques, à Lodève", by=acting(grouping, client), at=at,
    )  # fmt: skip
    for name in WORKERS[1:4]:
        acts.join_session(session, by=acting(grouping, name), at=at + DAY)
    return session


def _sessions(grouping: Grouping, at: datetime) -> None:
    """One that is over, with its plan half done; one to come, with the same client."""
    early = at.replace(hour=6, minute=30) - 20 * DAY
    words = "Comment confier les devis à quelqu’un d’autre que moi ?"
    first = _session(grouping, WORKERS[0], WORKERS[1], words, starts_at=early)
    for step in range(1, 7):
        acts.move_on(first, to=step, by=acting(grouping, WORKERS[1]), at=early + step * 10 * MINUTE)
    plan = [
        ("Écrire la trame de devis en deux pages", (early + 10 * DAY).date()),
        ("Faire chiffrer trois devis par Lucas, relus ensemble", (at + 4 * DAY).date()),
    ]
    client = acting(grouping, WORKERS[0])
    acts.close_session(first, actions=plan, by=client, at=early + 70 * MINUTE)
    done = first.actions.order_by("due_on").first()
    if done is not None:
        acts.follow_action(done, done=True, said="Deux pages, relues par Charpente Roques.", by=client, at=at - 8 * DAY)
    again = at.replace(hour=6, minute=30) + 9 * DAY
    _session(grouping, WORKERS[0], WORKERS[3], "Faut-il un chef d’atelier, ou un second ?", starts_at=again)


def _leader(name: str) -> tuple[Company, Actor]:
    company = Company.objects.get(name=name)
    return company, Actor(Representative.objects.select_related("person").filter(company=company, until=None)[0].person)


def _answers(at: datetime) -> None:
    """Nine companies answer this quarter, Claire the one before too; six say how they cooperate."""
    for number, name in enumerate((*WORKERS, *STAND)):
        company, by = _leader(name)
        for kind, most in (("barometer", 9), ("practices", 7)):
            if number < most:
                answers = {
                    question.slug: 2 + (number * 3 + place * 2) % 4 for place, question in enumerate(questions_of(kind))
                }
                period = period_of(kind, at)
                acts.give_answers(company, kind=kind, period=period, answers=answers, by=by, at=at - DAY)
    company, by = _leader(WORKERS[0])
    before = at - 92 * DAY
    low = {question.slug: 2 for question in questions_of("barometer")}
    acts.give_answers(company, kind="barometer", period=period_of("barometer", before), answers=low, by=by, at=before)


def _page(grouping: Grouping, at: datetime) -> None:
    """A page voted and open, two testimonies, one still to be given."""
    start = at - 15 * DAY
    lead = acting(grouping, STAND[0])
    page = acts.propose_page(
        grouping,
        name="Les Artisans du Biterrois",
        line="Fenêtres, murs, sols, plafonds : une rénovation, un seul rendez-vous.",
        offer="Nous rénovons votre logement à quatre entreprises indépendantes de Béziers et alentour.\n"
        "Un relevé commun, un planning commun, une garantie lue ensemble. Vous payez chacun pour sa part.",
        references="Stand commun au salon Habitat de Béziers, 36 m².\nSix appartements rénovés place de la Madeleine.",
        contact="Alu Ouvertures 34, 04 67 00 00 34",
        by=lead,
        at=start,
    )
    ballot = Ballot.objects.get(public_id=page.decision.rpartition("/")[2])
    decide(ballot, {}, by=lead, at=start + 2 * DAY)
    page.refresh_from_db()
    if page.opened_at is None:
        acts.open_page(page, by=CLOCK, at=start + 3 * DAY)
    said = (
        (STAND[0], "Seuls, nous aurions pris 9 m² au fond. À quatre, on nous a vus, et les comptes étaient clairs.",
         "Patrice, Alu Ouvertures 34"),
        (STAND[3], "J’avais peur de payer pour les autres. Chaque ligne était expliquée, j’ai signé en confiance.",
         "Plâtrerie Lacan"),
    )  # fmt: skip
    for name in STAND:
        acts.ask_testimony(seat(grouping, name), occasion="paid", by=CLOCK, at=at - 6 * DAY)
    for name, words, signed in said:
        asked = Testimony.objects.get(seat=seat(grouping, name), occasion="paid")
        by = acting(grouping, name)
        acts.give_testimony(asked, worked="yes", words=words, signed=signed, public=True, by=by, at=at - 5 * DAY)


def _case(grouping: Grouping, at: datetime) -> None:
    """How the stand was shared, told without a name."""
    found = next((one for one in tellable(grouping) if one.kind == "key"), None)
    if found is None:
        return
    lesson = "Voter la clé avant de réserver l’emplacement : après, chacun la regarde avec sa facture."
    case = acts.propose_case(grouping, about=found.about, lesson=lesson, by=acting(grouping, STAND[0]), at=at - 4 * DAY)
    for name in STAND[1:]:
        acts.consent_to_case(case, by=acting(grouping, name), at=at - 3 * DAY)


def _key(at: datetime) -> None:
    """A key that Claire made for her accountant; nobody knows its secret any more."""
    company, by = _leader(WORKERS[0])
    scopes = ("groupings", "money", "documents")
    make_key(address(company), company.book, name="Cabinet comptable Vidal", scopes=scopes, by=by, at=at - 12 * DAY)
