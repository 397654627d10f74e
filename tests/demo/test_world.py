"""The demo's world: it builds by acts alone, every book holds, building it again changes nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from cordee.agreements.models import Agreement
from cordee.agreements.reads import report_of
from cordee.demo.world import WHO, build, sign_in_links, tender
from cordee.directory.models import Company
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Person
from cordee.ground.register import reads as register
from cordee.ground.register.models import Book, Entry
from cordee.groupings.models import Grouping
from cordee.money.models import CostPool
from cordee.offers.models import TeamSearch


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
    assert CostPool.objects.filter(state="settled").count() == 1
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
