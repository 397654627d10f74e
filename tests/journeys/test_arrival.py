"""An existing groupement comes in: documents, rules, members, balances; each holder confirms."""

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.agreements.models import Agreement
from cordee.directory.models import Company
from cordee.governance.models import HouseRule
from cordee.governance.reads import rule_for
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Clockwork, Person
from cordee.ground.people.reads import token
from cordee.ground.register.models import Entry
from cordee.groupings.acts import accept_invitation, declare_member, decline_invitation
from cordee.groupings.acts.arrivals import DeclaredMember, NotArriving
from cordee.groupings.models import Arrival, Grouping, Invitation
from cordee.groupings.reads import actor_for
from cordee.journeys import tasks
from cordee.journeys.acts import Existing, NotTheWhole, bring_in_grouping, complete_arrival
from cordee.journeys.reads import statement_of
from cordee.money.models import CostPool
from cordee.money.reads import account_statement
from tests import factories
from tests.factories import AT
from tests.groupings.invited import link_of
from tests.people import browser_of

pytestmark = pytest.mark.django_db
LINES = """SIREN ou nom ; dirigeant ; e-mail ; solde
{roques} Charpente Roques ; Julie Roques ; julie@roques.example ; -1 200,00
Pierres du Larzac ; Marc Viala ; marc@larzac.example ; 200
"""


def a_pdf() -> bytes:
    """One page, as a scanner would give it."""
    file = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(file)
    return file.getvalue()


def leader() -> tuple[Person, Company]:
    claire = factories.person("Claire Fabrègues")
    return claire, factories.company("Menuiserie Fabrègues", leader=claire)


def typed(company: Company, **changes: Any) -> dict[str, Any]:
    given = {
        "name": "Bois & Pierre", "purpose": "Répondre ensemble aux chantiers anciens.", "stage": "committed",
        "form": "gme_conjoint", "founded_on": "2021-03-12", "company": company.public_id,
        "members": LINES.format(roques=factories.siren(552_100)), "own_balance": "1 000", "balances_on": "2026-02-28",
        "kind_0": "gme_conjoint", "signed_0": "2021-03-12", "vouch": "on", "rules_form": "gme_conjoint",
        "notice_days": "10", "rules_from": "Convention du 12 mars 2021, article 9", "majority_budget": "three_quarters",
        "scan_0": SimpleUploadedFile("convention.pdf", a_pdf()),
    }  # fmt: skip
    return {**given, **changes}


def test_it_comes_in_on_one_page_and_each_holder_confirms() -> None:
    claire, company = leader()
    answer = browser_of(claire).post("/groupements/reprendre", typed(company))
    assert answer.status_code == 302
    grouping = Grouping.objects.get()
    assert (grouping.stage, grouping.invitations.count()) == ("collective", 2)
    told = [entry.act for entry in Entry.objects.of(grouping.book)]
    assert told[0] == "journeys.grouping.brought_in"
    assert (told.count("governance.rule.adopted"), told.count("groupings.member.declared")) == (9, 2)
    paper = Agreement.objects.get(grouping=grouping)
    assert (paper.state, str(paper.signed_on)) == ("paper", "2021-03-12")
    rule = HouseRule.objects.get(grouping=grouping, decision_type="budget")
    assert (rule.rule["majority"], rule.by_decision) == ("three_quarters", f"agreements/agreement/{paper.public_id}")
    assert rule_for(grouping, "ordinary").notice_days == 10
    julie, marc = grouping.invitations.order_by("pk")
    assert (julie.company and julie.company.name, marc.company) == ("Charpente Roques", None)
    page = browser_of(None).get(f"/invitation/{token(link_of(julie))}").content.decode()
    for words in ("vous devez 1", "article 9", "signé le 12 mars 2021", "Confirmer", "reprend ici votre groupement"):
        assert words in page
    at = now() + timedelta(hours=1)
    accept_invitation(julie, link=link_of(julie), at=at)
    tasks.deadlines.complete_arrivals(at=at)
    assert Grouping.objects.get().stage == "collective"  # Marc has not answered
    accept_invitation(marc, link=link_of(marc), company_text="Pierres du Larzac", at=at)
    assert tasks.deadlines.complete_arrivals(at=at) == 1
    grouping = Grouping.objects.get()
    assert (grouping.stage, grouping.partnership) == ("committed", False)
    done = Entry.objects.of(grouping.book).get(act="journeys.arrival.completed").facts
    assert done == {"from": "collective", "to": "committed", "companies": 3, "balances": True}
    left = {}
    for seat in grouping.seats.select_related("company"):
        standing = account_statement(grouping, seat.company)
        left[str(seat.company)] = standing.balance if standing else None
        assert statement_of(seat).balance == left[str(seat.company)]  # what a departure would say
    assert left == {"Menuiserie Fabrègues": 100_000, "Charpente Roques": -120_000, "Pierres du Larzac": 20_000}


