"""Writing to the members, with files: what is taken, what is not, who may open it."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.directory.models import Representative
from cordee.ground.files.acts import FileNotTaken, FileTooLarge
from cordee.ground.files.models import Document
from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.acts import MOST_FILES, EmptyMessage, TooManyFiles
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.acts import write_in_conversation
from tests import factories
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 un plan"


def upload(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_message_with_a_file_kept_once_under_its_digest(world: World, tmp_path: Path) -> None:
    for name in ("plan.pdf", "le même.pdf"):
        write_in_conversation(world.grouping, "Voici", files=[upload(name)], by=world.actor("bruno"), at=AT)
    digest = hashlib.sha256(PDF).hexdigest()
    assert list(Document.objects.values_list("digest", flat=True)) == [digest, digest]
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [digest]
    entry = Entry.objects.of(world.grouping.book)[0]
    assert entry.act == "messages.message.written"
    assert (entry.facts["files"], entry.facts["digests"]) == (1, digest)
    assert "Voici" not in str(entry.facts)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("page.html", b"<script>", FileNotTaken),
        ("dessin.svg", b"<svg/>", FileNotTaken),
        ("outil.exe", b"MZ", FileNotTaken),
        ("faux.pdf", b"<html>", FileNotTaken),
        ("sans-fin", b"abc", FileNotTaken),
        ("vide.pdf", b"", FileNotTaken),
        ("lourd.pdf", PDF * 70_000, FileTooLarge),
    ],
)
def test_what_is_not_taken(world: World, settings: object, name: str, content: bytes, refusal: type[Exception]) -> None:
    settings.UPLOAD_MAX_BYTES = 1024**2  # type: ignore[attr-defined]
    with pytest.raises(refusal):
        write_in_conversation(world.grouping, "", files=[upload(name, content)], by=world.actor("bruno"), at=AT)
    assert not Document.objects.exists()
    assert not Entry.objects.exists()


def test_nothing_at_all_and_too_much(world: World) -> None:
    with pytest.raises(EmptyMessage):
        write_in_conversation(world.grouping, " \n ", by=world.actor("aude"), at=AT)
    with pytest.raises(TooManyFiles):
        write_in_conversation(world.grouping, "", files=[upload()] * (MOST_FILES + 1), by=world.actor("aude"), at=AT)
    with pytest.raises(NotYours):
        write_in_conversation(world.grouping, "Bonjour", by=world.actor("chloe"), at=AT)


def test_somebody_who_prepares_may_write(world: World) -> None:
    anne = factories.person("Anne Petit")
    seat = world.seats["aude"]
    Representative.objects.create(company=seat.company, person=anne, capacity="assistant", since=AT)
    write_in_conversation(world.grouping, "Je prépare", by=Actor(anne, address(seat)), at=AT)
    page = browser_of(anne).get(f"/groupements/{world.grouping.public_id}/").content.decode()
    assert "Vous préparez pour Menuiserie Lambert" in page


def test_a_file_is_only_handed_over_to_be_saved(world: World) -> None:
    message = write_in_conversation(world.grouping, "", files=[upload('é"à.pdf')], by=world.actor("bruno"), at=AT)
    document = message.attachments.get().document
    answer = browser_of(world.aude).get(f"/groupements/{world.grouping.public_id}/fichiers/{document.public_id}")
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    stray = Document.objects.create(
        digest=document.digest, size=1, name="a.pdf", kind="pdf", book=world.grouping.book, by=world.aude, at=AT
    )
    address = f"/groupements/{world.grouping.public_id}/fichiers/{stray.public_id}"
    assert browser_of(world.aude).get(address).status_code == 404


def test_the_page_writes_reads_and_refreshes(world: World) -> None:
    browser, address = browser_of(world.bruno), f"/groupements/{world.grouping.public_id}/conversation"
    assert "Rien n’est encore écrit" in browser.get(address).content.decode()
    answer = browser.post(address, {"text": "Bonjour <b>à tous</b>", "files": [upload()]}, follow=True)
    page = answer.content.decode()
    assert "Bonjour &lt;b&gt;à tous" in page
    assert "plan.pdf" in page
    fragment = browser.get(address, headers={"HX-Request": "true", "HX-Target": "messages"}).content.decode()
    assert fragment.strip() in page
    refused = browser.post(address, {"text": ""})
    assert refused.status_code == 409
    assert "Votre message est vide" in refused.content.decode()


def test_older_messages_are_one_page_away(world: World) -> None:
    for number in range(55):
        write_in_conversation(world.grouping, f"Message {number:02d}.", by=world.actor("bruno"), at=AT)
    browser, address = browser_of(world.bruno), f"/groupements/{world.grouping.public_id}/conversation"
    page = browser.get(address)
    assert "Message 04." not in page.content.decode()
    older = browser.get(address, {"avant": page.context["page"].earlier}).content.decode()
    assert "Message 04." in older
    assert "Message 05." not in older
    assert browser.get(address, {"avant": "nonsense"}).status_code == 404
