"""What a requirement is about, read in its words (French first, then English) and in its code."""

import re
from functools import lru_cache

from cordee.engines.notices.model import Area, Requirement, Topic

_WORDS: tuple[tuple[Topic, str], ...] = (
    ("turnover", r"chiffres?\s+d.affaires|\bturnover\b|turnov"),
    ("bank", r"déclarations?[^.;]{0,30}banque|bilans?\b|bank statement|balance sheet"),
    ("insurance", r"\bassurances?\b|\binsurance|indm-ins"),
    (
        "references",
        r"références?\b|(travaux|prestations|services|livraisons|fournitures)\s+(exécutée?s|effectuée?s|réalisée?s|"
        r"similaires)|liste des (principa|travaux|prestations)|\breferences?\b|similar (works|services|contracts)|"
        r"abil-ref",
    ),
    ("staff", r"effectifs?\b|\bpersonnel\b|encadrement|titres d.études|\bstaff\b|manpower|abil-(staff|edu|mgmt)"),
    ("equipment", r"outillage|\bmatériels?\b|équipements? techniques?|\bequipment\b|abil-(fac|equip)"),
    (
        "certificates",
        r"certificats? (de|d.)\s*(qualifi|qualit|capacit|conformit)|certifications?\b|qualifications? (professionnel|"
        r"exig|qual)|\bqualif[a-z]+elec|\bqualibat\b|\biso\s?\d{4,5}|agréments?\b|habilitations?\s+(électri|profes)|"
        r"certificate|slc-cert",
    ),
    (
        "registration",
        r"\bk.?bis\b|registre (du|de|professionnel)|ordre des|trade register|suit-reg|professional register",
    ),
    ("subcontracting", r"sous-trait|subcontract"),
)
_TOPICS = tuple((topic, re.compile(words, re.IGNORECASE)) for topic, words in _WORDS)

_LABELS = re.compile(
    r"\b(ISO(?:/IEC)?\s?\d{4,5}(?::\d{4})?|EN\s1090|Qualibat(?:\s(?:n[o°º]\s?)?\d{4})?|Qualif[ée]lec|Qualigaz|Qualisol|Qualipac|"
    r"QualiPV|Qualisport|Qualipaysage|RGE|MASE|OPQIBI(?:\s\d{4})?|OPQTECC|OPQU|OPQCM|CEFRI|APSAD(?:\s?[A-Z]\d{1,2})?|NF\s\d{3}|"
    r"EMAS|CACES|CNAPS|Certibiocide|Certiphyto|Qualiopi|HDS|SecNumCloud|PASSI|Qualifroid|Qualicert|HACCP)\b",
    re.IGNORECASE,
)

_READ = 50_000
"""Of a longer text, only the beginning is searched for topics."""

_AREAS: dict[str, Area] = {"sui-act": "suitability", "ef-stand": "economic", "tp-abil": "technical", "other": "other"}
_CODES = {area: code for code, area in _AREAS.items()}


def area_of(code: str | None) -> Area:
    """The area of an eForms selection criterion, old codes (ef-stand) and new ones (slc-stand-gen-turnov)."""
    if not code:
        return "other"
    if code in _AREAS:
        return _AREAS[code]
    if code.startswith("slc-suit"):
        return "suitability"
    if code.startswith("slc-stand"):
        return "economic"
    return "technical" if code.startswith(("slc-abil", "slc-cert")) else "other"


@lru_cache(maxsize=256)
def requirement(area: Area, words: str | None, *, minimum: bool = False, code: str | None = None) -> Requirement | None:
    """One requirement with its topics and the certificates it names; None when nothing is said.

    >>> asked = requirement("technical", "Certification Qualibat 2112 ou équivalent, liste des travaux exécutés")
    >>> asked.topics, asked.certificates
    (('references', 'certificates'), ('Qualibat 2112',))
    """
    said = words if words and re.search(r"\w", words) else None
    if said is None and not code:
        return None
    words_read = (said or "")[:_READ]
    whole = f"{words_read} {code or ''}"
    topics = tuple(topic for topic, pattern in _TOPICS if pattern.search(whole))
    named: dict[str, str] = {}
    for label in _LABELS.findall(words_read):
        named.setdefault(" ".join(label.split()).lower(), " ".join(label.split()))
    return Requirement(area, said or "", minimum, code, topics, tuple(named.values()))


def stated(area: Area, words: str | None, *, minimum: bool = False) -> Requirement | None:
    """One requirement of a format that has a field for each area, coded as eForms does; None when nothing is said."""
    return requirement(area, words, minimum=minimum, code=_CODES[area]) if words and re.search(r"\w", words) else None
