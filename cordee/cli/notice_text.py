"""A notice as lines of text for a terminal."""

import textwrap
from collections.abc import Iterable

from cordee.cli.tools import Lang
from cordee.engines.notices import Award, Criterion, Lot, Notice, Organisation, Requirement
from cordee.engines.notices.words import duration_words, groupings_words, moment_words, money_words, word

WIDTH = 100
_HEADS = {
    "buyer": ("Acheteur", "Buyer"),
    "object": ("Objet", "Object"),
    "procedure": ("Procédure", "Procedure"),
    "published": ("Publié le", "Published"),
    "deadline": ("Date limite", "Deadline"),
    "value": ("Valeur estimée", "Estimated value"),
    "maximum": ("Montant maximal", "Maximum value"),
    "awarded": ("Montant attribué", "Value awarded"),
    "place": ("Lieu", "Place"),
    "groupings": ("Groupements", "Groupings"),
    "documents": ("Documents", "Documents"),
    "cpv": ("CPV", "CPV"),
    "duration": ("Durée", "Duration"),
    "criteria": ("Critères", "Criteria"),
    "reserved": ("Réservé", "Reserved"),
    "certificates": ("Certificats cités", "Certificates named"),
    "description": ("Description", "Description"),
    "max_lots": ("Lots par candidat", "Lots per tenderer"),
    "reference": ("Référence", "Reference"),
}
_SAID = {
    "lots": ("Lots", "Lots"),
    "parts": ("Parties envisagées", "Planned parts"),
    "undivided": ("Marché non alloti", "Not divided into lots"),
    "asked": ("Exigences pour tous les lots", "Requirements for all lots"),
    "winners": ("Gagnants", "Winners"),
    "nobody": ("Sans attributaire", "Not awarded"),
    "grouping": ("groupement", "grouping"),
    "lead": ("mandataire", "lead"),
    "first": ("cité en premier", "named first"),
    "minimum": ("niveau minimal", "minimum level"),
    "lot": ("Lot", "Lot"),
    "see": ("Détail d’un lot\u00a0: --lot N", "One lot in full: --lot N"),
}


def _word(table: dict[str, tuple[str, str]], key: str, lang: Lang) -> str:
    return table[key][0 if lang == "fr" else 1]


def _facts(facts: Iterable[tuple[str, str | None]], lang: Lang, indent: str = "") -> list[str]:
    lines: list[str] = []
    for key, value in facts:
        if value:
            head = f"{indent}{_word(_HEADS, key, lang):<18}  "
            paragraphs = value.split("\n")
            for place, paragraph in enumerate(paragraphs):
                start = head if place == 0 else " " * len(head)
                lines += textwrap.wrap(
                    paragraph, WIDTH, initial_indent=start, subsequent_indent=" " * len(head), break_on_hyphens=False
                )
    return lines


