"""A text beside the rules the grouping lives by: where they say two different things, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from cordee.engines.assembly.answers import read_answers, shown
from cordee.engines.assembly.assemble import assemble
from cordee.engines.assembly.clauses import Variable, document_type
from cordee.engines.assembly.words import as_date, typeset

_SAID = {
    "fr": "le document dit : {text} (article « {article} ») ; les règles du groupement, {rules}.",
    "en": "the document says: {text} (article “{article}”); the grouping's rules say {rules}.",
}
_WAY_OUT = {
    "fr": "Changez la réponse dans le document, ou proposez aux membres de changer la règle.",
    "en": "Change the answer in the document, or suggest that the members change the rule.",
}


@dataclass(frozen=True, slots=True)
class LiveRules:
    """The rules a grouping applies today, under the names and with the values that documents use; None: no such rule.

    Shape   quorum: "none", "half" or "two_thirds". Majorities: "simple", "two_thirds" or "unanimity". sharing_key:
            "equal", "use", "mix", "alone" or "turnover". Days and months: whole numbers. rhythm: in words.
    """

    quorum: str | None = None
    majority: str | None = None
    admission_majority: str | None = None
    exclusion_majority: str | None = None
    change_majority: str | None = None
    debt_majority: str | None = None
    convening_days: int | None = None
    urgent_days: int | None = None
    proxies_each: int | None = None
    withdrawal_months: int | None = None
    hearing_days: int | None = None
    sharing_key: str | None = None
    settle_days: int | None = None
    two_signatures_from: int | None = None
    annual_fee: int | None = None
    meeting_rhythm: str | None = None
    review_date: str | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """One point on which the text and the rules differ: the clause, the question, both values as one reads them."""

    clause: str
    variable: str
    article: Mapping[str, str]
    label: Mapping[str, str]
    in_text: str
    in_rules: str

    def said(self, lang: str = "fr") -> str:
        """Say it in one sentence that names the point."""
        body = _SAID[lang].format(text=self.in_text, article=self.article[lang], rules=self.in_rules)
        text = f"{self.label[lang]} : {body}" if lang == "fr" else f"{self.label[lang]}: {body}"
        return typeset(text) if lang == "fr" else text

    def way_out(self, lang: str = "fr") -> str:
        """What one can do."""
        return _WAY_OUT[lang]


def against_rules(slug: str, values: Mapping[str, object], rules: LiveRules) -> tuple[Clash, ...]:
    """Find where a document contradicts the rules the grouping lives by.

    Shape   values: the answers, as for `assemble`; what is assumed when nothing is said counts as said.
    Holds   a point which the document or the rules leave open is no contradiction; equal values never clash.
    Errors  ValueError when there is no such document type. A value that can't be read is not compared.
    """
    kind = document_type(slug)
    known = read_answers(kind, values)
    printed = {article.code for article in assemble(slug, values).articles}
    clashes = []
    for name in (one.name for one in fields(rules)):
        live, variable = getattr(rules, name), kind.variables.get(name)
        if live is None or variable is None or name not in known.values:
            continue
        clause = next((one for one in kind.clauses if name in one.names and one.code in printed), None)
        there = _read(variable, live)
        if clause and there is not None and there != known.values[name]:
            clashes.append(
                Clash(
                    clause.code,
                    name,
                    clause.title,
                    variable.label,
                    _worded(variable, known.values[name]),
                    _worded(variable, there),
                )
            )
    return tuple(clashes)


def _read(variable: Variable, live: object) -> object:
    """Read a live rule the way an answer is read, whatever bounds the document sets."""
    if variable.kind == "choice":
        return live if live in variable.choices else None
    return as_date(live) if variable.kind == "day" else live


_UNITS = {"days": "jours", "months": "mois", "each": "par personne"}


def _worded(variable: Variable, value: object) -> str:
    unit = _UNITS.get(variable.name.rpartition("_")[2], "") if variable.kind == "count" else ""
    return f"{shown(variable, value)} {unit}".strip()
