"""The same text as a DOCX for the lawyer: real styles, real numbering, the parties' table, the schedule."""

import io
import zipfile
from datetime import datetime
from itertools import zip_longest
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from cordee.engines.assembly.assemble import Document
from cordee.engines.assembly.render import NOTICE, STATUS, party_cells, schedule_rows
from cordee.engines.assembly.words import day, in_paris, money

_FAINT = RGBColor(0x4A, 0x59, 0x51)
_LEVELS = (  # style, how the number is written, its shape, where the text starts
    ("Heading 2", "Article %1 — ", "decimal", 0),
    ("Paragraphe", "%1.%2", "decimal", 1.1),
    ("Alinéa", "%3)", "lowerLetter", 1.9),
)


def render_docx(document: Document, *, at: datetime, status: str = "") -> bytes:
    """Write a document as a DOCX: the text a lawyer corrects, numbered by the word processor itself.

    Shape   at, status: as for `render_pdf`.
    Holds   read back, it gives the same titles, paragraphs, parties and prices as the document, in the same order; the
            same document at the same `at` gives the same bytes.
    Errors  ValueError for a moment without time zone or an unknown status.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    status = status or ("ready" if document.complete else "draft")
    if status not in STATUS:
        raise ValueError(f"no status “{status}”; there are: {', '.join(STATUS)}")
    file = docx.Document()
    _prepare(file, document, at)
    file.add_paragraph(document.grouping or "Groupement à nommer", style="Subtitle")
    file.add_paragraph(document.title, style="Title")
    file.add_paragraph(f"{day(in_paris(at))} · {STATUS[status][0]} · {NOTICE[document.reviewed]}", style="Mention")
    file.add_paragraph(document.opening["parties"], style="Heading 1")
    rows = [_party_row(cells) for cells in party_cells(document)]
    _table(file, [("Entreprise", "Siège et immatriculation", "Représentée par"), *rows], (5.2, 6.6, 5.2))
    file.add_paragraph(document.parties_called)
    file.add_paragraph(document.opening["body"], style="Heading 1")
    numbering = _Numbering(file)
    for article in document.articles:
        numbering.put(file.add_paragraph(article.title, style="Heading 2"), 0)
        for block in article.blocks:
            if block.style == "table":
                _table(file, list(block.rows), (17 / len(block.rows[0]),) * len(block.rows[0]))
            else:
                level = 2 if block.style == "item" else 1
                numbering.put(file.add_paragraph(block.text, style=_LEVELS[level][0]), level)
    if document.schedule:
        _schedule(file, document)
    _signatures(file, document)
    return _steady(file, at)


def _prepare(file: Any, document: Document, at: datetime) -> None:
    """Set the page, the styles, what stands at the top and the foot, and who and when."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.4)
    styles = file.styles
    for name, size in (("Normal", 10.5), ("Title", 20), ("Subtitle", 10), ("Heading 1", 14), ("Heading 2", 12)):
        style = styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor(0x16, 0x26, 0x1F)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), "Calibri")
    for name in ("Paragraphe", "Alinéa", "Mention"):
        made = styles.add_style(name, 1)
        made.base_style = styles["Normal"]
        made.paragraph_format.space_after = Pt(4)
    styles["Mention"].font.size, styles["Mention"].font.color.rgb = Pt(9), _FAINT
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    styles["Normal"].element.get_or_add_rPr().append(language)
    core = file.core_properties
    core.title, core.author, core.subject = document.title, document.grouping, document.code
    core.language, core.comments, core.keywords = "fr-FR", NOTICE[document.reviewed], document.fingerprint
    core.created = core.modified = at.replace(microsecond=0)
    core.last_modified_by, core.revision = document.grouping, 1
    section.header.paragraphs[0].text = f"{document.grouping} · {document.title}"
    foot = section.footer.paragraphs[0]
    foot.text = f"{NOTICE[document.reviewed]} Empreinte du texte\u00a0: {document.fingerprint} · page "
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")
    for paragraph in (section.header.paragraphs[0], foot):
        paragraph.style = styles["Mention"]


