"""The demo's world: it builds by acts alone, every book holds, building it again changes nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.agreements.models import Agreement
from cordee.agreements.reads import document_of, report_of
from cordee.demo.world import WHO, build, sign_in_links, tender
from cordee.directory.models import Company
from cordee.ground.kit.clock import now
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Actor, Person
from cordee.ground.register import reads as register
from cordee.ground.register.models import Book, Entry
from cordee.groupings.acts import accept_invitation
from cordee.groupings.models import Grouping, Invitation, Seat
from cordee.groupings.reads import actor_for
from cordee.journeys.acts import prepare_convention
from cordee.money.models import CostPool
from cordee.offers.acts import open_exchange_with
from cordee.offers.models import TeamSearch
from cordee.projects.models import BrandAudit, BrandDate, BrandLicence, BrandSanction, EmploymentAccount, OrderPart
from tests.people import browser_of


@pytest.mark.django_db
def test_the_world_is_built_once_and_holds(capsys: pytest.CaptureFixture[str]) -> None:
    at = now()
    assert build(at=at)
    assert Company.objects.count() == 42
    stages = set(Grouping.objects.values_list("stage", flat=True))
    assert stages == {"exchange", "collective", "committed"}
    assert all(register.state(book.name).intact for book in Book.objects.all())
    signed = Agreement.objects.get(state="signed")
    assert report_of(signed, at=at).ok
    assert CostPool.objects.filter(state="settled").count() == 2
    assert EmploymentAccount.objects.get().lines.count() == 3  # last month of the shared accountant
    assert set(BrandLicence.objects.values_list("state", flat=True)) == {"held", "asked"}
    assert BrandSanction.objects.get().state == "decided"  # a warning, by vote, after hearing
    assert BrandAudit.objects.filter(closed_at=None, points__photo__isnull=False).exists()
    assert BrandDate.objects.filter(done_at=None).count() >= 3  # what the INPI waits for
    assert {"accepted", "declined", "offered"} <= set(OrderPart.objects.values_list("state", flat=True))
    assert tender() is not None
    teams = TeamSearch.objects.get().result["teams"]
    assert len(teams[0]["members"]) >= 3
    before = Entry.objects.count()
    assert not build(at=at + timedelta(hours=1))
    assert Entry.objects.count() == before
    assert [person.email for person, _what, _link in sign_in_links(at=at)] == list(WHO)
    assert Person.objects.filter(is_operator=True).count() == 1
    call_command("demo_world")
    assert capsys.readouterr().out.count("/entrer/") == 4


@pytest.mark.django_db
def test_from_the_tender_to_its_convention(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """The team that was found becomes an exchange, and its convention knows the market, the lots and who does each."""
    at = now()
    build(at=at)
    search = TeamSearch.objects.get()
    claire = Actor(search.asked_by)
    grouping = open_exchange_with(search, team=1, by=claire, at=at)
    for invitation in Invitation.objects.filter(grouping=grouping, state="sent"):
        link = make_link(
            invitation.person, purpose="invitation", subject=invitation, at=at, expires_at=invitation.expires_at
        )
        accept_invitation(invitation, link=link, at=at)
    seat = Seat.objects.get(grouping=grouping, company=search.company)
    made = prepare_convention(grouping, by=actor_for(search.asked_by, seat), at=at)
    document = document_of(made)
    assert len(document.schedule) == 7
    assert {"Gros œuvre, maçonnerie", "Charpente bois, couverture"} <= {line.title for line in document.schedule}
    assert "Commune de Paulhan" in str(document.articles)
    assert made.about == f"offers/need/{search.need.public_id}"
    assert {item.variable.rpartition(".")[2] for item in document.missing} >= {"amount"}
    browser = browser_of(search.asked_by)
    with django_assert_max_num_queries(13):
        page = browser.get(reverse("groupings:grouping", args=[grouping.public_id])).content.decode()
    assert "L’occasion" in page
    assert "7 lots" in page
