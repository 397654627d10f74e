"""What a verification found, in plain words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cordee.engines.assembly.words import moment, typeset

_SAYS: dict[str, dict[str, str]] = {
    "fr": {
        "whole": "Rien n'a été modifié ni ajouté depuis le scellement : le sceau couvre tout le fichier.",
        "sealed_by": "Scellé par « {name} », le {at}, avec la clé {key}.",
        "signed_by": "Signature de « {name} », le {at} : elle tient.",
        "not_final": "Ces signatures ne sont pas suivies d'un sceau final : d'autres peuvent encore s'ajouter.",
        "stamped": "L'heure est attestée par l'horloge « {name} » : {at}.",
        "trusted": "Cette clé est de celles auxquelles vous faites confiance.",
        "unpinned": "La clé est celle que le fichier annonce lui-même : comparez-la à celle que vous avez reçue.",
        "archival": "Le fichier s'annonce comme archive PDF/A-{claim} (annonce intacte, conformité non contrôlée ici).",
        "not_archival": "Le fichier ne s'annonce pas comme archive PDF/A.",
        "no_evidence": "Aucun dossier de preuve n'est joint.",
        "evidence_holds": "Le dossier de preuve tient, sans acte modifié (nombre d'actes : {count}).",
        "evidence_holds_here": "Le dossier de preuve tient, et le texte vu par chacun est celui-ci (nombre d'actes : "
        "{count}).",
        "evidence_signed": "{person}, {capacity}, a signé pour {company} le {at}.",
        "evidence_declined": "{person}, {capacity}, a refusé de signer pour {company} le {at}.",
        "evidence_vouched": "{person}, {capacity}, atteste pour {company} une signature sur papier, le {at}.",
        "evidence_alone": "Lu seul, ce dossier ne dit pas si des actes manquent à la fin : comparez-le à celui du PDF "
        "scellé.",
        "unreadable": "Ce PDF est abîmé ou modifié : il ne se lit pas jusqu'au bout, et son sceau ne prouve rien.",
        "not_sealed": "Ce PDF ne porte aucun sceau : rien ne prouve qu'il n'a pas été modifié.",
        "changed": "Le contenu a été modifié après le scellement : il ne correspond plus au sceau de « {name} ».",
        "seal_damaged": "Le sceau lui-même a été modifié : il n'est plus tel qu'il a été posé.",
        "partial": "Le sceau de « {name} » ne couvre pas tout ce qui le précède : il ne prouve rien.",
        "added": "Un ajout a été fait après le scellement (en octets : {bytes}). Ce qui a été scellé est intact : "
        "ce sont les {sealed} premiers octets ; personne n'a approuvé le reste.",
        "added_signature": "Une signature de « {name} » a été ajoutée après le scellement, le {at}.",
        "between": "Le contenu a changé entre la signature de « {name} » et le scellement.",
        "untrusted": "Le sceau a été posé par « {name} », avec une clé que vous ne connaissez pas : {key}.",
        "bad_time": "L'heure attestée ne tient pas : elle a été modifiée ou vient d'une horloge inconnue.",
        "evidence_altered": "Dans le dossier de preuve, l'acte n° {number} ({person}) est modifié, déplacé ou ajouté.",
        "evidence_other_text": "Dans le dossier de preuve, {person} a signé un autre texte que celui-ci.",
        "evidence_unreadable": "Le dossier de preuve ne se lit pas.",
        "_yes": "Ce fichier tient.",
        "_no": "Ce fichier ne tient pas.",
    },
    "en": {
        "whole": "Nothing was changed or added since it was sealed: the seal covers the whole file.",
        "sealed_by": "Sealed by “{name}” on {at}, with the key {key}.",
        "signed_by": "Signature of “{name}” on {at}: it holds.",
        "not_final": "No final seal follows these signatures: others may still be added.",
        "stamped": "The time is attested by the clock “{name}”: {at}.",
        "trusted": "This key is one of those you trust.",
        "unpinned": "The key is the one the file announces itself: compare it with the one you received.",
        "archival": "The file claims to be a PDF/A-{claim} archive (claim untouched, conformance not checked here).",
        "not_archival": "The file does not claim to be a PDF/A archive.",
        "no_evidence": "No evidence file is attached.",
        "evidence_holds": "The evidence holds, no act was altered (number of acts: {count}).",
        "evidence_holds_here": "The evidence holds, and the text each one saw is this one (number of acts: {count}).",
        "evidence_signed": "{person}, {capacity}, signed for {company} on {at}.",
        "evidence_declined": "{person}, {capacity}, declined to sign for {company} on {at}.",
        "evidence_vouched": "{person}, {capacity}, vouches for {company} for a signature on paper, on {at}.",
        "evidence_alone": "Read alone, this evidence does not tell whether acts are missing at its end: compare it "
        "with the one in the sealed PDF.",
        "unreadable": "This PDF is damaged or was changed: it can't be read to its end, and its seal proves nothing.",
        "not_sealed": "This PDF carries no seal: nothing proves that it was not changed.",
        "changed": "The content was changed after sealing: it no longer fits the seal of “{name}”.",
        "seal_damaged": "The seal itself was changed: it is no longer as it was set.",
        "partial": "The seal of “{name}” does not cover all that stands before it: it proves nothing.",
        "added": "Something was added after sealing ({bytes} bytes). What was sealed is intact and makes up the first "
        "{sealed} bytes; the rest was approved by nobody.",
        "added_signature": "A signature of “{name}” was added after sealing, on {at}.",
        "between": "The content changed between the signature of “{name}” and the sealing.",
        "untrusted": "The seal was set by “{name}”, with a key you do not trust: {key}.",
        "bad_time": "The attested time does not hold: it was changed or comes from an unknown clock.",
        "evidence_altered": "In the evidence, act no. {number} ({person}) was altered, moved or added.",
        "evidence_other_text": "In the evidence, {person} signed another text than this one.",
        "evidence_unreadable": "The evidence file can't be read.",
        "_yes": "This file holds.",
        "_no": "This file does not hold.",
    },
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that holds (True), does not hold (False), or is worth knowing (None)."""

    holds: bool | None
    code: str
    params: dict[str, Any]

    def sentence(self, lang: str = "fr") -> str:
        """Say it in plain words."""
        text = _SAYS[lang][self.code]
        params = {name: _moment(value, lang) if name == "at" else value for name, value in self.params.items()}
        return (typeset(text) if lang == "fr" else text).format(**params)


def _moment(text: str, lang: str) -> str:
    """Write a moment as one reads it in Paris, or as it is given when it is none."""
    try:
        when = moment(datetime.fromisoformat(text), lang)
    except ValueError:
        return text
    return when + {"fr": " (heure de Paris)", "en": " (Paris time)"}[lang]


@dataclass(frozen=True, slots=True)
class PdfReport:
    """What was found in a sealed PDF or an evidence file. `ok` when nothing fails and something holds."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Nothing fails, and something holds."""
        verdicts = {finding.holds for finding in self.findings}
        return False not in verdicts and True in verdicts

    def sentences(self, lang: str = "fr") -> list[str]:
        """Say it in plain words: the answer, what fails, then what holds."""
        order = sorted(self.findings, key=lambda finding: (finding.holds is not False, finding.holds is None))
        return [_SAYS[lang]["_yes" if self.ok else "_no"], *(finding.sentence(lang) for finding in order)]

    def as_json(self, lang: str = "fr") -> dict[str, Any]:
        """Give it as plain values for a JSON answer."""
        found = [
            {"holds": f.holds, "code": f.code, "params": f.params, "sentence": f.sentence(lang)} for f in self.findings
        ]
        return {"ok": self.ok, "findings": found}
