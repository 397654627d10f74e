"""What became of a signed document: amendments, who joined, who leaves, what was signed on paper, what each signed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from cordee.agreements.models import Agreement, Ending
from cordee.agreements.reads.documents import all_who_sign
from cordee.agreements.reads.knowing import current_values
from cordee.engines.assembly import document_type
from cordee.ground.register.acts import address
from cordee.ground.signing.models import PaperCopy, Signatory
from cordee.ground.signing.reads import papers_about
from cordee.groupings.models import Seat

DAYS_WITHOUT_A_WORD = 30
"""The notice where a binding document says nothing: what is usually held reasonable (code civil, art. 1211)."""
_NOTICE = re.compile(r"(^|_)(notice|withdrawal|exit|leave)_(days|months)$")


@dataclass(frozen=True, slots=True)
class SignedVersion:
    """One text that one company signed, as it can be downloaded for ever."""

    agreement: Agreement
    title: str
    on: date | None
    who: str


@dataclass(frozen=True, slots=True)
class PartyLife:
    """One company in the life of a document: what it signed, and whether it leaves."""

    key: str
    company: str
    signed: tuple[SignedVersion, ...]
    ending: Ending | None


@dataclass(frozen=True, slots=True)
class LifePage:
    """The whole life of one signed document."""

    parties: tuple[PartyLife, ...]
    changes: tuple[Agreement, ...]
    papers: tuple[PaperCopy, ...]
    ended: Ending | None
    may_join: tuple[Seat, ...]
    may_leave: bool
    notice: int
    leave_from: date
    has_lots: bool


def notice_days(agreement: Agreement, values: Mapping[str, Any]) -> int:
    """The notice that a document asks of whoever leaves it, in days."""
    kind = document_type(agreement.kind)
    for name, variable in kind.variables.items():
        if (found := _NOTICE.search(name)) and isinstance(given := values.get(name, variable.default), int):
            return given * (30 if found[3] == "months" else 1)
    return 0 if kind.signature_level == "click" else DAYS_WITHOUT_A_WORD


def _versions(texts: Sequence[Agreement], signatories: Sequence[Signatory]) -> tuple[SignedVersion, ...]:
    """Which texts one company signed, by whom and when."""
    by_ceremony = {one.ceremony_id: one for one in signatories}
    return tuple(
        SignedVersion(text, text.title, localtime(one.answered_at).date() if one.answered_at else None, str(one.person))
        for text in texts
        if text.ceremony_id and (one := by_ceremony.get(text.ceremony_id))
    )


def life_of(
    agreement: Agreement, seat: Seat, *, at: datetime, everybody: Sequence[Signatory] | None = None
) -> LifePage:
    """What became of a document that is in force. `everybody`: who signed it and its changes, if at hand."""
    changes = tuple(agreement.changes.select_related("newcomer__company").order_by("prepared_at", "id"))
    values = current_values(agreement, changes)
    texts = [agreement, *(change for change in changes if change.in_force)]
    in_force = {text.ceremony_id for text in texts}
    here = all_who_sign(agreement) if everybody is None else everybody
    signatories = [one for one in here if one.ceremony_id in in_force and one.state == Signatory.State.SIGNED]
    endings = {ending.seat_id: ending for ending in agreement.endings.select_related("seat__company", "by__company")}
    leaving = {ending.seat.public_id: ending for ending in endings.values() if ending.seat}
    parties = []
    for party in values.get("members", ()):
        mine = [one for one in signatories if one.seat.rpartition("/")[2] == party["id"]]
        signed = _versions(texts, mine)
        parties.append(PartyLife(party["id"], party.get("name", ""), signed, leaving.get(party["id"])))
    beside = {
        one.company: [each for each in signatories if each.company == one.company]
        for one in signatories
        if one.is_outside
    }
    parties += [PartyLife("", name, _versions(texts, mine), None) for name, mine in beside.items()]
    inside = {party.key for party in parties if party.key}
    members = Seat.objects.filter(grouping=agreement.grouping_id, state=Seat.State.MEMBER).select_related("company")
    has_lots = bool(document_type(agreement.kind).schedule)
    notice = notice_days(agreement, values)
    papers = [copy for text in texts for copy in (papers_about(address(text)) if text.state == "paper" else ())]
    return LifePage(
        parties=tuple(parties),
        changes=changes,
        papers=tuple(papers),
        ended=endings.get(None),
        may_join=() if has_lots or None in endings else tuple(one for one in members if one.public_id not in inside),
        may_leave=seat.public_id in inside and seat.public_id not in leaving and None not in endings,
        notice=notice,
        leave_from=localtime(at).date() + timedelta(days=notice),
        has_lots=has_lots,
    )
