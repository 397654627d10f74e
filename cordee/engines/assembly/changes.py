"""What changes an agreement once it is signed: an amendment, an accession, a termination for one or for all.

Each is a document of the library (D18, D19, D20), whose act, parties and changes are filled in from what was signed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from cordee.engines.assembly.answers import Party
from cordee.engines.assembly.assemble import Article, Block, Document, assemble
from cordee.engines.assembly.words import day, typeset

_Words = tuple[str, str, str, str]  # title, title in English, explanation, explanation in English
_Piece = tuple[_Words, list[Block]]

OWN_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "amendment": ("amendment_reason", "start_date"),
    "accession": ("start_date", "newcomers_exempt", "newcomer_task"),
    "termination": ("end_reason", "end_date", "guarantees_kept"),
}
"""What each act has to be told of itself, and never takes from the agreement it changes."""


def amend(
    signed: Document, wanted: Document, answers: Mapping[str, object], *, number: int, signed_on: date
) -> Document:
    """Write the amendment that leads from what was signed to what is wanted: only what changes, article by article.

    Shape   signed, wanted: the same type of document. number: which amendment it is, from 1. answers: of the amendment
            itself (OWN_ANSWERS), with those of its usual clauses (court, mediation).
    Holds   an article whose words do not change is not in it; every other one is.
    Errors  ValueError when the two are not of the same type.
    """
    if signed.slug != wanted.slug:
        raise ValueError("an amendment keeps the type of its agreement")
    pieces = _changed(signed, wanted)
    follow = {0: "aucune à ce jour", 1: "celles de l'article qui suit"}
    said = {"amendment_text": typeset(follow.get(len(pieces), f"celles des {len(pieces)} articles qui suivent"))}
    frame = _frame("amendment", signed, wanted.parties, {**answers, **said}, signed_on, place=wanted.place)
    first, *rest = frame.articles
    made = replace(
        frame,
        title=typeset(f"Avenant n° {number} – {signed.title}"),
        articles=_numbered([first, *_articles(pieces), *rest]),
        schedule=wanted.schedule if wanted.schedule != signed.schedule else (),
        lead=wanted.lead,
        also=wanted.also,
        also_as=wanted.also_as,
        signature_level=wanted.signature_level,
        warnings=(*wanted.warnings, *frame.warnings),
    )
    return replace(
        made,
        missing=(*wanted.missing, *(one for one in frame.missing if not one.variable.startswith("members"))),
        contradictions=(*wanted.contradictions, *frame.contradictions),
    )


def changes_something(amendment: Document) -> bool:
    """Tell whether an amendment changes an article, a party or a price."""
    return any(article.code.startswith("X") for article in amendment.articles)


def accede(
    signed: Document,
    newcomer: Party,
    answers: Mapping[str, object],
    *,
    signed_on: date,
    others: Sequence[Party] | None = None,
) -> Document:
    """Write the act by which a company joins an agreement that others signed, and by which they accept it.

    Shape   others: the parties as they stand today, by default as they signed.
    Errors  ValueError when the company is a party already.
    """
    if any(newcomer.siren and party.siren == newcomer.siren for party in signed.parties):
        raise ValueError("this company is a party already")
    said = {**answers, "newcomer": newcomer.id}
    there = signed.parties if others is None else others
    frame = _frame("accession", signed, (*there, newcomer), said, signed_on)
    return replace(
        frame, title=typeset(f"Acte d'adhésion – {signed.title}"), lead="", signature_level=signed.signature_level
    )


def end_together(
    signed: Document,
    answers: Mapping[str, object],
    *,
    signed_on: date,
    leaver: str = "",
    parties: Sequence[Party] | None = None,
) -> Document:
    """Write the act by which all agree on an end: of the whole agreement, or for one company (`leaver`, its id)."""
    said = {**answers, "partial": bool(leaver), "leaver": leaver}
    frame = _frame("termination", signed, signed.parties if parties is None else parties, said, signed_on)
    title = "Départ convenu" if leaver else "Acte de résiliation convenue"
    return replace(
        frame,
        title=typeset(f"{title} – {signed.title}"),
        lead=signed.lead,
        also=signed.also,
        also_as=signed.also_as,
        signature_level=signed.signature_level,
    )


def _frame(
    slug: str,
    signed: Document,
    parties: Sequence[Party],
    answers: Mapping[str, object],
    signed_on: date,
    *,
    place: str = "",
) -> Document:
    """The document of the library, filled in with what was signed; what it asks of itself is named « change.… »."""
    known = {
        "grouping_name": signed.grouping,
        "signature_place": place or signed.place,
        "members": [asdict(party) for party in parties],
        "founding_act": typeset(
            f"« {signed.title} », signé le {day(signed_on)}, dont l'empreinte est {signed.fingerprint}"
        ),
    }
    made = assemble(slug, {**answers, **known})
    asked = (
        one if one.variable.startswith("members") else replace(one, variable=f"change.{one.variable}")
        for one in made.missing
    )
    return replace(made, missing=tuple(asked))


def _changed(signed: Document, wanted: Document) -> list[_Piece]:
    """What changes, each with its words."""
    before = {article.code: article for article in signed.articles}
    after = {article.code: article for article in wanted.articles}
    pieces: list[_Piece] = [(_PARTIES, _texts(sentence)) for sentence in _parties(signed, wanted)]
    for code, article in before.items():
        new = after.get(code)
        if new is None:
            words = (
                f"Suppression de l'article {article.number}, « {article.title} »",
                f"Article {article.number} is struck out",
                "Cet article ne s'applique plus.",
                "This article no longer applies.",
            )
            pieces.append((words, _texts(f"L'article {article.number} est supprimé.")))
        elif _said(new) != _said(article):
            words = (
                f"Nouvelle rédaction de l'article {article.number}, « {new.title} »",
                f"New wording of article {article.number}",
                new.explanation,
                new.explanation_en,
            )
            start = f"L'article {article.number} est remplacé par le texte suivant :"
            pieces.append((words, [*_texts(start), *new.blocks]))
    for code, article in after.items():
        if code not in before:
            words = (
                f"Ajout : {article.title}",
                f"Added: {article.title_en}",
                article.explanation,
                article.explanation_en,
            )
            pieces.append((words, [*_texts("L'article suivant est ajouté :"), *article.blocks]))
    if wanted.schedule != signed.schedule:
        pieces.append((_SCHEDULE, _texts("La répartition annexée au présent avenant remplace la précédente.")))
    return pieces


def _articles(pieces: Sequence[_Piece]) -> list[Article]:
    """The pieces as articles, whose numbers come last."""
    return [
        Article(0, f"X{place:02d}", 1, typeset(title), title_en, typeset(said), said_en, tuple(blocks))
        for place, ((title, title_en, said, said_en), blocks) in enumerate(pieces, 1)
    ]


def _numbered(articles: Sequence[Article]) -> tuple[Article, ...]:
    made = []
    for number, article in enumerate(articles, 1):
        texts, blocks = 0, []
        for block in article.blocks:
            texts += block.style == "text"
            blocks.append(replace(block, number=f"{number}.{texts}") if block.style == "text" else block)
        made.append(replace(article, number=number, blocks=tuple(blocks)))
    return tuple(made)


def _texts(*sentences: str) -> list[Block]:
    return [Block("text", "", typeset(sentence)) for sentence in sentences]


def _said(article: Article) -> list[tuple[str, str, tuple[tuple[str, ...], ...]]]:
    """The words of an article, without its numbers."""
    return [(article.title, "", ()), *((block.style, block.text, block.rows) for block in article.blocks)]


def _parties(signed: Document, wanted: Document) -> list[str]:
    before, after = ({party.id: party.name for party in each.parties} for each in (signed, wanted))
    come = [name for key, name in after.items() if key not in before]
    gone = [name for key, name in before.items() if key not in after]
    sentences = [f"{name} devient partie au document, dont elle accepte toutes les stipulations." for name in come]
    return sentences + [f"{name} cesse d'être partie au document." for name in gone]


_PARTIES = ("Parties", "Parties", "Une entreprise entre ou sort.", "A company comes in or leaves.")
_SCHEDULE = (
    "Lots et prix",
    "Lots and prices",
    "La nouvelle répartition est jointe.",
    "The new schedule is attached.",
)
