"""Where leaders meet: events, who was there, being introduced through a common tie."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from cordee.directory.acts.cards import own_company
from cordee.directory.models import Company, Event, Introduction, Presence, Tie
from cordee.directory.permissions import may_edit
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address


class EventUnnamed(Refusal):
    """An event has a name, and its last day is not before the first."""


class EventOver(Refusal):
    """The event has not begun, or is long over: nobody says any more that they are there."""


class NoCommonTie(Refusal):
    """Nobody in common shows their tie to this company."""


class AlreadyAsked(Refusal):
    """The same introduction is under way."""


class AlreadyAnswered(Refusal):
    """This introduction has its answer."""


EARLY, LATE = 1, 60
"""Days before its beginning and after its end when one may say « j’y suis »."""


def create_event(
    company: Company, *, name: str, kind: str, city: str, starts_on: date, ends_on: date, by: Actor, at: datetime
) -> Event:
    """Announce an event, to hang its code at the entrance.

    Allowed       the people of the company that hosts it.
    Refused when  it has no name, or its kind or its days make no sense.
    Tells         directory.event.created: its kind and its days.
    """
    made = Event(public_id=new_public_id(), name=" ".join(name.split())[:120], kind=kind, city=city.strip()[:120])
    made.starts_on, made.ends_on, made.created_at = starts_on, ends_on, at
    made.code = new_public_id() + new_public_id()  # whoever has it was there: twenty letters are not guessed
    with act("directory.event.created", book=company.book, by=by, at=at, on=address(made)) as facts:
        made.host = own_company(company, by)
        if not made.name or kind not in Event.Kind.values or ends_on < starts_on:
            raise EventUnnamed(_("Il manque le nom de l’événement, ou ses jours se contredisent."))
        made.save()
        facts |= {"kind": kind, "from": starts_on.isoformat(), "to": ends_on.isoformat()}
    return made


def join_event(event: Event, company: Company, *, by: Actor, at: datetime) -> Presence:
    """Say « j’y suis »: those who are there see each other.

    Allowed       the company's own people, who hold the event's code.
    Refused when  the event has not begun, or is long over.
    Tells         directory.presence.noted.
    """
    with act("directory.presence.noted", book=company.book, by=by, at=at, on=event) as facts:
        fresh = own_company(company, by)
        today = at.date()
        if not (today - event.starts_on).days >= -EARLY or (today - event.ends_on).days > LATE:
            raise EventOver(_("Cet événement n’a pas commencé, ou il est passé depuis longtemps."))
        made, _new = Presence.objects.get_or_create(
            event=event, company=fresh, defaults={"person": by.person, "at": at}
        )
        facts["kind"] = event.kind
    return made


def leave_event(event: Event, company: Company, *, by: Actor, at: datetime) -> None:
    """Take « j’y suis » back: nobody sees it any more.

    Allowed       the company's own people.
    Refused when  the company had not said so.
    Tells         directory.presence.dropped.
    """
    with act("directory.presence.dropped", book=company.book, by=by, at=at, on=event) as facts:
        fresh = own_company(company, by)
        gone, _rows = Presence.objects.filter(event=event, company=fresh).delete()
        if not gone:
            raise NotYours
        facts["kind"] = event.kind


def ask_introduction(
    company: Company, through: Company, target: Company, *, why: str, by: Actor, at: datetime
) -> Introduction:
    """Ask a common tie to introduce one to a company; it passes the question on, or not.

    Allowed       the company's own people.
    Refused when  one has no tie with the one in the middle, or that one shows none with the other; it is under way.
    Tells         directory.introduction.asked; never through whom nor to whom.
    """
    made = Introduction(public_id=new_public_id(), asker=company, through=through, target=target, asked_by=by.person)
    made.why, made.asked_at = " ".join(why.split())[:300], at
    with act("directory.introduction.asked", book=company.book, by=by, at=at, on=address(made)) as facts:
        fresh = own_company(company, by)
        seen = Company.objects.seen_by(by.person).filter(pk__in=[through.pk, target.pk])
        if seen.count() != 2 or fresh.pk in (through.pk, target.pk):
            raise NotYours
        mine = Tie.objects.filter(company=fresh, other=through)
        if not mine.exists() or not Tie.objects.filter(company=through, other=target, shared=True).exists():
            raise NoCommonTie(
                _("Aucun de vos liens ne montre qu’il connaît cette entreprise."),
                do=_("Demandez-lui de montrer ce lien, ou ouvrez un échange directement."),
            )
        open_ones = Introduction.objects.filter(asker=fresh, target=target, state__in=["asked", "passed"])
        if open_ones.exists():
            raise AlreadyAsked(_("Cette présentation est déjà demandée."))
        made.save()
        facts["words"] = len(made.why)
    return made


def answer_introduction(
    introduction: Introduction, *, yes: bool, word: str = "", by: Actor, at: datetime
) -> Introduction:
    """Pass a question on, or answer it: first the one in the middle, then the one it is about.

    Allowed       the people of the one in the middle; once it is passed on, those of the other company.
    Refused when  it has its answer already; it is not one's turn.
    Tells         directory.introduction.passed, or its answer: accepted, declined; in the book of who answers.
    """
    here = Introduction.objects.select_related("through", "target").get(pk=introduction.pk)
    passing = here.state == Introduction.State.ASKED
    answering = here.through if passing else here.target
    with act("directory.introduction.answered", book=answering.book, by=by, at=at, on=introduction) as facts:
        fresh = Introduction.objects.select_for_update().get(pk=introduction.pk)
        if not may_edit(by.person, answering):
            raise NotYours
        if fresh.state != here.state or fresh.state not in ("asked", "passed"):
            raise AlreadyAnswered(_("Cette demande a déjà sa réponse."))
        if not yes:
            fresh.state = Introduction.State.DECLINED
        else:
            fresh.state = Introduction.State.PASSED if passing else Introduction.State.ACCEPTED
        if passing:
            fresh.word = " ".join(word.split())[:300]
        fresh.answered_at = at
        fresh.save()
        facts["state"] = str(fresh.state)
    return fresh
