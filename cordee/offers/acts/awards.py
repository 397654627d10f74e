"""Contracts that were awarded: who won what, alone or in a group, from DECP files and from award notices."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from cordee.engines.notices import Notice
from cordee.engines.places.departments import departments_of_nuts
from cordee.engines.procurement.winners import plain_name, siren_of, who_won
from cordee.ground.people.models import Clockwork
from cordee.ground.register.acts import INSTANCE, act
from cordee.offers.models import Award

CLOCK = Clockwork()


def awards_of(notice: Notice) -> list[Award]:
    """The contracts that an award notice tells: one for each lot and winner; nobody named, nothing kept."""
    lots = {lot.id: lot for lot in notice.lots}
    buyer = notice.buyers[0].name if notice.buyers else ""
    found = []
    for number, one in enumerate(notice.awards, 1):
        lot = lots.get(one.lot or "")
        winners = [[each.company.siren or "", each.company.name[:200]] for each in one.members if each.company.name]
        if not winners or not notice.id:
            continue
        nuts = (lot.nuts if lot else ()) or notice.nuts
        places = [each.code for code in nuts for each in departments_of_nuts(code)]
        cpv = (lot.cpv if lot else ()) or notice.cpv
        value = one.value or (notice.awarded if len(notice.awards) == 1 else None)
        found.append(
            Award(
                source=notice.source,
                ident=f"{notice.id} {number}"[:120],
                title=((lot.title if lot else "") or notice.title or "")[:300],
                buyer=buyer[:300],
                cpv=(cpv[0] if cpv else "")[:8],
                department=places[0] if len(set(places)) == 1 else "",
                amount_cents=value.cents if value is not None else None,
                day=one.day or notice.published,
                winners=winners,
                together=one.grouping,
            )
        )
    return found


def keep_awards(found: Iterable[Award]) -> int:
    """Keep contracts; one that is known already is written over."""
    rows = list({(each.source, each.ident): each for each in found}.values())
    for each in rows:
        each.who = who_won(each.winners)
    Award.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["source", "ident"],
        update_fields=["title", "buyer", "cpv", "department", "amount_cents", "day", "winners", "who", "together"],
    )  # fmt: skip
    return len(rows)


def take_awards(rows: Iterable[dict[str, str]], *, source: str, at: datetime) -> int:
    """Take in contracts that were awarded (DECP): one row per winner, joined by contract; doing it twice does it once.

    Allowed       whoever runs the server.
    Refused when  never: a row without an identifier is left out.
    Tells         offers.awards.taken: how many contracts.
    """
    found: dict[str, Award] = {}
    for row in rows:
        ident = (row.get("uid") or row.get("id") or "").strip()[:120]
        if not ident:
            continue
        award = found.setdefault(ident, _award(row, ident, source))
        siren, name = siren_of(row.get("titulaire_id") or ""), (row.get("titulaire_nom") or "").strip()[:200]
        known = {each[0] or plain_name(each[1]) for each in award.winners}
        if (siren or plain_name(name)) not in {*known, ""}:
            award.winners.append([siren, name])
        award.together = len(award.winners) > 1
    with act("offers.awards.taken", book=INSTANCE, by=CLOCK, at=at) as facts:
        keep_awards(found.values())
        facts |= {"contracts": len(found), "source": source}
    return len(found)


def _award(row: dict[str, str], ident: str, source: str) -> Award:
    try:
        cents = int(Decimal(row.get("montant") or "") * 100)
    except (InvalidOperation, ValueError):
        cents = None
    try:
        day = date.fromisoformat((row.get("dateNotification") or "")[:10])
    except ValueError:
        day = None
    cpv = "".join(sign for sign in row.get("codeCPV") or "" if sign.isdigit())[:8]
    return Award(
        source=source[:8], ident=ident, title=(row.get("objet") or "")[:300],
        buyer=(row.get("acheteur_nom") or "")[:300],
        cpv=cpv, department=(row.get("acheteur_departement_code") or "")[:3], amount_cents=cents, day=day, winners=[],
    )  # fmt: skip
