"""A company's card: claimed, made by hand, written, stale, hidden; trades and certificates."""

from datetime import date

import pytest

from cordee.directory import acts, reads
from cordee.directory.models import Company, Representative
from cordee.ground.kit.refusals import NotAllowed, NotYours, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.models import Entry
from tests import factories
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db


def own(world: World, name: str = "aude") -> Company:
    return world.seats[name].company


def last(company: Company) -> Entry:
    return Entry.objects.filter(book=company.book).latest("number")


def test_one_tap_claims_a_company_that_nobody_speaks_for(world: World) -> None:
    company = factories.company("Plâtrerie du Lez")
    made = acts.claim_company(company, by=Actor(world.chloe), at=AT)
    assert (made.capacity, made.binds) == ("legal", True)
    assert (last(company).act, last(company).facts) == ("directory.company.claimed", {"capacity": "legal"})
    assert world.chloe.name not in str(last(company).__dict__)


def test_a_company_that_is_held_is_not_claimed_twice(world: World) -> None:
    with pytest.raises(acts.CompanyHeldByAnother):
        acts.claim_company(own(world), by=Actor(world.chloe), at=AT)
    assert not Entry.objects.filter(book=own(world).book).exists()


def test_a_shared_mailbox_represents_nobody() -> None:
    desk = factories.person(shared_mailbox=True)
    with pytest.raises(NotAllowed):
        acts.claim_company(factories.company(), by=Actor(desk), at=AT)
    with pytest.raises(NotAllowed):
        acts.create_company(name="Nous", by=Actor(desk), at=AT)


def test_by_hand_a_name_is_enough(world: World) -> None:
    made = acts.create_company(name="  Atelier   neuf ", insee="34142", by=Actor(world.chloe), at=AT)
    assert (made.name, made.siren, made.places.get().city) == ("Atelier neuf", None, "Lodève")
    assert Representative.objects.get(company=made).person == world.chloe
    assert last(made).act == "directory.company.created"
    with pytest.raises(acts.CompanyUnnamed):
        acts.create_company(name=" ", by=Actor(world.chloe), at=AT)


def test_its_people_write_the_card_and_two_tabs_lose_nothing(world: World) -> None:
    company, by = own(world), Actor(world.aude)
    acts.edit_company(company, values={"brings": "Du bois"}, version=1, by=by, at=AT)
    assert last(company).facts == {"changed": "brings", "version": 2}
    with pytest.raises(Stale) as stale:
        acts.edit_company(company, values={"brings": "Du fer"}, version=1, by=by, at=AT)
    assert stale.value.differences == [("Ce que j’apporte", "Du bois", "Du fer")]
    with pytest.raises(NotAllowed):
        acts.edit_company(company, values={"brings": "x"}, version=2, by=Actor(world.bruno), at=AT)
    with pytest.raises(acts.CompanyUnnamed):
        acts.edit_company(company, values={"name": " "}, version=2, by=by, at=AT)


def test_trades_are_declared_and_dropped(world: World) -> None:
    company, by = own(world), Actor(world.aude)
    acts.declare_trade(company, "plomberie", by=by, at=AT)
    assert [line.source for line in reads.company_page(company, world.bruno, at=AT).trades] == ["déclaré"]
    acts.declare_trade(company, "plomberie", has=False, by=by, at=AT)
    assert not company.trades.exists()
    assert last(company).facts == {"trade": "plomberie", "has": False}
    with pytest.raises(acts.UnknownTrade):
        acts.declare_trade(company, "magie", by=by, at=AT)
    with pytest.raises(NotAllowed):
        acts.declare_trade(company, "plomberie", by=Actor(world.bruno), at=AT)


def test_certificates_end(world: World) -> None:
    company, by = own(world), Actor(world.aude)
    for label, until in (("RGE", date(2026, 3, 9)), ("Qualibat 2111", date(2026, 4, 1)), ("MASE", date(2028, 1, 1))):
        acts.note_certificate(company, label=label, valid_to=until, by=by, at=AT)
    states = {line.label: line.state for line in reads.company_page(company, world.bruno, at=AT).certificates}
    assert states == {"RGE": "over", "Qualibat 2111": "soon", "MASE": "ok"}
    again = acts.note_certificate(company, label="rge", valid_to=date(2027, 1, 1), by=by, at=AT)
    assert company.certificates.count() == 3
    acts.drop_certificate(again, by=by, at=AT)
    assert last(company).facts == {"code": "rge"}
    with pytest.raises(NotYours):
        acts.drop_certificate(again, by=by, at=AT)
    with pytest.raises(acts.CertificateUnnamed):
        acts.note_certificate(company, label=" !! ", by=by, at=AT)


