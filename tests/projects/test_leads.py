"""Contacts are taken in once, shared by the rule, seen by whom they concern, erased when asked."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.register.models import Entry
from cordee.projects import acts, tasks
from cordee.projects.models import Lead, LeadRule
from tests.people import World, browser_of
from tests.projects.tools import long_ago, new_lead, project, taken

pytestmark = pytest.mark.django_db


def said(world: World, name: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(book=world.grouping.book, act=name).values_list("facts", flat=True))


def test_what_is_sent_again_is_counted_once(world: World) -> None:
    made, rows = project(world), [new_lead(), new_lead(name="", company="Villa Rey", shared=False), new_lead()]
    kept = acts.take_leads(made, rows, by=world.actor("bruno"), at=now())
    assert sorted(kept) == sorted(row.key for row in rows)
    again = acts.take_leads(made, [*rows, new_lead()], by=world.actor("aude"), at=now())
    assert len(again) == 4
    assert acts.take_leads(made, rows, by=world.actor("bruno"), at=now()) == sorted(row.key for row in rows)
    assert made.leads.count() == 4
    assert said(world, "projects.leads.taken") == [{"leads": 3, "shared": 2}, {"leads": 1, "shared": 1}]
    assert made.leads.get(key=rows[0].key).received_by == world.seats["bruno"]


def test_a_contact_that_says_nothing_stays_where_it_is_and_no_device_tells_the_time(
    world: World,
) -> None:
    made, at = project(world), now()
    nothing = new_lead(name=" ", reach="", company="")
    late = new_lead(noted_at=at + timedelta(days=2))
    early = new_lead(noted_at=at - timedelta(hours=3))
    assert acts.take_leads(made, [nothing, late, early], by=world.actor("aude"), at=at) == [late.key, early.key]
    assert made.leads.get(key=late.key).noted_at == at
    assert made.leads.get(key=early.key).noted_at == at - timedelta(hours=3)
    with pytest.raises(Refusal, match="Trop"):
        acts.take_leads(made, [new_lead() for _each in range(201)], by=world.actor("aude"), at=at)
    with pytest.raises(NotYours):
        acts.take_leads(made, [late], by=world.actor("chloe"), at=at)


def test_contacts_still_come_in_when_the_project_is_over(world: World) -> None:
    made = project(world)
    acts.end_project(made, outcome="dropped", by=world.actor("aude"), at=now())
    assert taken(world, made).state == Lead.State.NEW


def test_the_rule_shares_and_says_why(world: World) -> None:
    made, bruno, denis = project(world), world.seats["bruno"], world.seats["denis"]
    both = (bruno.public_id, denis.public_id)
    alone = taken(world, made, shared=False, about=both)
    asked = taken(world, made, about=(denis.public_id,))
    turns = [taken(world, made, about=both) for _each in range(3)]
    assert acts.deal_leads(made, by=world.actor("bruno"), at=now()) == 5
    found = {lead.pk: lead for lead in Lead.objects.select_related("given_to__company")}
    assert (found[alone.pk].given_to, found[asked.pk].given_to) == (world.seats["aude"], denis)
    assert [found[lead.pk].given_to for lead in turns] == [bruno, bruno, denis]  # Denis has one already
    assert found[asked.pk].why["code"] == "asked"
    assert said(world, "projects.leads.dealt") == [{"rule": "origin", "leads": 5}]
    with pytest.raises(acts.NothingToShare):
        acts.deal_leads(made, by=world.actor("aude"), at=now())
    with pytest.raises(Refusal, match="ne change plus"):
        acts.set_lead_rule(made, rule="keep", by=world.actor("aude"), at=now())


def test_the_rule_is_written_by_who_leads(world: World) -> None:
    made = project(world)
    acts.set_lead_rule(made, rule="keep", by=world.actor("aude"), at=now())
    assert LeadRule.objects.get(project=made).rule == "keep"
    with pytest.raises(NotAllowed):
        acts.set_lead_rule(made, rule="turns", by=world.actor("bruno"), at=now())
    with pytest.raises(NotYours):
        acts.set_lead_rule(made, rule="auction", by=world.actor("aude"), at=now())
    acts.switch_tool(made, tool="leads", wanted=False, by=world.actor("aude"), at=now())
    with pytest.raises(acts.ToolAway):
        acts.set_lead_rule(made, rule="turns", by=world.actor("aude"), at=now())
    assert said(world, "projects.lead_rule.set") == [{"rule": "keep"}]


def test_a_contact_is_followed_handed_and_erased_by_who_has_it(world: World) -> None:
    made = project(world)
    lead = taken(world, made)
    done = acts.follow_lead(
        lead, state="order", order_cents=1_250_000, note="Véranda", version=1, by=world.actor("aude"), at=now()
    )
    assert (done.state, done.order_cents, done.version) == ("order", 1_250_000, 2)
    with pytest.raises(Stale):
        acts.follow_lead(lead, state="lost", version=1, by=world.actor("aude"), at=now())
    with pytest.raises(Refusal, match="montant"):
        acts.follow_lead(lead, state="order", version=2, by=world.actor("aude"), at=now())
    with pytest.raises(NotYours):
        acts.follow_lead(lead, state="lost", version=2, by=world.actor("bruno"), at=now())
    acts.hand_lead(lead, to=world.seats["bruno"], by=world.actor("aude"), at=now())
    with pytest.raises(NotYours):
        acts.hand_lead(lead, to=world.seats["emma"], by=world.actor("bruno"), at=now())
    kept = taken(world, made, shared=False)
    with pytest.raises(NotAllowed):
        acts.hand_lead(kept, to=world.seats["bruno"], by=world.actor("aude"), at=now())
    gone = acts.erase_lead(lead, by=world.actor("aude"), at=now())  # who received it may, too
    assert (gone.name, gone.reach, gone.note, gone.state) == ("", "", "", "order")
    with pytest.raises(Refusal, match="effacé"):
        acts.erase_lead(lead, by=world.actor("bruno"), at=now())
    assert said(world, "projects.lead.followed") == [{"state": "order", "order": 1_250_000}]
    assert "Vidal" not in json.dumps(list(Entry.objects.values_list("facts", flat=True)))


def test_old_contacts_are_forgotten(world: World) -> None:
    made = project(world)
    old, young = taken(world, made, at=long_ago()), taken(world, made)
    assert (tasks.forget_old_leads(at=now()), tasks.forget_old_leads(at=now())) == (1, 0)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.name, young.name) == ("", "Paul Vidal")
    assert said(world, "projects.leads.forgotten") == [{"leads": 1}]


def test_each_sees_its_own_and_counts_the_others(world: World) -> None:
    made = project(world)
    mine = taken(world, made, name="Rose Mercier", reach="=SOMME(1)", shared=False, by="bruno")
    address = reverse("projects:leads", args=[made.public_id])
    assert "Rose Mercier" in browser_of(world.bruno).get(address).content.decode()
    other = browser_of(world.aude)
    page = other.get(address).content.decode()
    assert "Rose Mercier" not in page
    assert "Contact reçu par Charpente Masson" in page
    assert "25\u202f900,00" in page  # the whole budget, for one contact
    assert other.get(reverse("projects:lead", args=[mine.public_id])).status_code == 404
    table = browser_of(world.bruno).get(reverse("projects:leads_csv", args=[made.public_id])).content.decode()
    assert "Rose Mercier" in table
    assert "'=SOMME(1)" in table
    assert "Rose" not in other.get(reverse("projects:leads_csv", args=[made.public_id])).content.decode()


def test_the_page_works_without_a_script_and_a_device_that_sends_nonsense_is_told(world: World) -> None:
    made, browser = project(world), browser_of(world.bruno)
    address = reverse("projects:fair", args=[made.public_id])
    key = browser.get(address).context["form"]["key"].value()
    form = {"key": key, "name": "Luc Roy", "reach": "luc@exemple.fr", "heat": "3", "shared": "on"}
    for _twice in range(2):
        assert "C’est noté" in browser.post(address, form).content.decode()
    assert made.leads.get().heat == Lead.Heat.HOT
    assert browser.post(address, {"key": key, "heat": "2"}).status_code == 422
    send = reverse("projects:leads_receive", args=[made.public_id])
    for wrong in ("", "{", "{}", "[1]"):
        assert browser.post(send, {"leads": wrong}).status_code == 400
    odd = json.dumps([{"key": "ab" * 16, "name": "Zoé", "heat": "9", "about": 7, "noted_at": "hier", "shared": "yes"}])
    assert browser.post(send, {"leads": odd}).json() == {"kept": ["ab" * 16]}
    assert made.leads.get(name="Zoé").shared is False
