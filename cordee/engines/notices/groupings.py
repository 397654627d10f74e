"""What a notice says about answering together, read in its sentences (French, then English).

Buyers have no code for most of it: the rule stands in prose. A sentence counts only if it speaks of a grouping of
candidates (not of a *groupement de commandes*, which is buyers buying together).
"""

import re
from collections.abc import Iterable

from cordee.engines.notices.model import Form, Groupings, Said

_VOID = {"", "na", "n a", "néant", "neant", "sans objet", "none", "non", "not applicable"}
_LONGEST = 3000  # a longer "sentence" is not prose
_MOST = 300_000  # no notice says more; beyond, a file made to exhaust
_ABOUT = re.compile(
    r"\bgroupements?\b|\bGME\b|cotraitan|candidatures? groupées?|\bconsorti(um|a)\b|\bgroup of (companies|tenderers|"
    r"economic|undertakings)|joint(ly)? and several|joint venture|bietergemeinschaft",
    re.IGNORECASE,
)
_BUYERS = re.compile(
    r"groupements? (de |d.)(commandes?|achats?|autorités|coopération|intérêt|collectivités)|"
    r"coordonnateur du groupement|membres? du «\s*groupement",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"à la fois|(plusieurs|autres?) (groupements|GME)|autre groupement|(plus d.un|qu.un|d.un) seul groupement|"
    r"titre individuel|candidats? individuels? et|"
    r"both (alone|individually)|more than one (group|consorti)|membre d.un groupement et",
    re.IGNORECASE,
)
_LEAD_OF_SEVERAL = re.compile(r"plus d.un groupement pour un même marché", re.IGNORECASE)
_FORBIDS = re.compile(
    r"interdit|interdiction|(ne|n.)\s?\S{0,12}\s?(peu(ven)?t|pourr(a|ont)|sont|est)\s+(pas|être membre|qu)|"
    r"impossible|ne pourra|non autorisé|pas autorisé|pas admis|may not|not (be )?(allowed|permitted)|shall not",
    re.IGNORECASE,
)
_PERMITS = re.compile(r"autoris[ée]|admis|possible|accept|\bmay\b|allowed|permitted|peuvent", re.IGNORECASE)
_NO_FORM = re.compile(
    r"(aucune|pas de) forme|forme\s[^.;]{0,60}(n.est pas|n.est|ne sera pas|non)\s(pas\s)?imposée|"
    r"forme (est )?(libre|indifférente)|n.impose (pas|aucune)|ne (souhaite|veut|sera)[^.;]{0,25}imposer|"
    r"no (specific|particular) (legal )?form",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"groupements?[^.;]{0,60}(ne sont pas|n.est pas|non)\s+(autorisés?|admis|acceptés?|possible)|"
    r"groupements?[^.;]{0,30}(sont|est) (interdits?|exclus?)|"
    r"(candidature|réponse)s? en groupement[^.;]{0,20}(interdite|exclue)",
    re.IGNORECASE,
)
_SOLIDAIRE = re.compile(
    r"groupements?[^.;]{0,40}(être|sera|soit)\s+solidaires?|joint(ly)? and several|"
    r"(groupements?|GME\)?|forme|entreprises|d.entreprises|conjoints?|et|ou|un)\s+«?\s?solidaires?",
    re.I,
)
_LEAD_LIABLE = re.compile(
    r"mandataires?\s+(\S+\s){0,7}?solidaires?|(mandataire|celui-ci)[^.;]{0,160}(est|sera|être) solidaire|"
    r"est solidaire des obligations",
    re.I,
)
_CONJOINT = re.compile(r"\bconjoints?\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\bconjoints?\b\W+(ou|et|and|or)\W+solidaires?\b|\bsolidaires?\W+(ou|et)\W+conjoints?\b", re.IGNORECASE
)
# « En cas de groupement conjoint, le mandataire … » supposes a form, it does not ask for it.
_SUPPOSED = re.compile(
    r"en cas (de|d.attribution [^.;,]{0,20}à un|d.un) groupement (conjoint|solidaire)|"
    r"mandataire d(u|.un) groupement conjoint",
    re.IGNORECASE,
)
_BECOMES_SOLIDAIRE = re.compile(
    r"transform\w+[^.;]{0,50}groupement solidaire|revêtir la forme d.un groupement solidaire", re.I
)
_ASKED = re.compile(
    r"attributa|attribution|devra|doit|exigé|imposée|souhaitée|revêt|transform|sera conjoint|sera solidaire|"
    r"signing|successful|liable|accepted offer",
    re.IGNORECASE,
)


