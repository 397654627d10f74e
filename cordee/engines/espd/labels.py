"""The names, in our own French words, of the criteria that an answer holds, and of their questions."""

from cordee.engines.espd.taxonomy import Property

_CRITERIA = {
    "crime-org": (
        "Organisation criminelle",
        "Condamnation définitive pour participation à une organisation criminelle.",
    ),
    "corruption": ("Corruption", "Condamnation définitive pour corruption."),
    "fraud": ("Fraude", "Condamnation définitive pour fraude."),
    "terr-offence": ("Terrorisme", "Condamnation définitive pour infraction terroriste ou liée au terrorisme."),
    "finan-laund": ("Blanchiment", "Condamnation définitive pour blanchiment ou financement du terrorisme."),
    "human-traffic": ("Traite des êtres humains", "Condamnation définitive pour travail des enfants ou traite."),
    "tax-pay": ("Impôts et taxes", "Manquement au paiement des impôts et taxes."),
    "socsec-pay": ("Cotisations sociales", "Manquement au paiement des cotisations sociales."),
    "envir-law": ("Droit de l’environnement", "Manquement aux obligations environnementales."),
    "socsec-law": ("Droit social", "Manquement aux obligations du droit social."),
    "labour-law": ("Droit du travail", "Manquement aux obligations du droit du travail."),
    "bankruptcy": ("Faillite", "L’entreprise est en faillite."),
    "insolvency": ("Insolvabilité", "L’entreprise fait l’objet d’une procédure d’insolvabilité."),
    "cred-arran": ("Concordat", "L’entreprise a conclu un concordat avec ses créanciers."),
    "bankr-nat": ("Situation semblable à la faillite", "Situation équivalente selon le droit national."),
    "liq-admin": ("Biens gérés par un liquidateur", "Les biens de l’entreprise sont administrés par un liquidateur."),
    "susp-act": ("Activités suspendues", "Les activités de l’entreprise sont suspendues."),
    "prof-misconduct": ("Faute professionnelle grave", "L’entreprise a commis une faute professionnelle grave."),
    "distorsion": ("Entente", "Accord avec d’autres entreprises pour fausser la concurrence."),
    "partic-confl": ("Conflit d’intérêts", "Conflit d’intérêts lié à la participation à la procédure."),
    "prep-confl": ("Préparation de la procédure", "L’entreprise a participé à la préparation de la procédure."),
    "sanction": ("Résiliation ou sanction", "Marché antérieur résilié, dommages et intérêts ou sanction comparable."),
    "misrepresent": ("Fausses déclarations", "Fausse déclaration, dissimulation ou pression sur l’acheteur."),
    "trade-regist": ("Inscription au registre", "Inscription au registre du commerce ou au registre national."),
    "gen-year-to": ("Chiffre d’affaires annuel", "Chiffre d’affaires global des derniers exercices."),
    "indem-insu": ("Assurance professionnelle", "Assurance des risques professionnels."),
    "work-perform": ("Références de travaux", "Travaux du même type, exécutés ces dernières années."),
    "supply-perform": ("Références de fournitures", "Livraisons du même type, faites ces dernières années."),
    "service-perform": ("Références de services", "Services du même type, rendus ces dernières années."),
    "year-manpower": ("Effectifs annuels", "Effectif moyen des dernières années."),
    "qu-certif-indep": ("Certificats de qualité", "Certificats d’organismes indépendants sur la qualité."),
    "eo-group": ("Réponse à plusieurs", "L’entreprise répond avec d’autres."),
    "relied": ("Capacités de tiers", "L’entreprise s’appuie sur les capacités d’autres entités."),
    "subco-ent": ("Sous-traitance", "L’entreprise confie une partie à des sous-traitants."),
    "sme": ("Petite ou moyenne entreprise", "L’entreprise est une micro, petite ou moyenne entreprise."),
}
_BY_ANSWER = {
    "INDICATOR": "Votre réponse",
    "DATE": "Date",
    "DESCRIPTION": "Précisions",
    "PERIOD": "Période",
    "AMOUNT": "Montant",
    "MINIMUM_AMOUNT": "Montant minimal",
    "EVIDENCE_IDENTIFIER": "Preuve fournie",
    "CODE_COUNTRY": "Pays",
    "CODE_BOOLEAN": "Oui ou non",
    "CODE": "Rôle dans le groupement",
    "QUANTITY_YEAR": "Année",
    "MINIMUM_QUANTITY_YEAR": "Nombre d’années minimal",
    "QUANTITY_INTEGER": "Nombre",
    "MINIMUM_QUANTITY_INTEGER": "Nombre minimal",
    "ECONOMIC_OPERATOR_IDENTIFIER": "Numéro de l’entité",
    "LOT_IDENTIFIER": "Lot",
    "URL": "Adresse en ligne",
}


def criterion_label(code: str) -> tuple[str, str]:
    """Name and description of a criterion; its code where we have no words for it."""
    return _CRITERIA.get(code, (code, code))


def property_label(code: str, one: Property) -> str:
    """The words of a question."""
    online = one.id.endswith(("/QG2/Q1", "/QG1/Q1")) and one.answer == "INDICATOR" and "/QG2/" in one.id
    return "Preuve disponible en ligne" if online else _BY_ANSWER.get(one.answer, "À préciser")
