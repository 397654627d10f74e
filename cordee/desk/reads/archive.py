"""The archive of a grouping: one file that a person reads and verifies without Cordée."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.desk.reads.books import acts_of, lines
from cordee.desk.reads.holdings import Table, ledger_files, left_out, money_tables
from cordee.engines import chain
from cordee.governance.models import Ballot
from cordee.governance.reads import announced
from cordee.ground.files.models import Document
from cordee.ground.kit.money import euros
from cordee.ground.kit.templatetags.cordee import moment
from cordee.ground.kit.words import for_the_papers
from cordee.ground.register import keys
from cordee.ground.register.models import instant
from cordee.ground.register.reads import export
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Departure, Grouping, Review, Seat
from cordee.groupings.reads import Membership, kind_word
from cordee.money.models import CostPool

Content = dict[str, bytes]


def whole_archive(me: Membership, *, at: datetime) -> bytes:
    """Register, decisions, signed texts, accounts, documents, a page to read them and the program that verifies.

    What is a company’s own (its prices, its invoices, its final account) is in its own archive, not in the others’.
    """
    grouping, seat = me.grouping, me.seat
    with for_the_papers():
        files: Content = {
            chain.BOOK: "".join(export(grouping.book, at=at)).encode(),
            "chain.py": Path(chain.__file__).read_bytes(),
            **_documents(grouping, left_out(grouping, seat, me.person)),
            **ledger_files(grouping, at=at),
        }
        decisions, accounts = _decisions(grouping), [*_accounts(grouping), *money_tables(grouping, seat)]
        files["decisions.csv"] = as_csv(decisions[0], decisions[1])
        files |= {f"comptes/{name}.csv": as_csv(head, rows) for name, head, rows in accounts}
        files["index.html"] = _page(grouping, files, accounts, at).encode()
        files["LISEZ-MOI.txt"] = _read_me(grouping, at).encode()
    key_id, secret = keys.signing_key()
    manifest = chain.signed_manifest(
        secret, book=grouping.book, name=grouping.name, at=instant(at), key_id=key_id, files=files
    )
    files[chain.MANIFEST] = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    buffer = io.BytesIO()
    stamp = localtime(at).timetuple()[:6]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: (name != "index.html", name)):
            archive.writestr(zipfile.ZipInfo(name, stamp), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _documents(grouping: Grouping, hidden: set[int]) -> Content:
    """What was signed, sealed, in « textes »; all else that members brought, in « documents »."""
    found: Content = {}
    signed: set[int] = set()
    for ceremony in Ceremony.objects.filter(book=grouping.book).select_related("text", "sealed").order_by("pk"):
        signed |= {each.pk for each in (ceremony.text, ceremony.sealed) if each}
        if ceremony.state == Ceremony.State.SEALED and ceremony.sealed and ceremony.sealed.pk not in hidden:
            found[free_name(found, "textes", f"{ceremony.title}.pdf")] = ceremony.sealed.read()
    for document in Document.objects.filter(book=grouping.book).exclude(pk__in=signed | hidden).order_by("pk"):
        found[free_name(found, "documents", document.name)] = document.read()
    return found


def free_name(taken: Iterable[str], folder: str, name: str) -> str:
    """A path that no other file has, safe on every system."""
    clean = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "-", name).strip(" .") or "document"
    path, number = f"{folder}/{clean[-120:]}", 2
    while path in taken:
        stem, _dot, end = clean[-110:].rpartition(".")
        path, number = f"{folder}/{stem or end} ({number}).{end}" if stem else f"{folder}/{end} ({number})", number + 1
    return path


def _decisions(grouping: Grouping) -> tuple[list[str], list[Sequence[Any]]]:
    head = [_("Close le"), _("Question"), _("Texte"), _("Résultat"), _("Décompte")]
    closed = Ballot.objects.filter(grouping=grouping, closed_at__isnull=False).select_related("resolution")
    rows: list[Sequence[Any]] = [
        (moment(each.closed_at), each.resolution.title, each.resolution.text, each.get_outcome_display(),
         announced(each))
        for each in closed.order_by("closed_at")
    ]  # fmt: skip
    return head, rows


def _accounts(grouping: Grouping) -> list[Table]:
    """Each common account: its lines, then who paid whom."""
    found = []
    for pool in CostPool.objects.filter(grouping=grouping).order_by("opened_at", "pk"):
        rows: list[Sequence[Any]] = [
            (
                moment(line.added_at),
                line.label,
                line.paid_by or "",
                euros(line.cents),
                _("rayée") if line.struck_at else "",
            )
            for line in pool.lines.select_related("paid_by__company")
        ]
        rows += [
            (moment(each.received_at or each.paid_at or each.made_at), _("Paiement"),
             f"{each.debtor} → {each.creditor}",
             euros(each.cents), _("confirmé") if each.received_at else _("non confirmé"))
            for each in pool.transfers.select_related("debtor__company", "creditor__company")
        ]  # fmt: skip
        name = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "-", pool.title).strip(" .")[:80] or "comptes"
        head = [_("Date"), _("Libellé"), _("Qui"), _("Montant"), _("État")]
        found.append((f"{name} {pool.public_id}", head, rows))
    return found


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table that a spreadsheet opens as it is, and never runs: a cell that begins like a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(head)
    writer.writerows([[_plain(str(cell)) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "@", "\t") or (cell[:1] == "-" and not cell[1:2].isdigit()) else cell


def _page(grouping: Grouping, files: Content, accounts: list[Table], at: datetime) -> str:
    seats = list(Seat.objects.filter(grouping=grouping).select_related("company", "holder").order_by("pk"))
    members = sum(1 for seat in seats if seat.state == Seat.State.MEMBER)
    context = {
        "grouping": grouping,
        "kind": kind_word(grouping, members),
        "at": at,
        "seats": seats,
        "decisions": _decisions(grouping)[1],
        "accounts": accounts,
        "ledgers": [name for name in files if name.startswith("livres/")],
        "reviews": Review.objects.filter(grouping=grouping, closed_at__isnull=False).order_by("pk"),
        "departures": Departure.objects.filter(grouping=grouping, state=Departure.State.GONE).select_related(
            "seat__company"
        ),
        "settlings": list(grouping.settlings.order_by("pk")),
        "statements": list(grouping.statements.select_related("seat__company").order_by("pk")),
        "papers": [name for name in files if name.startswith("textes/")],
        "documents": [name for name in files if name.startswith("documents/")],
        "acts": list(reversed(lines(acts_of(grouping.book)))),
    }
    return render_to_string("desk/archive.html", context)


def _read_me(grouping: Grouping, at: datetime) -> str:
    return "\r\n".join(
        (
            _("L’archive de « %(name)s », %(when)s.") % {"name": grouping.name, "when": moment(at)},
            "",
            _("Pour lire : ouvrez index.html dans un navigateur. Ni Cordée ni connexion ne sont nécessaires."),
            _("Pour vérifier que rien n’a été modifié, avec Python 3.11 ou plus récent, sans rien installer :"),
            "",
            "    python chain.py archive.zip",
            "",
            _("chain.py est dans l’archive : sortez-le d’abord, et donnez-lui le fichier entier."),
            _("registre.jsonl : un acte par ligne, chacun scellé avec celui d’avant."),
            _("manifest.json : la liste signée des pièces, avec l’empreinte de chacune."),
            "",
        )
    )
