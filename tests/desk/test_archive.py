"""The archive of a closed grouping: read by a person, verified with the standard library alone, on any machine."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.cli import main
from cordee.desk.reads import whole_archive
from cordee.engines import chain
from cordee.ground.files.acts import keep
from cordee.ground.files.models import Document
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Clockwork
from cordee.ground.signing import acts as signing
from cordee.ground.signing.reads import code_for
from cordee.groupings.acts import write_in_conversation
from cordee.groupings.models import Grouping
from cordee.groupings.reads import membership
from cordee.money import acts as money
from cordee.money.models import Invoice
from cordee.offers import acts as offers
from cordee.offers.models import Bid, Variant
from tests import factories
from tests.factories import AT
from tests.journeys.together import LATER, vote_all
from tests.offers import bidding
from tests.people import World, browser_of, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    world: World = make_world(stage="committed")
    upload = SimpleUploadedFile("plan-étage.pdf", b"%PDF-1.7 plan")
    write_in_conversation(world.grouping, "Le plan", files=[upload], by=world.actor("bruno"), at=AT)
    pool = money.open_pool(world.grouping, title="Stand=1", by=world.actor("aude"), at=AT)
    money.add_line(pool, label="=m²", cents=8_000, paid_by=world.seats["aude"], by=world.actor("aude"), at=AT)
    vote_all(world, money.propose_key(pool, kind="equal", by=world.actor("aude"), at=AT))
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="closed")
    answer = browser_of(world.bruno).get(f"/groupements/{world.grouping.public_id}/archive.zip")
    assert answer["Content-Type"] == "application/zip"
    path = tmp_path / "archive.zip"
    path.write_bytes(answer.content)
    return path


def alone(archive: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Verify with Python alone: nothing of ours, nothing installed, an empty folder; the program is the archive's."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(archive) as opened:
        (folder / "chain.py").write_bytes(opened.read("chain.py"))
    words = [sys.executable, "-I", "-S", "chain.py", str(archive)]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, env={})


def changed(archive: Path, to: Path, **parts: bytes | None) -> Path:
    """The same archive with some parts altered, removed (None) or added."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(to, "w") as new:
        names = {name.replace(".", "_"): name for name in old.namelist()}
        for key, name in names.items():
            content = parts.pop(key, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for key, content in parts.items():
            new.writestr(key, content or b"")
    return to


def test_it_holds_with_python_alone_and_with_cordee(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = alone(archive, archive.parent / "elsewhere")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "L’archive tient" in done.stdout
    assert "Le livre" in done.stdout
    assert main(["verify", str(archive)]) == 0
    assert "L’archive tient" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"index_html": b"<p>autre</p>"}, "« index.html » n’est plus ce qu’il était"),
        ({"decisions_csv": None}, "« decisions.csv » manque"),
        ({"ajout.pdf": b"%PDF-1.7"}, "« ajout.pdf » a été ajouté"),
        ({"manifest_json": b"{}"}, "manifest.json"),
        ({"registre_jsonl": None}, "« registre.jsonl » manque"),
    ],
    ids=["altered", "removed", "added", "no list", "no book"],
)
def test_any_change_shows(
    archive: Path, tmp_path: Path, parts: dict[str, bytes | None], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = changed(archive, tmp_path / "other.zip", **parts)
    report = chain.verify_archive(str(other))
    assert not report.ok
    assert said in " ".join(report.sentences()).replace("\u00a0", " ")
    assert main(["verify", str(other)]) == 1
    capsys.readouterr()


def test_a_list_signed_by_another_key_is_told(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist() if name != chain.MANIFEST}
        old = json.loads(opened.read(chain.MANIFEST))
    forged = chain.signed_manifest(
        b"x" * 32, book=old["book"], name=old["name"], at=old["at"], key_id=old["key_id"], files=files
    )
    other = changed(archive, tmp_path / "forged.zip", manifest_json=json.dumps(forged).encode())
    assert [code for code, _params in chain.verify_archive(str(other)).problems] == ["wrong_key"]
    assert chain.verify_archive(io.BytesIO(b"PK nothing")).problems == (("not_an_archive", {}),)


def test_a_person_reads_it_without_cordee(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        names, page = opened.namelist(), opened.read("index.html").decode()
        sheet = next(opened.read(name).decode() for name in names if name.startswith("comptes/"))
    assert names[0] == "index.html"
    assert "documents/plan-étage.pdf" in names
    for words in (
        "Bois &amp; Pierre",
        "Charpente Masson",
        "Partager",
        "Adoptée",
        "80,00",
        "a ouvert des comptes communs",
    ):
        assert words in page
    assert "http" not in page.replace("http-equiv", "")
    assert "'=m²" in sheet


def test_the_same_moment_gives_the_same_file() -> None:
    world = make_world(stage="committed")
    me = membership(world.bruno, world.grouping.public_id)
    assert whole_archive(me, at=LATER) == whole_archive(me, at=LATER)


def opened(world: World, name: str, path: Path) -> zipfile.ZipFile:
    """The archive as one of them receives it, verified with Python alone."""
    path.write_bytes(whole_archive(membership(getattr(world, name), world.grouping.public_id), at=LATER))
    assert alone(path, path.parent / name).returncode == 0
    return zipfile.ZipFile(path)


def test_money_is_in_it_and_each_finds_its_own_only(tmp_path: Path) -> None:
    """Budgets and calls for funds for all; a final account for its company and for whoever keeps the money."""
    world = make_world(stage="committed")
    aude, bruno = world.actor("aude"), world.actor("bruno")
    pool = money.open_pool(world.grouping, title="Stand", by=aude, at=AT)
    heading = money.add_heading(pool, label="Location", planned_cents=90_000, by=aude, at=AT)
    parts = {world.seats[name].public_id: 2_500 for name in ("aude", "bruno")}
    money.add_line(
        pool, label="Acompte", cents=5_000, paid_by=world.seats["aude"], heading=heading, split="amount", parts=parts,
        by=aude, at=AT,
    )  # fmt: skip
    vote_all(world, money.propose_key(pool, kind="equal", by=aude, at=AT))
    day = (AT + timedelta(days=30)).date()
    money.call_funds(pool, title="Premier appel", cents=8_000, due_on=day, held_by=world.seats["aude"], by=aude, at=AT)
    final = money.draw_final_account(world.seats["bruno"], by=bruno, at=AT)
    invoice = Document.objects.create(
        digest=final.text.digest, size=final.text.size, name="F2026-0001.pdf", kind="pdf", book=world.grouping.book,
        by=world.aude, at=AT,
    )  # fmt: skip
    buyer = {"name": "Mairie de Lodève"}
    Invoice.objects.create(
        grouping=world.grouping, seat=world.seats["aude"], seller=world.seats["aude"].company, state="issued",
        number="F2026-0001", issued_on=AT.date(), due=day, buyer=buyer, net_cents=100_000, tax_cents=20_000,
        gross_cents=120_000, pdf=invoice, made_by=world.aude, made_at=AT,
    )  # fmt: skip
    his, hers = opened(world, "bruno", tmp_path / "b.zip"), opened(world, "aude", tmp_path / "a.zip")
    page, all_of_it = his.read("index.html").decode(), hers.read("index.html").decode()
    for words in ("Location", "900,00", "Premier appel", "Décomptes définitifs"):
        assert words in page
    assert "comptes/Appels de fonds.csv" in his.namelist()
    assert f"documents/{final.text.name}" in his.namelist()
    assert "documents/F2026-0001.pdf" not in his.namelist()
    assert "Mairie de Lodève" not in page  # the invoice is Aude’s own
    assert "documents/F2026-0001.pdf" in hers.namelist()
    assert "Mairie de Lodève" in all_of_it
    denis = world.seats["denis"].holder
    with zipfile.ZipFile(io.BytesIO(whole_archive(membership(denis, world.grouping.public_id), at=LATER))) as others:
        assert not [name for name in others.namelist() if "Décompte" in name]


def accepted(world: World) -> Variant:
    """An offer that Aude's company leads, sent and accepted by its client."""
    bid = bidding.offer(world)
    parts = [part.public_id for part in bidding.ready(world, bid).values()]
    by = world.actor("aude")
    made = offers.make_variant(bid, title="Tout compris", parts=parts, by=by, at=now())
    sent = offers.send_offer(made, email="client@exemple.fr", name="Mme Serra", by=by, at=now())
    link = signing.link_of(sent.ceremony.signatories.get(), at=now())
    signatory = signing.send_code(link, at=now())
    signing.sign(link, code=code_for(signatory), consent="J’accepte cette offre.", at=now())
    signing.seal_ceremony(sent.ceremony, by=Clockwork(), at=now())
    return Variant.objects.select_related("pdf", "ceremony__sealed").get(pk=sent.pk)


def documents_of(world: World, name: str) -> dict[str, bytes]:
    """What the archive of one of them holds of documents, by name."""
    person = world.seats[name].holder
    archive = whole_archive(membership(person, world.grouping.public_id), at=now())
    with zipfile.ZipFile(io.BytesIO(archive)) as parts:
        return {each: parts.read(each) for each in parts.namelist() if each.startswith(("documents/", "textes/"))}


def test_a_joint_answer_is_for_its_assembler_and_an_offer_too() -> None:
    """No member, no treasurer, no lead who does not assemble finds others’ prices, handed in or signed by a client."""
    world = make_world(stage="committed")
    bid = bidding.frozen(world)
    emma = world.seats["emma"].holder  # a member that prices nothing puts the prices together
    Bid.objects.filter(pk=bid.pk).update(assembler=emma)
    bid = offers.submit_bid(bid, by=world.actor("aude"), at=now())
    offer = accepted(world)
    Bid.objects.filter(pk=offer.bid_id).update(assembler=emma)
    factories.office(world.seats["denis"], "treasurer")
    papers = {"answer": bid.submission, "offer": offer.pdf, "signed": offer.ceremony.sealed}
    contents = {what: paper.read() for what, paper in papers.items()}
    found = {}
    for name in ("aude", "bruno", "denis", "emma"):
        kept = list(documents_of(world, name).values())
        found[name] = {what for what, content in contents.items() if content in kept}
    assert found == {"aude": set(), "bruno": set(), "denis": set(), "emma": {"answer", "offer", "signed"}}


def test_the_treasurer_finds_invoices_and_final_accounts_and_a_member_its_own() -> None:
    world = make_world(stage="committed")
    factories.office(world.seats["emma"], "treasurer")
    seat, bruno = world.seats["bruno"], world.actor("bruno")
    money.open_pool(world.grouping, title="Stand", by=bruno, at=AT)
    final = money.draw_final_account(seat, by=bruno, at=AT)
    upload = SimpleUploadedFile("F2026-0002.pdf", b"%PDF-1.7 facture")
    invoice = keep(upload, book=world.grouping.book, by=world.bruno, at=AT)
    Invoice.objects.create(
        grouping=world.grouping, seat=seat, seller=seat.company, state="issued", number="F2026-0002",
        issued_on=AT.date(), due=AT.date(), buyer={"name": "Mairie"}, net_cents=100, tax_cents=20, gross_cents=120,
        pdf=invoice, made_by=world.bruno, made_at=AT,
    )  # fmt: skip
    own = {f"documents/{final.text.name}", f"documents/{invoice.name}"}
    for name, expected in (("bruno", own), ("emma", own), ("denis", set())):
        assert own & set(documents_of(world, name)) == expected, name
