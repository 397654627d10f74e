"""Pages: Aude speaks to the client, Bruno takes part, Chloé is elsewhere; the client sees their page and no more."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.delivery import acts
from cordee.delivery.models import Delivery, PortalMessage, TeamNote, WorkItem
from cordee.ground.kit.clock import now
from cordee.ground.people.reads import token
from tests.delivery.building import DAY, actor, card, link_to, lot, moved, photo, shown, site, voted
from tests.people import World, browser_of

SECRETS = (
    "mauvais payeur", "plus de sable", "11 111", "22 222", "a déposé le bilan", "appel le lundi",
    "détail interne", "pas encore prêt.jpg", "trop de dettes", "il marchande tout",
)  # fmt: skip


@pytest.fixture
def full(world: World) -> Delivery:
    """A delivery where the team has written all that a client must not read."""
    made, at = site(world, at=now()), now()
    walls, roof = lot(world, made, "bruno", "Murs", client_title="Vos murs"), lot(world, made, "denis", "Toit")
    item = card(world, walls, "bruno", "Pignon", details="Détail interne du pignon")
    moved(world, item, "bruno", "doing")
    acts.note_to_team(item, text="Ce client est un mauvais payeur.", by=actor(world, "bruno"), at=at)
    acts.raise_blocker(item, text="Plus de sable.", wants_help=True, by=actor(world, "bruno"), at=at)
    hidden = acts.prepare_deliverable(
        made, values={"lot": roof.public_id, "title": "Le toit"}, by=actor(world, "denis"), at=at
    )
    acts.write_billing(
        made, label="Toit", cents=1_111_100, rate=1000, deliverable=hidden.public_id, by=actor(world, "denis"), at=at
    )
    change = acts.ask_change(made, text="Tout repeindre", by=actor(world, "bruno"), at=at)
    acts.price_change(change, lot=walls.public_id, cents=2_222_200, days=3, by=actor(world, "bruno"), at=at)
    acts.raise_default(
        made, failing=world.seats["denis"], what="Denis a déposé le bilan.", answer_by=(at + DAY).date(),
        by=actor(world, "aude"), at=at,
    )  # fmt: skip
    sprint = acts.open_sprint(made, goal="Hors d’eau", starts_on=at.date(), weeks=2, by=actor(world, "aude"), at=at)
    acts.add_retro(sprint, kind="try", text="Un appel le lundi", by=actor(world, "bruno"), at=at)
    shown(world, walls, "bruno", "Les murs", file=photo())
    acts.offer_part(made, lots=[walls.public_id], leaves=False, why="Trop de dettes.", by=actor(world, "bruno"), at=at)
    acts.offer_contact(made, taker=world.seats["bruno"], note="Il marchande tout.", by=actor(world, "aude"), at=at)
    return made


def test_the_client_reads_their_words_and_nothing_of_the_team(world: World, full: Delivery) -> None:
    page = browser_of(None).get(reverse("delivery:portal", args=[token(link_to(full, now()))]))
    text = page.content.decode().replace("\u202f", " ").replace("\xa0", " ")
    assert "Vos murs" in text
    assert "Les murs" in text
    assert "ce n’est pas la réception des travaux" in text.lower()
    low = text.lower()
    assert [secret for secret in SECRETS if secret in low] == []
    assert "Bois &amp; Pierre" in text
    assert "Aujourd’hui" not in text  # the tool's own menu is not there


def test_no_address_of_the_client_leads_inside(world: World, full: Delivery) -> None:
    browser = browser_of(None)
    page = browser.get(reverse("delivery:portal", args=[token(link_to(full, now()))])).content.decode()
    addresses = set(re.findall(r'(?:href|action)="(/[^"]*)"', page))
    assert addresses
    assert {each for each in addresses if not each.startswith(("/client/", "/static/"))} <= {"/langue/", "/theme/"}


@pytest.mark.parametrize("mark", ["", "x", "a.b", "zzzzzzzzzz.AAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_a_made_up_token_opens_nothing(world: World, full: Delivery, mark: str) -> None:
    assert browser_of(None).get(f"/client/{mark}").status_code == 404


def test_a_link_for_something_else_opens_nothing(world: World, full: Delivery) -> None:
    from cordee.ground.people.acts import make_link

    assert full.client_person is not None
    for purpose in ("client", "sign_in", "signature"):
        link = make_link(full.client_person, purpose=purpose, subject=full, at=now())
        assert browser_of(None).get(f"/client/{token(link)}").status_code == 404
    good = token(link_to(full, now()))
    assert browser_of(None).get(f"/client/{good[:-1]}").status_code == 404
    assert browser_of(full.client_person).get(reverse("delivery:board", args=[full.public_id])).status_code == 404


def test_the_client_does_by_link_what_is_theirs_and_nothing_else(world: World, full: Delivery) -> None:
    browser, mine = browser_of(None), token(link_to(full, now()))

    def post(*path: Any, **data: Any) -> int:
        return browser.post("/".join((f"/client/{mine}", *path)), data).status_code

    assert post("ecrire", text="Bonjour") == 302
    assert post("modification", text="Une porte de plus") == 302
    made = full.deliverables.get(title="Les murs")
    assert post("reserve-livrable", made.public_id, text="Un coin est cassé", photos=photo()) == 302
    assert post("livrable", made.public_id, outcome="accepted") == 409
    assert post("livrable", made.public_id, outcome="reserved") == 302
    hidden = full.deliverables.get(title="Le toit")
    assert post("livrable", hidden.public_id, outcome="accepted") == 409
    assert post("changement", full.changes.last().public_id, agreed="1") == 409
    for verb in ("terminer", "fiche", "lien", "facturer", "deplacer"):
        assert post(verb) == 404
    reserve = full.reserves.get()
    assert browser.get(f"/client/{mine}/piece/photo/{reserve.photos.get().public_id}").status_code == 200
    assert browser.get(f"/client/{mine}/piece/livrable/{hidden.public_id}").status_code == 404
    assert browser.get(f"/client/{mine}/livrable/{made.public_id}").status_code == 405  # a GET never acts
    page = browser.get(f"/client/{mine}").content.decode()
    assert "Un coin est cassé" in page


def test_what_is_written_to_the_team_never_reaches_the_thread_of_the_client(world: World, full: Delivery) -> None:
    item = full.items.get()
    browser = browser_of(world.aude)
    page = browser.get(reverse("delivery:item", args=[full.public_id, item.public_id])).content.decode()
    assert "Le client ne voit jamais ce qui est écrit ici." in page
    assert reverse("delivery:client_do", args=[full.public_id, "ecrire"]) not in page
    browser.post(reverse("delivery:item_do", args=[full.public_id, item.public_id, "noter"]), {"text": "Entre nous"})
    page = browser.get(reverse("delivery:client", args=[full.public_id])).content.decode()
    assert "Le client lit tout ce qui est écrit ici." in page
    assert "Entre nous" not in page
    assert TeamNote.objects.filter(text="Entre nous").exists()
    assert not PortalMessage.objects.filter(text="Entre nous").exists()


def test_pages_ask_few_queries_whatever_the_number_of_cards(
    world: World, full: Delivery, django_assert_max_num_queries: Any
) -> None:
    walls = full.lots.get(title="Murs")
    for rank in range(12):
        card(world, walls, "bruno", f"Carte {rank}")
    aude, mine = browser_of(world.aude), reverse("delivery:portal", args=[token(link_to(full, now()))])
    change = full.changes.get()
    acts.put_change_to_vote(change, by=actor(world, "aude"), at=now())
    made = full.deliverables.get(title="Les murs")
    for rank in range(3):
        acts.raise_reserve(made, link_to(full, now()), text=f"Coin {rank}", photos=[photo()], at=now())
        acts.ask_change(full, text=f"Une prise {rank}", by=actor(world, "bruno"), at=now())
    acts.call_reception(full, visit_at=now() + DAY, by=actor(world, "aude"), at=now())
    for name in ("board", "client", "prices", "failing"):
        with django_assert_max_num_queries(12):
            assert aude.get(reverse(f"delivery:{name}", args=[full.public_id])).status_code == 200
    with django_assert_max_num_queries(10):
        assert aude.get(reverse("delivery:week")).status_code == 200
    with django_assert_max_num_queries(12):
        assert browser_of(None).get(mine).status_code == 200


def test_a_stale_move_shows_both_versions_and_what_to_do(world: World) -> None:
    made = site(world)
    item = card(world, lot(world, made, "aude", "Murs"), None, "Pignon")
    where = reverse("delivery:item_do", args=[made.public_id, item.public_id, "prendre"])
    assert browser_of(world.bruno).post(where, {"version": "1"}).status_code == 302
    answer = browser_of(world.aude).post(where, {"version": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Charpente Masson vient de changer cette carte" in text
    assert "Reprenez à partir de la version actuelle" in text
    assert "Les deux versions" in text
    assert WorkItem.objects.get().seat == world.seats["bruno"]


def test_every_form_of_the_team_works_from_its_page(world: World) -> None:
    """By hand: open, describe, commit, plan, block, review, decide; each post lands."""
    aude = browser_of(world.aude)

    def post(name: str, /, *args: Any, **data: Any) -> None:
        answer = aude.post(reverse(f"delivery:{name}", args=args), data)
        assert answer.status_code == 302, answer.content.decode()[:4000]

    seats = [world.seats["bruno"].public_id]
    words = {"title": "Cave", "client": "M. Aspres", "works": "on", "starts_on": "2026-11-02", "seats": seats}
    post("new", world.grouping.public_id, **words)
    made = Delivery.objects.get()
    post("lot_new", made.public_id, title="Murs", done_when="Droits", version="0")
    own = made.lots.get()
    post("lot_take", made.public_id, own.public_id)
    post("lot", made.public_id, own.public_id, title="Murs", told="Cela avance", done_when="Droits", version="2")
    post("item_new", made.public_id, title="Joints", lot=own.public_id, days="3", version="0")
    one = made.items.get()
    post("item_do", made.public_id, one.public_id, "prendre", version="1")
    post("sprint_new", made.public_id, goal="Joints faits", starts_on="2026-11-02", weeks="2")
    post("item_do", made.public_id, one.public_id, "sprint", wanted="1")
    post("item_do", made.public_id, one.public_id, "deplacer", version="3", to="doing", retour="semaine")
    post("item_do", made.public_id, one.public_id, "bloquer", text="Pluie", help="1")
    post("blocker_do", made.public_id, one.blockers.get().public_id, "lever", text="Il ne pleut plus")
    post("item_do", made.public_id, one.public_id, "deplacer", version="4", to="check")
    post("item", made.public_id, one.public_id, title="Joints", lot=own.public_id, days="4", version="5")
    post("item_do", made.public_id, one.public_id, "deplacer", version="6", to="done", checked="1")
    post("sprint_do", made.public_id, 1, "revue", text="Vu")
    post("sprint_do", made.public_id, 1, "retro", kind="try", text="Commencer à 7 h")
    post("sprint_do", made.public_id, 1, "decider", note=made.sprints.get().retro.get().public_id)
    post("sprint_do", made.public_id, 1, "terminer")
    client = {"client": "M. Aspres", "email": "m@aspres.example", "name": "M. Aspres", "client_siren": "213403017"}
    client |= {"client_street": "1 rue", "client_postcode": "34700", "client_city": "Lodève", "version": "1"}
    post("client_do", made.public_id, "fiche", **client)
    post("client_do", made.public_id, "lien")
    post("client_do", made.public_id, "livrable", title="Les joints", lot=own.public_id)
    post("client_do", made.public_id, "facturer", label="Joints", cents="1 200", rate="1000", deliverable="")
    post("client_on", made.public_id, "remettre", made.deliverables.get().public_id, file=photo())
    post("client_do", made.public_id, "modification", text="Un mur de plus")
    change = made.changes.get()
    post("client_on", made.public_id, "chiffrer", change.public_id, lot=own.public_id, cents="800", days="2")
    post("client_on", made.public_id, "voter", change.public_id)
    from cordee.delivery.reads.votes import vote_of

    change.refresh_from_db()
    voted(world, vote_of(change.ballot), at=now())  # type: ignore[arg-type]
    post("client_on", made.public_id, "proposer", change.public_id)
    post("client_do", made.public_id, "reception", visit_at="2027-11-20T09:00")
    for name in ("board", "client", "failing"):
        assert aude.get(reverse(f"delivery:{name}", args=[made.public_id])).status_code == 200
    assert aude.get(reverse("delivery:sprint", args=[made.public_id, 1])).status_code == 200


def test_pages_in_english_hold_no_french(world: World, full: Delivery) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.aude)
    world.aude.language = "en"
    world.aude.save()
    text = client.get(
        reverse("delivery:board", args=[full.public_id]), headers={"accept-language": "en"}
    ).content.decode()
    assert "The board" in text
