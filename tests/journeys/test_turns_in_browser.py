"""Every turn of a groupement's life on a telephone: first refused, in words and with a way out; then done."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cordee.directory.models import Representative
from cordee.engines.lifecycle import CHECKLIST, DECISION_TYPES, proposed_rule
from cordee.governance.acts import adopt_rule
from cordee.governance.models import Ballot
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Clockwork
from cordee.groupings import acts as groupings
from cordee.groupings.models import Departure, FinalStatement, Grouping, Office, Seat, Settling
from cordee.journeys import acts
from cordee.journeys.tasks import tick
from cordee.money import acts as money
from tests import factories
from tests.journeys.phones import Phones
from tests.journeys.story import signed_by_all
from tests.journeys.together import again, vote_all
from tests.offers.walking import walk_in
from tests.people import World, make_world
from tests.projects.doors import project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phones(live_server: Any) -> Iterator[Phones]:
    for walk in walk_in(live_server.url):
        world = make_world()
        for name in ("aude", "bruno", "chloe"):
            walk.enter(name, getattr(world, name), phone=True).set_default_timeout(20_000)
        yield Phones(walk, world)


def adopted(world: World) -> None:
    """Everybody votes for what is being voted; it takes effect by itself."""
    vote_all(world, Ballot.objects.get(grouping=world.grouping, closed_at=None), at=now())


def an_exchange_becomes_a_collective(on: Phones) -> None:
    world = on.table("exchange", "aude")
    on.at("aude", world)
    on.waits("aude", "alone", "Il manque", button="Devenir un collectif")
    bruno = on.world.seats["bruno"]
    seat = factories.seat(world.grouping, bruno.holder, company=bruno.company)
    on.at("bruno", world)
    on.waits("bruno", "who leads passes it", "peut faire passer l’étape", button="Devenir un collectif")
    on.at("aude", world)
    Seat.objects.filter(pk=seat.pk).update(state="left")  # meanwhile, Bruno leaves
    on.press("aude", "Devenir un collectif", "Il manque encore quelque chose.")
    on.told_no("aude", "too few when one presses")
    Seat.objects.filter(pk=seat.pk).update(state="member")
    on.at("aude", world)
    on.press("aude", "Devenir un collectif", "Nouvelle étape")
    on.at("aude", world)
    on.press("aude", "Revenir à l’échange", "Nouvelle étape")
    assert again(world.grouping).stage == "exchange"


def two_go_on_as_a_partenariat(on: Phones) -> None:
    world = on.table("collective", "aude", "bruno")
    on.at("aude", world)
    denis = on.world.seats["denis"]
    third = factories.seat(world.grouping, denis.holder, company=denis.company)
    on.press("aude", "Continuer à deux, en partenariat", "Un partenariat réunit deux entreprises indépendantes")
    on.told_no("aude", "a partenariat of three")
    Seat.objects.filter(pk=third.pk).delete()
    on.at("aude", world)
    on.press("aude", "Continuer à deux, en partenariat", "C’est noté")
    assert again(world.grouping).partnership


def a_collective_commits(on: Phones) -> None:
    world = on.table("collective")
    on.at("aude", world)
    on.waits("aude", "nothing signed", "Ce qui manque pour s’engager", "Préparez la convention", button="S’engager")
    for kind in DECISION_TYPES:
        adopt_rule(world.grouping, kind, proposed_rule(kind), by=Clockwork(), at=now(), by_decision="a/vote")
    Office.objects.create(
        grouping=world.grouping, seat=world.seats["aude"], role="coordinator", since=now(), by_decision="a/vote"
    )
    signed_by_all(world.grouping)
    on.at("aude", world)
    on.press("aude", "S’engager", "Nouvelle étape")
    on.at("aude", world, "membres")  # the lead was named by a vote: another vote changes it
    page = on.walk.pages["aude"]
    page.locator("select[name=role]").select_option("coordinator")
    page.locator("select[name=seat]").select_option(label="Charpente Masson")
    on.press("aude", "Donner ce rôle", "Une décision a désigné")
    on.told_no("aude", "a role named by a vote")
    page.locator("select[name=role]").select_option("treasurer")
    page.locator("select[name=seat]").select_option(label="Charpente Masson")
    on.press("aude", "Donner ce rôle", "C’est noté.")
    assert Office.objects.filter(grouping=world.grouping, role="treasurer", seat=world.seats["bruno"]).exists()


def a_committed_one_winds_up(on: Phones) -> None:
    world = on.table("committed")
    on.at("aude", world)
    on.waits("aude", "no vote on the end", "Votez", button="Commencer la fin")
    on.at("bruno", world, "etapes/wind_up")
    page = on.walk.pages["bruno"]
    page.get_by_label("Clôture du vote").fill(f"{now() - timedelta(days=1):%Y-%m-%dT18:00}")
    on.press("bruno", "Mettre au vote")
    on.told_no("bruno", "a vote that closes yesterday")
    on.at("bruno", world, "etapes/wind_up")
    page.get_by_label("Qui mène la fin").select_option(label="Menuiserie Lambert")
    on.press("bruno", "Mettre au vote", "Le vote est ouvert.")
    on.at("aude", world, "etapes/wind_up").get_by_label("Qui mène la fin").select_option(label="Charpente Masson")
    on.press("aude", "Mettre au vote", "Cette question est déjà au vote.")
    on.told_no("aude", "the end is being voted")
    adopted(world)
    on.at("aude", world)
    on.reads("aude", "La liste de clôture")
    assert again(world.grouping).stage == "winding_up"


def one_stage_back(on: Phones) -> None:
    world = on.table("committed")
    on.at("bruno", world)
    on.at("bruno", world, "etapes/closing")
    on.told_no("bruno", "a closing before the end", "Cette question ne se pose pas à cette étape.")
    on.at("bruno", world, "etapes/step_back")
    on.press("bruno", "Mettre au vote", "Le vote est ouvert.")
    adopted(world)
    on.at("aude", world)
    on.reads("aude", "Ce qui manque pour s’engager")


def another_purpose(on: Phones) -> None:
    world = on.table("committed")
    on.at("bruno", world, "but")
    on.press("bruno", "Mettre au vote", "Rien ne change dans ce texte.")
    on.told_no("bruno", "the same purpose")
    page = on.at("bruno", world, "but")
    page.get_by_label("Le but", exact=True).fill("Un atelier commun.")
    on.press("bruno", "Mettre au vote", "Le nouveau but est au vote.")
    on.at("aude", world, "but").get_by_label("Le but", exact=True).fill("Autre chose.")
    on.press("aude", "Mettre au vote", "Un changement de but est déjà au vote.")
    on.told_no("aude", "another purpose is being voted")
    adopted(world)
    on.at("aude", world)
    on.reads("aude", "Un atelier commun.")


def a_pause(on: Phones) -> None:
    world = on.table("collective")
    on.at("bruno", world)
    on.waits("bruno", "who leads pauses", "Étapes", button="Mettre en pause")
    on.at("aude", world)
    groupings.pause(world.grouping, by=world.actor("aude"), at=now())
    on.press("aude", "Mettre en pause", "Le groupement est déjà en pause.")
    on.told_no("aude", "paused twice")
    on.waits("aude", "nothing moves while it rests", "est en pause", button="Revenir à l’échange")
    on.press("aude", "Reprendre", "Le groupement reprend.")


def below_three(on: Phones) -> None:
    world = on.table("committed")
    on.at("bruno", world)
    on.at("bruno", world, "etapes/partnership")
    on.told_no("bruno", "a partenariat of four", "Cette question ne se pose pas à cette étape.")
    gone = Seat.objects.filter(pk__in=[world.seats["denis"].pk, world.seats["emma"].pk])
    gone.update(state="left")
    tick(at=now())
    on.at("bruno", world)
    on.reads("bruno", "Accueillir une entreprise", "Continuer à deux")
    on.refused.append("below three, with its days to mend")
    gone.filter(pk=world.seats["denis"].pk).update(state="member")
    tick(at=now())
    on.at("bruno", world)
    expect(on.walk.pages["bruno"].get_by_role("link", name="Continuer à deux")).to_have_count(0)
    gone.update(state="left")
    tick(at=now())
    on.at("bruno", world).get_by_role("link", name="Continuer à deux").first.click()
    on.press("bruno", "Mettre au vote", "Le vote est ouvert.")
    adopted(world)
    assert again(world.grouping).partnership


def a_company_comes_in(on: Phones) -> None:
    world = on.table("committed")
    on.at("aude", world, "demandes")
    on.press("aude", "Ouvrir la page", "L’adresse à donner")
    door = reverse("journeys:ask", args=[again(world.grouping).door])
    on.walk.go("chloe", door)
    on.walk.pages["chloe"].get_by_label("Ce que vous apportez").fill("Les enduits.")
    groupings.shut_door(world.grouping, by=world.actor("aude"), at=now())
    on.press("chloe", "Demander à entrer", "Page introuvable", "Aller à Aujourd’hui")
    on.refused.append("a page that is shut")
    door = reverse("journeys:ask", args=[groupings.open_door(world.grouping, by=world.actor("aude"), at=now()).door])
    on.walk.go("chloe", door)
    on.walk.pages["chloe"].get_by_label("Ce que vous apportez").fill("Les enduits.")
    on.press("chloe", "Demander à entrer", "Demande envoyée")
    on.at("bruno", world, "demandes")
    on.at("aude", world, "demandes")
    on.press("bruno", "Mettre au vote", "C’est fait.")
    on.press("aude", "Mettre au vote", "Cette demande est déjà")
    on.told_no("aude", "a request put to the vote twice")
    adopted(world)
    on.at("chloe", world)
    on.reads("chloe", "Étapes")


def one_invites(on: Phones) -> None:
    world = on.table("exchange", "aude", "bruno")
    page = on.at("aude", world, "membres")
    page.get_by_label("Adresse e-mail").first.fill(world.bruno.email)
    on.press("aude", "Inviter", "déjà")
    on.told_no("aude", "somebody who is there")
    page = on.at("aude", world, "membres")
    page.get_by_label("Adresse e-mail").first.fill("felix@exemple.fr")
    on.press("aude", "Inviter", "L’invitation part.")
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="committed")
    on.at("aude", world, "membres")
    on.waits("aude", "once signed, one comes in by a vote", "Membres", button="Inviter")


def a_seat_is_handed_over(on: Phones) -> None:
    world = on.table("collective")
    other = factories.person("Agnès Masson")
    speaks = Representative.objects.create(company=world.seats["bruno"].company, person=other, since=now())
    page = on.at("bruno", world, "membres")
    box = page.locator("form", has=page.get_by_role("button", name="Passer la main")).locator("select")
    box.select_option(label="Agnès Masson")
    Representative.objects.filter(pk=speaks.pk).update(until=now())
    on.press("bruno", "Passer la main", "Choisissez à qui passer la main.")
    on.told_no("bruno", "who does not commit the company")
    Representative.objects.filter(pk=speaks.pk).update(until=None)
    page = on.at("bruno", world, "membres")
    box.select_option(label="Agnès Masson")
    on.press("bruno", "Passer la main", "vous remplace")
    assert Seat.objects.get(pk=world.seats["bruno"].pk).holder == other


def one_leaves(on: Phones) -> None:
    world = on.table("collective")
    pool = money.open_pool(world.grouping, title="Stand", by=world.actor("aude"), at=now())
    money.add_line(pool, label="m²", cents=8_000, paid_by=world.seats["aude"], by=world.actor("aude"), at=now())
    on.at("bruno", world, "membres/quitter")
    on.press("bruno", "Partir maintenant", "Il reste des choses à régler avant de partir.", "Stand")
    on.told_no("bruno", "common accounts are open")
    world = on.table("committed")
    on.at("bruno", world, "membres/quitter")
    acts.leave_grouping(world.seats["bruno"], by=world.actor("bruno"), at=now())
    on.press("bruno", "Annoncer mon départ", "déjà")
    on.told_no("bruno", "leaving already")
    departure = Departure.objects.get(grouping=world.grouping)
    on.at("bruno", world, f"departs/{departure.public_id}")
    on.press("bruno", "Finalement, rester", "C’est fait.")
    on.at("bruno", world, "membres/quitter")
    on.press("bruno", "Annoncer mon départ", "Le départ prend effet le")
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="winding_up")
    on.at("aude", world, "membres/quitter")
    on.waits("aude", "at the end one leaves together", "chacun part avec les autres", button="Annoncer mon départ")


def a_company_is_heard_first(on: Phones) -> None:
    world = on.table("committed")
    page = on.at("aude", world, "membres")
    page.get_by_text("Ouvrir une exclusion").click()
    page.locator("details[open]").get_by_role("link", name="Charpente Masson").click()
    page.get_by_label("Ce qui est reproché").fill("Trois échéances non payées en janvier, février et mars.")
    page.get_by_label("Quand elle sera entendue").fill(f"{now() + timedelta(days=4):%Y-%m-%dT18:00}")
    on.press("aude", "Envoyer ces griefs à l’entreprise", "15 jours")
    on.told_no("aude", "heard too soon")
    on.at("aude", world, f"exclusion/{world.seats['bruno'].public_id}")
    page.get_by_label("Ce qui est reproché").fill("Trois échéances non payées en janvier, février et mars.")
    on.press("aude", "Envoyer ces griefs à l’entreprise", "L’entreprise prépare sa réponse")
    expect(page.get_by_role("button", name="Mettre au vote")).to_be_disabled()
    on.reads("aude", "Le vote s’ouvre après la date prévue pour l’entendre.")
    on.refused.append("a vote before it was heard")
    made = Departure.objects.get(grouping=world.grouping)
    on.at("bruno", world, f"departs/{made.public_id}")
    on.press("bruno", "Répondre", "Ce que l’entreprise répond")
    on.told_no("bruno", "an empty answer")
    on.walk.pages["bruno"].get_by_label("Votre réponse").fill("Un client nous doit 80 000 €.")
    on.press("bruno", "Répondre", "C’est fait.")
    then = now() - timedelta(days=20)
    Departure.objects.filter(pk=made.pk).update(asked_at=then, hearing_at=then + timedelta(days=16))
    on.at("aude", world, f"departs/{made.public_id}")
    on.press("aude", "Mettre au vote", "C’est fait.")
    ballot = Ballot.objects.get(grouping=world.grouping)
    on.walk.go("bruno", f"/decisions/{ballot.public_id}")
    on.waits("bruno", "it does not vote on itself", "La question concerne votre entreprise", button="Pour")
    adopted(world)
    made.refresh_from_db()
    assert made.state == "notice"


def it_closes(on: Phones) -> None:
    world = on.table("winding_up")
    for item in CHECKLIST:
        state = "todo" if item == "brand" else "done"
        Settling.objects.create(grouping=world.grouping, item=item, state=state, at=now())
    page = on.at("aude", world, "cloture")

    def settle(why: str) -> None:
        row = page.locator("li", has=page.locator(".badge", has_text="à faire")).first
        row.locator("summary").click()
        row.get_by_label("Où en est-on").select_option("none")
        row.get_by_label("Ce qui a été fait").fill(why)
        row.get_by_role("button", name="Enregistrer").click()

    settle("")
    on.told_no("aude", "no object, and no reason", "pourquoi ce point est sans objet")
    page = on.at("aude", world, "cloture")
    settle("Aucune marque entre nous.")
    on.reads("aude", "C’est enregistré.")
    on.press("aude", "Établir les décomptes", "C’est enregistré.")
    on.at("aude", world)
    on.waits("aude", "statements and the last vote", "décompte", "Votez la clôture", button="Clore le groupement")
    FinalStatement.objects.filter(grouping=world.grouping).update(accepted_at=now())
    on.at("bruno", world, "etapes/closing")
    on.press("bruno", "Mettre au vote", "Le vote est ouvert.")
    on.at("aude", world)
    adopted(world)
    on.press("aude", "Mettre en pause", "Ce groupement est clos")
    on.told_no("aude", "an archive does not change")
    on.at("bruno", world)
    on.reads("bruno", "Ce groupement est clos.")


def a_project_ends(on: Phones) -> None:
    world = on.table("collective")
    made = project(world)
    page = on.walk.go("aude", f"/projets/{made.public_id}")
    on.waits("aude", "what its stage asks for", "Pour passer à", button="Passer à « Choix du salon »")
    page.get_by_text("Terminer le projet").first.click()
    page.locator("[name=outcome][value=reached]").check()
    on.press("aude", "Terminer", "Le projet n’est pas à sa dernière étape.")
    on.told_no("aude", "reached, and never walked")
    page = on.walk.go("aude", f"/projets/{made.public_id}")
    page.get_by_text("Terminer le projet").first.click()
    page.locator("[name=outcome][value=dropped]").check()
    on.press("aude", "Terminer", "Salon de l’habitat")
    made.refresh_from_db()
    assert made.ended_at


TURNS: tuple[Callable[[Phones], None], ...] = (
    an_exchange_becomes_a_collective, two_go_on_as_a_partenariat, a_collective_commits, a_committed_one_winds_up,
    one_stage_back, another_purpose, a_pause, below_three, a_company_comes_in, one_invites, a_seat_is_handed_over,
    one_leaves, a_company_is_heard_first, it_closes, a_project_ends,
)  # fmt: skip
"""An existing groupement that comes in, and what is refused to it, has its own story: test_story_arrival.py."""


def test_every_turn_is_refused_in_words_then_done(phones: Phones) -> None:
    for turn in TURNS:
        turn(phones)
    assert len(phones.refused) == len(set(phones.refused)) >= 25
    assert [each for each in phones.walk.wrong if "the server responded with a status of 4" not in each] == []
