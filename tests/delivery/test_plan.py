"""The plan of a delivery as its page shows it: a picture, and the same dates in a table."""

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from cordee.delivery.models import Delivery
from cordee.ground.kit.clock import now
from tests.delivery.building import card, lot, moved, site
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def section(world: World, delivery: Delivery) -> html.HtmlElement:
    """The part of the page that shows the plan."""
    page = browser_of(world.aude).get(reverse("delivery:board", args=[delivery.public_id])).content.decode()
    (found,) = html.fromstring(page).xpath("//section[@aria-labelledby='chain']")
    return found


def rows(found: html.HtmlElement) -> dict[str, list[str]]:
    """The table: by card, what each cell says."""
    return {
        row.findtext("th"): [" ".join(cell.text_content().split()) for cell in row.findall("td")]
        for row in found.findall(".//table/tbody/tr")
    }


def test_the_picture_and_its_table_say_the_same(world: World) -> None:
    delivery = site(world, at=now())
    walls, roof = lot(world, delivery, "bruno", "Murs"), lot(world, delivery, "denis", "Toit")
    base = moved(world, card(world, walls, "bruno", "Fondations", days=1), "bruno", "doing", "check", "done")
    gable = card(world, walls, "bruno", "Pignon", days=10, after=[base.public_id])
    card(world, roof, "denis", "Charpente", days=5, after=[gable.public_id])
    card(world, roof, None, "Gouttières", days=2)
    found = section(world, delivery)
    said = " ".join(found.text_content().split())
    assert "16 jours ouvrés, fin le" in said
    assert "d’une entreprise à l’autre" in said

    table = rows(found)
    assert set(table) == {"Fondations", "Pignon", "Charpente", "Gouttières"}
    assert {name: cells[-1] for name, cells in table.items()} == {
        "Fondations": "fini", "Pignon": "aucune", "Charpente": "aucune", "Gouttières": "14 jours",
    }  # fmt: skip
    assert table["Gouttières"][0] == "à prendre"
    assert table["Charpente"][0] == "Atelier Roux"

    (picture,) = found.xpath(".//div[@role='img']")
    assert "Les mêmes dates sont dans le tableau" in picture.get("aria-label")
    names = [each.text for each in picture.findall("ol/li/b")]
    assert names == list(table)
    bars = [each for each in picture.findall(".//rect") if "is-expected" not in each.get("class")]
    kinds = dict(zip(names, (each.get("class") for each in bars), strict=True))
    assert kinds == {
        "Fondations": "is-done", "Pignon": "is-chain", "Charpente": "is-chain", "Gouttières": "is-free",
    }  # fmt: skip
    assert all(float(each.get("x")) >= 0 and float(each.get("x")) + float(each.get("width")) <= 100.01 for each in bars)
    where = {name: (float(each.get("x")), float(each.get("width"))) for name, each in zip(names, bars, strict=True)}
    assert where["Charpente"][0] >= sum(where["Pignon"])  # it begins once the other has ended
    assert where["Pignon"][1] > where["Charpente"][1] > where["Gouttières"][1]
    assert len(picture.findall(".//polyline")) == 2


def test_no_plan_is_drawn_while_no_card_waits_for_another(world: World) -> None:
    delivery = site(world, at=now() - timedelta(days=3))
    card(world, lot(world, delivery, "bruno", "Murs"), "bruno", "Pignon", days=4)
    page = browser_of(world.aude).get(reverse("delivery:board", args=[delivery.public_id])).content.decode()
    assert "Ce qui ne peut pas glisser" not in page
    assert '<svg viewBox="0 0 100' not in page
