"""Public contracts won: taken in once, brought up to date, shown on the card."""

import io

import pytest
from django.urls import reverse

from cordee.directory import acts
from cordee.directory.models import PublicContract
from cordee.engines.contracts import ContractsRefused
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.models import Entry
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def listed(*lines: str) -> io.BytesIO:
    return io.BytesIO("\n".join(["uid,objet,acheteur_nom,titulaire_id,montant,dateNotification", *lines]).encode())


def test_contracts_stand_on_the_card_of_who_won_them(world: World) -> None:
    card = world.seats["aude"].company
    lines = [f"M1,École,Lodève,{card.siren}00000,250000,2025-03-02", "M1,École,Lodève,732829320,250000,2025-03-02"]
    count = acts.import_contracts(listed(*lines), name="decp.csv", by=Clockwork(), at=AT)
    assert count == {"added": 1, "updated": 0, "companies": 1}
    assert Entry.objects.latest("pk").facts == {**count, "file": "decp.csv"}
    again = acts.import_contracts(listed(lines[0]), name="decp.csv", by=Clockwork(), at=AT)
    assert (again["added"], again["updated"]) == (0, 1)
    assert PublicContract.objects.get().holders == 1
    page = browser_of(world.chloe).get(reverse("directory:company", args=[card.public_id])).content.decode()
    assert "École" in page
    assert "250\u202f000" in page


def test_only_who_runs_the_server_imports_and_a_wrong_file_gets_a_sentence(world: World) -> None:
    with pytest.raises(NotAllowed):
        acts.import_contracts(listed(), name="a", by=Actor(world.bruno), at=AT)
    with pytest.raises(ContractsRefused):
        acts.import_contracts(io.BytesIO(b"a,b\n1,2\n"), name="a", by=Clockwork(), at=AT)
    assert not PublicContract.objects.exists()
