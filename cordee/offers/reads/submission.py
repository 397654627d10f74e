"""The one file of a joint submission: all forms, all ESPD answers, the papers, the prices its reader may read."""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines import espd
from cordee.engines.procurement.paper import print_paper
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Person
from cordee.offers.models import Bid, NeedLot
from cordee.offers.reads import forms
from cordee.offers.reads.checklist import paper_lines
from cordee.offers.reads.competition import members_in
from cordee.offers.reads.prices import PricedPart, priced_parts, readable_parts


@dataclass(frozen=True, slots=True)
class Pack:
    """A ZIP and what it holds."""

    content: bytes
    names: tuple[str, ...]


def plain(text: str) -> str:
    """A name that any portal takes: letters, digits, hyphens."""
    return re.sub(r"[^0-9A-Za-zÀ-ÿ]+", "-", text).strip("-")[:60] or "sans-nom"


def submission_zip(bid: Bid, *, at: datetime, reader: Person | None, mark: str = "") -> Pack:
    """Make the whole file. `reader` None: for the buyer, prices in clear; else only the prices this reader may read.

    Holds   the same bid gives the same bytes at the same moment; MANIFESTE.txt lists every piece with its digest;
            with a mark that nobody else has, prices cannot be guessed by trying them against the digest of the file.
    """
    with for_the_papers():
        pieces = _pieces(bid, at=at, reader=reader)
        if mark:
            pieces["REFERENCE.txt"] = f"{_('Référence de ce dépôt :')} {mark}\n".encode()
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in pieces.items()]
    pieces["MANIFESTE.txt"] = ("\n".join(lines) + "\n").encode()
    room = io.BytesIO()
    moment = localtime(at).timetuple()[:6]
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pieces.items():
            archive.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return Pack(room.getvalue(), tuple(pieces))


def _pieces(bid: Bid, *, at: datetime, reader: Person | None) -> dict[str, bytes]:
    on, members = localtime(at).date(), members_in(bid)
    priced = priced_parts(bid) if bid.sealed_at is None else []
    mine = priced if reader is None else readable_parts(bid, reader)
    open_to = {one.part.pk for one in mine}
    found = {"candidature/DC1.pdf": print_paper(forms.dc1(bid), at=at)}
    for one in members:
        name = plain(one.seat.company.name)
        found[f"candidature/DC2-{name}.pdf"] = print_paper(forms.dc2(bid, one), at=at)
        for answer in forms.espd_answers(bid, one, on=on):
            if answer.declared and answer.operator.siren:
                found[f"candidature/DUME-{name}-{plain(answer.lot)}.xml"] = espd.response(answer)
    for below in bid.subcontracts.select_related("seat__company"):
        own = reader is None or reader.pk in (below.seat.holder_id, below.seat.substitute_id, bid.assembler_id)
        found[f"candidature/DC4-{plain(below.name)}.pdf"] = print_paper(forms.dc4(bid, below, amount=own), at=at)
    lots: list[NeedLot | None] = [*forms.lots_in(bid)]
    for lot in lots or [None]:
        name = f"offre/ATTRI1-lot-{plain(lot.mark)}.pdf" if lot else "offre/ATTRI1.pdf"
        found[name] = print_paper(forms.attri1(bid, lot, priced, open_to), at=at)
    for each in mine:
        found[f"offre/prix/{plain(str(each.part.seat.company))}-{each.part.public_id}.csv"] = _price_sheet(each)
    for line in paper_lines(bid, on=on):
        if line.paper is not None and line.paper.file is not None:
            ending = line.paper.file.kind
            found[f"pieces/{plain(line.company)}/{plain(line.label)}.{ending}"] = line.paper.file.read()
    return found


def _price_sheet(one: PricedPart) -> bytes:
    rows = ["Désignation;Unité;Quantité;Prix unitaire HT;Montant HT"]
    for line in one.lines:
        label = line.label.replace('"', "'").replace("\n", " ").lstrip("=+-@\t")
        rows.append(
            f'"{label}";{line.unit};{_decimal(line.quantity)};{_decimal(line.unit_cents)};{_decimal(line.cents)}'
        )
    rows.append(f'"Total";;;;{_decimal(one.cents)}')
    return ("\ufeff" + "\r\n".join(rows) + "\r\n").encode()


def _decimal(hundredths: int) -> str:
    return f"{hundredths // 100},{hundredths % 100:02d}"
