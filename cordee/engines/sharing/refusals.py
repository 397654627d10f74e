"""The refusals of the sharing engine, in French and in English: what is wrong, and what to do."""

from cordee.engines.sentences import Table

REFUSALS: Table = {
    "members": (
        "il faut au moins une entreprise, et chacune une seule fois",
        "there must be at least one company, and each only once",
    ),
    "no_figure": (
        "la clé ne dit rien de {member} : donnez-lui un chiffre, zéro s’il le faut",
        "the key says nothing about {member}: give it a figure, zero if need be",
    ),
    "negative_figure": (
        "le chiffre de {member} est négatif : donnez zéro ou plus",
        "the figure of {member} is negative: give zero or more",
    ),
    "negative_weight": (
        "un poids est négatif : donnez zéro ou plus",
        "a weight is negative: give zero or more",
    ),
    "no_weight": (
        "tous les poids sont nuls : donnez-en au moins un au-dessus de zéro",
        "all the weights are zero: give at least one above zero",
    ),
    "not_whole": (
        "les parts exactes ne font pas un nombre entier de centimes",
        "the exact parts do not add up to whole cents",
    ),
    "percents": (
        "les pourcentages de la convention font {sum:figure} au lieu de 100",
        "the percentages of the agreement add up to {sum:figure} instead of 100",
    ),
    "bands": (
        "les tranches vont de la plus petite à la plus grande, et seule la dernière est sans limite",
        "bands go from the smallest to the largest, and only the last one has no limit",
    ),
    "mix": (
        "les parties d’une clé mixte sont positives et leur somme fait 1",
        "the parts of a mixed key are positive and add up to 1",
    ),
    "bounds_crossed": (
        "le minimum dépasse le maximum",
        "the minimum is above the maximum",
    ),
    "floor_too_high": (
        "le minimum payé par chacune dépasse déjà le total : baissez-le",
        "the minimum paid by each is already more than the total: lower it",
    ),
    "cap_too_low": (
        "le maximum payé par chacune ne suffit pas au total : relevez-le",
        "the maximum paid by each is not enough for the total: raise it",
    ),
    "bounds_zero": (
        "sous ce maximum, celles qui comptent pour zéro devraient payer : relevez-le",
        "under this maximum, those that count for zero would have to pay: raise it",
    ),
    "no_key": (
        "aucune clé ne s’appelle « {key} »",
        "no key is called “{key}”",
    ),
    "too_large": (
        "les montants sont trop grands pour être comptés au centime",
        "the amounts are too large to be counted to the cent",
    ),
    "too_fine": (
        "les quantités sont trop grandes ou trop fines : arrondissez-les",
        "the quantities are too large or too fine: round them",
    ),
    "tiers": (
        "les paliers de prix commencent à 0 et vont en croissant",
        "price tiers start at 0 and grow",
    ),
    "no_user": (
        "personne n’utilise la partie « {part} »",
        "nobody uses the part “{part}”",
    ),
    "distances": (
        "il faut un tableau de {count:figure} lignes et {count:figure} colonnes, le dépôt en premier",
        "a table of {count:figure} rows and {count:figure} columns is needed, the depot first",
    ),
    "negative_distance": (
        "une distance est négative",
        "a distance is negative",
    ),
    "too_many": (
        "{count:figure} entreprises : cette méthode va jusqu’à {most:figure}",
        "{count:figure} companies: this method goes up to {most:figure}",
    ),
    "table_size": (
        "il faut la valeur de {count:figure} sous-groupes, {given:figure} sont données",
        "the worth of {count:figure} subgroups is needed, {given:figure} are given",
    ),
    "empty_worth": (
        "le sous-groupe vide doit valoir zéro",
        "the empty subgroup must be worth zero",
    ),
    "no_worth": (
        "il manque la valeur du sous-groupe {group}",
        "the worth of the subgroup {group} is missing",
    ),
    "stranger_group": (
        "un sous-groupe cite {member}, qui n’est pas membre",
        "a subgroup names {member}, who is not a member",
    ),
    "stranger": (
        "{member} est concernée mais n’est pas membre",
        "{member} is concerned but is not a member",
    ),
    "stranger_paid": (
        "{member} a payé mais n’est pas membre",
        "{member} paid but is not a member",
    ),
    "field_missing": (
        "ligne {line}, champ « {field} » : il manque « {name} »",
        "line {line}, field “{field}”: “{name}” is missing",
    ),
    "field_object": (
        "ligne {line}, champ « {field} » : il faut un objet, entre accolades",
        "line {line}, field “{field}”: an object is needed, in braces",
    ),
    "field_deep": (
        "ligne {line}, champ « {field} » : trop de niveaux l’un dans l’autre",
        "line {line}, field “{field}”: too many levels within one another",
    ),
    "field_list": (
        "ligne {line}, champ « {field} » : il faut une liste, entre crochets",
        "line {line}, field “{field}”: a list is needed, in brackets",
    ),
    "field_text": (
        "ligne {line}, champ « {field} » : il faut un texte, entre guillemets",
        "line {line}, field “{field}”: a text is needed, in quotes",
    ),
    "field_why": (
        "ligne {line}, champ « {field} » : {why}",
        "line {line}, field “{field}”: {why}",
    ),
    "field_cents": (
        (
            "ligne {line}, champ « {field} » : "
            "il faut un nombre entier de centimes, ou des euros entre guillemets (« 12,50 »)"
        ),
        "line {line}, field “{field}”: a whole number of cents is needed, or euros in quotes (“12.50”)",
    ),
    "field_number": (
        "ligne {line}, champ « {field} » : il faut un nombre",
        "line {line}, field “{field}”: a number is needed",
    ),
    "field_twice": (
        "ligne {line}, champ « {field} » : {name} y est deux fois",
        "line {line}, field “{field}”: {name} is there twice",
    ),
    "field_empty": (
        "ligne {line}, champ « {field} » : il faut au moins une entreprise",
        "line {line}, field “{field}”: at least one company is needed",
    ),
    "field_kind": (
        ("ligne {line}, champ « {field} » : écrivez « cost » (un coût) ou « benefit » (un gain)"),
        "line {line}, field “{field}”: write “cost” or “benefit”",
    ),
    "field_stranger": (
        "ligne {line}, champ « {field} » : {name} n’est pas membre",
        "line {line}, field “{field}”: {name} is not a member",
    ),
    "field_empty_worth": (
        "ligne {line}, champ « {field} » : le sous-groupe vide vaut zéro",
        "line {line}, field “{field}”: the empty subgroup is worth zero",
    ),
    "field_game": (
        (
            "ligne {line}, champ « {field} » : "
            "les jeux tout prêts sont stand, employee, purchase, study, tour et airport"
        ),
        "line {line}, field “{field}”: choose stand, employee, purchase, study, tour or airport",
    ),
    "field_key": (
        "ligne {line}, champ « {field} » : aucune clé ne s’appelle « {name} »",
        "line {line}, field “{field}”: no key is called “{name}”",
    ),
    "field_key_kind": (
        (
            "ligne {line}, champ « {field} » : "
            "les clés sont equal, prorata, fixed, tiers, fixed_plus_variable, floor_cap et mix"
        ),
        "line {line}, field “{field}”: use equal, prorata, fixed, tiers, fixed_plus_variable, floor_cap, mix",
    ),
    "nothing_to_share": (
        ("ligne {line}, champ « {field} » : rien à partager : il faut worth, game, lines ou total"),
        "line {line}, field “{field}”: nothing to share: worth, game, lines or total is needed",
    ),
    "twice": (
        "ligne {line} : « {field} » y est deux fois",
        "line {line}: “{field}” is there twice",
    ),
    "not_utf8": (
        "le fichier n’est pas du texte en UTF-8",
        "the file is not text in UTF-8",
    ),
    "not_json": (
        "ligne {line}, colonne {column} : ce n’est pas du JSON",
        "line {line}, column {column}: this is not JSON",
    ),
    "bad_method": (
        "ce fichier ne se partage pas par {method} : essayez {others}",
        "this file cannot be shared by {method}: try {others}",
    ),
    "no_weights": (
        "pour partager au prorata, il faut un champ « weights » avec un poids par membre",
        "to share pro rata, a field “weights” with a weight per member is needed",
    ),
}
