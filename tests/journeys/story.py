"""Five leaders and a browser: what the story of a groupement needs to be told from the outside."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from cordee.agreements.models import Agreement
from cordee.directory.acts import claim_company, digest_of, import_companies, open_run
from cordee.directory.models import Company
from cordee.ground.files.models import Document
from cordee.ground.kit.clock import now
from cordee.ground.messages.models import MailboxItem
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import address
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.groupings.models import Grouping, Seat
from cordee.journeys.tasks import tick
from tests.conftest import ROOT
from tests.factories import siren

DESKTOP, PHONE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, 360

# Who they are, their company, the trades of which some answer the real notice and some the demonstration's.
FIVE = (
    ("Claire Fabrègues", "Atelier Fabrègues", "menuiserie-bois|collecte-dechets", "34190;Ganges;3.7090;43.9360"),
    ("Marc Saltel", "Couverture Saltel", "gros-oeuvre|charpente-bois|collecte-dechets", "30260;Quissac;3.9990;43.9120"),
    ("Yann Nouvel", "Nouvel Électricité", "electricite|recyclage", "30170;Saint-Hippolyte-du-Fort;3.8570;43.9660"),
    ("Nadia Belkacem", "Vidourle Bennes", "plomberie|collecte-dechets", "30250;Sommières;4.0890;43.7830"),
    ("Daniel Cros", "Piémont Finitions", "platrerie|peinture|collecte-dechets", "30350;Lédignan;4.1080;43.9890"),
)


@dataclass
class Leader:
    """Somebody at their own machine, with the company they lead."""

    name: str
    company: str
    context: BrowserContext
    page: Page
    phone: bool = False

    @property
    def first(self) -> str:
        return self.name.split()[0]

    @property
    def email(self) -> str:
        return f"{self.first.lower()}@{self.company.split()[0].lower()}.example".translate(ACCENTS)


ACCENTS = str.maketrans("éèô", "eeo")


@dataclass
class Story:
    """The site, the five, and what was noticed on the way."""

    site: str
    leaders: dict[str, Leader]
    said: list[str] = field(default_factory=list)
    looked: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    grouping: str = ""
    pool: str = ""
    agreement: str = ""

    def who(self, *names: str) -> list[Leader]:
        return [self.leaders[name] for name in names]

    @property
    def home(self) -> str:
        """The page of the groupement."""
        return f"/groupements/{self.grouping}/"

    def go(self, leader: Leader, path: str) -> Page:
        """Open a page as somebody who typed or tapped its address."""
        leader.page.goto(path if path.startswith("http") else self.site + path)
        return leader.page

    def look(self, leader: Leader, name: str) -> Page:
        """Look at the page that is open: nothing for axe to say, nothing that scrolls sideways at 360 px."""
        page = leader.page
        if name in self.looked:
            return page
        self.looked.add(name)
        for each in Axe().run(page).response["violations"]:
            self.wrong.append(f"{name}: {each['id']}: {each['nodes'][0]['html'][:200]}")
        page.set_viewport_size({"width": NARROW, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > NARROW:
            self.wrong.append(f"{name}: {wide} px wide at {NARROW} px")
        page.set_viewport_size(PHONE if leader.phone else DESKTOP)
        return page

    def mail(self, leader: Leader, words: str) -> MailboxItem:
        """The last mail that this leader received whose subject has these words."""
        mails = MailboxItem.objects.filter(to__contains=leader.email, subject__contains=words)
        found = mails.order_by("pk").last()
        subjects = list(MailboxItem.objects.filter(to__contains=leader.email).values_list("subject", flat=True))
        assert found is not None, f"no mail « {words} » for {leader.name}, only {subjects}"
        return found

    def links(self, leader: Leader, words: str) -> list[str]:
        """The buttons of all the mails with these words, in the order in which they came."""
        mails = MailboxItem.objects.filter(to__contains=leader.email, subject__contains=words).order_by("pk")
        return [self._button(mail) for mail in mails]

    def link(self, leader: Leader, words: str) -> str:
        """The one button of that mail."""
        return self._button(self.mail(leader, words))

    def _button(self, mail: MailboxItem) -> str:
        found = re.search(rf"^{re.escape(self.site)}/\S+$", mail.text, flags=re.M)
        assert found, f"no link in « {mail.subject} »"
        return found[0]

    def download(self, leader: Leader, link: Locator, to: Path) -> Path:
        with leader.page.expect_download() as waiting:
            link.click()
        waiting.value.save_as(to)
        return to


def directory() -> None:
    """The five companies, taken in from a file and claimed by who leads them, as an operator and they would do."""
    head = "siren;nom;forme;naf;metiers;code_postal;ville;lon;lat;effectif;certificats;capacite;chiffre_affaires"
    rows = [
        f"{siren(81_000_000 + number)};{company};SARL;;{trades};{place};12;;900000;2000000"
        for number, (_name, company, trades, place) in enumerate(FIVE)
    ]
    content = "\n".join([head, *rows]).encode()
    run = open_run(["entreprises.csv"], digest_of([io.BytesIO(content)]), at=now())
    import_companies(run, [io.BytesIO(content)], by=Clockwork(), at=now())
    for name, company, _trades, _place in FIVE:
        leader = Leader(name, company, None, None)  # type: ignore[arg-type]
        person = know_person(leader.email, name=name, by=Clockwork(), at=now())
        claim_company(Company.objects.get(name=company), by=Actor(person), at=now())


def notice(shared: Path) -> tuple[str, bytes]:
    """A real notice in French with several lots where this machine has some, else the demonstration's."""
    real = shared / "notices" / "eforms-published" / "2024-OJS017-00047522.xml"
    if real.is_file():
        return real.name, real.read_bytes()
    text = (files("cordee.demo") / "avis.xml").read_text(encoding="utf-8")
    for mark, day in (("@DEADLINE@", now() + timedelta(days=30)), ("@ISSUED@", now() - timedelta(days=4))):
        text = text.replace(mark, day.strftime("%Y-%m-%d"))
    return "avis.xml", text.encode()


