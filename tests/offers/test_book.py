"""The price book: one’s own prices behind the wall, packages sold as one; a project’s bids, how many are won."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotYours, Refusal, Stale
from cordee.ground.people.models import Person
from cordee.ground.register.models import Entry
from cordee.offers.acts import book as acts
from cordee.offers.acts import close_bid
from cordee.offers.models import Bid, BookLine, Package, PackagePrice, ProjectBid
from cordee.projects.acts import end_project, open_project
from cordee.projects.models import Project
from tests.offers import bidding
from tests.offers.doors_of_books import PRICES, a_book, a_package
from tests.people import World, browser_of
from tests.projects.doors_of_services import a_service

pytestmark = pytest.mark.django_db


def said(world: World, name: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(book=world.grouping.book, act=name).values_list("facts", flat=True))


def everything_read_by(person: Person, project: Project) -> str:
    """All that somebody’s pages and books say of a project, without spaces."""
    browser = browser_of(person)
    read = [
        browser.get(reverse(name, args=[project.public_id])).content.decode()
        for name in ("offers:book", "offers:project_bids", "projects:project")
    ]
    read += [json.dumps(facts) for facts in Entry.objects.values_list("facts", flat=True)]
    read += [*BookLine.objects.values_list("sealed", flat=True), *PackagePrice.objects.values_list("sealed", flat=True)]
    return "".join(read).replace("\u202f", "").replace("\u00a0", "").replace(" ", "")


def figure(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


def test_nobody_reads_the_price_of_another(world: World) -> None:
    project, lines = a_book(world)
    package = a_package(world, project, lines)
    price = acts.sell_package(package, by=world.actor("bruno"), at=now())
    assert price.net_cents == round(sum(PRICES.values()) * 1.03)
    for name in ("aude", "bruno", "denis"):
        read = everything_read_by(world.seats[name].holder, project)
        assert figure(PRICES[name]) in read
        assert figure(price.net_cents) in read  # as the client pays it
        assert not [other for other in PRICES if other != name and figure(PRICES[other]) in read]
    assert said(world, "offers.package.sold") == [{"companies": 3}]
    assert said(world, "offers.package.made") == [{"lines": 3, "companies": 3}]
    assert {"amount", "cents"} & {key for facts in said(world, "offers.book_line.written") for key in facts} == set()


def test_a_second_price_that_would_tell_one_is_not_shown(world: World) -> None:
    project, lines = a_book(world)
    package = a_package(world, project, lines)
    first = acts.sell_package(package, by=world.actor("aude"), at=now())
    acts.write_line(
        project, lines["bruno"], title="Ouvrage de bruno", cents=70_001, version=1, by=world.actor("bruno"), at=now()
    )
    again = acts.sell_package(package, by=world.actor("aude"), at=now())
    assert again.net_cents != first.net_cents
    for name, sees in (("aude", False), ("denis", False), ("bruno", True)):  # he knows by how much he rose
        read = everything_read_by(world.seats[name].holder, project)
        assert (figure(again.net_cents) in read) == sees
        assert ("diraitceluid’uneentreprise" in read) != sees


def test_two_companies_would_tell_each_other(world: World) -> None:
    project, lines = a_book(world, names=("aude", "bruno", "denis"))
    two = {name: lines[name] for name in ("aude", "bruno")}
    with pytest.raises(acts.TwoWouldTell):
        acts.sell_package(a_package(world, project, two), by=world.actor("aude"), at=now())
    with pytest.raises(Refusal):
        a_package(world, project, {})
    with pytest.raises(Refusal, match="20"):
        a_package(world, project, lines, coordination=2_100)


def test_a_line_is_its_own_company_s(world: World) -> None:
    project, lines = a_book(world)
    with pytest.raises(NotYours):
        acts.write_line(project, lines["aude"], title="X", cents=1, version=1, by=world.actor("bruno"), at=now())
    with pytest.raises(NotYours):
        acts.drop_line(lines["aude"], by=world.actor("bruno"), at=now())
    with pytest.raises(Stale):
        acts.write_line(project, lines["aude"], title="X", cents=1, version=7, by=world.actor("aude"), at=now())
    for words in ({"title": " ", "cents": 1}, {"title": "X", "cents": -1}):
        with pytest.raises(Refusal):
            acts.write_line(project, **words, by=world.actor("aude"), at=now())  # type: ignore[arg-type]
    package = a_package(world, project, lines)
    acts.sell_package(package, by=world.actor("aude"), at=now())
    acts.drop_line(lines["aude"], by=world.actor("aude"), at=now())
    with pytest.raises(Refusal, match="plus dans le carnet"):
        acts.sell_package(package, by=world.actor("aude"), at=now())
    acts.withdraw_package(package, by=world.actor("bruno"), at=now())
    with pytest.raises(Refusal):
        acts.withdraw_package(package, by=world.actor("bruno"), at=now())
    assert Package.objects.get().state == "withdrawn"
    assert said(world, "offers.book_line.dropped") == [{"seat": world.seats["aude"].public_id}]
    assert len(said(world, "offers.package.withdrawn")) == 1


def test_a_part_is_priced_from_one_s_own_book(world: World) -> None:
    project, lines = a_book(world)
    bid = bidding.offer(world)
    parts = bidding.team(world, bid)
    bidding.roles(world, bid)
    bidding.cleared(world, bid)
    mine = {lines["aude"].public_id: 250, lines["bruno"].public_id: 100}
    with pytest.raises(NotYours):  # the bid is in no project yet
        acts.price_from_book(parts["aude"], quantities=mine, by=world.actor("aude"), at=now())
    acts.tie_bid(project, bid, by=world.actor("bruno"), at=now())
    given = {"part": parts["aude"].public_id, f"q_{lines['aude'].public_id}": "2,5"}
    browser = browser_of(world.aude)
    assert browser.post(reverse("offers:book_use", args=[project.public_id]), given).status_code == 302
    row = parts["aude"].lines.get()
    assert (row.label, row.quantity) == ("Ouvrage de aude", 250)
    with pytest.raises(Refusal):
        acts.price_from_book(parts["aude"], quantities={}, by=world.actor("aude"), at=now())
    assert said(world, "offers.book.used") == [{"lines": 1}]


def test_the_bids_of_a_project_and_how_many_are_won(world: World, django_assert_max_num_queries: object) -> None:
    project, by = a_service(world), world.actor("aude")
    bids = [bidding.offer(world) for _number in range(5)]
    for bid in bids:
        acts.tie_bid(project, bid, by=by, at=now())
    with pytest.raises(Refusal):
        acts.tie_bid(project, bids[0], by=by, at=now())
    browser = browser_of(world.bruno)
    address = reverse("offers:project_bids", args=[project.public_id])
    assert "un taux ne dirait rien" in browser.get(address).content.decode()
    Bid.objects.update(state="submitted", submitted_at=now())
    for bid, result in zip(bids, ("won", "lost", "won", "won"), strict=False):
        close_bid(bid, result=result, why="Le prix", lessons="", by=by, at=now())
    Bid.objects.filter(pk=bids[0].pk).update(closed_at=now() - timedelta(days=200))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = browser.get(address).content.decode()
    assert "75\u202f%" in page or "75 %" in page
    assert "3 offres gagnées sur 4 décidées" in page
    assert "cd-cut" in page
    assert "gagnées ÷ (gagnées + perdues)" in page
    assert "75" in browser.get(reverse("offers:results", args=[world.grouping.public_id])).content.decode()
    acts.untie_bid(project, bids[4], by=by, at=now())
    with pytest.raises(NotYours):
        acts.untie_bid(project, bids[4], by=by, at=now())
    tied = {"project": project.public_id}
    assert (said(world, "offers.bid.tied"), said(world, "offers.bid.untied")) == ([tied] * 5, [tied])
    elsewhere = Bid.objects.create(grouping=world.elsewhere, kind="offer", title="X", opened_by=world.seats["chloe"],
                                   opened_at=now())  # fmt: skip
    with pytest.raises(NotYours):
        acts.tie_bid(project, elsewhere, by=by, at=now())
    end_project(project, outcome="dropped", lessons="", by=by, at=now())
    with pytest.raises(Refusal):
        acts.tie_bid(project, bids[4], by=by, at=now())
    assert ProjectBid.objects.count() == 4


def test_each_stage_of_a_tender_says_where_its_bid_stands(world: World, django_assert_max_num_queries: object) -> None:
    bid = bidding.frozen(world)
    seats = [world.seats[name] for name in ("aude", "bruno", "denis")]
    project = open_project(
        world.grouping, kind="joint_tender", name="École", seats=seats, by=world.actor("aude"), at=now()
    )
    browser, address = browser_of(world.bruno), reverse("projects:project", args=[project.public_id])
    assert "Aucune offre dans ce projet" in browser.get(address).content.decode()
    acts.tie_bid(project, bid, by=world.actor("aude"), at=now())
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page = browser.get(address).content.decode()
    for words in (
        "L’avis", "Note de concurrence", "signée par 3 sur 3", "Menuiserie Lambert", "3 parts chiffrées sur 3",
        "Équipe et prix figés", "Dossier remis", "Résultat",
    ):  # fmt: skip
        assert words in page, words
    assert reverse("offers:note", args=[bid.public_id]) in page
    Bid.objects.filter(pk=bid.pk).update(state="submitted", submitted_at=now())
    close_bid(bid, result="won", why="Le mémoire", lessons="", by=world.actor("aude"), at=now())
    assert "Gagnée" in browser.get(address).content.decode()
