"""A hostile member tries thirty ways to learn another's unit price, and learns nothing."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cordee.cli import main
from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter, MailboxItem
from cordee.ground.register.models import Entry
from cordee.journeys.reads.papers import paper_facts
from cordee.journeys.tasks import LETTERS
from cordee.offers import acts
from cordee.offers.models import Bid, InformationExchange, Variant
from cordee.offers.reads.offer import figures_of, fingerprint_of
from tests.desk.opened import key_for, opened
from tests.desk.test_api import SCHEMA, ask, reads_of
from tests.offers import bidding
from tests.offers.bidding import actor
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db

SECRET = bidding.PRICES["aude"]


def tells(content: bytes) -> bool:
    """Whether a content says Aude's unit price, or her part's sum, in any of the ways a number is written."""
    return says(content, SECRET, 10 * SECRET, 10 * SECRET + SECRET // 7)


def says(content: bytes, *sums: int) -> bool:
    """Whether a content says one of these sums, in any of the ways a number is written."""
    named = re.sub(rb"\b[0-9a-f]{64}\b", b"", content)  # digests: six digits of one of them are no price
    found = re.sub(rb"[\s\xa0]|\xc2\xa0|\xe2\x80\xaf|&nbsp;|&#160;", b"", named)
    forms = {f"{cents // 100}{mark}{cents % 100:02d}" for cents in sums for mark in ",."}
    forms |= {str(cents) for cents in sums}
    return any(form.encode() in found for form in forms)


def everything(answer: Any) -> bytes:
    """The whole answer: its body, what its archives and its PDFs hold in text, one in another too, its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return b"\n".join([str(answer.headers).encode(), *all_of(body)])


def all_of(content: bytes) -> list[bytes]:
    """A content, and all that can be read in it."""
    if content[:4] == b"%PDF":
        return [content, pdf_text(content)]
    found = [content]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                found += all_of(archive.read(name))
    return found


def pdf_text(content: bytes) -> bytes:
    import subprocess

    return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=False).stdout


def attempts(world: World, bid: Bid, offer: Bid, variant: Variant) -> list[tuple[str, str, dict[str, str]]]:
    """(method, address, form) of each try by Bruno."""
    mine = bid.parts.get(seat=world.seats["bruno"]).public_id
    hers = bid.parts.get(seat=world.seats["aude"]).public_id
    theirs = offer.parts.get(seat=world.seats["aude"]).public_id
    here, there, room = bid.public_id, offer.public_id, world.grouping.public_id
    voice = world.seats["aude"].public_id

    def to(name: str, *args: object) -> str:
        return reverse(f"offers:{name}", args=args)

    return [
        ("get", to("bid", here), {}),
        ("get", to("bid", there), {}),
        ("get", to("prices", here, hers), {}),
        ("get", to("prices", there, theirs), {}),
        ("get", to("prices", here, hers) + f"?voix={voice}", {}),
        ("get", to("prices", there, hers), {}),
        ("post", to("prices", here, hers), {"label_0": "x", "price_0": "1"}),
        ("post", to("prices", here, hers), {"label_0": "x", "price_0": "banane", "voix": voice}),
        ("get", to("prices", here, mine), {}),
        ("get", to("assembly", here), {}),
        ("get", to("assembly", there), {}),
        ("get", to("pack", here), {}),
        ("get", to("pack", there), {}),
        ("get", to("pack", here) + f"?voix={voice}", {}),
        ("get", to("variants", there), {}),
        ("get", to("offer_paper", there, variant.public_id), {}),
        ("get", to("guarantees", there), {}),
        ("get", to("part", here, hers), {}),
        ("post", to("part", here, hers), {"title": "", "version": "0"}),
        ("get", to("note", here), {}),
        ("get", to("terms", here), {}),
        ("get", to("roles", here), {}),
        ("get", to("client", there), {}),
        ("get", to("room", here), {}),
        ("get", to("room", there) + f"?voix={voice}", {}),
        ("post", to("room_enter", here), {}),
        ("post", to("room_release", here), {"out-text": "x"}),
        ("get", to("radar"), {}),
        ("get", to("radar_awards") + "?q=Ouvrage", {}),
        ("get", to("bids"), {}),
        ("get", to("list"), {}),
        ("get", to("catalogue", room), {}),
        ("get", to("proofs", world.seats["aude"].company.public_id), {}),
        ("get", reverse("directory:list") + "?q=12345,67", {}),
        ("get", reverse("directory:company", args=[world.seats["aude"].company.public_id]), {}),
        ("get", reverse("groupings:grouping", args=[room]), {}),
        ("get", reverse("groupings:conversation", args=[room]), {}),
        ("get", reverse("groupings:book", args=[room]), {}),
        ("get", reverse("groupings:book_export", args=[room]), {}),
        ("get", reverse("groupings:book_archive", args=[room]), {}),
        ("get", f"/groupements/{room}/archive.zip", {}),
        ("get", "/", {}),
        ("post", to("freeze", here), {}),
        ("post", to("submit", here), {}),
        ("post", to("send", there, variant.public_id), {"name": "Bruno", "email": "bruno@exemple.fr"}),
        ("post", to("close", there), {"result": "won", "why": "pour voir"}),
        ("post", to("subcontract", here), {"siren": "552100554", "name": "x", "work": "y", "amount": "1"}),
    ]  # fmt: skip