def test_a_hidden_card_is_seen_by_its_own_people_only(world: World) -> None:
    company = own(world)
    acts.show_company(company, listed=False, by=Actor(world.aude), at=AT)
    assert reads.company_of(world.aude, company.public_id) == company
    with pytest.raises(NotYours):
        reads.company_of(world.bruno, company.public_id)
    assistant = factories.person()
    Representative.objects.create(company=company, person=assistant, capacity="assistant", since=AT)
    with pytest.raises(NotAllowed):
        acts.show_company(company, listed=True, by=Actor(assistant), at=AT)


def test_never_show_me_to_that_one(world: World) -> None:
    mine, theirs = own(world), own(world, "bruno")
    acts.hide_from(mine, theirs, by=Actor(world.aude), at=AT)
    assert last(mine).facts == {"hidden": True}  # never from whom
    names = reads.search_companies(reads.Query(text=mine.name), person=world.bruno).companies
    assert not names.exists()
    assert mine.public_id not in {one.id for one in reads.companies_for_teaming(person=world.bruno, at=AT)}
    assert reads.search_companies(reads.Query(text=mine.name), person=world.chloe).companies.get() == mine
    acts.hide_from(mine, theirs, hidden=False, by=Actor(world.aude), at=AT)
    assert reads.company_of(world.bruno, mine.public_id) == mine
    with pytest.raises(acts.HiddenFromOneself):
        acts.hide_from(mine, mine, by=Actor(world.aude), at=AT)


def test_a_company_only_named_by_somebody_is_not_in_the_directory(world: World) -> None:
    named = Company.objects.create(name="Seulement nommée", source="invited", created_at=AT)
    assert not Company.objects.seen_by(world.aude).filter(pk=named.pk).exists()
    with pytest.raises(NotYours):
        acts.claim_company(named, by=Actor(world.aude), at=AT)


def test_ties_are_private_until_both_offer(world: World) -> None:
    mine, theirs = own(world), own(world, "bruno")
    tie = acts.declare_tie(mine, theirs, kind="client", trust=90, offered=True, by=Actor(world.aude), at=AT)
    assert not tie.shared
    for who in (world.bruno, world.chloe):
        page = reads.company_page(mine, who, at=AT)
        assert (page.my_ties, page.shown_ties) == ((), ())
    assert [one.trust for one in reads.company_page(theirs, world.aude, at=AT).my_ties] == [90]
    assert "90" not in str(last(mine).facts)
    assert theirs.public_id not in str(last(mine).__dict__)
    back = acts.declare_tie(theirs, mine, kind="supplier", trust=10, offered=True, by=Actor(world.bruno), at=AT)
    assert back.shared
    assert len(reads.company_page(mine, world.chloe, at=AT).shown_ties) == 1
    teams = {one.id: one.ties for one in reads.companies_for_teaming(person=world.chloe, at=AT)}
    assert teams[mine.public_id] == {theirs.public_id: 50}  # shown, but not how much they trust
    acts.drop_tie(back, by=Actor(world.bruno), at=AT)
    tie.refresh_from_db()
    assert not tie.shared
    assert last(theirs).act == "directory.tie.dropped"


def test_a_tie_is_refused(world: World) -> None:
    mine, by = own(world), Actor(world.aude)
    with pytest.raises(acts.NoTieToOneself):
        acts.declare_tie(mine, mine, kind="client", trust=50, by=by, at=AT)
    with pytest.raises(acts.NotATie):
        acts.declare_tie(mine, own(world, "bruno"), kind="client", trust=101, by=by, at=AT)
    with pytest.raises(NotAllowed):
        acts.declare_tie(own(world, "bruno"), mine, kind="client", trust=50, by=by, at=AT)
    tie = acts.declare_tie(mine, own(world, "bruno"), kind="client", trust=50, by=by, at=AT)
    with pytest.raises(NotAllowed):
        acts.drop_tie(tie, by=Actor(world.bruno), at=AT)
