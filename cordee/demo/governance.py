"""What the demo shows of decisions: a changed rule, meetings, a secret vote, what became of decisions."""

from datetime import datetime, timedelta
from fractions import Fraction

from cordee.demo.stories import acting, decide, seat
from cordee.engines.voting import Rule
from cordee.governance import acts
from cordee.governance.models import Ballot
from cordee.groupings.models import Grouping

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMES = ("Menuiserie Fabrègues", "Charpente Roques", "Pierres du Larzac", "Nouvel Électricité", "Couverture Saltel")


def show_governance(*, at: datetime) -> None:
    """Five companies at work decide, meet and follow up."""
    grouping = Grouping.objects.get(name="Bois & Pierre du Lodévois")
    evening = at.replace(hour=17, minute=30, second=0, microsecond=0)
    _rule(grouping, at - 36 * DAY)
    _held(grouping, evening - 9 * DAY)
    _next(grouping, evening, at)
    _name(grouping, at)
    _follow(grouping, at)


def _rule(grouping: Grouping, at: datetime) -> None:
    rule = Rule(majority="two_thirds", quorum=Fraction(1, 2), notice_days=10, urgent_notice_days=3)
    lead = acting(grouping, NAMES[0])
    why = "Nos dépenses vont vite : dix jours de convocation suffisent."
    asked = acts.propose_rule(grouping, "budget", rule, why=why, closes_at=at + 7 * DAY, by=lead, at=at)
    decide(asked, {}, by=lead, at=at)


def _held(grouping: Grouping, at: datetime) -> None:
    """A meeting that took place: its notice in time, a vote, the minutes approved."""
    lead, early = acting(grouping, NAMES[0]), at - 20 * DAY
    meeting = acts.plan_meeting(
        grouping, title="Point de printemps", dates=[at], place="Salle des fêtes, Lodève", by=lead, at=early
    )
    acts.add_item(meeting, title="Où en sont les chantiers", kind="inform", by=lead, at=early)
    text = "Acheter ensemble une benne de 15 m³, 3 200 € au plus, partagée selon l’usage."
    acts.add_item(
        meeting, title="Une benne en commun", kind="decide", decision_type="budget", text=text, by=lead, at=early
    )
    acts.call_meeting(meeting, starts_at=at, by=lead, at=early)
    saltel = acting(grouping, NAMES[4])
    acts.answer_call(meeting, coming=False, proxy_to=seat(grouping, NAMES[1]), by=saltel, at=early + DAY)
    acts.open_meeting(meeting, by=lead, at=at)
    for name in NAMES[:3]:
        acts.note_presence(meeting, seat=seat(grouping, name), present=True, by=acting(grouping, name), at=at)
    first, second = meeting.items.all()
    acts.note_outcome(first, said="Deux réponses en cours, aucun retard.", by=lead, at=at)
    ballot = acts.open_item_vote(second, by=lead, at=at + HOUR / 2)
    for name in NAMES[:3]:
        by = acting(grouping, name)
        acts.cast_vote(ballot, seat=seat(grouping, name), choice="for", by=by, at=at + HOUR / 2)
    acts.close_ballot(ballot, by=lead, at=at + HOUR)
    acts.close_meeting(meeting, by=lead, at=at + HOUR)
    acts.approve_minutes(meeting, by=lead, at=at + DAY)


def _next(grouping: Grouping, evening: datetime, at: datetime) -> None:
    """A meeting whose date is being looked for."""
    dates = [evening + days * DAY for days in (17, 18, 22)]
    meeting = acts.plan_meeting(
        grouping,
        title="Préparer la réponse au groupe scolaire",
        dates=dates,
        by=acting(grouping, NAMES[1]),
        at=at - DAY,
    )
    for name, said in ((NAMES[2], ("yes", "no", "maybe")), (NAMES[3], ("yes", "maybe", "yes"))):
        answers = dict(zip((date.pk for date in meeting.dates.all()), said, strict=True))
        acts.answer_dates(meeting, answers=answers, by=acting(grouping, name), at=at - HOUR)


def _name(grouping: Grouping, at: datetime) -> None:
    """A secret vote that is open."""
    ballot = acts.propose_resolution(
        grouping, title="Quel nom pour notre groupement sur les panneaux de chantier ?",
        text="Nous gardons un seul nom pour tous les chantiers de l’année.", decision_type="ordinary",
        closes_at=(at + 5 * DAY).replace(minute=0, second=0, microsecond=0),
        way=acts.Way(
            method="approval", secret=True, options=("Bois & Pierre", "Les Bâtisseurs du Lodévois", "Cordée d’Oc")
        ),
        by=acting(grouping, NAMES[2]), at=at - 2 * HOUR,
    )  # fmt: skip
    for name in NAMES[1:3]:
        answer = {"approved": ["Bois & Pierre"]}
        by = acting(grouping, name)
        acts.cast_vote(ballot, seat=seat(grouping, name), choice="cast", answer=answer, by=by, at=at - HOUR)


def _follow(grouping: Grouping, at: datetime) -> None:
    """Who does what of what was decided."""
    lead, today = acting(grouping, NAMES[0]), at.date()
    decided = list(Ballot.objects.filter(grouping=grouping, outcome=Ballot.Outcome.ADOPTED).order_by("-closed_at"))
    for ballot, name, days in zip(decided, (NAMES[1], NAMES[3]), (12, 3), strict=False):
        acts.follow_decision(
            ballot.resolution, owner=seat(grouping, name), due_on=today + days * DAY,
            review_on=today + 180 * DAY, by=lead, at=at - DAY,
        )  # fmt: skip
