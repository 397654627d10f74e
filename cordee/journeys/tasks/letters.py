"""What the turns of a grouping's life tell by mail. Bad news goes first, privately, to the company concerned."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.ground.kit.money import euros
from cordee.ground.kit.templatetags.cordee import day, moment
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Person
from cordee.ground.register.models import Entry
from cordee.groupings.models import Departure, FinalStatement, Grouping, JoinRequest, Office, Review, Seat
from cordee.groupings.permissions import LEADING
from cordee.groupings.tasks import members_of, page_of

Words = Callable[[], tuple[str, tuple[str, ...], str, str]]
"""Said in the reader's language: subject, lines, button, address."""


def _why(grouping: Grouping) -> str:
    return _("Vous recevez ce mail parce que vous êtes membre de « %(name)s ».") % {"name": grouping.name}


def _write(people: Iterable[Person], grouping: Grouping, kind: str, words: Words, why: str = "") -> Iterable[Draft]:
    for person in {each.pk: each for each in people}.values():
        with translation.override(person.language):
            subject, lines, button, url = words()
            yield Draft(
                to=person, kind=kind, subject=subject, lines=lines, button=button, url=url, why=why or _why(grouping)
            )


def _others(entry: Entry, grouping: Grouping) -> list[Person]:
    """Every representative but who acted."""
    actor = entry.by.partition(" ")[0]
    return [seat.holder for seat in members_of(grouping) if seat.holder.pseudonym != actor]


def _leaders(grouping: Grouping) -> list[Person]:
    leading = Office.objects.filter(grouping=grouping, until=None, role__in=LEADING).values("seat")
    seats = Seat.objects.filter(pk__in=leading, state=Seat.State.MEMBER).select_related("holder")
    return [seat.holder for seat in seats] or [seat.holder for seat in members_of(grouping)]


def _at(name: str, grouping: Grouping, *args: str) -> str:
    return str(settings.SITE_URL) + reverse(name, args=[grouping.public_id, *args])


def _id(entry: Entry) -> str:
    return entry.subject.rpartition("/")[2]


def tell_gate(entry: Entry, at: datetime) -> Iterable[Draft]:
    """A new stage: every member hears of it, except who passed the gate."""
    grouping = Grouping.objects.get(public_id=_id(entry))
    stage = Grouping.Stage(entry.facts["to"])

    def words() -> tuple[str, tuple[str, ...], str, str]:
        subject = _("« %(name)s » passe une étape : %(stage)s") % {"name": grouping.name, "stage": stage.label}
        line = _("Rien ne manquait plus. Voyez ce que la nouvelle étape permet.")
        if stage == Grouping.Stage.CLOSED:
            line = _("Tout se lit, rien ne change plus. Téléchargez l’archive et gardez-la.")
        return subject, (line,), _("Voir le groupement"), page_of("groupings:grouping", grouping)

    return _write(_others(entry, grouping), grouping, "journeys.gate", words)


