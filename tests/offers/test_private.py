"""An offer to a private client: catalogue, variants, the law, sending; the client's thread; volumes; proofs."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.models import Entry
from cordee.ground.signing import acts as signing
from cordee.ground.signing.reads import code_for
from cordee.offers import acts
from cordee.offers.acts.private import LawStops, WouldTell
from cordee.offers.acts.workspace import NotReady
from cordee.offers.models import Bid, BidPart, Variant
from cordee.offers.reads.offer import figures_of, guarantees_of, offer_pdf, schedule_of
from cordee.offers.reads.sums import shown_figures, told_by_sending
from cordee.offers.reads.volumes import volume_page
from cordee.offers.tasks import LETTERS, follow_clients
from tests.offers import bidding
from tests.offers.bidding import actor
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def ready(world: World) -> tuple[Bid, Variant]:
    bid = bidding.offer(world)
    parts = bidding.ready(world, bid)
    ids = [part.public_id for part in parts.values()]
    variant = acts.make_variant(bid, title="Tout compris", parts=ids, by=actor(world, "aude"), at=now())
    return Bid.objects.get(pk=bid.pk), variant


def test_the_catalogue_gives_parts_and_no_price(world: World) -> None:
    item = acts.add_to_catalogue(
        world.grouping, values={"title": "Pose de fenêtres", "days": 4, "bundle": "Isolation"},
        by=actor(world, "bruno"), at=now(),
    )  # fmt: skip
    bid = bidding.offer(world)
    part = acts.use_item(bid, item, by=actor(world, "bruno"), at=now())
    assert (part.title, part.days, part.bundle, part.lines.count()) == ("Pose de fenêtres", 4, "Isolation", 0)
    with pytest.raises(NotAllowed):
        acts.use_item(bid, item, by=actor(world, "aude"), at=now())
    with pytest.raises(Refusal):
        acts.add_to_catalogue(world.grouping, values={"title": " "}, by=actor(world, "aude"), at=now())
    assert Entry.objects.get(act="offers.item.used")


def test_one_schedule_and_one_price_with_tax_by_rate(world: World) -> None:
    bid, variant = ready(world)
    assert schedule_of(bid).days == 30
    assert [bar.slack for bar in schedule_of(bid).bars] == [0, 0, 0]
    figures = figures_of(bid, variant)
    net = sum(10 * price + price // 7 for price in bidding.PRICES.values())
    assert figures is not None
    assert (figures["net"], figures["gross"], figures["days"]) == (net, net + (net * 2000 + 5000) // 10000, 30)
    first = bid.parts.order_by("id").first()
    last = bid.parts.order_by("id").last()
    first.after = [last.public_id]
    first.save()
    assert "→" in schedule_of(bid).problem


def test_members_learn_no_price_by_subtraction(world: World) -> None:
    bid, whole = ready(world)
    extra = acts.take_part(bid, title="Jardin", by=actor(world, "emma"), at=now())
    ids = [part.public_id for part in bid.parts.all()]
    more = acts.make_variant(bid, title="Avec jardin", parts=ids, by=actor(world, "aude"), at=now())

    def sent(variant: Variant, cents: int = 1, **vat: int) -> Variant:
        """As if it were sent; `vat` of one part where it is said."""
        parts = [[each, vat.get("repriced", cents) if each == extra.public_id else cents] for each in variant.parts]
        figures = {"net": 7, "gross": 8, "days": 1, "rates": [[2000, 7, 1]], "parts": parts}
        variant.state, variant.figures = "sent", figures
        variant.save()
        return variant

    def seen(name: str, *variants: Variant) -> list[bool]:
        shown = shown_figures(bid, variants, viewer=world.seats[name].pk)
        return [shown[one.pk] is not None for one in variants]

    assert seen("bruno", sent(whole), sent(more)) == [True, False]  # the difference is Emma's price
    assert seen("emma", whole, more) == [True, True]  # it is her own
    assert seen("bruno", more) == [True]
    again = acts.make_variant(bid, title="Le même, moins cher", parts=ids, by=actor(world, "aude"), at=now())
    assert seen("bruno", more, sent(again, repriced=2)) == [True, False]  # what Emma took off its price
    assert seen("bruno", more, sent(again)) == [True, True]
    again.parts = whole.parts[:2]
    assert seen("bruno", sent(again)) == [False]  # two companies: the rest is the other's
    assert shown_figures(bid, [more], viewer=world.seats["bruno"].pk)[more.pk] == {
        "net": 7, "gross": 8, "days": 1, "rates": [[2000, 7, 1]],
    }  # fmt: skip
    BidPart.objects.filter(pk=extra.pk).update(vat=1000)  # alone behind its rate: with the tax, its price would follow
    figures = shown_figures(bid, [more], viewer=world.seats["bruno"].pk)[more.pk]
    assert figures == {"net": 7, "gross": None, "days": 1, "rates": []}
    assert offer_pdf(bid, more, figures, at=now(), for_client=False)[:4] == b"%PDF"


def test_the_tax_of_one_company_alone_is_not_on_the_page(world: World) -> None:
    bid, variant = ready(world)
    BidPart.objects.filter(bid=bid, seat=world.seats["denis"]).update(vat=1000)
    sent = acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    address = reverse("offers:variants", args=[bid.public_id])
    page = browser_of(world.bruno).get(address).content.decode()
    net = f"{sent.figures['net'] // 100:,}".replace(",", "\u202f")
    assert net in page
    assert "La TVA n’est pas montrée" in page
    for _rate, _base, tax in sent.figures["rates"]:
        assert f"{tax // 100:,}".replace(",", "\u202f") not in page
    assert "TVA comprise" not in page
    BidPart.objects.filter(bid=bid).update(vat=2000)
    assert "TVA comprise" in browser_of(world.bruno).get(address).content.decode()


def test_the_lead_is_warned_before_two_totals_tell_a_price(world: World) -> None:
    bid, whole = ready(world)
    extra = acts.take_part(bid, title="Jardin", values={"vat": 2000}, by=actor(world, "denis"), at=now())
    acts.price_part(extra, lines=[acts.Priced("x", "", 100, 90_000)], by=actor(world, "denis"), at=now())
    ids = [part.public_id for part in bid.parts.all()]
    more = acts.make_variant(bid, title="Avec jardin", parts=ids, by=actor(world, "aude"), at=now())
    pair = acts.make_variant(bid, title="À deux", parts=ids[:2], by=actor(world, "aude"), at=now())
    told = told_by_sending(bid, [whole, more, pair])
    company = str(world.seats["denis"].company)
    assert "Si «\u00a0Tout compris\u00a0» part aussi" in told[more.pk]
    assert company in told[more.pk]
    assert "n’envoyez qu’une des deux" in told[more.pk]
    assert company in told[pair.pk]  # beside the whole offer
    assert told_by_sending(bid, [pair])[pair.pk].startswith("Deux entreprises seulement")
    address = reverse("offers:variants", args=[bid.public_id])
    assert "seul le prix de" in browser_of(world.aude).get(address).content.decode()
    assert "seul le prix de" not in browser_of(world.bruno).get(address).content.decode()
    client = {"email": "client@exemple.fr", "name": "Mme Serra"}
    bidding.answered(acts.send_offer(whole, **client, by=actor(world, "aude"), at=now()), accepts=False)
    with pytest.raises(WouldTell) as refusal:
        acts.send_offer(more, **client, by=actor(world, "aude"), at=now())
    assert "«\u00a0Tout compris\u00a0» est déjà partie" in refusal.value.why
    browser, send = browser_of(world.aude), reverse("offers:send", args=[bid.public_id, more.public_id])
    assert browser.post(send, client).status_code == 409
    for part in bid.parts.exclude(seat=world.seats["denis"]):  # another company’s part changes too: nothing to warn of
        owner = next(name for name in ("aude", "bruno") if world.seats[name].pk == part.seat_id)
        acts.price_part(part, lines=[acts.Priced("x", "", 100, 70_000)], by=actor(world, owner), at=now())
    assert told_by_sending(bid, [Variant.objects.get(pk=whole.pk), more]) == {}
    assert browser.post(send, client).status_code == 302
    more.refresh_from_db()
    assert more.state == "sent"


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"building": True, "direction": True}, "maîtrise d’œuvre"),
        ({"building": True, "client_address": ""}, "client"),
        ({"building": True, "mission": " "}, "mandataire"),
        ({"building": True, "new_house": True, "plan_by_group": True}, "CCMI"),
    ],
)
def test_the_law_stops_an_offer_with_its_way_out(world: World, terms: dict[str, object], said: str) -> None:
    bid, variant = ready(world)
    Bid.objects.filter(pk=bid.pk).update(**terms)
    small = bid.parts.all()
    for part in small:
        owner = next(name for name in ("aude", "bruno", "denis") if world.seats[name].pk == part.seat_id)
        acts.price_part(part, lines=[acts.Priced("x", "", 100, 100_000)], by=actor(world, owner), at=now())
    with pytest.raises(LawStops) as refusal:
        acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    assert said in refusal.value.what
    assert refusal.value.do


def test_the_page_of_guarantees_says_what_the_law_stops_and_the_way_out(world: World) -> None:
    bid, _variant = ready(world)
    browser, address = browser_of(world.bruno), reverse("offers:guarantees", args=[bid.public_id])
    assert "ne la concernent pas" in browser.get(address).content.decode()
    Bid.objects.filter(pk=bid.pk).update(building=True)
    page = browser.get(address).content.decode()
    assert "Rien n’empêche cette offre de partir" in page
    assert "à la charge du client aussi" in page  # the damage insurance
    Bid.objects.filter(pk=bid.pk).update(new_house=True, plan_by_group=True, mission=" ")
    page = browser.get(address).content.decode()
    assert "Faites porter le contrat par une coopérative" in page
    assert "Nommez l’interlocuteur du client" in page
    assert "Rien n’empêche" not in page


def test_the_client_accepts_from_a_link_and_the_prices_are_sealed(world: World) -> None:
    bid, variant = ready(world)
    with pytest.raises(NotAllowed):
        acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "bruno"), at=now())
    for member in (world.aude, world.bruno, bid.assembler):  # who would read every price in the client’s paper
        with pytest.raises(Refusal, match="celle d’un membre"):
            acts.send_offer(variant, email=member.email, name="Moi", by=actor(world, "aude"), at=now())
    sent = acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    with pytest.raises(Refusal):
        acts.follow_client(sent, at=now())
    with pytest.raises(Refusal):
        acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    (signatory,) = sent.ceremony.signatories.all()
    link = signing.link_of(signatory, at=now())
    signatory = signing.send_code(link, at=now())
    signing.sign(link, code=code_for(signatory), consent="J’accepte cette offre.", at=now())
    signing.seal_ceremony(sent.ceremony, by=Clockwork(), at=now())
    assert follow_clients(at=now()) == 1
    bid.refresh_from_db()
    assert (bid.state, bid.variants.get().state, bid.sealed_at is not None) == ("won", "accepted", True)
    assert Entry.objects.get(act="offers.offer.answered").facts == {"state": "accepted"}


def test_a_client_who_declines_lets_the_offer_be_made_again(world: World) -> None:
    bid, variant = ready(world)
    sent = acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    bidding.answered(sent, accepts=False)
    bid.refresh_from_db()
    assert (bid.state, bid.variants.get().state) == ("preparing", "declined")


def test_nothing_leaves_without_prices_or_without_the_note(world: World) -> None:
    bid = bidding.offer(world)
    parts = bidding.team(world, bid)
    bidding.roles(world, bid)
    ids = [part.public_id for part in parts.values()]
    variant = acts.make_variant(bid, title="Base", parts=ids, by=actor(world, "aude"), at=now())
    page = browser_of(Bid.objects.get(pk=bid.pk).assembler).get(reverse("offers:assembly", args=[bid.public_id]))
    assert "Il manque le prix de" in page.content.decode()
    with pytest.raises(NotReady):
        acts.send_offer(variant, email="client@exemple.fr", name="x", by=actor(world, "aude"), at=now())
    with pytest.raises(Refusal):
        acts.make_variant(bid, title="", parts=ids, by=actor(world, "aude"), at=now())


def test_one_voice_speaks_to_the_client_and_all_is_in_one_thread(world: World) -> None:
    bid, variant = ready(world)
    with pytest.raises(Refusal):
        acts.write_to_client(bid, subject="x", text="Bonjour", by=actor(world, "aude"), at=now())
    acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    with pytest.raises(NotAllowed):
        acts.write_to_client(bid, subject="x", text="Bonjour", by=actor(world, "denis"), at=now())
    acts.write_to_client(bid, subject="Visite", text="Jeudi à 9 h ?", by=actor(world, "bruno"), at=now())  # the deputy
    tell(LETTERS, at=now())
    assert Letter.objects.get(kind__startswith="offers.client.").to.email == "client@exemple.fr"
    bid.refresh_from_db()
    link = make_link(bid.client_person, purpose="client", subject=bid, at=now())
    acts.client_writes(bid, link, subject="", text="Parfait.", at=now())
    wrong = make_link(world.chloe, purpose="client", subject=bid, at=now())
    with pytest.raises(NotAllowed):
        acts.client_writes(bid, wrong, subject="", text="Moi aussi.", at=now())
    tell(LETTERS, at=now())
    told = {letter.to.name for letter in Letter.objects.filter(kind__startswith="offers.client.in")}
    assert told == {"Aude Lambert", "Bruno Masson"}
    assert [one.from_client for one in bid.client_messages.all()] == [False, True]


def test_a_common_purchase_unlocks_its_tier(world: World) -> None:
    by = actor(world, "aude")
    tiers = [(1, 1000), (50, 900)]
    pool = acts.open_volume(
        world.grouping, title="Isolant", unit="m²", tiers=tiers, per_day=20, closes_on=None, by=by, at=now()
    )
    acts.pledge_volume(pool, 30, by=by, at=now())
    acts.pledge_volume(pool, 25, by=actor(world, "bruno"), at=now())
    page = volume_page(world.bruno, pool.public_id)
    assert (page.found.total, page.found.saved, page.found.days, page.mine) == (55, 5500, 3, 25)
    pool.most, pool.lead_days = 60, 10
    pool.save()
    page = volume_page(world.bruno, pool.public_id)
    assert (page.found.days, page.found.left) == (13, 5)
    with pytest.raises(Refusal) as refusal:
        acts.pledge_volume(pool, 36, by=by, at=now())
    assert "35 m²" in refusal.value.do
    acts.pledge_volume(pool, 35, by=by, at=now())
    with pytest.raises(Refusal):
        acts.pledge_volume(pool, -1, by=by, at=now())
    pool.closes_on = date(2020, 1, 1)
    pool.save()
    with pytest.raises(Refusal):
        acts.pledge_volume(pool, 1, by=by, at=now())
    with pytest.raises(Refusal):
        acts.open_volume(
            world.grouping, title="x", unit="m", tiers=[(1, 1), (2, 2)], per_day=None, closes_on=None, by=by, at=now()
        )


def test_what_a_company_shows_is_its_own(world: World) -> None:
    company, by = world.seats["aude"].company, Actor(world.aude)
    acts.note_figure(company, year=now().year - 1, turnover_cents=90_000_000, staff=8, by=by, at=now())
    acts.add_reference(company, values={"what": "École", "client": "Commune"}, by=by, at=now())
    with pytest.raises(Refusal):
        acts.add_reference(company, values={"what": "École", "client": ""}, by=by, at=now())
    with pytest.raises(Refusal):
        acts.note_figure(company, year=1990, turnover_cents=1, staff=1, by=by, at=now())
    with pytest.raises(Refusal):
        acts.add_paper(company, kind="tax", issued=date(2026, 2, 1), valid_to=date(2026, 1, 1), by=by, at=now())
    with pytest.raises(NotAllowed):
        acts.note_figure(company, year=now().year, turnover_cents=1, staff=1, by=Actor(world.bruno), at=now())
    proof = SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")
    values = {"kind": "ten-year", "insurer": "SMABTP", "number": "D-12", "scope": "Toitures", "start": date(2026, 1, 2)}
    kept = acts.add_guarantee(company, values=values, proof=proof, by=by, at=now())
    assert Entry.objects.get(act="offers.guarantee.added").facts["kind"] == "ten-year"
    address = reverse("offers:proofs", args=[company.public_id])
    page = browser_of(world.aude).get(address).content.decode()
    assert all(words in page for words in ("SMABTP", "D-12", "Toitures", "depuis le"))
    paper = reverse("offers:proof_file", args=[company.public_id, kept.public_id])
    assert paper in page
    assert browser_of(world.aude).get(paper).content == b"%PDF-1.4 x"
    assert browser_of(world.bruno).get(paper).status_code == 404


def test_the_matrix_names_who_lacks_what(world: World) -> None:
    bid, _variant = ready(world)
    values = {"kind": "ten-year", "insurer": "SMABTP", "end": now().date() + timedelta(days=900)}
    acts.add_guarantee(world.seats["aude"].company, values=values, by=Actor(world.aude), at=now())
    rows = {row.kind: row for row in guarantees_of(bid, on=now().date())}
    assert (rows["ten-year"].state, len(rows["ten-year"].lacking)) == ("partly", 2)
    assert rows["ten-year"].unproven == ("Menuiserie Lambert",)
    assert rows["contact"].state == "covered"


def test_the_client_and_the_contact_read_one_thread_and_one_name(world: World) -> None:
    bid, variant = ready(world)
    address = reverse("offers:client", args=[bid.public_id])
    assert address not in browser_of(world.bruno).get(reverse("offers:bid", args=[bid.public_id])).content.decode()
    acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    assert address in browser_of(world.bruno).get(reverse("offers:bid", args=[bid.public_id])).content.decode()
    empty = browser_of(world.aude).get(address).content.decode()
    assert "une seule voix lui parle\u00a0: Aude Lambert, Menuiserie Lambert" in empty
    assert "Rien n’a encore été écrit." in empty

    # The contact writes: the client's letter leads to the same thread, and names the same person.
    sent = browser_of(world.aude).post(address, {"subject": "Visite", "text": "Jeudi à 9 h ?"}, follow=True)
    assert "Votre message part au client." in sent.content.decode()
    tell(LETTERS, at=now())
    letter = Letter.objects.get(kind__startswith="offers.client.", to__email="client@exemple.fr")
    (door,) = set(re.findall(r"/offres/client/[\w.-]+", letter.text))
    theirs = browser_of(None)
    page = theirs.get(door).content.decode()
    assert "Votre interlocuteur\u00a0: Aude Lambert, Menuiserie Lambert" in page
    assert "Jeudi à 9 h" in page
    for other in ("Charpente Masson", "Atelier Roux", "Bruno Masson"):
        assert other not in page, other
    answer = theirs.post(door, {"text": "Parfait, à jeudi."}, follow=True).content.decode()
    assert answer.index("Jeudi à 9 h") < answer.index("Parfait, à jeudi.")

    # Everybody of the bid reads it there, the oldest first; only the contact and the deputy write.
    for name in ("aude", "bruno", "denis"):
        read = browser_of(world.seats[name].holder).get(address).content.decode()
        assert read.index("Jeudi à 9 h") < read.index("Mme Serra") < read.index("Parfait, à jeudi."), name
    refused = browser_of(world.seats["denis"].holder).post(address, {"subject": "", "text": "Et moi ?"})
    assert refused.status_code == 403
    assert "Une seule voix parle au client\u00a0: Menuiserie Lambert." in refused.content.decode()
    assert bid.client_messages.count() == 2
    assert browser_of(world.chloe).get(address).status_code == 404


def test_while_the_contact_is_away_the_deputy_is_named_to_all(world: World) -> None:
    bid, variant = ready(world)
    acts.send_offer(variant, email="client@exemple.fr", name="Mme Serra", by=actor(world, "aude"), at=now())
    until = (now() + timedelta(days=5)).date()
    Bid.objects.filter(pk=bid.pk).update(away_until=until)
    page = browser_of(world.aude).get(reverse("offers:client", args=[bid.public_id])).content.decode()
    assert "une seule voix lui parle\u00a0: Bruno Masson, Charpente Masson" in page
