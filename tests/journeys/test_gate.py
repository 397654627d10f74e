"""From one stage to the next: what is missing, who may, what the book says."""

import pytest

from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.register.models import Entry
from cordee.groupings.models import Grouping, Office
from cordee.journeys import reads
from cordee.journeys.acts import GateShut, NoSuchWay, pass_gate
from cordee.money.models import CostPool, SharingKey
from tests import factories
from tests.factories import AT
from tests.people import World, browser_of, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world(stage="exchange")


def test_an_exchange_of_four_becomes_a_collective(world: World) -> None:
    grouping = pass_gate(world.grouping, to="collective", by=world.actor("aude"), at=AT)
    assert (grouping.stage, grouping.stage_since) == ("collective", AT)
    entry = Entry.objects.of(grouping.book).get()
    assert entry.act == "journeys.gate.passed"
    assert entry.facts == {"from": "exchange", "to": "collective", "kind": "groupement", "companies": 4}


def test_what_is_missing_is_listed_and_nothing_changes(world: World) -> None:
    Grouping.objects.filter(pk=world.grouping.pk).update(purpose="")
    Office.objects.all().delete()
    with pytest.raises(GateShut) as told:
        pass_gate(world.grouping, to="collective", by=world.actor("bruno"), at=AT)
    assert "Écrivez le but" in told.value.why
    assert "anime" in told.value.why
    world.grouping.refresh_from_db()
    assert world.grouping.stage == "exchange"
    assert not Entry.objects.exists()


def test_only_who_leads_and_only_where_there_is_a_way(world: World) -> None:
    with pytest.raises(NotAllowed):
        pass_gate(world.grouping, to="collective", by=world.actor("bruno"), at=AT)
    with pytest.raises(NotYours):
        pass_gate(world.grouping, to="collective", by=world.actor("chloe"), at=AT)
    for to in ("committed", "exchange", "nonsense"):
        with pytest.raises(NoSuchWay):
            pass_gate(world.grouping, to=to, by=world.actor("aude"), at=AT)


def test_two_companies_of_one_owner_count_as_one() -> None:
    aude = factories.person("Aude")
    grouping = factories.grouping()
    for name in ("Un", "Deux"):
        factories.seat(grouping, aude, company=factories.company(name, leader=aude))
    facts = reads.facts(grouping)
    assert (facts.companies, facts.independent) == (2, 1)
    page = reads.gate_page(grouping)
    assert page is not None
    assert not page.open
    assert page.points[0].primary


def test_the_checklist_shows_the_way_and_the_button(world: World) -> None:
    browser = browser_of(world.aude)
    address = f"/groupements/{world.grouping.public_id}/"
    Grouping.objects.filter(pk=world.grouping.pk).update(purpose="")
    page = browser.get(address).content.decode()
    assert "Ce qui manque pour devenir un collectif" in page
    assert f'href="{address}presentation"' in page
    assert 'name="to"' not in page
    Grouping.objects.filter(pk=world.grouping.pk).update(purpose="Un stand commun")
    assert 'value="collective"' in browser.get(address).content.decode()
    assert 'name="to"' not in browser_of(world.bruno).get(address).content.decode()
    answer = browser.post(f"{address}etape", {"to": "collective"}, follow=True)
    assert "Nouvelle étape" in answer.content.decode()
    assert "Ce qui manque pour s’engager" in answer.content.decode()


def test_each_field_of_the_facts_comes_from_one_room_only(world: World) -> None:
    names = [name for reader in reads.FACTS for name in reader(world.grouping)]
    assert len(names) == len(set(names))


def test_the_key_the_rules_and_the_signatures_count(world: World) -> None:
    seat = world.seats["aude"]
    pool = CostPool.objects.create(grouping=world.grouping, title="Stand", opened_by=seat, opened_at=AT)
    key = SharingKey.objects.create(pool=pool, kind="equal", figures={}, proposed_by=seat, proposed_at=AT)
    assert (reads.facts(world.grouping).sharing_key, reads.facts(world.grouping).common_money) == (False, True)
    SharingKey.objects.filter(pk=key.pk).update(adopted_at=AT)
    facts = reads.facts(world.grouping)
    assert (facts.sharing_key, facts.to_sign, facts.rules_chosen, facts.open_ballots) == (True, 0, False, 0)
