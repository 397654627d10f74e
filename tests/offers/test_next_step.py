"""« La suite »: the one thing that awaits each company on the page of a joint bid, from its part to the result."""

import re

import pytest
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.offers import acts
from cordee.offers.models import Bid
from tests.offers import bidding
from tests.offers.bidding import actor
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def awaits(world: World, bid: Bid, name: str) -> str:
    """What the page says comes next, for one leader."""
    page = browser_of(world.seats[name].holder).get(reverse("offers:bid", args=[bid.public_id])).content.decode()
    (section,) = re.findall(r'aria-labelledby="next">(.*?)</section>', page, re.DOTALL)
    (words,) = re.findall(r'<p class="mb-0"><b>(.*?)</b>', section)
    return str(words)


def test_each_company_is_told_its_own_next_step_until_the_result(world: World) -> None:
    bid = bidding.tender(world)
    assert awaits(world, bid, "bruno").startswith("Prenez votre part")
    parts = bidding.team(world, bid)
    assert "conjoint ou solidaire" in awaits(world, bid, "aude")
    bidding.roles(world, bid)
    assert "pourquoi vous répondez ensemble" in awaits(world, bid, "aude")
    members = {world.seats[name].public_id: {"alone": "no", "why": "Trop petite"} for name in parts}
    answers = {**bidding.ANSWERS, "members": members}
    acts.write_note(bid, answers=answers, version=1, by=actor(world, "aude"), at=now())
    assert "attend votre signature" in awaits(world, bid, "bruno")
    acts.sign_note(bid, by=actor(world, "aude"), at=now())
    assert "Part de aude" in awaits(world, bid, "aude")  # priced as soon as one has signed oneself
    for name in ("bruno", "denis"):
        acts.sign_note(bid, by=actor(world, name), at=now())
    assert "Chiffrez « Part de bruno »" in awaits(world, bid, "bruno").replace("\xa0", " ").replace("\u202f", " ")
    bidding.priced(world, parts)
    assert "Déclarez sur l’honneur" in awaits(world, bid, "denis")
    for name in parts:
        acts.declare_honour(bid, iban="FR76 3000 6000 0112 3456 7890 189", by=actor(world, name), at=now())
    assert awaits(world, bid, "aude").startswith("Figez l’équipe")
    assert awaits(world, bid, "emma").startswith("Rien ne vous attend ici. Il manque")  # she has no part in it
    assert "pièce de votre entreprise" in awaits(world, bid, "bruno")
    acts.freeze_bid(bid, by=actor(world, "aude"), at=now())
    bidding.papers(world)
    assert "Faites le dossier commun" in awaits(world, bid, "aude")
    assert "le mandataire s’occupe de la suite" in awaits(world, bid, "bruno")
    acts.submit_bid(Bid.objects.get(pk=bid.pk), by=actor(world, "aude"), at=now())
    assert "Notez le résultat" in awaits(world, bid, "aude")
    acts.close_bid(
        bid, result="won", why="La mieux notée.", lessons="Partir plus tôt.", by=actor(world, "aude"), at=now()
    )
    assert "est terminée" in awaits(world, bid, "bruno")
