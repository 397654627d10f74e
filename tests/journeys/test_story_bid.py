"""From a notice to a signed, settled, verified groupement: five leaders, each in their own browser, one by phone."""

import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from cordee.cli import main
from cordee.ground.register.models import Entry
from tests.browser import CHROMIUM, FLAGS
from tests.conftest import SHARED_DATA
from tests.journeys.story import (
    Story,
    accepts,
    answer_all,
    closes,
    cordee,
    directory,
    gather,
    notice,
    post,
    press,
    run,
    sees,
    votes,
    work,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
MEMBERS = ("Claire", "Yann", "Nadia", "Daniel")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the story is told in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def story(browser: Browser, live_server: Any, settings: Any, mailbox: None) -> Iterator[Story]:
    settings.SITE_URL = live_server.url
    directory()
    yield from gather(browser, live_server.url)


def test_from_a_notice_to_a_verified_groupement(story: Story, tmp_path: Path) -> None:
    claire_enters_with_a_code(story)
    claire_brings_a_notice(story)
    claire_finds_teams(story)
    claire_opens_an_exchange_with_the_best(story)
    leaders_answer_from_their_mail(story)
    the_exchange_becomes_a_collective(story)
    rules_and_a_lead_are_voted(story)
    costs_are_shared_by_a_voted_key(story)
    the_convention_is_prepared_and_answered(story)
    each_signs_from_their_mail(story, tmp_path)
    the_groupement_commits_itself(story)
    accounts_are_settled(story)
    each_keeps_and_verifies_the_book(story, tmp_path)
    the_book_tells_the_story(story)
    assert story.said == []
    assert story.wrong == []


def claire_enters_with_a_code(story: Story) -> None:
    (claire,) = story.who("Claire")
    page = story.go(claire, "/compte/login/")
    story.look(claire, "login")
    page.get_by_label("Adresse e-mail").fill(claire.email)
    press(claire, "Recevoir")
    code = re.search(r"^\d{6}$", story.mail(claire, "").text, flags=re.M)
    assert code
    page.get_by_label("Code").fill(code[0])
    press(claire, "Valider le code")
    page.wait_for_url(f"{story.site}/")
    story.look(claire, "today")


def claire_brings_a_notice(story: Story) -> None:
    (claire,) = story.who("Claire")
    page = story.go(claire, "/occasions/")
    story.look(claire, "occasions, none")
    story.go(claire, "/occasions/nouvelle")
    story.look(claire, "bring a notice")
    name, content = notice(SHARED_DATA)
    page.locator("input[type=file]").set_input_files([{"name": name, "mimeType": "text/xml", "buffer": content}])
    press(claire, "Lire cet avis")
    sees(claire, "L’avis est lu.", "Avec qui répondre ?")
    expect(page.get_by_role("heading", name=re.compile(r"Les \d+ lots"))).to_be_visible()
    story.look(claire, "need")


def claire_finds_teams(story: Story) -> None:
    (claire,) = story.who("Claire")
    press(claire, "Chercher des équipes")
    sees(claire, "Votre recherche va commencer.")
    story.look(claire, "search under way")
    work()
    expect(claire.page.get_by_role("heading", name=re.compile("possible"))).to_be_visible()  # by itself
    story.look(claire, "teams")


def claire_opens_an_exchange_with_the_best(story: Story) -> None:
    (claire,) = story.who("Claire")
    press(claire, "Ouvrir un échange avec cette équipe")
    sees(claire, "L’échange est ouvert.", "attend une réponse")
    found = re.search(r"/groupements/([^/]+)/membres", claire.page.url)
    assert found
    story.grouping = found[1]
    asked = claire.page.inner_text("main")
    for leader in story.who("Marc", "Yann", "Nadia", "Daniel"):
        if leader.name not in asked:  # the best team may be of three: Claire asks the others herself
            claire.page.get_by_label("Adresse e-mail").first.fill(leader.email)
            claire.page.get_by_label("Prénom et nom").first.fill(leader.name)
            claire.page.get_by_role("button", name="Inviter", exact=True).click()
            sees(claire, leader.name)
    story.look(claire, "members")
    story.go(claire, story.home)
    sees(claire, "Ce qui manque pour devenir un collectif")
    story.look(claire, "an exchange of one")


def leaders_answer_from_their_mail(story: Story) -> None:
    post()
    marc = story.leaders["Marc"]
    story.go(marc, story.link(marc, "vous invite"))
    story.look(marc, "invitation")
    marc.page.locator("summary", has_text="Décliner").click()
    marc.page.locator("textarea, input[name=reason]").first.fill("Mon carnet est plein jusqu’à l’été.")
    press(marc, "Décliner l’invitation")
    sees(marc, "C’est noté\u00a0: vous déclinez")
    story.look(marc, "declined")
    for leader in story.who("Yann", "Nadia"):
        accepts(story, leader)
    claire = story.leaders["Claire"]
    post()
    assert "décliné" in story.mail(claire, "Une réponse à votre invitation").text
    story.mail(claire, "Une entreprise rejoint l’échange")


def the_exchange_becomes_a_collective(story: Story) -> None:
    (claire,) = story.who("Claire")
    story.go(claire, story.home)
    sees(claire, "Tout est prêt pour devenir un collectif")
    story.look(claire, "ready to be a collective")
    press(claire, "Devenir un collectif")
    sees(claire, "Nouvelle étape", "Ce qui manque pour s’engager")
    story.look(claire, "collective")
    accepts(story, story.leaders["Daniel"])
    post()
    story.mail(story.leaders["Yann"], "passe une étape")


def rules_and_a_lead_are_voted(story: Story) -> None:
    claire, yann = story.who("Claire", "Yann")
    page = story.go(claire, story.home)
    page.locator("a[href*='effet=rules']").click()
    story.look(claire, "propose the rules")
    press(claire, "Ouvrir le vote")
    sees(claire, "Le vote est ouvert.", "0 votants sur 4")
    story.look(claire, "an open vote")
    rules = page.url
    story.go(claire, story.home)
    page.locator("a[href*='effet=coordinator']").click()
    page.get_by_label("Entreprise mandataire").select_option(label="Atelier Fabrègues")
    title = page.get_by_label("La question, en une ligne").input_value()
    press(claire, "Ouvrir le vote")
    sees(claire, "Atelier Fabrègues est désignée mandataire du groupement.")
    lead = page.url
    post()
    for leader in story.who(*MEMBERS):
        for number in range(2):
            votes(story, leader, story.links(leader, "À voter avant")[number])
    for ballot in (rules, lead):
        closes(story, claire, ballot)
    post()
    story.go(yann, story.link(yann, f"{title}"))
    sees(yann, "Adoptée", "Atelier Fabrègues est désignée mandataire du groupement.")
    story.look(yann, "a closed vote")
    story.go(claire, story.home)


def costs_are_shared_by_a_voted_key(story: Story) -> None:
    claire, yann = story.who("Claire", "Yann")
    page = story.go(claire, story.home)
    page.get_by_role("link", name="Partager une dépense").click()
    story.look(claire, "a new pool")
    page.get_by_label("Que partagez-vous").fill("Réponse à l’appel d’offres")
    page.get_by_label("En quoi se compte l’usage").fill("jours")
    page.locator("main form button").last.click()
    sees(claire, "Rien à partager pour l’instant.")
    story.pool = page.url.partition("?")[0]
    for leader, label, amount in (
        (claire, "Mémoire technique", "1 284,50"),
        (yann, "Relevé sur site", "640"),
        (story.leaders["Nadia"], "Impression", "75,25"),
    ):
        story.go(leader, story.pool)
        summary = leader.page.locator("summary", has_text="Ajouter une dépense")
        if not leader.page.get_by_label("Montant hors taxes").is_visible():
            summary.click()
        leader.page.get_by_label("Dépense", exact=True).fill(label)
        leader.page.get_by_label("Montant hors taxes").fill(amount)
        leader.page.get_by_label("Payée par").select_option(label=leader.company)
        press(leader, "Ajouter", exact=True)
        sees(leader, label)
    story.go(claire, story.pool)
    sees(claire, "1\u202f999,75\u00a0€")
    for leader, days in zip(story.who(*MEMBERS), ("6", "5", "3,5", "3"), strict=True):
        page.get_by_label(re.compile(f"{leader.company}\\s: usage")).fill(days)
        page.get_by_label(re.compile(f"{leader.company}\\s: coût")).fill("900")
    press(claire, "Enregistrer")
    story.look(claire, "pool")
    page.locator("input[name=cle][value=use]").check()
    press(claire, "Proposer cette clé au vote")
    sees(claire, "La clé est proposée au vote.")
    post()
    for leader in story.who(*MEMBERS):
        votes(story, leader, story.links(leader, "À voter avant")[-1])
    page.locator("main a[href*='/decisions/']").last.click()
    press(claire, "Clore le vote et annoncer le résultat")
    sees(claire, "Le vote est clos.")
    post()
    story.go(yann, story.pool)
    sees(yann, "La clé est votée")
    yann.page.get_by_role("link", name="Pourquoi je dois cela").first.click()
    sees(yann, "Ligne par ligne", "Relevé sur site", "payée par Nouvel Électricité", "Votée le")
    story.look(yann, "why")


def the_convention_is_prepared_and_answered(story: Story) -> None:
    claire, nadia = story.who("Claire", "Nadia")
    page = story.go(claire, story.home)
    page.get_by_role("link", name="Préparer un document").click()
    story.look(claire, "prepare")
    press(claire, "Préparer", exact=True)
    sees(claire, "Convention de groupement", "Lot 4 : son prix hors taxes")
    story.agreement = page.url.partition("?")[0]
    story.look(claire, "a convention to answer")
    for number, leader in enumerate(story.who(*MEMBERS), 1):
        page.get_by_label(f"Lot {number} : ce qui est à faire").fill(f"Lot de {leader.first}")
        page.get_by_label(f"Lot {number} : par quelle entreprise").select_option(label=leader.company)
        page.get_by_label(f"Lot {number} : son prix hors taxes").fill(f"{number}2 500,00")
    for _round in range(5):  # an answer may call for another question
        if not page.get_by_role("heading", name="Il reste").is_visible():
            break
        answer_all(page)
        press(claire, "Enregistrer")
        page.wait_for_load_state()
        assert page.get_by_role("alert").all_inner_texts() == []
    sees(claire, "Tout est répondu")
    story.go(nadia, story.agreement)
    expect(nadia.page.get_by_label("Lot 3 : ce qui est à faire")).to_have_value("Lot de Nadia")
    with nadia.page.expect_download() as draft:
        nadia.page.get_by_role("link", name="Lire en PDF").click()
    assert Path(draft.value.path()).read_bytes().startswith(b"%PDF-")
    press(claire, "Envoyer à tous")
    sees(claire, "Le document est parti.", "En signature")
    story.look(claire, "a convention being signed")


def each_signs_from_their_mail(story: Story, folder: Path) -> None:
    post()
    for leader in story.who(*MEMBERS):
        page = story.go(leader, story.link(leader, "À signer avant"))
        sees(leader, f"Pour {leader.company}", "vous signez")
        story.look(leader, "sign")
        press(leader, "Recevoir mon code")
        sees(leader, "Un code à six chiffres vient de partir")
        post()
        page.get_by_label("Code reçu").first.fill(story.mail(leader, "votre code pour signer").subject[:7])
        page.get_by_label("J’ai lu ce document").check()
        story.look(leader, "sign with a code")
        page.get_by_role("button", name="Signer", exact=True).click()
        sees(leader, "Signé par tous." if leader.first == MEMBERS[-1] else "C’est signé.")
        story.look(leader, "signed")
    daniel, claire = story.who("Daniel", "Claire")
    sealed = story.download(
        daniel, daniel.page.get_by_role("link", name="Télécharger le document scellé"), folder / "convention.pdf"
    )
    post()
    story.go(claire, story.agreement)
    sees(claire, "Signé par tous", "Vérifié à l’instant")
    story.look(claire, "a sealed convention")
    evidence = story.download(claire, claire.page.get_by_role("link", name="Preuve"), folder / "preuve.json")
    assert "Nadia Belkacem" in evidence.read_text(encoding="utf-8")
    assert cordee("verify", sealed).returncode == 0
    sealed.with_name("faux.pdf").write_bytes(sealed.read_bytes().replace(b"%PDF-1", b"%PDF-2", 1))
    assert cordee("verify", sealed.with_name("faux.pdf")).returncode == 1


def the_groupement_commits_itself(story: Story) -> None:
    claire, yann = story.who("Claire", "Yann")
    page = story.go(claire, f"{story.home}presentation")
    story.look(claire, "presentation")
    page.get_by_label(re.compile("fin", re.I)).first.fill("Quand le marché sera exécuté et payé.")
    page.get_by_label(re.compile("seul", re.I)).first.fill("Aucun de nous ne couvre seul tous les lots.")
    press(claire, "Enregistrer")
    sees(claire, "Tout est prêt pour s’engager")
    press(claire, "S’engager")
    sees(claire, "Nouvelle étape")
    story.look(claire, "committed")
    story.go(yann, story.home)
    sees(yann, "Registre")
    story.look(yann, "committed, by phone")


def accounts_are_settled(story: Story) -> None:
    (claire,) = story.who("Claire")
    story.go(claire, story.pool)
    press(claire, "Solder les comptes")
    sees(claire, "Les comptes sont soldés.", "Qui paie qui")
    story.look(claire, "a settled pool")
    post()
    for name in ("J’ai payé", "J’ai reçu"):
        for leader in story.who(*MEMBERS):
            page = story.go(leader, story.pool)
            while page.get_by_role("button", name=name).count():
                press(leader, name)
                sees(leader, "C’est noté.")
    story.go(claire, story.pool)
    sees(claire, "payé et reçu")
    expect(claire.page.locator("main")).not_to_contain_text("à payer")


def each_keeps_and_verifies_the_book(story: Story, folder: Path) -> None:
    for leader in story.who(*MEMBERS):
        page = story.go(leader, f"{story.home}registre")
        sees(leader, "Intact")
        story.look(leader, "book by phone" if leader.phone else "book")
        home = folder / leader.first
        home.mkdir()
        kept = story.download(leader, page.get_by_role("link", name="Télécharger le dossier"), home / "dossier.zip")
        with zipfile.ZipFile(kept) as archive:
            archive.extractall(home)
        alone = story.download(leader, page.get_by_role("link", name="Le livre seul"), home / "livre.jsonl")
        for book in (home / "book.jsonl", alone):
            done = run(sys.executable, "-I", "-S", "chain.py", book, cwd=home)
            assert done.returncode == 0, done.stdout + done.stderr
        assert cordee("verify", alone).returncode == 0
        lines = alone.read_text(encoding="utf-8").splitlines(keepends=True)
        (home / "faux.jsonl").write_text("".join(lines[:3] + lines[4:]), encoding="utf-8")
        broken = run(sys.executable, "-I", "-S", "chain.py", home / "faux.jsonl", cwd=home)
        assert broken.returncode == 1
        assert "4" in broken.stdout + broken.stderr
    exported = folder / "export.jsonl"
    assert main(["export", story.grouping, str(exported)]) == 0
    assert cordee("verify", exported).returncode == 0


def the_book_tells_the_story(story: Story) -> None:
    acts = Counter(Entry.objects.of(f"groupings/{story.grouping}").values_list("act", flat=True))
    told = {
        "groupings.grouping.opened": 1,
        "groupings.seat.invited": 4,
        "groupings.seat.accepted": 3,
        "groupings.seat.declined": 1,
        "journeys.gate.passed": 2,
        "governance.ballot.opened": 3,
        "governance.vote.cast": 12,
        "governance.ballot.closed": 3,
        "journeys.decision.applied": 3,
        "governance.rule.adopted": 9,
        "groupings.office.given": 1,
        "money.line.added": 3,
        "money.use.noted": 1,
        "money.key.adopted": 1,
        "agreements.agreement.sent": 1,
        "signing.signature.given": 4,
        "signing.ceremony.sealed": 1,
        "money.pool.settled": 1,
        "money.transfer.confirmed": 6,
    }
    assert {name: acts[name] for name in told} == told
