"""Everything that Cordée keeps of one company, in one file: to leave with it, or to look at it elsewhere."""

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.forms.models import model_to_dict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement
from cordee.desk.reads.archive import as_csv, free_name
from cordee.directory.models import Company, Representative, Tie
from cordee.governance.models import FollowUp, Voter
from cordee.ground.files.models import Document
from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.models import Hook, Message
from cordee.ground.people.models import AccessKey, Person
from cordee.ground.register.acts import address
from cordee.ground.register.reads import export
from cordee.groupings.models import Seat
from cordee.groupings.reads import books_of, my_companies
from cordee.money.models import FundPart, Invoice, InvoicePayment, PoolLine, Transfer
from cordee.offers.models import Guarantee, Paper, Reference, YearFigure
from cordee.projects.models import Participant

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class MyData:
    """The page « Mes données »: the keys, the calendars and the hooks of one company, and what may be exported."""

    company: Company
    companies: list[Company]
    keys: list[AccessKey]
    feeds: list[AccessKey]
    hooks: list[Hook]


def my_data(person: Person, public_id: str = "") -> MyData | None:
    """What one of my companies has opened to programs; None for somebody who speaks for no company."""
    companies = my_companies(person)
    if public_id and public_id not in {each.public_id for each in companies}:
        raise NotYours
    company = next((each for each in companies if each.public_id == public_id), companies[0] if companies else None)
    if company is None:
        return None
    living = list(AccessKey.objects.filter(company=address(company), revoked_at=None).select_related("person"))
    hooks = list(Hook.objects.filter(company=address(company)).order_by("ended_at", "pk"))
    feeds = [key for key in living if key.is_feed]
    return MyData(company, companies, [key for key in living if not key.is_feed], feeds, hooks)


def company_archive(person: Person, public_id: str, *, at: datetime) -> bytes:
    """One ZIP: the card and its tables, the seats, votes, costs, payments, invoices, messages, files and books."""
    found = my_data(person, public_id)
    if found is None:
        raise NotYours
    company = found.company
    seats = list(Seat.objects.filter(company=company).select_related("grouping"))
    files: dict[str, bytes] = {"entreprise.json": _json(_card(company))}
    for name, (head, rows) in _tables(company, seats).items():
        files[f"{name}.csv"] = as_csv(head, rows)
    for document in _documents(company, seats):
        files[free_name(files, "fichiers", document.name)] = document.read()
    for agreement in Agreement.objects.filter(grouping__in=[seat.grouping_id for seat in seats]):
        sealed = agreement.ceremony.sealed if agreement.ceremony else None
        if sealed is not None:
            files[free_name(files, "documents-signes", f"{agreement.title}.pdf")] = sealed.read()
    for book in books_of(address(company)):
        files[f"registres/{book.replace('/', '-')}.jsonl"] = "".join(export(book, at=at)).encode()
    files["LISEZ-MOI.txt"] = _read_me(company, at).encode()
    buffer = io.BytesIO()
    stamp = localtime(at).timetuple()[:6]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, stamp), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def _card(company: Company) -> dict[str, Any]:
    """The card and the small tables that hang on it."""

    def rows(found: Iterable[Any], *left_out: str) -> list[dict[str, Any]]:
        return [model_to_dict(each, exclude=["id", "company", *left_out]) for each in found]

    people = Representative.objects.filter(company=company).select_related("person")
    return {
        "schema": "cordee.company/1",
        "id": company.public_id,
        **model_to_dict(company, exclude=["id", "by_hand"]),
        "places": rows(company.places.all()),
        "trades": rows(company.trades.all()),
        "certificates": rows(company.certificates.all()),
        "ties": [
            {"company": str(tie.other), "siren": tie.other.siren, "kind": tie.kind, "trust": tie.trust}
            for tie in Tie.objects.filter(company=company).select_related("other")
        ],
        "figures": rows(YearFigure.objects.filter(company=company)),
        "references": rows(Reference.objects.filter(company=company)),
        "guarantees": rows(Guarantee.objects.filter(company=company), "proof"),
        "papers": rows(Paper.objects.filter(company=company), "file"),
        "people": [
            {"name": each.person.name, "email": each.person.email, "capacity": each.capacity, "since": each.since,
             "until": each.until}
            for each in people
        ],
    }  # fmt: skip


