"""Building the world: every step is an act that a person could have done, at the moment it would have been done."""

import csv
import io
from datetime import datetime, timedelta
from importlib.resources import files

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from cordee.demo.advice import forms_compared
from cordee.demo.agreements import papers
from cordee.demo.brand import common_brand
from cordee.demo.delivery import delivered_together
from cordee.demo.directory import ecosystem
from cordee.demo.employee import shared_accountant
from cordee.demo.governance import show_governance
from cordee.demo.invoices import invoices
from cordee.demo.learning import what_was_learnt
from cordee.demo.life import show_life
from cordee.demo.money import second_edition
from cordee.demo.offers import offered_together
from cordee.demo.orders import shared_orders
from cordee.demo.projects import carried_together
from cordee.demo.stories import committed_stand, lively_collective, young_exchange
from cordee.demo.studies import studied_and_sold
from cordee.demo.tools import tools
from cordee.directory.acts import claim_company, declare_tie, digest_of, import_companies, open_run
from cordee.directory.models import Company
from cordee.ground.people.acts import know_person, make_link
from cordee.ground.people.models import Actor, Clockwork, Link, Person
from cordee.groupings.models import Grouping
from cordee.offers.acts import ask_for_teams, bring_notice, find_teams_now
from cordee.offers.models import Need

WHO = {
    "claire.fabregues@menuiserie.example": "mène « Bois & Pierre », cherche une équipe pour le groupe scolaire",
    "yann.nouvel@electricite.example": "membre, vote et signe depuis son téléphone",
    "nadia.belkacem@terrassement.example": "dirige deux entreprises, invitée dans un échange",
    "aude.lambert@cordee.example": "tient ce serveur : importe l’annuaire, lit le courrier",
}
"""The four people for whom the demo prints a link, and what each has to do."""


def data(name: str) -> bytes:
    """A file of this package."""
    return (files(__package__) / name).read_bytes()


def build(*, at: datetime) -> bool:
    """Build the world, once. Say whether there was anything to do."""
    if Grouping.objects.exists():
        return False
    with translation.override("fr"):
        start = at - timedelta(days=120)
        people = _directory(start)
        _ties(people, start + timedelta(days=2))
        committed_stand(people, start + timedelta(days=5))
        second_edition(people, at)
        lively_collective(people, at)
        young_exchange(people, at)
        _tender(people, at)
        papers(at)
        ecosystem(people, at)

        show_governance(at=at)
        show_life(people, at=at)
        carried_together(at=at)
        tools(at=at)
        studied_and_sold(at=at)
        shared_accountant(at=at)
        delivered_together(at=at)
        offered_together(at=at)
        common_brand(at=at)
        shared_orders(at=at)
        forms_compared(at=at)
        invoices(at=at)
        what_was_learnt(at=at)
    return True


def _directory(at: datetime) -> dict[str, Actor]:
    """The companies, taken in from a file as an operator does; each is claimed by its leader."""
    content = data("entreprises.csv")
    run = open_run(["entreprises.csv"], digest_of([io.BytesIO(content)]), at=at)
    import_companies(run, [io.BytesIO(content)], by=Clockwork(), at=at)
    actors: dict[str, Actor] = {}
    for row in csv.DictReader(io.StringIO(content.decode()), delimiter=";"):
        person = know_person(row["email"], name=row["dirigeant"], by=Clockwork(), at=at)
        claim_company(Company.objects.get(siren=row["siren"]), by=Actor(person), at=at)
        actors[row["nom"]] = Actor(person)
    operator = know_person("aude.lambert@cordee.example", name="Aude Lambert", by=Clockwork(), at=at)
    Person.objects.filter(pk=operator.pk).update(is_operator=True)
    actors["operator"] = Actor(operator)
    return actors


def _ties(people: dict[str, Actor], at: datetime) -> None:
    """Whom each knows, and from where."""
    known = (
        ("Menuiserie Fabrègues", "Charpente Roques", "project", 90),
        ("Menuiserie Fabrègues", "Pierres du Larzac", "project", 80),
        ("Menuiserie Fabrègues", "Nouvel Électricité", "neighbour", 75),
        ("Menuiserie Fabrègues", "Plâtrerie Lacan", "union", 60),
        ("Menuiserie Fabrègues", "Peinture Sanchis", "fair", 55),
        ("Menuiserie Fabrègues", "Plomberie Vidal", "client", 65),
        ("Charpente Roques", "Couverture Saltel", "supplier", 85),
        ("Charpente Roques", "Menuiserie Fabrègues", "project", 90),
        ("Nouvel Électricité", "Plomberie Vidal", "neighbour", 70),
        ("Terrassement Hérault", "Maçonnerie Durand", "project", 80),
        ("Pixel & Pins", "Réseaux Languedoc", "union", 60),
        ("Mécanique Hérault Précision", "Automatismes du Midi", "client", 75),
    )
    for one, other, kind, trust in known:
        pair = Company.objects.get(name=one), Company.objects.get(name=other)
        declare_tie(pair[0], pair[1], kind=kind, trust=trust, by=people[one], at=at)


def _tender(people: dict[str, Actor], at: datetime) -> None:
    """A notice brought by Claire, and the teams that were found for it."""
    days = {"@DEADLINE@": at + timedelta(days=33), "@ISSUED@": at - timedelta(days=4)}
    notice = data("avis.xml").decode()
    for mark, day in days.items():
        notice = notice.replace(mark, day.strftime("%Y-%m-%d"))
    company, by = Company.objects.get(name="Menuiserie Fabrègues"), people["Menuiserie Fabrègues"]
    upload = SimpleUploadedFile("avis-paulhan.xml", notice.encode(), content_type="text/xml")
    need = bring_notice(upload, company=company, by=by, at=at - timedelta(days=1))
    find_teams_now(ask_for_teams(need, company=company, by=by, at=at - timedelta(hours=5)), at=at - timedelta(hours=5))


def sign_in_links(*, at: datetime) -> list[tuple[Person, str, Link]]:
    """A fresh link for each of the four people, good for a day."""
    found = []
    for email, what in WHO.items():
        person = Person.objects.filter(email=email).first()
        if person is not None:
            link = make_link(person, purpose="sign_in", subject=person, at=at, expires_at=None)
            found.append((person, what, link))
    return found


def tender() -> Need | None:
    """The need to look at first."""
    return Need.objects.order_by("pk").first()
