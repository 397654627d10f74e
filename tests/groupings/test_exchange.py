"""Opening an exchange, by hand or from a team; saying what it is for; pausing."""

import pytest

from cordee.directory.models import Company, Representative
from cordee.ground.kit.refusals import NotAllowed, NotYours, Stale
from cordee.ground.people.models import Actor, Link
from cordee.ground.register.models import Entry
from cordee.groupings import acts
from cordee.groupings.acts import Invitee, change_purpose, name_company, open_exchange, pause, resume
from cordee.groupings.acts.at_the_table import DecidedTogether, GroupingClosed
from cordee.groupings.acts.companies import CompanyHeldByAnother, UnknownSiren
from cordee.groupings.acts.exchange import NobodyInvited, NothingToTalkAbout
from cordee.groupings.acts.invitations import MOST_OPEN
from cordee.groupings.models import Grouping, Invitation, Office, Seat
from tests import factories
from tests.factories import AT
from tests.groupings.invited import exchange
from tests.people import World

pytestmark = pytest.mark.django_db


def acts_of(grouping: Grouping) -> list[str]:
    return [entry.act for entry in Entry.objects.of(grouping.book)]


def test_by_hand_with_two_addresses() -> None:
    aude = factories.person("Aude Lambert")
    grouping = exchange(aude, Invitee(email="denis@exemple.fr", name="Denis Roux"), Invitee(email="emma@exemple.fr"))
    assert grouping.stage == "exchange"
    assert Seat.objects.get(grouping=grouping).holder == aude
    assert Office.objects.get(grouping=grouping).role == "facilitator"
    assert Link.objects.filter(purpose="invitation").count() == 2
    assert acts_of(grouping) == ["groupings.grouping.opened", "groupings.seat.invited", "groupings.seat.invited"]
    opened = Entry.objects.of(grouping.book)[0]
    assert opened.subject == f"groupings/grouping/{grouping.public_id}"
    assert opened.facts["invited"] == 2
    assert opened.by.startswith(aude.pseudonym)
    assert "exemple.fr" not in str(list(Entry.objects.of(grouping.book).values()))


def test_from_a_team_in_one_tap_a_company_without_address_waits() -> None:
    aude, bruno = factories.person("Aude Lambert"), factories.person("Bruno Masson")
    known, unknown = factories.company("Charpente Masson", leader=bruno), factories.company("Inconnue")
    grouping = open_exchange(
        name="Groupe scolaire",
        purpose="Répondre ensemble.",
        host_company=factories.company(leader=aude),
        invitees=[Invitee(email=bruno.email, company=known), Invitee(company=unknown)],
        need="offers/need/abc",
        by=Actor(aude),
        at=AT,
    )
    assert grouping.need == "offers/need/abc"
    states = {each.shown_company: each.state for each in Invitation.objects.filter(grouping=grouping)}
    assert states == {"Charpente Masson": "sent", "Inconnue": "waiting"}
    assert acts_of(grouping)[-1] == "groupings.seat.proposed"


def test_at_most_six_are_asked_at_a_time_and_nobody_twice() -> None:
    aude = factories.person("Aude Lambert")
    eight = [Invitee(email=f"personne{n}@exemple.fr") for n in range(8)]
    grouping = exchange(aude, *eight, eight[0], Invitee(email=aude.email))
    states = list(Invitation.objects.filter(grouping=grouping).values_list("state", flat=True))
    assert states == ["sent"] * MOST_OPEN + ["waiting"] * 2


@pytest.mark.parametrize(
    ("name", "invitees", "refusal"),
    [
        ("  ", [Invitee(email="a@b.fr")], NothingToTalkAbout),
        ("Stand", [Invitee(), Invitee(name="Seul")], NobodyInvited),
    ],
)
def test_without_subject_or_without_anybody(name: str, invitees: list[Invitee], refusal: type[Exception]) -> None:
    aude = factories.person()
    with pytest.raises(refusal):
        open_exchange(
            name=name, purpose="", host_company=factories.company(leader=aude), invitees=invitees, by=Actor(aude), at=AT
        )
    assert not Grouping.objects.exists()


def test_only_for_a_company_that_one_may_commit() -> None:
    aude, bruno = factories.person(), factories.person()
    with pytest.raises(NotAllowed):
        exchange(aude, company=factories.company(leader=bruno))
    assert not Grouping.objects.exists()
    assert not Entry.objects.filter(act="groupings.grouping.opened").exists()


def test_a_company_by_its_name_or_its_siren() -> None:
    aude = factories.person()
    made = name_company("  Menuiserie   Lambert ", by=Actor(aude), at=AT)
    assert (made.name, made.source) == ("Menuiserie Lambert", "invited")
    assert Entry.objects.of(made.book).get().act == "groupings.company.named"
    known = factories.company("Connue")
    assert known.siren is not None
    found = name_company(f"{known.siren[:3]} {known.siren[3:6]} {known.siren[6:]}", by=Actor(aude), at=AT)
    assert found == known
    assert Representative.objects.filter(person=aude).count() == 2


def test_a_wrong_siren_an_unknown_one_and_somebody_elses_company() -> None:
    aude, taken = factories.person(), factories.company(leader=factories.person())
    for text, refusal in (
        ("123456789", UnknownSiren),
        (factories.siren(7), UnknownSiren),
        (str(taken.siren), CompanyHeldByAnother),
    ):
        with pytest.raises(refusal):
            name_company(text, by=Actor(aude), at=AT)
    assert Company.objects.count() == 1


def edit(world: World, name: str = "aude", **values: str) -> Grouping:
    version = int(values.pop("version", world.grouping.version))
    return change_purpose(world.grouping, version=version, values=values, by=world.actor(name), at=AT)


def test_the_purpose_is_written_by_whoever_leads(world: World) -> None:
    edit(world, purpose=" Un stand. ", end_condition="Le salon de 2027", necessity="36 m²")
    world.grouping.refresh_from_db()
    assert (world.grouping.purpose, world.grouping.version) == ("Un stand.", 2)
    entry = Entry.objects.of(world.grouping.book).get()
    assert entry.act == "groupings.grouping.changed"
    assert entry.facts == {"changed": "purpose end_condition necessity", "version": 2}
    with pytest.raises(NotAllowed):
        edit(world, "bruno", purpose="Autre chose", version="2")
    with pytest.raises(NotYours):
        edit(world, "chloe", purpose="Autre chose", version="2")


def test_two_tabs_the_second_is_told_with_both_values(world: World) -> None:
    edit(world, purpose="La première", version="1")
    with pytest.raises(Stale) as told:
        edit(world, purpose="La seconde", version="1")
    assert told.value.differences == [("But", "La première", "La seconde")]


def test_once_committed_the_purpose_is_voted(world: World) -> None:
    Grouping.objects.update(stage="committed")
    with pytest.raises(DecidedTogether):
        edit(world, purpose="Seul")


def test_pause_and_resume(world: World) -> None:
    pause(world.grouping, by=world.actor("aude"), at=AT)
    with pytest.raises(GroupingClosed):
        pause(world.grouping, by=world.actor("aude"), at=AT)
    resume(world.grouping, by=world.actor("aude"), at=AT)
    assert acts_of(world.grouping) == ["groupings.grouping.paused", "groupings.grouping.resumed"]
    with pytest.raises(NotAllowed):
        acts.pause(world.grouping, by=world.actor("bruno"), at=AT)


def test_a_closed_grouping_is_an_archive(world: World) -> None:
    Grouping.objects.update(stage="closed")
    with pytest.raises(GroupingClosed):
        pause(world.grouping, by=world.actor("aude"), at=AT)