def _tables(company: Company, seats: list[Seat]) -> dict[str, tuple[list[str], Rows]]:
    votes = Voter.objects.filter(seat__in=seats).select_related("ballot__resolution", "ballot__grouping")
    lines = PoolLine.objects.filter(Q(paid_by__in=seats) | Q(added_by__in=seats)).select_related("pool__grouping")
    moves = Transfer.objects.filter(Q(debtor__in=seats) | Q(creditor__in=seats)).select_related(
        "pool__grouping", "debtor__company", "creditor__company"
    )
    parts = FundPart.objects.filter(seat__in=seats).select_related("call__pool__grouping")
    invoices = Invoice.objects.filter(seller=company).select_related("grouping").order_by("pk")
    came = InvoicePayment.objects.filter(invoice__seller=company).select_related("invoice__grouping").order_by("pk")
    written = Message.objects.filter(seat__in=[address(seat) for seat in seats]).select_related("thread")
    actions = FollowUp.objects.filter(owner__in=seats).select_related("resolution", "grouping")
    taken = Participant.objects.filter(seat__in=seats).select_related("project__grouping")
    where = _("Groupement")
    return {
        "groupements": (
            [where, _("Étape"), _("Place"), _("Depuis"), _("Jusqu’à")],
            [(seat.grouping, seat.grouping.get_stage_display(), seat.get_state_display(), seat.answered_at or "",
              seat.left_at or "") for seat in seats],
        ),
        "votes": (
            [where, _("Question"), _("Ma réponse"), _("Le"), _("Résultat")],
            [(each.ballot.grouping, each.ballot.resolution, each.choice, each.cast_at or "",
              each.ballot.get_outcome_display()) for each in votes],
        ),
        "actions": (
            [where, _("Décision"), _("Pour le"), _("Fait le")],
            [(each.grouping, each.resolution, each.due_on or "", each.done_at or "") for each in actions],
        ),
        "projets": (
            [where, _("Projet"), _("J’apporte"), _("Depuis"), _("Jusqu’à")],
            [(each.project.grouping, each.project, each.brings, each.joined_at, each.left_at or "") for each in taken],
        ),
        "depenses": (
            [where, _("Comptes"), _("Libellé"), _("Centimes"), _("Le"), _("État")],
            [(each.pool.grouping, each.pool, each.label, each.cents, each.added_at,
              _("rayée") if each.struck_at else each.get_state_display()) for each in lines],
        ),
        "paiements": (
            [where, _("Comptes"), _("De"), _("À"), _("Centimes"), _("Payé le"), _("Reçu le")],
            [(each.pool.grouping, each.pool, each.debtor, each.creditor, each.cents, each.paid_at or "",
              each.received_at or "") for each in moves],
        ),
        "appels-de-fonds": (
            [where, _("Appel"), _("Centimes"), _("Pour le"), _("Payé le")],
            [(each.call.pool.grouping, each.call, each.cents, each.call.due_on, each.paid_at or "") for each in parts],
        ),
        "factures": (
            [where, _("Numéro"), _("Date"), _("Échéance"), _("Hors taxes, centimes"), _("TVA, centimes"), _("État")],
            [(each.grouping, each.number, each.issued_on or "", each.due, each.net_cents, each.tax_cents,
              each.get_state_display()) for each in invoices],
        ),
        "reglements-recus": (
            [where, _("Numéro"), _("Reçu le"), _("Centimes"), _("Rayé le")],
            [(each.invoice.grouping, each.invoice.number, each.on, each.cents, each.struck_at or "") for each in came],
        ),
        "messages": (
            [_("Conversation"), _("Le"), _("Texte")],
            [(each.thread, each.at, each.text) for each in written],
        ),
    }  # fmt: skip


def _documents(company: Company, seats: list[Seat]) -> list[Document]:
    """The files that the company's own people brought."""
    people = Representative.objects.filter(company=company).values("person")
    return list(Document.objects.filter(by__in=people, book__in=books_of(address(company))).order_by("pk"))


def _read_me(company: Company, at: datetime) -> str:
    return "\r\n".join(
        (
            _("Ce que Cordée garde de « %(company)s », le %(day)s.") % {
                "company": company, "day": localtime(at).strftime("%d/%m/%Y")},
            "",
            _("entreprise.json : la fiche, les liens, les chiffres, les références, les personnes."),
            _("*.csv : une table par sujet, à ouvrir dans un tableur."),
            _("fichiers : ce que vous avez déposé. documents-signes : ce que vous avez signé, scellé."),
            _("registres : les registres que vous pouvez lire, un acte par ligne, vérifiables sans Cordée."),
            "",
        )
    )  # fmt: skip
