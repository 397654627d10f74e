"""What the directory does behind its pages: importing lists, asking twice a year whether cards hold, its letters."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import task

from cordee.directory.acts import ask_about_card, import_companies, kept_files, note_resumed
from cordee.directory.models import Company, ImportRun, Introduction, Representative
from cordee.directory.reads import cards_to_ask, stopped_imports
from cordee.directory.reads.review import PURPOSE
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Actor, Clockwork, Person
from cordee.ground.people.reads import link_address
from cordee.ground.register.models import Entry

MOST_ASKED = 50
"""Cards asked about in one round of the ticker: the letters of a whole country leave over days."""


@task()
def run_import(public_id: str) -> None:
    """Import the files that were kept. Run twice, or taken up after a stop, it does each company once."""
    run = ImportRun.objects.select_related("asked_by").get(public_id=public_id)
    if run.over:
        return
    streams = kept_files(run)
    try:
        by = Actor(run.asked_by) if run.asked_by else Clockwork()
        import_companies(run, streams, by=by, at=now(), clock=now)
    finally:
        for stream in streams:
            stream.close()


def resume_stopped(*, at: datetime) -> int:
    """Take up the imports that gave no sign of life for a while, and say how many."""
    stopped = stopped_imports(at=at)
    for run in stopped:
        note_resumed(run, at=at)
        run_import.enqueue(run.public_id)
    return len(stopped)


def ask_about_cards(*, at: datetime) -> int:
    """Twice a year, one question to the people of each card: does it still hold?"""
    return each_apart(cards_to_ask(at=at)[:MOST_ASKED], lambda company: _asked(company, at))


def _asked(company: Company, at: datetime) -> None:
    ask_about_card(company, at=at)


def _people_of(company: Company) -> list[Person]:
    acting = Representative.objects.filter(company=company, until=None).select_related("person")
    return [each.person for each in acting.order_by("id")]


def tell_card(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The question of the half-year: the card as it stands, one button."""
    company = Company.objects.get(public_id=entry.subject.rpartition("/")[2])
    for person in _people_of(company):
        link = make_link(person, purpose=PURPOSE, subject=company, at=at, expires_at=at + timedelta(days=90))
        with translation.override(person.language):
            figures = (
                (_("Ce que j’apporte"), company.brings or _("à confirmer")),
                (_("Ce que je cherche"), company.looks_for or _("à confirmer")),
                (_("Capacité encore libre"), company.capacity_left or _("à confirmer")),
            )
            yield Draft(
                to=person,
                kind="directory.card",
                subject=_("Votre fiche est-elle toujours juste ? %(company)s") % {"company": company},
                lines=(_("Deux fois par an, une seule question : ce qui est écrit tient-il encore ?"),),
                figures=figures,
                button=_("Répondre en un geste"),
                url=link_address(link, "directory:card_question"),
                why=_("Vous recevez ce mail parce que vous tenez la fiche de %(company)s.") % {"company": company},
                group="reminders",
            )


def tell_introduction(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Somebody asks to be introduced, passes it on, answers: whose turn it is, or who asked, hears of it."""
    one = Introduction.objects.select_related("asker", "through", "target").get(
        public_id=entry.subject.rpartition("/")[2]
    )
    names = {"asker": one.asker, "through": one.through, "target": one.target}
    state = entry.facts.get("state", "asked")
    if state == "asked":
        to, subject = one.through, gettext_noop("%(asker)s voudrait que vous le présentiez à %(target)s")
    elif state == "passed":
        to, subject = one.target, gettext_noop("%(through)s vous présente %(asker)s")
    elif state == "accepted":
        to, subject = one.asker, gettext_noop("%(target)s accepte de faire connaissance")
    else:
        to, subject = one.asker, gettext_noop("Votre demande de présentation n’a pas abouti")
    for person in _people_of(to):
        with translation.override(person.language):
            yield Draft(
                to=person,
                kind="directory.introduction",
                subject=_(subject) % names,
                lines=(_("« %(why)s »") % {"why": one.why},) if one.why and state != "declined" else (),
                button=_("Voir et répondre") if state in ("asked", "passed") else _("Voir mon écosystème"),
                url=str(settings.SITE_URL) + reverse("directory:ties"),
                why=_("Vous recevez ce mail parce que vous représentez %(company)s.") % {"company": to},
            )


LETTERS: dict[str, Teller] = {
    "directory.card.asked": tell_card,
    "directory.introduction.asked": tell_introduction,
    "directory.introduction.answered": tell_introduction,
}
