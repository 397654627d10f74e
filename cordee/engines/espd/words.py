"""What each rule says, in plain words, with what to do."""

from cordee.engines.espd.check import Finding
from cordee.engines.sentences import Lang, typeset

_MISSING = ("il manque l’élément « {name} ».", "the element “{name}” is missing.")
_VALUE = (
    "la réponse à « {id} » doit être du type {wanted}.",
    "the answer to “{id}” must be of the type {wanted}.",
)
_LIST = (
    "l’attribut « {name} », qui nomme la liste du code, manque.",
    "the attribute “{name}”, which names the list of the code, is missing.",
)
_COUNT = (
    "« {id} » n’a pas toutes les questions du modèle : il en manque {missing}.",
    "“{id}” lacks questions of the model: {missing} missing.",
)
WORDS: dict[str, tuple[str, str]] = {
    "BR-OTH-04": _MISSING,
    "BR-OTH-05-01": (
        "la version UBL doit être « 2.3 », pas « {value} ».",
        "the UBL version must be “2.3”, not “{value}”.",
    ),
    "BR-OTH-05-02": (
        "la version UBL doit porter schemeAgencyID = OASIS-UBL-TC.",
        "the UBL version must carry schemeAgencyID = OASIS-UBL-TC.",
    ),
    "BR-OTH-01-40": (
        "la version de la liste doit commencer par « 4. », pas « {value} ».",
        "the version of the list must begin with “4.”, not “{value}”.",
    ),
    "BR-OTH-01": _LIST,
    "BR-OTH-02": (
        "l’identifiant ne dit pas qui l’a donné : ajoutez schemeAgencyID.",
        "the identifier does not say who gave it: add schemeAgencyID.",
    ),
    "BR-OTH-08": ("l’adresse électronique doit porter schemeID.", "the endpoint must carry schemeID."),
    "BR-TC-02-01": ("ce critère n’a pas d’identifiant.", "this criterion has no identifier."),
    "BR-TC-02-02": (
        "le critère « {id} » n’existe pas dans e-Certis, la base européenne des critères.",
        "the criterion “{id}” does not exist in e-Certis, the European base of criteria.",
    ),
    "BR-TC-03": ("ce critère n’a pas de code.", "this criterion has no code."),
    "BR-TC-04": (
        "le code « {code} » n’est pas celui de ce critère.",
        "the code “{code}” is not that of this criterion.",
    ),
    "BR-TC-05": ("ce critère n’a pas de nom.", "this criterion has no name."),
    "BR-TC-06": ("ce critère n’a pas de description.", "this criterion has no description."),
    "BR-TC-07": _COUNT,
    "BR-TC-09": ("le texte de loi n’a pas de titre.", "the legislation has no title."),
    "BR-TC-10": ("le texte de loi devrait être décrit.", "the legislation should be described."),
    "BR-TC-11": ("l’article de loi devrait être cité.", "the article of the legislation should be named."),
    "BR-TC-12": ("ce groupe de questions n’a pas d’identifiant.", "this group of questions has no identifier."),
    "BR-TC-13": (
        "le groupe de questions « {id} » n’existe pas à cet endroit du modèle.",
        "the group of questions “{id}” does not exist at this place of the model.",
    ),
    "BR-TC-14": (
        "ce groupe ne dit pas quand il s’applique (ON*, ONTRUE ou ONFALSE).",
        "this group does not say when it applies (ON*, ONTRUE or ONFALSE).",
    ),
    "BR-TC-15": (
        "ce groupe doit s’appliquer selon « {wanted} », pas « {code} ».",
        "this group must apply as “{wanted}”, not “{code}”.",
    ),
    "BR-TC-16": _COUNT,
    "BR-TC-17": _COUNT,
    "BR-TC-18": ("cette question n’a pas d’identifiant.", "this question has no identifier."),
    "BR-TC-19": ("cette question n’a pas de texte.", "this question has no text."),
    "BR-TC-20-02": ("« {code} » n’est pas un type du modèle ici.", "“{code}” is not a type of the model here."),
    "BR-TC-20": ("cette question ne dit pas son type.", "this question does not say its type."),
    "BR-TC-21-01": (
        "cette question ne dit pas quelle réponse elle attend.",
        "this question does not say which answer it waits for.",
    ),
    "BR-TC-21-03": (
        "« {code} » n’est pas la réponse que le modèle attend ici.",
        "“{code}” is not the answer that the model waits for here.",
    ),
    "BR-COM-10-01": (
        "le numéro d’avis TED « {id} » doit s’écrire comme 2015/S 252-461137.",
        "the TED notice number “{id}” must be written as in 2015/S 252-461137.",
    ),
    "BR-COM-10-02": ("un avis TED demande deux lignes de description.", "a TED notice asks for two description lines."),
    "BR-COM-10-03": ("le document cité ne dit pas son type.", "the document referred to does not say its type."),
    "BR-REQ-30": (
        "il manque des motifs d’exclusion obligatoires : {codes}.",
        "compulsory exclusion grounds are missing: {codes}.",
    ),
    "BR-REQ-40": ("la demande ne pose aucun critère de sélection.", "the request sets no selection criterion."),
    "BR-REQ-20-01": ("un DUME a un seul acheteur.", "an ESPD has one buyer."),
    "BR-REQ-20": _MISSING,
    "BR-SC-10": ("le type de procédure manque.", "the kind of procedure is missing."),
    "BR-LOT-40": (
        "un motif d’exclusion ({code}) ne se rattache pas à un lot.",
        "an exclusion ground ({code}) is not tied to a lot.",
    ),
    "BR-LOT-41": ("le critère de sélection « {code} » n’a pas de lot.", "the selection criterion “{code}” has no lot."),
    "BR-LOT-10": ("dites pour quel lot : un, et un seul.", "say for which lot: one, and only one."),
    "BR-TCR-01-01": (
        "cette réponse ne dit pas à quelle question elle répond.",
        "this answer does not say which question it answers.",
    ),
    "BR-TCR-01-02": ("la réponse vise « {id} », qui n’est pas posée.", "the answer is to “{id}”, which is not asked."),
    "BR-TCR-03": (
        "la réponse à « {id} » doit avoir une valeur, une période ou une preuve : une seule des trois.",
        "the answer to “{id}” must have a value, a period or a proof: only one of the three.",
    ),
    "BR-TCR-04": ("la réponse à « {id} » a plusieurs valeurs.", "the answer to “{id}” has several values."),
    "BR-TCR-06-01": (
        "la réponse au-dessus est « oui » : « {id} » doit être remplie.",
        "the answer above is “yes”: “{id}” must be filled in.",
    ),
    "BR-TCR-06-02": (
        "la réponse au-dessus est « non » : « {id} » doit rester vide.",
        "the answer above is “no”: “{id}” must stay empty.",
    ),
    "BR-TCR-07-01": (
        "la réponse au-dessus est « non » : « {id} » doit être remplie, une fois.",
        "the answer above is “no”: “{id}” must be filled in, once.",
    ),
    "BR-TCR-07-02": (
        "la réponse au-dessus est « oui » : « {id} » doit rester vide.",
        "the answer above is “yes”: “{id}” must stay empty.",
    ),
    "BR-TCR-08": _VALUE,
    "BR-TCR-09": ("la preuve citée n’est pas dans le fichier.", "the proof referred to is not in the file."),
    "BR-RESP-10-02": ("l’entreprise ne dit pas sa fonction.", "the company does not say its function."),
    "BR-RESP-10-03": ("l’entreprise ne dit pas son rôle dans la réponse.", "the company does not say its role."),
    "BR-RESP-10": _MISSING,
    "BR-RESP-20": (
        "le représentant doit avoir prénom, nom et pays.",
        "the representative must have a first name, a name and a country.",
    ),
    "BR-RESP-40": ("sans réponse : {codes}.", "without an answer: {codes}."),
    "BR-RESP-80-S10": ("sans réponse : {codes}.", "without an answer: {codes}."),
    "BR-RESP-80-S20": (
        "la préqualification suffit : ces réponses ne sont pas demandées.",
        "the pre-qualification is enough: these answers are not asked for.",
    ),
    "BR-LEAD-10-S10": ("le mandataire doit nommer le groupement.", "the lead must name the group."),
    "BR-LAED-10": ("le mandataire doit dire avec qui il répond.", "the lead must say with whom it answers."),
    "BR-LEAD-10-S20": (
        "le mandataire doit dire s’il s’appuie sur d’autres entités.",
        "the lead must say whether it relies on other entities.",
    ),
    "BR-LEAD-10-S30": ("le mandataire doit dire s’il sous-traite.", "the lead must say whether it subcontracts."),
    "CL-VALUE": (
        "« {value} » n’est pas dans la liste des codes permis.",
        "“{value}” is not in the list of allowed codes.",
    ),
    "CL-NAME": (
        "l’attribut « {name} » doit être « {wanted} », pas « {value} ».",
        "the attribute “{name}” must be “{wanted}”, not “{value}”.",
    ),
}


def sentence(finding: Finding, lang: Lang = "fr") -> str:
    """What is wrong, in one sentence.

    >>> sentence(Finding("BR-LOT-10", "fatal", "/", 1))
    'Dites pour quel lot\\xa0: un, et un seul.'
    """
    rule = finding.rule
    while rule not in WORDS and "-" in rule:
        rule = rule.rpartition("-")[0]
    facts = {name: " ".join(value.split()) for name, value in finding.facts}
    said = WORDS.get(rule, ("règle {rule} non respectée.", "rule {rule} not kept."))[lang == "en"]
    for name in ("id", "name", "value", "code", "codes", "wanted", "missing", "rule"):
        said = said.replace("{" + name + "}", facts.get(name, finding.rule if name == "rule" else "?"))
    said = said[:1].upper() + said[1:]
    return typeset(said) if lang == "fr" else said
