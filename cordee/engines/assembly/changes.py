"""What changes an agreement once it is signed: an amendment, an accession, a termination by all. Each is a document."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cordee.engines.assembly.answers import Party
from cordee.engines.assembly.assemble import Article, Block, Document, ScheduleLine
from cordee.engines.assembly.words import day, typeset

_Words = tuple[str, str, str, str]  # title, title in English, explanation, explanation in English


def amend(signed: Document, wanted: Document, *, number: int, signed_on: date) -> Document:
    """Write the amendment that leads from what was signed to what is wanted: only what changes, article by article.

    Shape   signed, wanted: the same type of document. number: which amendment it is, from 1.
    Holds   an article whose words do not change is not in it; every other one is.
    Errors  ValueError when the two are not of the same type.
    """
    if signed.slug != wanted.slug:
        raise ValueError("an amendment keeps the type of its agreement")
    before = {article.code: article for article in signed.articles}
    after = {article.code: article for article in wanted.articles}
    pieces: list[tuple[_Words, list[Block]]] = [(_OBJECT, _texts(_opening(signed, number, signed_on)))]
    for sentence in _parties(signed, wanted):
        pieces.append((_PARTIES, _texts(sentence)))
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
    pieces.append((_REST, _texts(_STAYS, "Le présent avenant prend effet à la dernière signature.")))
    schedule = wanted.schedule if wanted.schedule != signed.schedule else ()
    return _made(wanted, f"Avenant n° {number} – {signed.title}", pieces, schedule=schedule)


def changes_something(amendment: Document) -> bool:
    """Tell whether an amendment says more than its first and last articles."""
    return len(amendment.articles) > 2


def accede(signed: Document, newcomer: Party, *, signed_on: date) -> Document:
    """Write the act by which a company joins an agreement that others signed: it alone signs it.

    Errors  ValueError when the company is a party already.
    """
    if any(newcomer.siren and party.siren == newcomer.siren for party in signed.parties):
        raise ValueError("this company is a party already")
    opening = (
        f"Les parties nommées ci-dessous ont signé le {day(signed_on)} un document intitulé « {signed.title} », "
        f"dont l'empreinte est {signed.fingerprint}.",
        "Parties à ce jour : " + ", ".join(party.name for party in signed.parties) + ".",
    )
    joins = (
        f"{newcomer.name} déclare avoir reçu ce document et ses avenants, les avoir lus, et y adhérer sans réserve : "
        "elle en accepte toutes les stipulations comme si elle l'avait signé dès l'origine.",
    )
    since = (
        "L'adhésion prend effet à la date de sa signature.",
        f"Sauf stipulation contraire du document, {newcomer.name} n'est pas tenue des dettes et engagements nés avant "
        "cette date.",
    )
    pieces = [(_ACCESSION, _texts(*opening)), (_JOINS, _texts(*joins)), (_SINCE, _texts(*since))]
    return _made(
        replace(signed, parties=(newcomer,), lead="", missing=(), contradictions=()),
        f"Acte d'adhésion – {signed.title}",
        pieces,
    )


def end_together(signed: Document, *, signed_on: date, effect_on: date, reason: str) -> Document:
    """Write the agreement by which all end what they had signed, from a day on."""
    because = f"Les parties y mettent fin pour la raison suivante : {reason}." if reason else ""
    pieces = [
        (_END, _texts(_signed_before(signed, signed_on), *([because] if because else []))),
        (_WHEN, _texts(f"La résiliation prend effet le {day(effect_on)}, d'un commun accord.")),
        (
            _AFTER,
            _texts(
                "Les sommes dues entre les parties pour la période qui précède cette date restent dues ; les comptes "
                "sont arrêtés à cette date.",
                "Restent en vigueur les stipulations qui, par leur nature, survivent à la fin : confidentialité, "
                "propriété intellectuelle, garanties légales, assurances et règlement des différends.",
                "Chaque partie renonce à demander une indemnité du seul fait de cette fin.",
            ),
        ),
    ]
    return _made(replace(signed, missing=(), contradictions=()), f"Accord de résiliation – {signed.title}", pieces)


def _made(
    base: Document, title: str, pieces: Sequence[tuple[_Words, list[Block]]], *, schedule: tuple[ScheduleLine, ...] = ()
) -> Document:
    articles = []
    for number, (words, blocks) in enumerate(pieces, 1):
        texts = 0
        numbered = []
        for block in blocks:
            texts += block.style == "text"
            numbered.append(replace(block, number=f"{number}.{texts}") if block.style == "text" else block)
        title_fr, title_en, said, said_en = words
        articles.append(
            Article(number, f"X{number:02d}", 1, typeset(title_fr), title_en, typeset(said), said_en, tuple(numbered))
        )
    return replace(
        base,
        title=typeset(title),
        articles=tuple(articles),
        schedule=schedule,
        reviewed=False,
    )


def _texts(*sentences: str) -> list[Block]:
    return [Block("text", "", typeset(sentence)) for sentence in sentences]


def _said(article: Article) -> list[tuple[str, str, tuple[tuple[str, ...], ...]]]:
    """The words of an article, without its numbers."""
    return [(article.title, "", ()), *((block.style, block.text, block.rows) for block in article.blocks)]


def _opening(signed: Document, number: int, signed_on: date) -> str:
    before = _signed_before(signed, signed_on)
    return f"{before} Le présent avenant n° {number} le modifie sur les seuls points qui suivent."


def _signed_before(signed: Document, signed_on: date) -> str:
    return (
        f"Les parties ont signé le {day(signed_on)} un document intitulé « {signed.title} », dont l'empreinte est "
        f"{signed.fingerprint}."
    )


def _parties(signed: Document, wanted: Document) -> list[str]:
    before, after = ({party.id: party.name for party in each.parties} for each in (signed, wanted))
    come = [name for key, name in after.items() if key not in before]
    gone = [name for key, name in before.items() if key not in after]
    sentences = [f"{name} devient partie au document, dont elle accepte toutes les stipulations." for name in come]
    return sentences + [f"{name} cesse d'être partie au document." for name in gone]


_STAYS = "Les autres stipulations ne changent pas. Si elles contredisent le présent avenant, c'est lui qui prévaut."
_OBJECT = ("Objet", "Purpose", "Ce que cet avenant modifie.", "What this amendment changes.")
_PARTIES = ("Parties", "Parties", "Une entreprise entre ou sort.", "A company comes in or leaves.")
_SCHEDULE = (
    "Lots et prix",
    "Lots and prices",
    "La nouvelle répartition est jointe.",
    "The new schedule is attached.",
)
_REST = ("Ce qui demeure", "What stays", "Tout le reste continue comme avant.", "All the rest goes on as before.")
_ACCESSION = ("Objet", "Purpose", "À quoi l'entreprise adhère.", "What the company joins.")
_JOINS = ("Adhésion", "Accession", "Elle accepte tout le document.", "It accepts the whole document.")
_SINCE = ("Prise d'effet", "Effect", "À partir de quand, et pour quoi.", "From when, and for what.")
_END = ("Objet", "Purpose", "Les parties arrêtent, ensemble.", "The parties end it, together.")
_WHEN = ("Date d'effet", "Effective date", "Le jour où cela s'arrête.", "The day on which it ends.")
_AFTER = ("Suites", "What follows", "Ce qui reste dû, ce qui continue.", "What remains due, what goes on.")
