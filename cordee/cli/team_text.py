"""Teams as text and as JSON: the words around what the engine says."""

from collections.abc import Iterator, Mapping
from typing import Any

from cordee.cli.tools import Lang
from cordee.engines.sentences import typeset
from cordee.engines.teaming import Answer, Need, Reason, Team, say
from cordee.engines.trades import all_trades

WORDS: dict[str, tuple[str, str]] = {
    "need": ("Besoin : {title}", "Need: {title}"),
    "lot": ("  lot {lot} : {title} (entreprises possibles : {count})",
            "  lot {lot}: {title} (possible companies: {count})"),
    "notes": ("À savoir :", "Good to know:"),
    "none": ("Aucune équipe possible.", "No team is possible."),
    "missing": ("Aucune équipe ne fait tout. Le plus petit changement qui le permettrait :",
                "No team does it all. The smallest change that would allow it:"),
    "team": ("Équipe {n} : {cost} points ({proof})", "Team {n}: {cost} points ({proof})"),
    "proven": ("on ne peut pas faire mieux", "none is better"),
    "gap": ("au mieux {bound}", "at best {bound}"),
    "coverage": ("  Qui fait quoi :", "  Who does what:"),
    "nobody": ("personne", "nobody"),
    "confirm": ("  À confirmer ({n}) :", "  To be confirmed ({n}):"),
    "gaps": ("  Il manque :", "  Missing:"),
    "more": ("    … et {n} autres (--explain pour tout voir)", "    … and {n} more (--explain shows all)"),
    "pool": ("capacité connue {known} sur {asked} {unit}", "known capacity {known} of {asked} {unit}"),
}  # fmt: skip
ROLES = {
    "lot": ("fait un lot", "does a lot"),
    "pool": ("partage un lot", "shares a lot"),
    "reserve": ("en renfort", "in reserve"),
    "given": ("au centre de la recherche", "at the centre of the search"),
}


def _w(code: str, lang: Lang, **facts: object) -> str:
    text = WORDS[code][lang == "en"].format(**facts)
    return typeset(text) if lang == "fr" else text


def labels(names: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """What to call companies and trades."""
    return {one.slug: one.label(lang).lower() for one in all_trades()} | dict(names)


def lines(
    answer: Answer, need: Need, names: Mapping[str, str], lots: Mapping[str, str], lang: Lang, *, explain: bool
) -> Iterator[str]:
    """The answer, line by line."""
    known = labels(names, lang)

    def told(reason: Reason) -> str:
        return say(reason, lang, known, lots)

    yield _w("need", lang, title=need.title or "—")
    for lot in need.lots:
        count = answer.candidates.get(lot.id, 0)
        yield _w("lot", lang, lot=lots.get(lot.id, lot.id), title=lot.title or "—", count=count)
    if answer.notes:
        yield _w("notes", lang)
        yield from _few([told(note) for note in answer.notes], 8, lang, explain)
    if answer.infeasible is not None:
        yield _w("missing", lang)
        yield from _few([told(change.reason) for change in answer.infeasible.changes], 12, lang, explain)
    if not answer.teams:
        yield _w("none", lang)
    for number, team in enumerate(answer.teams, 1):
        yield ""
        proof = _w("proven", lang) if team.proven else _w("gap", lang, bound=team.bound)
        yield _w("team", lang, n=number, cost=team.cost, proof=proof)
        for member in team.members:
            role = ROLES[member.role][lang == "en"]
            yield f"  {known.get(member.company_id, member.company_id)} ({member.company_id}), {role}"
            yield from _few([told(reason) for reason in member.reasons], 4, lang, explain)
        yield _w("coverage", lang)
        for lot in need.lots:
            who = ", ".join(known.get(one, one) for one in team.coverage[lot.id]) or _w("nobody", lang)
            yield f"    lot {lots.get(lot.id, lot.id)}\u00a0: {who}{_pool(team, lot.id, lot.unit, lang)}"
        if team.gaps:
            yield _w("gaps", lang)
            yield from (f"    {told(gap.reason)}" for gap in team.gaps)
        if team.to_confirm:
            yield _w("confirm", lang, n=len(team.to_confirm))
            yield from _few([told(reason) for reason in team.to_confirm], 4, lang, explain)


def _pool(team: Team, lot: str, unit: str, lang: Lang) -> str:
    pool = next(one for one in team.pools if one.lot_id == lot)
    if pool.asked is None or pool.unknown:
        return ""
    return f" ({_w('pool', lang, known=pool.known, asked=pool.asked, unit=unit).strip()})"


def _few(told: list[str], most: int, lang: Lang, explain: bool) -> Iterator[str]:
    shown = told if explain or len(told) <= most + 1 else told[:most]
    yield from (f"    {one}" for one in shown)
    if len(shown) < len(told):
        yield _w("more", lang, n=len(told) - len(shown))


def as_json(
    answer: Answer,
    need: Need,
    names: Mapping[str, str],
    lots: Mapping[str, str],
    cpv: Mapping[str, tuple[str, ...]],
    lang: Lang,
) -> dict[str, Any]:
    """The answer as JSON values; every reason has its code, its facts and its sentence."""
    known = labels(names, lang)

    def told(reason: Reason) -> dict[str, Any]:
        return {"code": reason.code, **dict(reason.facts), "text": say(reason, lang, known, lots)}

    return {
        "title": need.title or None,
        "lots": [
            {
                "id": lot.id,
                "number": lots.get(lot.id),
                "title": lot.title or None,
                "cpv": list(cpv.get(lot.id, ())),
                "place": None if lot.place is None else {"lon": lot.place[0], "lat": lot.place[1]},
                "requirements": {
                    "trades": dict(lot.trades),
                    "volume": lot.volume,
                    "unit": lot.unit or None,
                    "radius_km": lot.radius_km if lot.place else None,
                    "certificates": list(lot.certificates),
                    "turnover_cents": lot.turnover,
                    "essential": lot.essential,
                },
                "candidates": answer.candidates.get(lot.id, 0),
            }
            for lot in need.lots
        ],
        "notes": [told(note) for note in answer.notes],
        "teams": [_team(team, names, told) for team in answer.teams],
        "infeasible": None
        if answer.infeasible is None
        else {
            "changes": [
                {"kind": one.kind, "lot": one.lot_id, "siren": one.company_id, "amount": one.amount,
                 "what": list(one.what), "text": told(one.reason)["text"]}
                for one in answer.infeasible.changes
            ],
            "proven": answer.infeasible.proven,
        },
    }  # fmt: skip


def _team(team: Team, names: Mapping[str, str], told: Any) -> dict[str, Any]:
    seal = team.certificate
    return {
        "members": [
            {
                "siren": one.company_id,
                "name": names.get(one.company_id, one.company_id),
                "role": one.role,
                "parts": dict(one.parts),
                "reasons": [told(reason) for reason in one.reasons],
            }
            for one in team.members
        ],
        "coverage": {lot: list(who) for lot, who in team.coverage.items()},
        "pooled": [
            {"lot": one.lot_id, "asked": one.asked, "known": one.known, "to_confirm": list(one.unknown)}
            for one in team.pools
        ],
        "gaps": [
            {"lot": one.lot_id, "missing": told(one.reason)["text"], "volume": one.volume, "share": one.share}
            for one in team.gaps
        ],
        "to_confirm": [told(reason) for reason in team.to_confirm],
        "cost": team.cost,
        "bound": team.bound,
        "proven": team.proven,
        "certificate": None if seal is None else {"bound": seal.bound, "not_ruled_out": len(seal.left)},
    }
