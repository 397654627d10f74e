"""A shared sales person: opportunities go by the agreed rules, months are shared to the cent, the file handed back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.projects import acts, reads, tasks
from cordee.projects.models import Opportunity, Project, SalesTerms
from tests.people import World, browser_of
from tests.projects.studying import DAY, a_prospect, a_sale, actor, last_month, opened, voted

pytestmark = pytest.mark.django_db


def said(name: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(act=f"projects.{name}").order_by("pk").values_list("facts", flat=True))


def holders(one: Opportunity) -> list[str]:
    return [str(part.seat) for part in one.parts.select_related("seat__company")]


def cover(world: World, project: Project) -> None:
    for name, zones, trades in (("aude", ["34"], ["fenêtre"]), ("bruno", ["30", "34"], []), ("denis", ["12"], [])):
        acts.cover_field(project, zones=zones, trades=trades, by=actor(world, name), at=now())


def test_the_rules_give_it_and_say_why(world: World) -> None:
    project = a_sale(world)
    cover(world, project)
    alone = a_prospect(world, project, postcode="12000")
    assert holders(alone) == ["Atelier Roux"]
    assert reads.why_it_went(alone) == ["Territoire\u00a0: 12000 est à Atelier Roux."]
    turns = [holders(a_prospect(world, project, client=f"C{n}", postcode="34000")) for n in range(3)]
    assert turns == [["Menuiserie Lambert"], ["Charpente Masson"], ["Menuiserie Lambert"]]
    both = tuple(world.seats[name].public_id for name in ("aude", "bruno"))
    joint = a_prospect(world, project, client="Hôtel du Parc", about=both, together=True, cents=1_000_001)
    assert sorted(part.cents for part in joint.parts.all()) == [500_000, 500_001]
    again = acts.NewOpportunity(key=joint.key, client="Hôtel du Parc")
    assert acts.note_opportunity(project, again, by=world.actor("bruno"), at=now()).pk == joint.pk
    assert said("opportunity.noted")[0] == {"companies": 1, "rules": "zone"}
    assert said("opportunity.noted")[-1] == {"companies": 2, "rules": "together"}
    assert len(said("opportunity.noted")) == 5
    assert said("sales_field.covered")[0] == {"zones": 1, "trades": 1, "seat": world.seats["aude"].public_id}
    for wrong in ({"client": " "}, {"key": "zz"}, {"cents": -1}):
        with pytest.raises(acts.KnowWhat):
            a_prospect(world, project, **wrong)
    with pytest.raises(Refusal, match="code postal"):
        acts.cover_field(project, zones=["Gard"], trades=[], by=world.actor("aude"), at=now())


def test_who_knew_the_client_first_keeps_it(world: World) -> None:
    project = a_sale(world, order=["first", "turn"])
    first = a_prospect(world, project, about=(world.seats["denis"].public_id,))
    later = a_prospect(world, project, client="mairie de soubès")
    assert (holders(first), holders(later)) == (["Atelier Roux"], ["Atelier Roux"])
    assert "Premier contact" in reads.why_it_went(later)[0]


def test_each_sees_its_own_those_led_together_and_totals(world: World) -> None:
    project = a_sale(world)
    bruno, denis = world.seats["bruno"], world.seats["denis"]
    mine = a_prospect(world, project, by="bruno", client="À Bruno", about=(bruno.public_id,), cents=100)
    joint = a_prospect(
        world, project, by="denis", client="À deux", about=(bruno.public_id, denis.public_id), together=True
    )
    his = a_prospect(world, project, by="denis", client="À Denis seul", about=(denis.public_id,), cents=5000)
    browser = browser_of(world.bruno)
    page = browser.get(reverse("projects:pipeline", args=[project.public_id])).content.decode()
    assert "À Bruno" in page
    assert "À deux" in page
    assert "À Denis seul" not in page
    assert "et 1 autre" in page
    for one, status in ((mine, 200), (joint, 200), (his, 404)):
        assert browser.get(reverse("projects:opportunity", args=[one.public_id])).status_code == status
    file = browser.get(reverse("projects:sales_csv", args=[project.public_id])).content.decode()
    assert "À deux" in file
    assert "Denis seul" not in file
    SalesTerms.objects.filter(project=project).update(sight=SalesTerms.Sight.CLIENTS)
    page = browser.get(reverse("projects:pipeline", args=[project.public_id])).content.decode()
    assert "À Denis seul" in page
    shown = browser.get(reverse("projects:opportunity", args=[his.public_id])).content.decode()
    assert "Elle me revient" in shown
    assert "id_stage" not in shown
    with pytest.raises(NotYours):
        acts.move_opportunity(his, stage="won", version=1, by=world.actor("bruno"), at=now())


def test_an_opportunity_moves_and_nobody_overwrites_silently(world: World) -> None:
    project, at = a_sale(world), now()
    one = a_prospect(world, project, about=(world.seats["aude"].public_id,))
    by = world.actor("aude")
    acts.move_opportunity(one, stage="visit", step="Mesurer", step_on=at.date(), note="RDC", version=1, by=by, at=at)
    with pytest.raises(Stale):
        acts.move_opportunity(one, stage="lost", version=1, by=by, at=at)
    with pytest.raises(Refusal, match="montant"):
        acts.move_opportunity(one, stage="won", version=2, by=by, at=at)
    with pytest.raises(Refusal, match="négatif"):
        acts.move_opportunity(one, stage="won", cents={world.seats["aude"].public_id: -1}, version=2, by=by, at=at)
    key = world.seats["aude"].public_id
    won = acts.move_opportunity(one, stage="won", cents={key: 800_000, "x": 9}, version=2, by=by, at=at)
    assert (won.won_on is not None, won.version) == (True, 3)
    assert said("opportunity.moved")[-1] == {"stage": "won", "cents": 800_000}
    acts.erase_opportunity(won, by=by, at=at)
    assert str(Opportunity.objects.get(pk=one.pk)) == one.public_id
    with pytest.raises(Refusal, match="effacée"):
        acts.erase_opportunity(won, by=by, at=at)
    assert said("opportunity.erased") == [{"stage": "won"}]


def test_a_dispute_is_settled_by_the_members(world: World) -> None:
    project, at = a_sale(world), now()
    bruno = world.seats["bruno"]
    one = a_prospect(world, project, about=(bruno.public_id,), cents=100)
    with pytest.raises(acts.KnowWhat):
        acts.dispute_opportunity(one, why=" ", by=world.actor("aude"), at=at)
    with pytest.raises(Refusal, match="déjà la vôtre"):
        acts.dispute_opportunity(one, why="Mienne", by=world.actor("bruno"), at=at)
    ballot = acts.dispute_opportunity(one, why="Vu en mars", by=world.actor("aude"), at=at)
    assert "Soubès" not in f"{ballot.resolution.title} {ballot.resolution.text}"
    with pytest.raises(acts.AlreadyDisputed):
        acts.dispute_opportunity(one, why="Moi aussi", by=actor(world, "denis"), at=at)
    with pytest.raises(acts.AlreadyDisputed):
        acts.settle_dispute(one.disputes.get(), by=Clockwork(), at=at)
    voted(world, ballot, at=at)
    assert tasks.take_in_votes(at=at + 11 * DAY) == 1
    assert holders(one) == ["Menuiserie Lambert"]
    assert one.parts.get().cents == 100
    second = acts.dispute_opportunity(one, why="Vu avant", by=world.actor("bruno"), at=at)
    voted(world, second, "against", at=at)
    acts.settle_dispute(one.disputes.get(settled_at=None), by=Clockwork(), at=at + 11 * DAY)
    assert holders(one) == ["Menuiserie Lambert"]
    assert [facts["upheld"] for facts in said("dispute.settled")] == [True, False]
    assert said("opportunity.disputed")[0]["seat"] == world.seats["aude"].public_id


def test_terms_are_written_by_who_leads_and_make_a_whole(world: World) -> None:
    project = a_sale(world)
    terms = SalesTerms.objects.get(project=project)
    good = {
        "order": ["turn"], "by_equal": 100, "by_time": 0, "by_orders": 0, "commission": 0, "month_cents": 1,
        "payer": world.seats["aude"], "sight": "own", "joint": "each", "version": terms.version,
        "by": world.actor("aude"), "at": now(),
    }  # fmt: skip
    for wrong, no in (
        ({"by_equal": 40}, Refusal), ({"by": world.actor("bruno")}, NotAllowed), ({"order": ["king"]}, NotYours),
        ({"payer": world.seats["emma"]}, NotYours), ({"sight": "all"}, NotYours), ({"version": 7}, Stale),
    ):  # fmt: skip
        with pytest.raises(no):
            acts.set_sales_terms(project, **{**good, **wrong})  # type: ignore[arg-type]
    acts.set_sales_terms(project, **good)  # type: ignore[arg-type]
    assert said("sales_terms.set")[-1]["equal"] == 100


def test_a_month_is_previewed_then_closed_to_the_cent(world: World) -> None:
    at = now()
    month = last_month(at)
    project = a_sale(world, at=at - 70 * DAY, by_equal=30, by_time=30, by_orders=40)
    seats, employer = world.seats, world.actor("aude")
    words = {"on": month, "kind": "visit", "at": at}
    noted = acts.note_time(project, seat=seats["bruno"], minutes=120, expenses_cents=4_250, by=employer, **words)  # type: ignore[arg-type]
    acts.note_time(project, seat=seats["denis"], minutes=60, by=employer, **words)  # type: ignore[arg-type]
    wrong = acts.note_time(project, seat=seats["denis"], minutes=60, by=actor(world, "denis"), **words)  # type: ignore[arg-type]
    acts.strike_time(wrong, by=actor(world, "denis"), at=at)
    with pytest.raises(Refusal, match="rayée"):
        acts.strike_time(wrong, by=employer, at=at)
    with pytest.raises(NotAllowed):
        acts.strike_time(noted, by=actor(world, "denis"), at=at)
    with pytest.raises(NotAllowed):
        acts.note_time(project, seat=seats["denis"], minutes=60, by=world.actor("bruno"), **words)  # type: ignore[arg-type]
    for bad in ({"on": (at + 3 * DAY).date()}, {"minutes": 0}, {"minutes": 5_000}):
        with pytest.raises(Refusal):
            acts.note_time(project, seat=seats["denis"], by=employer, **{"minutes": 60, **words, **bad})  # type: ignore[arg-type]
    one = a_prospect(world, project, about=(seats["bruno"].public_id,), cents=2_000_000, at=at - 60 * DAY)
    won = acts.move_opportunity(one, stage="won", version=1, by=employer, at=at)
    Opportunity.objects.filter(pk=won.pk).update(won_on=month)
    found = reads.sales_month(project, month)
    assert (found.cost, found.total) == (600_001, 600_001 + 60_000 + 4_250)
    rows = {str(line.seat): line for line in found.lines}
    assert (rows["Charpente Masson"].commission, rows["Charpente Masson"].expenses) == (60_000, 4_250)
    assert (rows["Charpente Masson"].time, rows["Atelier Roux"].time) == (120_000, 60_000)
    assert rows["Menuiserie Lambert"].total == rows["Menuiserie Lambert"].equal
    assert sum(line.equal + line.time + line.orders for line in found.lines) == 600_001
    with pytest.raises(NotAllowed):
        acts.close_sales_month(project, month=month, by=world.actor("bruno"), at=at)
    with pytest.raises(Refusal, match="pas fini"):
        acts.close_sales_month(project, month=at.date(), by=employer, at=at)
    closed = acts.close_sales_month(project, month=month, by=employer, at=at)
    assert closed.total_cents == found.total
    assert said("sales_month.closed") == [{"month": month.isoformat(), "cost": 600_001, "total": found.total}]
    again = reads.sales_month(project, month)
    assert [line.total for line in again.lines] == [line.total for line in found.lines]
    with pytest.raises(acts.MonthClosed):
        acts.note_time(project, seat=seats["denis"], minutes=60, by=employer, **words)  # type: ignore[arg-type]
    with pytest.raises(acts.MonthClosed):
        acts.close_sales_month(project, month=month, by=employer, at=at)
    with pytest.raises(Refusal, match="arrêté"):
        acts.move_opportunity(one, stage="lost", version=2, by=employer, at=at)
    assert said("sales_time.noted")[0]["minutes"] == 120
    assert said("sales_time.struck") == [{"seat": seats["denis"].public_id, "minutes": 60}]
    page = browser_of(world.bruno).get(reverse("projects:sales", args=[project.public_id]), {"mois": f"{month:%Y-%m}"})
    assert "Compte arrêté" in page.content.decode()


def test_the_client_file_is_handed_back_by_the_rule(world: World) -> None:
    at = now()
    project = a_sale(world, joint=SalesTerms.Joint.MAIN)
    both = tuple(world.seats[name].public_id for name in ("aude", "bruno"))
    joint = a_prospect(world, project, client="Hôtel", about=both, together=True, cents=300, reach="+33 4 67 00 00 00")
    acts.move_opportunity(
        joint, stage="won", cents={both[0]: 100, both[1]: 200}, version=1, by=world.actor("aude"), at=at
    )
    theirs, mine = (
        reads.file_of(project, reads.project_of(person, project.public_id)[1]) for person in (world.bruno, world.aude)
    )
    assert [row[0] for row in theirs[1:]] == ["Hôtel"]
    assert theirs[1][2] == "'+33 4 67 00 00 00"
    assert mine[1:] == []
    with pytest.raises(NotAllowed):
        acts.hand_back_file(project, by=world.actor("bruno"), at=at)
    one = a_prospect(world, project, about=(both[0],))
    ballot = acts.dispute_opportunity(one, why="Mienne", by=world.actor("bruno"), at=at)
    with pytest.raises(Refusal, match="contestée"):
        acts.hand_back_file(project, by=world.actor("aude"), at=at)
    voted(world, ballot, "against", at=at)
    tasks.take_in_votes(at=at + 11 * DAY)
    acts.hand_back_file(project, by=world.actor("aude"), at=at)
    assert said("sales_file.handed_back") == [{"opportunities": 2, "together": 1}]
    with pytest.raises(acts.ToolAway):
        a_prospect(world, project)
    with pytest.raises(acts.ToolAway):
        acts.hand_back_file(project, by=world.actor("aude"), at=at)
    browser = browser_of(world.bruno)
    assert "Hôtel" in browser.get(reverse("projects:sales_csv", args=[project.public_id])).content.decode()
    assert "Rendu le" in browser.get(reverse("projects:sales", args=[project.public_id])).content.decode()


def test_what_nobody_hears_of_is_forgotten_and_nothing_runs_without_terms(world: World) -> None:
    at = now()
    project = a_sale(world, at=at - timedelta(days=1500))
    a_prospect(world, project, at=at - timedelta(days=1200))
    young = a_prospect(world, project, at=at)
    assert (acts.forget_opportunities(project, at=at), tasks.forget_old_opportunities(at=at)) == (1, 0)
    assert said("opportunities.forgotten") == [{"opportunities": 1}]
    young.refresh_from_db()
    assert young.client == "Mairie de Soubès"
    bare = opened(world, "shared_sales")
    with pytest.raises(acts.NoTerms):
        acts.note_time(
            bare, seat=world.seats["aude"], on=at.date(), minutes=30, kind="call", by=world.actor("aude"), at=at
        )
    browser = browser_of(world.aude)
    address = reverse("projects:sales_terms", args=[bare.public_id])
    given = {
        "order": "zone trade turn", "sight": "own", "month_cents": "6 000", "by_equal": "50", "by_time": "0",
        "by_orders": "40", "commission": "2,5", "joint": "each", "version": "0", "payer": world.seats["aude"].public_id,
    }  # fmt: skip
    assert browser.post(address, given).status_code == 422
    assert browser.post(address, {**given, "by_orders": "50"}).status_code == 302
    assert reads.terms_of(bare).commission == 250  # type: ignore[union-attr]
    new = reverse("projects:opportunity_new", args=[bare.public_id])
    noted = browser.post(new, {"key": "ab" * 16, "client": "Villa Rey", "cents": "12 000"}).content.decode()
    assert "C’est noté" in noted
    assert "À tour de rôle" in noted
    assert browser.post(new, {"key": "ab" * 16, "client": "", "together": "on"}).status_code == 422
