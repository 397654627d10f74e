"""Papers in the invented world: one signed in turn, a written delegation, an amendment, a paper signed by hand."""

from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from cordee.agreements import acts
from cordee.agreements.models import Agreement
from cordee.agreements.reads import document_of
from cordee.demo.stories import acting, seat
from cordee.directory.models import Company
from cordee.ground.people.models import Actor
from cordee.ground.signing import acts as signing
from cordee.ground.signing.reads import code_for
from cordee.groupings.models import Grouping

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLAIN = {"day": None, "yes_no": False, "count": 3, "money": 150_000, "percent": "2"}


def papers(at: datetime) -> None:
    """What a leader finds under « Engagements »."""
    lively = Grouping.objects.get(name="Bois & Pierre du Lodévois")
    stand = Grouping.objects.get(name="Stand Habitat de Béziers")
    _delegation(lively, at - 20 * DAY)
    _charter_in_turn(lively, at - 2 * DAY)
    _secrecy_on_paper(lively, at - 30 * DAY)
    _labour_between_two(lively, at - 3 * DAY)
    signed = Agreement.objects.filter(grouping=stand, state=Agreement.State.SIGNED).first()
    if signed is not None:
        lead = acting(stand, "Alu Ouvertures 34")
        made = acts.prepare_change(signed, change="amendment", by=lead, at=at - DAY)
        acts.answer_questions(made, answers={"lead_fee": "3"}, version=made.version, by=lead, at=at - DAY + HOUR)


def _delegation(grouping: Grouping, at: datetime) -> None:
    company = Company.objects.get(name="Nouvel Électricité")
    acts.write_delegation(
        company,
        email="ines.faure@electricite.example",
        name="Inès Faure",
        role="directrice des travaux",
        paper=_photo("Délégation de signature"),
        limit_cents=5_000_000,
        since=at.date(),
        until=(at + 200 * DAY).date(),
        by=Actor(seat(grouping, company.name).holder),
        at=at,
    )


def _prepared(grouping: Grouping, kind: str, company: str, at: datetime) -> Agreement:
    by = acting(grouping, company)
    made = acts.prepare_agreement(grouping, kind=kind, by=by, at=at)
    for _round in range(4):
        missing = document_of(made, at=at).missing
        if not missing:
            break
        plain = {**PLAIN, "day": (at + 75 * DAY).date().isoformat()}
        words = {"address": "Place de la République, 34700 Lodève", "legal_form": "SARL", "territory": "le Lodévois"}
        answers = {
            one.variable: next(
                iter(one.choices), plain.get(one.kind, words.get(one.variable.rpartition(".")[2], "à Lodève"))
            )
            for one in missing
        }
        made = acts.answer_questions(made, answers=answers, version=made.version, by=by, at=at)
    return made


def _charter_in_turn(grouping: Grouping, at: datetime) -> None:
    """The charter is with the second of five: the first has signed, the client will receive a copy."""
    made = _prepared(grouping, "cooperation_charter", "Charpente Roques", at)
    how = acts.Sending(in_order=True, copies=[("mairie@lodeve.example", "Mairie de Lodève", "le client")])
    sent = acts.send_to_sign(made, how=how, by=acting(grouping, "Charpente Roques"), at=at + HOUR)
    assert sent.ceremony is not None
    first = sent.ceremony.signatories.select_related("person", "ceremony").first()
    assert first is not None
    link, when = signing.link_of(first, at=at + HOUR), at + 5 * HOUR
    words = "J’ai lu ce document et je l’approuve au nom de mon entreprise."
    signing.sign(link, code=code_for(signing.send_code(link, at=when)), consent=words, at=when)


def _labour_between_two(grouping: Grouping, at: datetime) -> None:
    """Two of the five lend each other a hand: they alone see it, and the employee signs too."""
    lender, host = "Charpente Roques", "Menuiserie Fabrègues"
    by, keys = acting(grouping, lender), [seat(grouping, name).public_id for name in (lender, host)]
    job = {
        "employee_name": "M. Léo Vidal", "employee_job": "charpentier", "employee_grade": "ouvrier professionnel, N2P2",
        "employee_tasks": "poser les fermes de la halle de Clermont", "workplace": "Clermont-l’Hérault",
        "hours_planning": "du lundi au jeudi, de 8 h à 17 h", "employee_agrees": True, "has_margin": False,
        "start_date": (at + 12 * DAY).date().isoformat(), "end_date": (at + 40 * DAY).date().isoformat(),
        "court": "le tribunal de commerce de Montpellier",
    }  # fmt: skip
    loan = acts.prepare_agreement(grouping, kind="labour_loan", parties=keys, by=by, at=at)
    said = {**job, "employer": keys[0], "user": keys[1]}
    loan = _answered(loan, said, by, at)
    acts.send_to_sign(loan, by=by, at=at + HOUR)
    amendment = acts.prepare_agreement(grouping, kind="loan_amendment", parties=keys[:1], by=by, at=at)
    amendment = _answered(amendment, {**job, "user_company": host}, by, at)
    leo = acts.Outsider("leo.vidal@charpente.example", "Léo Vidal")
    acts.send_to_sign(amendment, how=acts.Sending(also={"employee_name": leo}), by=by, at=at + HOUR)


def _answered(made: Agreement, said: dict[str, object], by: Actor, at: datetime) -> Agreement:
    made = acts.answer_questions(made, answers=said, version=made.version, by=by, at=at)
    plain = {"legal_form": "SARL", "address": "Place de la République, 34700 Lodève", "capacity": "représentant légal"}
    if missing := document_of(made, at=at).missing:
        rest = {one.variable: plain.get(one.variable.rpartition(".")[2], "à Lodève") for one in missing}
        made = acts.answer_questions(made, answers=rest, version=made.version, by=by, at=at)
    return made


def _secrecy_on_paper(grouping: Grouping, at: datetime) -> None:
    made = _prepared(grouping, "nda", "Menuiserie Fabrègues", at)
    by = acting(grouping, "Menuiserie Fabrègues")
    pages = [_photo(f"Accord de confidentialité, page {number}") for number in (1, 2)]
    acts.keep_on_paper(made, pages=pages, signed_on=(at - 2 * DAY).date(), by=by, at=at + DAY)


def _photo(words: str) -> SimpleUploadedFile:
    """A photograph of a page, as a telephone makes one."""
    page, out = Image.new("RGB", (620, 877), "white"), BytesIO()
    pen = ImageDraw.Draw(page)
    pen.text((60, 60), words, fill="black")
    for line in range(14):
        pen.line((60, 120 + line * 40, 560 - line % 3 * 60, 120 + line * 40), fill="gray", width=2)
    page.save(out, "JPEG")
    return SimpleUploadedFile("page.jpg", out.getvalue())