@pytest.fixture
def rooms(world: World) -> tuple[World, Bid, Bid, Variant]:
    """A tender and a private offer, all priced; the private offer with a variant."""
    bid = bidding.frozen(world)
    offer = bidding.offer(world)
    parts = bidding.ready(world, offer)
    ids = [part.public_id for part in parts.values()]
    variant = acts.make_variant(offer, title="Tout", parts=ids, by=actor(world, "aude"), at=now())
    return world, Bid.objects.get(pk=bid.pk), Bid.objects.get(pk=offer.pk), variant


def test_the_test_would_see_a_price(rooms: tuple[World, Bid, Bid, Variant]) -> None:
    """The assembler does read it: on the page, in the archive, in the PDF."""
    _world, bid, offer, variant = rooms
    browser = browser_of(bid.assembler)
    assert tells(everything(browser.get(reverse("offers:assembly", args=[bid.public_id]))))
    assert tells(everything(browser.get(reverse("offers:pack", args=[bid.public_id]))))
    assert offer.assembler == bid.assembler
    assert variant


def test_a_member_tries_forty_addresses(rooms: tuple[World, Bid, Bid, Variant]) -> None:
    world, bid, offer, variant = rooms
    browser: Client = browser_of(world.bruno)
    tried = attempts(world, bid, offer, variant)
    assert len({address for _method, address, _form in tried}) >= 30
    for method, address, form in tried:
        for headers in ({}, {"HX-Request": "true"}):
            answer = getattr(browser, method)(address, form, headers=headers, follow=not headers)
            assert answer.status_code != 500, address
            assert not tells(everything(answer)), address
    assert Bid.objects.get(pk=bid.pk).state == "frozen"