def _field(paragraph: Any, code: str) -> None:
    """Add a number that the word processor works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


class _Numbering:
    """One list of three levels: Article 1, 1.1, a)."""

    def __init__(self, file: Any) -> None:
        root = file.part.numbering_part.element
        shape = OxmlElement("w:abstractNum")
        shape.set(qn("w:abstractNumId"), "90")
        shape.append(_valued("w:multiLevelType", "multilevel"))
        for place, (style, words, kind, start) in enumerate(_LEVELS):
            level = OxmlElement("w:lvl")
            level.set(qn("w:ilvl"), str(place))
            level.append(_valued("w:start", "1"))
            level.append(_valued("w:numFmt", kind))
            level.append(_valued("w:pStyle", file.styles[style].style_id))
            level.append(_valued("w:suff", "nothing" if place == 0 else "tab"))
            level.append(_valued("w:lvlText", words))
            level.append(_valued("w:lvlJc", "left"))
            look, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
            indent.set(qn("w:left"), str(Cm(start).twips))
            indent.set(qn("w:hanging"), str(Cm((0, 1.1, 0.7)[place]).twips))
            look.append(indent)
            level.append(look)
            shape.append(level)
        root.insert(0, shape)
        number = OxmlElement("w:num")
        number.set(qn("w:numId"), "90")
        number.append(_valued("w:abstractNumId", "90"))
        root.append(number)

    def put(self, paragraph: Any, level: int) -> None:
        """Number a paragraph at this level."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 90


def _valued(tag: str, value: str) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def _party_row(cells: dict[str, Any]) -> tuple[str, str, str]:
    lead = ["mandataire"] if cells["lead"] else []
    mail = [cells["email"]] if cells["email"] else []
    return (
        "\n".join([cells["name"], cells["form"], *lead]),
        "\n".join([cells["address"], cells["siren"]]),
        "\n".join([cells["representative"], cells["capacity"], *mail]),
    )


def _table(file: Any, rows: list[tuple[str, ...]], widths: tuple[float, ...]) -> None:
    """Add a table whose first row is its head, repeated on each page."""
    table = file.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for place, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.text, cell.width = text, Cm(width)
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size, run.bold = Pt(9), place == 0 or None
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    file.add_paragraph()


def _schedule(file: Any, document: Document) -> None:
    file.add_page_break()
    file.add_paragraph("Annexe — Tableau de répartition des lots et des prix", style="Heading 1")
    rows: list[tuple[str, ...]] = [("Entreprise", "Lot", "Prestations", "Calendrier", "Prix hors taxes")]
    for line in schedule_rows(document):
        if line["subtotal"]:
            rows.append(("", "", line["title"], "", line["amount"]))
        else:
            what = "\n".join(part for part in (line["title"], line["description"]) if part)
            rows.append((line["member"], line["lot"], what, line["dates"], line["amount"]))
    total = money(sum(line.amount or 0 for line in document.schedule))
    rows.append(("", "", "Total du marché, hors taxes", "", total))
    _table(file, rows, (3.8, 1.2, 5.4, 3.4, 3.2))


def _signatures(file: Any, document: Document) -> None:
    file.add_page_break()
    file.add_paragraph("Signatures", style="Heading 1")
    file.add_paragraph(f"Fait à {document.place or '…'}. {document.opening['sign']}")
    rows: list[tuple[str, ...]] = [("Signataire", "Date, heure et signature")]
    rows += [(f"{one.name}\n{one.representative}\n{one.capacity}", "\n\n") for one in document.parties]
    rows += [
        (f"{name}\n{quality}", "\n\n") for name, quality in zip_longest(document.also, document.also_as, fillvalue="")
    ]
    _table(file, rows, (8.5, 8.5))


def _steady(file: Any, at: datetime) -> bytes:
    """Save with the same inner dates, so that the same document gives the same bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    file.save(raw)
    when = in_paris(at)
    stamp = (max(when.year, 1980), when.month, when.day, when.hour, when.minute, when.second - when.second % 2)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, stamp), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