def gather(browser: Browser, site: str, *, on_phones: tuple[str, ...] = ("Yann",)) -> Iterator[Story]:
    """Each of the five opens their own browser; Yann has only a phone, others where the story says so."""
    story = Story(site, {})
    for name, company, _trades, _place in FIVE:
        phone = name.split()[0] in on_phones
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            has_touch=phone,
            is_mobile=phone,
            locale="fr-FR",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        leader = Leader(name, company, context, page, phone)
        page.on("console", lambda message, who=name: _heard(story, who, message))
        page.on("pageerror", lambda error, who=name: story.said.append(f"{who}: {error}"))
        story.leaders[leader.first] = leader
    yield story
    for leader in story.leaders.values():
        leader.context.close()


def _heard(story: Story, who: str, message: Any) -> None:
    if message.type in ("error", "warning"):
        story.said.append(f"{who}: {message.text} ({message.location.get('url', '')})")


def work() -> None:
    """What happens aside: the tasks that wait, then one round of the ticker."""
    call_command("db_worker", batch=True, startup_delay=False, interval=0, verbosity=0)
    post()


def post() -> None:
    """One round of the ticker: what falls due, the letters, their sending. A second one finds nothing to send."""
    tick(at=now())
    again = tick(at=now())
    assert (again["told"], again["sent"]) == (0, 0)


def press(leader: Leader, name: str, **options: Any) -> None:
    """Press a button: by a tap where there is only a finger."""
    button = leader.page.get_by_role("button", name=name, **options).first
    button.tap() if leader.phone else button.click()


def sees(leader: Leader, *words: str) -> None:
    """What somebody reads on the page."""
    for each in words:
        expect(leader.page.locator("main")).to_contain_text(each)


def accepts(story: Story, leader: Leader) -> None:
    page = story.go(leader, story.link(leader, "vous invite"))
    sees(leader, "Aucun papier, aucun engagement")
    press(leader, "Accepter")
    sees(leader, "C’est noté\u00a0: vous participez")
    story.look(leader, "accepted")
    page.get_by_role("link", name="Entrer").last.click()
    story.look(leader, "enter")
    press(leader, "Entrer")
    page.wait_for_url(f"{story.site}/")


def votes(story: Story, leader: Leader, link: str, choice: str = "Pour") -> None:
    """One tap on the page that the mail opens; no account, no sign-in."""
    story.go(leader, link)
    sees(leader, f"{leader.name}, vous votez pour {leader.company}", "Un appui suffit.")
    story.look(leader, "vote from a mail")
    press(leader, choice)
    sees(leader, "C’est noté")
    story.look(leader, "voted")


def closes(story: Story, leader: Leader, ballot: str) -> None:
    story.go(leader, ballot)
    press(leader, "Clore le vote et annoncer le résultat")
    sees(leader, "Le vote est clos.", "Le résultat")


def signed_by_all(here: Grouping) -> None:
    """The convention as once every member signed it: the signing itself has its own stories."""
    seats = list(Seat.objects.filter(grouping=here).select_related("company", "holder"))
    text = Document.objects.create(
        digest="0" * 64, size=1, name="convention.pdf", kind="pdf", book="elsewhere", by=seats[0].holder, at=now()
    )
    agreement = Agreement.objects.create(
        grouping=here, kind="gme_conjoint", title="Convention", prepared_by=seats[0], prepared_at=now(), state="signed"
    )
    agreement.ceremony = Ceremony.objects.create(
        book="elsewhere", subject=address(agreement), title="Convention", text=text, fingerprint="0" * 64,
        evidence={}, state="sealed", opened_at=now(), expires_at=now() + timedelta(days=9),
    )  # fmt: skip
    agreement.save()
    for seat in seats:
        Signatory.objects.create(
            ceremony=agreement.ceremony, person=seat.holder, seat=address(seat), company=str(seat.company),
            capacity="dirigeant", state="signed", answered_at=now(),
        )  # fmt: skip


def answer_all(page: Page) -> None:
    """Answer every question that is still empty, each by its kind, as a hurried person would."""
    for box in page.locator("main form [name^=q-]").all():
        if box.input_value():
            continue
        name, kind = box.get_attribute("name") or "", box.evaluate("each => each.tagName + ' ' + each.type")
        if kind.startswith("SELECT"):
            box.select_option({"q-client_kind": "public", "q-building_works": "yes"}.get(name, "no"))
        elif "date" in kind:
            box.fill("2030-12-31" if "insured" in name else f"{now() + timedelta(days=60):%Y-%m-%d}")
        else:
            given = {
                "siren": "",
                "capital": "10 000",
                "contract_amount": "110 000",
                "lead_fee": "2",
                "rcs": "Nîmes",
                "address": "1 rue du Pont, Quissac",
            }
            box.fill(next((value for key, value in given.items() if name.endswith(key)), "à Quissac"))


def cordee(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, as a member runs it at home."""
    return run(sys.executable, "-c", "import sys; from cordee.cli import main; sys.exit(main())", *words, cwd=ROOT)


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, timeout=60)