def test_wrong_lines_are_said_by_their_number_and_nothing_is_made() -> None:
    claire, company = leader()
    lines = "123456789 ; A ; a@exemple.fr\nRoques ; B ; pas-une-adresse\nViala ; C ; c@exemple.fr ; beaucoup\n"
    lines += "Dumas ; D ; c2@exemple.fr\nDumas bis ; D ; c2@exemple.fr"
    answer = browser_of(claire).post("/groupements/reprendre", typed(company, members=lines))
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Ligne 1", "n’est pas un SIREN", "Ligne 2", "adresse e-mail", "Ligne 3", "« beaucoup »", "deux fois"):
        assert words in page.replace("\u00a0", " ")
    uneven = browser_of(claire).post("/groupements/reprendre", typed(company, own_balance="5")).content.decode()
    assert "ne s’équilibrent pas" in uneven
    unsigned = browser_of(claire).post("/groupements/reprendre", typed(company, scan_0="", kind_0="", signed_0=""))
    assert "a signé une convention" in unsigned.content.decode()
    silent = browser_of(claire).post("/groupements/reprendre", typed(company, vouch=""))
    assert "Cochez pour attester" in silent.content.decode()
    bad = SimpleUploadedFile("convention.pdf", b"%PDF-1.7 rien")
    assert browser_of(claire).post("/groupements/reprendre", typed(company, scan_0=bad)).status_code == 422
    assert not Grouping.objects.exists()
    assert not Invitation.objects.exists()


def test_a_table_says_the_same_as_typed_lines() -> None:
    claire, company = leader()
    table = SimpleUploadedFile("membres.csv", LINES.format(roques=factories.siren(552_100)).encode("cp1252"))
    answer = browser_of(claire).post("/groupements/reprendre", typed(company, members="", table=table))
    assert answer.status_code == 302
    assert Invitation.objects.filter(state="sent").count() == 2
    again = declare_refused(Arrival.objects.get())
    assert again


def declare_refused(arrival: Arrival) -> bool:
    """Once the groupement is in, nobody is declared any more."""
    host = arrival.declared_by
    Arrival.objects.filter(pk=arrival.pk).update(completed_at=AT)
    with pytest.raises(NotArriving):
        declare_member(arrival, DeclaredMember("x@exemple.fr", "X"), by=actor_for(host.holder, host), at=AT)
    return True


def test_who_says_no_keeps_the_balances_out() -> None:
    claire, company = leader()
    by = actor_for(claire, factories.seat(factories.grouping("Ailleurs"), claire, company=company))
    with pytest.raises(NotTheWhole):
        bring_in_grouping(Existing("A", "B", "collective"), host=company, members=[], by=by, at=AT)
    people = [
        DeclaredMember("julie@roques.example", "Julie", "Roques", cents=-500),
        DeclaredMember("m@l.example", "M", "L"),
    ]
    with pytest.raises(NotTheWhole, match="équilibrent"):
        bring_in_grouping(Existing("A", "B", "collective"), host=company, members=people, by=by, at=AT)
    arrival = bring_in_grouping(
        Existing("A", "B", "collective"), host=company, own_cents=500, members=people, by=by, at=AT
    )
    with pytest.raises(NotArriving):
        complete_arrival(arrival, by=Clockwork(), at=AT)
    first, marc = arrival.grouping.invitations.order_by("pk")
    decline_invitation(first, link=link_of(first), reason="Le solde est faux", at=AT)
    accept_invitation(marc, link=link_of(marc), company_text="L", at=AT)
    complete_arrival(arrival, by=Clockwork(), at=AT)
    assert Entry.objects.of(arrival.grouping.book).last().facts["balances"] is False
    assert not CostPool.objects.exists()