def _short(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def notice_lines(notice: Notice, lang: Lang) -> list[str]:
    """The notice itself: what, who, when, the rule on groupings, the lots, what is asked."""
    kind = word(f"kind.{notice.kind}", lang)
    nature = f" · {word(f'nature.{notice.nature}', lang)}" if notice.nature else ""
    source = word(f"source.{notice.source}", lang)
    lines = [f"{kind}{nature} · {source}" + (f" · {notice.id}" if notice.id else "")]
    lines += ["─" * min(WIDTH, max(20, len(lines[0])))]
    limit = moment_words(notice.deadline, lang) if notice.deadline else None
    if limit and notice.deadline and notice.deadline.offset is not None:
        limit += f" (UTC{notice.deadline.offset_iso})"
    if limit and notice.deadline_for:
        limit += f" · {word(f'deadline.{notice.deadline_for}', lang)}"
    lines += _facts(
        [
            ("buyer", "\n".join(_company(buyer) for buyer in notice.buyers)),
            ("object", notice.title),
            ("reference", notice.reference),
            ("procedure", word(f"procedure.{notice.procedure}", lang) if notice.procedure else None),
            ("published", _day(notice, lang)),
            ("deadline", limit),
            ("value", money_words(notice.value, lang) if notice.value else None),
            ("maximum", money_words(notice.maximum, lang) if notice.maximum else None),
            ("awarded", money_words(notice.awarded, lang) if notice.awarded else None),
            ("place", ", ".join(notice.nuts)),
            ("max_lots", str(notice.max_lots) if notice.max_lots and notice.divided else None),
            ("groupings", "\n".join(groupings_words(notice.groupings, lang)) if _open_to_answers(notice) else None),
            ("documents", notice.documents),
        ],
        lang,
    )
    for name, lots in (("lots", notice.lots), ("parts", notice.parts)):
        if lots:
            single = len(lots) == 1 and not notice.divided
            lines += ["", _word(_SAID, "undivided", lang) if single else f"{_word(_SAID, name, lang)} ({len(lots)})"]
            lines += lot_lines(lots[0], notice, lang) if len(lots) == 1 else _table(lots, lang)
    return lines + _asked(notice, lang)


def _open_to_answers(notice: Notice) -> bool:
    """Silence on groupings is worth a line only while one may still answer."""
    return notice.kind in ("competition", "planning", "unknown") or notice.groupings.text is not None


def _day(notice: Notice, lang: Lang) -> str | None:
    day = notice.published
    return None if day is None else f"{day:%d/%m/%Y}" if lang == "fr" else day.isoformat()


def _company(company: Organisation) -> str:
    where = " ".join(part for part in (company.postcode, company.town) if part)
    facts = [part for part in (where, f"SIREN {company.siren}" if company.siren else "") if part]
    return company.name + (f" ({', '.join(facts)})" if facts else "")


def _table(lots: tuple[Lot, ...], lang: Lang) -> list[str]:
    heads = ("Lot", "Intitulé", "CPV", "Lieu", "Valeur", "Durée")
    if lang == "en":
        heads = ("Lot", "Title", "CPV", "Place", "Value", "Duration")
    rows = [heads] + [
        (
            _short(lot.number or lot.id, 8),
            lot.title or "",
            " ".join(lot.cpv[:2]) + (f" +{len(lot.cpv) - 2}" if len(lot.cpv) > 2 else ""),
            _short(" ".join(lot.nuts), 11),
            money_words(lot.value, lang) if lot.value else "",
            _short(duration_words(lot.duration, lang) if lot.duration else "", 30),
        )
        for lot in lots
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    widths[1] = min(widths[1], max(24, WIDTH + 20 - sum(widths) + widths[1] - 12))
    lines = []
    for row in rows:
        cells = [_short(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True)]
        cells[4] = row[4].rjust(widths[4])
        lines.append("  " + "  ".join(cells).rstrip())
    return [*lines, "  " + _word(_SAID, "see", lang)]


def lot_lines(lot: Lot, notice: Notice, lang: Lang, *, whole: bool = False) -> list[str]:
    """One lot; `whole` adds its description and requirements, as `--lot` shows them."""
    lines = [f"{_word(_SAID, 'lot', lang)} {lot.number or lot.id} · {lot.title or notice.title or ''}"] if whole else []
    lines += _facts(
        [
            ("description", lot.description if whole else None),
            ("cpv", " ".join(lot.cpv)),
            ("place", " · ".join(part for part in (" ".join(lot.nuts), lot.place) if part)),
            ("value", money_words(lot.value, lang) if lot.value else None),
            ("maximum", money_words(lot.maximum, lang) if lot.maximum else None),
            ("duration", duration_words(lot.duration, lang) if lot.duration else None),
            ("deadline", moment_words(lot.deadline, lang) if lot.deadline and whole else None),
            ("reserved", "\n".join(word(f"reserved.{code}", lang) for code in lot.reserved)),
            ("criteria", "\n".join(_criterion(criterion, lang) for criterion in lot.criteria)),
        ],
        lang,
        "  ",
    )
    for one in lot.requirements if whole else ():
        lines += ["", *_requirement(one, lang, whole=True)]
    return lines


def _criterion(criterion: Criterion, lang: Lang) -> str:
    name = criterion.name or word(f"criterion.{criterion.kind}", lang)
    return name if criterion.weight is None else f"{criterion.weight} · {name}"


def _requirement(one: Requirement, lang: Lang, *, whole: bool = False) -> list[str]:
    topics = ", ".join(word(f"topic.{topic}", lang) for topic in one.topics)
    head = word(f"area.{one.area}", lang)
    head += f" ({_word(_SAID, 'minimum', lang)})" if one.minimum else ""
    head += f" · {topics}" if topics else ""
    lines = [f"  {head}"]
    text = one.text if whole else _short(" ".join(one.text.split()), 280)
    for paragraph in text.split("\n"):
        lines += textwrap.wrap(paragraph, WIDTH, initial_indent="    ", subsequent_indent="    ")
    return lines + _facts([("certificates", ", ".join(one.certificates))], lang, "    ")


def _asked(notice: Notice, lang: Lang) -> list[str]:
    """What every lot asks; what only some ask is shown with the lot."""
    lots = notice.lots
    shared = [one for one in lots[0].requirements if all(one in lot.requirements for lot in lots)] if lots else []
    lines = ["", _word(_SAID, "asked", lang)] if shared else []
    for one in shared:
        lines += _requirement(one, lang)
    return lines


def award_lines(notice: Notice, lang: Lang) -> list[str]:
    """Who won, lot by lot; the lead of a grouping is marked."""
    lines = ["", _word(_SAID, "winners", lang)] if notice.awards else []
    numbers = {lot.id: lot.number for lot in notice.lots}
    for award in notice.awards:
        number = numbers.get(award.lot or "", award.lot)
        head = f"{_word(_SAID, 'lot', lang)} {number}" if number else ""
        amount = money_words(award.value, lang) if award.value else ""
        together = f"{_word(_SAID, 'grouping', lang)} ({len(award.members)})" if award.grouping else ""
        lines.append("  " + (" · ".join(part for part in (head, together, amount) if part) or "–"))
        for place in range(len(award.members)):
            words = _member(award, place, lang)
            lines += textwrap.wrap(words, WIDTH, initial_indent="    ", subsequent_indent="      ")
    if notice.not_awarded:
        empty = ", ".join(numbers.get(lot) or lot for lot in notice.not_awarded)
        colon = ":" if lang == "en" else "\u00a0:"
        lines += ["", f"{_word(_SAID, 'nobody', lang)}{colon} {empty}"]
    return lines


def _member(award: Award, place: int, lang: Lang) -> str:
    member = award.members[place]
    lead = member.lead and len(award.members) > 1
    why = f", {_word(_SAID, 'first', lang)}" if award.lead_basis == "order" else ""
    return _company(member.company) + (f" — {_word(_SAID, 'lead', lang)}{why}" if lead else "")