def test_books_mails_exports_and_the_command_line_tell_nothing(
    rooms: tuple[World, Bid, Bid, Variant], capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    world, bid, offer, variant = rooms
    acts.submit_bid(bid, by=actor(world, "aude"), at=now())
    acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    tell(LETTERS, at=now())
    letters = Letter.objects.exclude(to__email="client@exemple.fr")
    assert letters.exists()
    for letter in letters:
        assert not tells(str(letter.__dict__).encode()), letter.kind
    for item in MailboxItem.objects.all():
        assert not tells(str(item.__dict__).encode())
    for entry in Entry.objects.all():
        assert not tells(str(entry.facts).encode()), entry.act
    for one in InformationExchange.objects.all():
        assert not tells(one.what.encode())
    target = tmp_path / "registre.zip"
    assert main(["export", world.grouping.public_id, str(target)]) in (0, 2)
    if target.exists():
        assert not tells(target.read_bytes())
    assert not tells(capsys.readouterr().out.encode())
    browser = browser_of(world.bruno)
    for bid_id in (bid.public_id, offer.public_id):
        assert not tells(everything(browser.get(reverse("offers:bid", args=[bid_id]))))
        assert not tells(everything(browser.get(reverse("offers:pack", args=[bid_id]))))
    assert not tells(everything(browser.get(reverse("offers:offer_paper", args=[offer.public_id, variant.public_id]))))
    archive = f"/groupements/{world.grouping.public_id}/archive.zip"
    assert not tells(everything(browser.get(archive)))
    Bid.objects.filter(pk=bid.pk).update(assembler=world.bruno)
    assert tells(everything(browser.get(archive)))  # were the file that was handed in there, the test would see it


def test_a_members_key_walks_the_api_and_finds_no_price(rooms: tuple[World, Bid, Bid, Variant], settings: Any) -> None:
    """Every address that reads, with what is Bruno's to see, then with each id of the bids in each place."""
    settings.API_CALLS_A_MINUTE = 100_000
    world, bid, offer, variant = rooms
    place = opened(world)
    acts.submit_bid(bid, by=actor(world, "aude"), at=now())
    acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    key = key_for(world, "bruno")
    own = reads_of(place)
    for path in own:
        answer = ask(key, "get", path)
        assert answer.status_code == 200, (path, answer.content)
        assert not tells(everything(answer)), path
    book = f"/groupings/{world.grouping.public_id}/register?after=0&most=500"
    answer = ask(key, "get", book)
    assert {"offers.bid.submitted", "offers.offer.sent"} <= {line["act"] for line in answer.json()}
    assert not tells(everything(answer))
    parts = [part.public_id for each in (bid, offer) for part in each.parts.all()]
    notices = [bid.need.public_id] if bid.need else []
    ids = [bid.public_id, offer.public_id, variant.public_id, world.seats["aude"].public_id, *parts, *notices]
    places = sorted(path for path, how in SCHEMA["paths"].items() if "get" in how and "{" in path)
    for path in places:
        for each in ids:
            answer = ask(key, "get", re.sub(r"{\w+}", each, path.removeprefix("/api/v1")))
            assert answer.status_code == 404, (path, each)
            assert not tells(everything(answer)), path
    assert len(own) + len(places) * len(ids) > 60


def test_an_accepted_total_beside_a_declined_one_tells_nothing(world: World) -> None:
    """Two totals that differ by Aude's second part alone: a member reads one of them, wherever it looks."""
    offer = bidding.offer(world)
    parts = [part.public_id for part in bidding.ready(world, offer).values()]
    extra = acts.take_part(offer, title="Atelier", values={"vat": 2000}, by=actor(world, "aude"), at=now())
    acts.price_part(extra, lines=[acts.Priced("Atelier", "u", 1000, SECRET)], by=actor(world, "aude"), at=now())
    client = {"email": "client@exemple.fr", "name": "Mme Serra", "by": actor(world, "aude")}
    totals = []
    for title, chosen in (("Sans atelier", parts), ("Avec atelier", [*parts, extra.public_id])):
        variant = acts.make_variant(offer, title=title, parts=chosen, by=actor(world, "aude"), at=now())
        sent = acts.send_offer(variant, **client, knowing=True, at=now())
        offer = bidding.answered(sent, accepts=len(chosen) > 3)
        totals.append(sent.figures["net"])
    assert totals[1] - totals[0] == 10 * SECRET
    assert offer.state == "won"
    assert offer.total_cents is None
    acts_of_bruno = browser_of(world.bruno)
    room, made = world.grouping.public_id, list(offer.variants.order_by("pk"))
    addresses = [
        *(reverse(f"offers:{name}", args=[offer.public_id]) for name in ("bid", "variants", "pack", "guarantees")),
        *(reverse("offers:offer_paper", args=[offer.public_id, each.public_id]) for each in made),
        *(reverse(name, args=[room]) for name in ("groupings:book", "groupings:book_export", "groupings:book_archive")),
        *(reverse(name, args=[room]) for name in ("learning:board", "groupings:grouping", "offers:catalogue")),
        f"/groupements/{room}/archive.zip",
    ]
    seen = b"".join(everything(acts_of_bruno.get(address)) for address in addresses)
    told = [says(seen, total) for total in totals]
    assert told == [True, False]
    assert not tells(seen)
    facts = [*(str(each.facts) for each in Entry.objects.all()), str(paper_facts(world.grouping))]
    facts += [str(each.__dict__) for each in Letter.objects.exclude(to__email="client@exemple.fr")]
    assert not any(says(each.encode(), total) for each in facts for total in totals)


def test_a_digest_cannot_be_tried_against_prices(rooms: tuple[World, Bid, Bid, Variant]) -> None:
    """Whoever knows the total and its own price would otherwise try the other two against the book's digest."""
    world, _bid, offer, variant = rooms
    figures = figures_of(offer, variant)
    sent = acts.send_offer(variant, email="client@exemple.fr", name="x", by=actor(world, "aude"), at=now())
    assert figures is not None
    (kept,) = (each.facts["fingerprint"] for each in Entry.objects.filter(act="signing.ceremony.opened"))
    assert kept != fingerprint_of(offer, variant, figures)
    assert kept == fingerprint_of(offer, variant, sent.figures)
    shown = browser_of(world.bruno)
    for address in (reverse("offers:variants", args=[offer.public_id]), reverse("offers:bid", args=[offer.public_id])):
        assert sent.figures["mark"].encode() not in everything(shown.get(address))
    paper = shown.get(reverse("offers:offer_paper", args=[offer.public_id, variant.public_id]))
    assert sent.figures["mark"].encode() not in everything(paper)


def test_a_copy_of_the_database_holds_no_price_in_clear(rooms: tuple[World, Bid, Bid, Variant]) -> None:
    out = io.StringIO()
    tables = ["offers.PriceLine", "offers.BidPart", "offers.Subcontract", "register.Entry", "offers.PriceRead"]
    call_command("dumpdata", *tables, stdout=out)
    assert not tells(out.getvalue().encode())