def tell_review(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The yearly question, to every member."""
    review = Review.objects.select_related("grouping").get(public_id=_id(entry))
    grouping = review.grouping

    def words() -> tuple[str, tuple[str, ...], str, str]:
        names = {"name": grouping.name, "until": day(review.closes_at)}
        lines = (
            _("Une fois par an, la question revient : le but vaut-il encore la peine ?"),
            grouping.purpose,
            _("Continuer, changer de but, faire une pause, terminer : répondez avant le %(until)s.") % names,
            _("C’est un vote, compté selon vos règles ; ce qu’il décide commence de lui-même.") % names,
        )
        subject = _("La question de l’année : « %(name)s » vaut-il encore la peine ?") % names
        return subject, tuple(filter(None, lines)), _("Répondre"), _at("journeys:review", grouping)

    return _write(_others(entry, grouping), grouping, "journeys.review", words)


def tell_review_closed(entry: Entry, at: datetime) -> Iterable[Draft]:
    """What came out of it, and what follows."""
    review = Review.objects.select_related("grouping").get(public_id=_id(entry))
    grouping = review.grouping

    def words() -> tuple[str, tuple[str, ...], str, str]:
        said = {
            "continue": _("Le groupement continue. La question reviendra dans un an."),
            "change": _("Plus de la moitié des réponses demandent autre chose : proposez un nouveau but, il se vote."),
            "pause": _("Le groupement se met en pause. Rien n’est perdu ; il reprend quand vous voulez."),
            "wind_up": _("La fin est décidée, selon votre règle : la clôture commence.")
            if review.decision
            else _("Plus de la moitié des réponses demandent de terminer : cela se vote, avec sa propre règle."),
        }
        label = Review.Outcome(review.outcome).label
        subject = _("%(outcome)s : la réponse de « %(name)s »") % {"outcome": label, "name": grouping.name}
        return subject, (said[review.outcome],), _("Voir les réponses"), _at("journeys:review", grouping)

    return _write(_others(entry, grouping), grouping, "journeys.review.closed", words)


def tell_request(entry: Entry, at: datetime) -> Iterable[Draft]:
    """A company asks to come in: whoever leads hears of it."""
    asked = JoinRequest.objects.select_related("grouping", "company").get(public_id=_id(entry))

    def words() -> tuple[str, tuple[str, ...], str, str]:
        names = {"company": asked.company, "name": asked.grouping.name}
        subject = _("%(company)s demande à entrer dans « %(name)s »") % names
        lines = tuple(filter(None, (asked.words, _("Lisez sa demande, puis répondez ou mettez-la au vote."))))
        return subject, lines, _("Lire la demande"), _at("journeys:requests", asked.grouping)

    return _write(_leaders(asked.grouping), asked.grouping, "journeys.request", words)


def tell_answer(entry: Entry, at: datetime) -> Iterable[Draft]:
    """No, for now: to the one who asked."""
    asked = JoinRequest.objects.select_related("grouping", "company", "person").get(public_id=_id(entry))

    def words() -> tuple[str, tuple[str, ...], str, str]:
        names = {"company": asked.company, "name": asked.grouping.name}
        subject = _("« %(name)s » ne s’ouvre pas à %(company)s pour l’instant") % names
        line = _("Les membres ont répondu non. Ce n’est pas un jugement sur votre entreprise.")
        return subject, (line,), _("Chercher d’autres partenaires"), f"{settings.SITE_URL}/"

    why = _("Vous recevez ce mail parce que vous avez demandé à entrer.")
    return _write([asked.person], asked.grouping, "journeys.answer", words, why)


def tell_accession(entry: Entry, at: datetime) -> Iterable[Draft]:
    """A company came in at its request: it and the members hear of it."""
    seat = Seat.objects.select_related("grouping", "company").get(public_id=_id(entry))

    def words() -> tuple[str, tuple[str, ...], str, str]:
        names = {"company": seat.company, "name": seat.grouping.name}
        lines = [_("Une entreprise, une voix : elle vote dès maintenant.")]
        if seat.grouping.stage == Grouping.Stage.COMMITTED:
            lines.append(_("Elle adhère à ce que les membres ont signé : faites-lui signer l’avenant."))
        subject = _("%(company)s entre dans « %(name)s »") % names
        return subject, tuple(lines), _("Voir le groupement"), page_of("groupings:grouping", seat.grouping)

    return _write(_others(entry, seat.grouping), seat.grouping, "journeys.accession", words)


def _departure(entry: Entry) -> Departure:
    return Departure.objects.select_related("grouping", "seat__company", "seat__holder", "seat__substitute").get(
        public_id=_id(entry)
    )


def tell_grievances(entry: Entry, at: datetime) -> Iterable[Draft]:
    """What a company is reproached with goes to it, and to nobody else."""
    found = _departure(entry)
    seat = found.seat

    def words() -> tuple[str, tuple[str, ...], str, str]:
        when = moment(found.hearing_at)
        lines = (
            _("Des griefs vous sont adressés. Vous êtes seul à les lire, avec la personne qui les écrit."),
            _("Vous serez entendu le %(when)s. D’ici là, répondez par écrit si vous le souhaitez.") % {"when": when},
            _("Rien n’est décidé. Vous pouvez vous faire assister."),
        )
        subject = _("À lire en privé : %(company)s dans « %(name)s »") % {
            "company": seat.company,
            "name": found.grouping.name,
        }
        url = _at("journeys:departure", found.grouping, found.public_id)
        return subject, lines, _("Lire et répondre"), url

    people = [each for each in (seat.holder, seat.substitute) if each]
    return _write(people, found.grouping, "journeys.grievances", words)


def tell_reply(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The company answered: whoever leads reads it."""
    found = _departure(entry)

    def words() -> tuple[str, tuple[str, ...], str, str]:
        subject = _("%(company)s répond aux griefs") % {"company": found.seat.company}
        url = _at("journeys:departure", found.grouping, found.public_id)
        return subject, (_("Lisez sa réponse avant de décider de la suite."),), _("Lire sa réponse"), url

    people = [person for person in _leaders(found.grouping) if person.pk != found.seat.holder_id]
    return _write(people, found.grouping, "journeys.reply", words)


def tell_departure(entry: Entry, at: datetime) -> Iterable[Draft]:
    """A departure is announced: the day, and for the company itself, its balance."""
    found = _departure(entry)
    when = date.fromisoformat(entry.facts["effective_on"])

    def words() -> tuple[str, tuple[str, ...], str, str]:
        names = {"company": found.seat.company, "name": found.grouping.name, "day": date_format(when, "j F Y")}
        subject = _("%(company)s quitte « %(name)s » le %(day)s") % names
        line = _("Son décompte est établi d’après les comptes communs. Ce qui est dû le reste.")
        url = _at("journeys:departure", found.grouping, found.public_id)
        return subject, (line,), _("Voir le décompte"), url

    return _write([seat.holder for seat in members_of(found.grouping)], found.grouping, "journeys.departure", words)


def tell_gone(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The company is gone: it keeps its statement in this mail, for it no longer sees the grouping."""
    found = _departure(entry)

    def words() -> tuple[str, tuple[str, ...], str, str]:
        names = {"company": found.seat.company, "name": found.grouping.name}
        rows = tuple(f"{text} : {euros(cents)}" for text, cents in found.statement)
        subject = _("%(company)s a quitté « %(name)s »") % names
        return (
            subject,
            (_("Le départ a pris effet. Voici le décompte."), *rows),
            _("Aller à Aujourd’hui"),
            f"{settings.SITE_URL}/",
        )

    people = [found.seat.holder, *(seat.holder for seat in members_of(found.grouping))]
    return _write(people, found.grouping, "journeys.gone", words)


def tell_minimum(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Too few companies are left: everybody hears of it, with what can be decided and until when."""
    grouping = Grouping.objects.get(public_id=_id(entry))
    if not entry.facts["below"]:
        return []

    def words() -> tuple[str, tuple[str, ...], str, str]:
        subject = _("« %(name)s » n’a plus assez d’entreprises") % {"name": grouping.name}
        line = _("Vous avez quatre-vingt-dix jours pour accueillir une entreprise, continuer à deux, ou terminer.")
        return subject, (line,), _("Décider de la suite"), _at("journeys:life", grouping)

    return _write([seat.holder for seat in members_of(grouping)], grouping, "journeys.minimum", words)


def tell_statements(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The final statement of each, to accept."""
    grouping = Grouping.objects.get(public_id=_id(entry))
    for each in FinalStatement.objects.filter(grouping=grouping, accepted_at=None).select_related("seat__holder"):

        def words(mine: FinalStatement = each) -> tuple[str, tuple[str, ...], str, str]:
            subject = _("À accepter : votre décompte final dans « %(name)s »") % {"name": grouping.name}
            rows = tuple(f"{text} : {euros(cents)}" for text, cents in mine.lines)
            rows = rows or (_("Aucun compte commun : rien à payer, rien à recevoir."),)
            return subject, rows, _("Voir et accepter"), _at("journeys:winding_up", grouping)

        yield from _write([each.seat.holder], grouping, "journeys.statement", words)


LETTERS: dict[str, Teller] = {
    "journeys.gate.passed": tell_gate,
    "groupings.review.opened": tell_review,
    "groupings.review.closed": tell_review_closed,
    "groupings.request.made": tell_request,
    "groupings.request.declined": tell_answer,
    "journeys.request.refused": tell_answer,
    "journeys.accession.recorded": tell_accession,
    "journeys.exclusion.opened": tell_grievances,
    "journeys.exclusion.answered": tell_reply,
    "journeys.departure.announced": tell_departure,
    "journeys.departure.carried_out": tell_gone,
    "journeys.minimum.noted": tell_minimum,
    "journeys.statements.made": tell_statements,
}