def sentences(texts: Iterable[str | None]) -> list[str]:
    """The sentences that speak of groupings of candidates, each once, in order."""
    kept: dict[str, None] = {}
    budget = _MOST
    for text in texts:
        words = text[:budget] if text else ""
        budget -= len(words)
        if not words or not _ABOUT.search(words):
            continue
        for sentence in re.split(r"(?<=[.;!?])\s+|(?<=[a-zé])\.(?=[A-Za-zÀ-ÿ])|\n", words):
            if _ABOUT.search(sentence) and not _BUYERS.search(sentence):
                kept[sentence[:_LONGEST].strip(" —-•\t")] = None
    return list(kept)


def groupings(
    form_texts: Iterable[str | None], other_texts: Iterable[str | None], required: Said = "unknown"
) -> Groupings:
    """The rule on groupings.

    Shape   form_texts: what the notice says under "legal form after award"; other_texts: everything else it says;
            required: the answer of eForms to "must a winning grouping take a certain form?".
    Holds   nothing said anywhere gives Groupings() with every field "unknown" and no text.

    >>> groupings(["Groupement conjoint avec mandataire solidaire."], []).form
    'conjoint'
    """
    stated = list(dict.fromkeys(words for words in form_texts if words and not _void(words)))
    said = list(dict.fromkeys([*(s for words in stated for s in _split(words)), *sentences(other_texts)]))
    about = [s for s in said if _ABOUT.search(s)] if not stated else said
    form, lead = _form(about, bool(stated))
    several: Said = "unknown"
    for sentence in about:
        if _LEAD_OF_SEVERAL.search(sentence):
            continue  # the law itself says so: it is not the buyer's choice
        if _SEVERAL.search(sentence):
            several = "no" if _FORBIDS.search(sentence) else "yes" if _PERMITS.search(sentence) else several
    refused = any(_REFUSES.search(s) and not _SEVERAL.search(s) for s in about)
    spoken = any(_ABOUT.search(s) for s in about) or form not in ("unknown", "none")
    if form == "none" or (form == "either" and not stated and required == "unknown"):
        required = "no"
    elif form != "unknown" or (stated and required == "unknown"):
        required = "yes"
    allowed: Said = "no" if refused else "yes" if spoken or required == "yes" else "unknown"
    return Groupings(allowed, required, form, lead, several, "\n".join(about) or None)


def _void(words: str) -> bool:
    return len(words) < 40 and " ".join(re.findall(r"\w+", words.lower())) in _VOID


def _split(words: str) -> list[str]:
    words = words[: _MOST // 10]
    return [s[:_LONGEST].strip(" —-•\t") for s in re.split(r"(?<=[.;!?])\s+|\n", words) if s.strip(" —-•\t")]


def _form(said: list[str], under_form: bool) -> tuple[Form, Said]:
    lead: Said = "yes" if any(_LEAD_LIABLE.search(s) for s in said) else "unknown"
    if any(_NO_FORM.search(s) for s in said):
        return "none", lead
    if any(_BECOMES_SOLIDAIRE.search(s) for s in said):
        return "solidaire", lead
    if any(_BOTH.search(s) and _PERMITS.search(s) for s in said):
        return "either", lead
    # Outside the field made for it, a sentence sets a form only if it speaks of what will be asked.
    asking = [
        _LEAD_LIABLE.sub(" ", _SUPPOSED.sub("mandataire", s))
        for s in said
        if (under_form or _ASKED.search(s)) and not _SEVERAL.search(s)
    ]
    conjoint = any(_CONJOINT.search(s) for s in asking)
    solidaire = any(_SOLIDAIRE.search(s) for s in asking)
    if conjoint and solidaire:
        return "either", lead
    return ("conjoint" if conjoint else "solidaire" if solidaire else "unknown"), lead
