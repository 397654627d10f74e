"""Public contracts won, taken in from the lists that buyers publish."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from django.utils.translation import gettext as _

from cordee.directory.models import Company, PublicContract
from cordee.directory.permissions import may_import
from cordee.engines.contracts import Contract, gather, read_contracts
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import INSTANCE, By, act

BATCH = 500
_SAID = ["title", "buyer", "cpv", "amount_cents", "notified_on", "holders"]


def import_contracts(stream: BinaryIO, *, name: str, by: By, at: datetime) -> dict[str, int]:
    """Take in the contracts that companies of the directory won; told again, they are brought up to date.

    Allowed       who runs this server, or the command line on it.
    Refused when  the file is no list of public contracts (an ordinary ValueError says why).
    Tells         directory.contracts.imported: how many contracts, how many companies.
    """
    if isinstance(by, Actor) and not may_import(by.person):
        raise NotAllowed(_("Seule la personne qui tient ce serveur importe des listes."))

    def lines() -> Iterator[object]:
        stream.seek(0)
        return iter(read_contracts(stream))

    known = dict(Company.objects.exclude(siren=None).values_list("siren", "pk"))
    found = gather(lines, set(known))  # type: ignore[arg-type]
    added = updated = 0
    touched: set[int] = set()
    with act("directory.contracts.imported", book=INSTANCE, by=by, at=at) as facts:
        batch: list[PublicContract] = []
        for contract in found:
            batch += _rows(contract, known)
            if len(batch) >= BATCH:
                new, old = _keep(batch, touched)
                added, updated, batch = added + new, updated + old, []
        new, old = _keep(batch, touched)
        counts = {"added": added + new, "updated": updated + old, "companies": len(touched)}
        facts |= counts
        facts["file"] = name[:80]
    return counts


def _rows(contract: Contract, known: dict[str | None, int]) -> list[PublicContract]:
    said = contract.said
    return [
        PublicContract(
            company_id=known[siren],
            uid=said.uid,
            title=said.title or said.uid,
            buyer=said.buyer,
            cpv=said.cpv,
            amount_cents=said.amount_cents,
            notified_on=said.notified_on,
            holders=len(contract.holders),
        )
        for siren in contract.holders
        if siren in known
    ]


def _keep(batch: list[PublicContract], touched: set[int]) -> tuple[int, int]:
    """Write some rows; how many are new, how many were known."""
    uids = {one.uid for one in batch}
    old = {
        (one.company_id, one.uid): one.pk
        for start in range(0, len(batch), 400)
        for one in PublicContract.objects.filter(uid__in=sorted(uids)[start : start + 400])
    }
    new = [one for one in batch if (one.company_id, one.uid) not in old]
    again = [one for one in batch if (one.company_id, one.uid) in old]
    for one in again:
        one.pk = old[(one.company_id, one.uid)]
    PublicContract.objects.bulk_create(new)
    PublicContract.objects.bulk_update(again, _SAID, batch_size=100)
    touched |= {one.company_id for one in batch}
    return len(new), len(again)
