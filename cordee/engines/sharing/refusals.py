"""The refusals of the sharing engine, in French and in English: what is wrong, and what to do."""

from cordee.engines.amounts import Lang

REFUSALS: dict[str, dict[Lang, str]] = {
    "members": {
        "fr": "il faut au moins une entreprise, et chacune une seule fois",
        "en": "there must be at least one company, and each only once",
    },
    "no_figure": {
        "fr": "la clé ne dit rien de {member}\u00a0: donnez-lui un chiffre, zéro s’il le faut",
        "en": "the key says nothing about {member}: give it a figure, zero if need be",
    },
    "negative_figure": {
        "fr": "le chiffre de {member} est négatif\u00a0: donnez zéro ou plus",
        "en": "the figure of {member} is negative: give zero or more",
    },
    "negative_weight": {
        "fr": "un poids est négatif\u00a0: donnez zéro ou plus",
        "en": "a weight is negative: give zero or more",
    },
    "no_weight": {
        "fr": "tous les poids sont nuls\u00a0: donnez-en au moins un au-dessus de zéro",
        "en": "all the weights are zero: give at least one above zero",
    },
    "not_whole": {
        "fr": "les parts exactes ne font pas un nombre entier de centimes",
        "en": "the exact parts do not add up to whole cents",
    },
    "percents": {
        "fr": "les pourcentages de la convention font {sum} au lieu de 100",
        "en": "the percentages of the agreement add up to {sum} instead of 100",
    },
    "bands": {
        "fr": "les tranches vont de la plus petite à la plus grande, et seule la dernière est sans limite",
        "en": "bands go from the smallest to the largest, and only the last one has no limit",
    },
    "mix": {
        "fr": "les parties d’une clé mixte sont positives et leur somme fait 1",
        "en": "the parts of a mixed key are positive and add up to 1",
    },
    "bounds_crossed": {
        "fr": "le minimum dépasse le maximum",
        "en": "the minimum is above the maximum",
    },
    "floor_too_high": {
        "fr": "le minimum payé par chacune dépasse déjà le total\u00a0: baissez-le",
        "en": "the minimum paid by each is already more than the total: lower it",
    },
    "cap_too_low": {
        "fr": "le maximum payé par chacune ne suffit pas au total\u00a0: relevez-le",
        "en": "the maximum paid by each is not enough for the total: raise it",
    },
    "bounds_zero": {
        "fr": "sous ce maximum, celles qui comptent pour zéro devraient payer\u00a0: relevez-le",
        "en": "under this maximum, those that count for zero would have to pay: raise it",
    },
    "no_key": {
        "fr": "aucune clé ne s’appelle «\u00a0{key}\u00a0»",
        "en": "no key is called “{key}”",
    },
    "too_large": {
        "fr": "les montants sont trop grands pour être comptés au centime",
        "en": "the amounts are too large to be counted to the cent",
    },
    "too_fine": {
        "fr": "les quantités sont trop grandes ou trop fines\u00a0: arrondissez-les",
        "en": "the quantities are too large or too fine: round them",
    },
    "tiers": {
        "fr": "les paliers de prix commencent à 0 et vont en croissant",
        "en": "price tiers start at 0 and grow",
    },
    "no_user": {
        "fr": "personne n’utilise la partie «\u00a0{part}\u00a0»",
        "en": "nobody uses the part “{part}”",
    },
    "distances": {
        "fr": "il faut un tableau de {count} lignes et {count} colonnes, le dépôt en premier",
        "en": "a table of {count} rows and {count} columns is needed, the depot first",
    },
    "negative_distance": {
        "fr": "une distance est négative",
        "en": "a distance is negative",
    },
    "too_many": {
        "fr": "{count} entreprises\u00a0: cette méthode va jusqu’à {most}",
        "en": "{count} companies: this method goes up to {most}",
    },
    "table_size": {
        "fr": "il faut la valeur de {count} sous-groupes, {given} sont données",
        "en": "the worth of {count} subgroups is needed, {given} are given",
    },
    "empty_worth": {
        "fr": "le sous-groupe vide doit valoir zéro",
        "en": "the empty subgroup must be worth zero",
    },
    "no_worth": {
        "fr": "il manque la valeur du sous-groupe {group}",
        "en": "the worth of the subgroup {group} is missing",
    },
    "stranger_group": {
        "fr": "un sous-groupe cite {member}, qui n’est pas membre",
        "en": "a subgroup names {member}, who is not a member",
    },
    "stranger": {
        "fr": "{member} est concernée mais n’est pas membre",
        "en": "{member} is concerned but is not a member",
    },
    "stranger_paid": {
        "fr": "{member} a payé mais n’est pas membre",
        "en": "{member} paid but is not a member",
    },
    "field_missing": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: il manque «\u00a0{name}\u00a0»",
        "en": "line {line}, field “{field}”: “{name}” is missing",
    },
    "field_object": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: il faut un objet, entre accolades",
        "en": "line {line}, field “{field}”: an object is needed, in braces",
    },
    "field_deep": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: trop de niveaux l’un dans l’autre",
        "en": "line {line}, field “{field}”: too many levels within one another",
    },
    "field_list": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: il faut une liste, entre crochets",
        "en": "line {line}, field “{field}”: a list is needed, in brackets",
    },
    "field_text": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: il faut un texte, entre guillemets",
        "en": "line {line}, field “{field}”: a text is needed, in quotes",
    },
    "field_why": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: {why}",
        "en": "line {line}, field “{field}”: {why}",
    },
    "field_cents": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: "
        "il faut un nombre entier de centimes, ou des euros entre guillemets («\u00a012,50\u00a0»)",
        "en": "line {line}, field “{field}”: a whole number of cents is needed, or euros in quotes (“12.50”)",
    },
    "field_number": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: il faut un nombre",
        "en": "line {line}, field “{field}”: a number is needed",
    },
    "field_twice": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: {name} y est deux fois",
        "en": "line {line}, field “{field}”: {name} is there twice",
    },
    "field_empty": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: il faut au moins une entreprise",
        "en": "line {line}, field “{field}”: at least one company is needed",
    },
    "field_kind": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: "
        "écrivez «\u00a0cost\u00a0» (un coût) ou «\u00a0benefit\u00a0» (un gain)",
        "en": "line {line}, field “{field}”: write “cost” or “benefit”",
    },
    "field_stranger": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: {name} n’est pas membre",
        "en": "line {line}, field “{field}”: {name} is not a member",
    },
    "field_empty_worth": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: le sous-groupe vide vaut zéro",
        "en": "line {line}, field “{field}”: the empty subgroup is worth zero",
    },
    "field_game": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: "
        "les jeux tout prêts sont stand, employee, purchase, study, tour et airport",
        "en": "line {line}, field “{field}”: choose stand, employee, purchase, study, tour or airport",
    },
    "field_key": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: aucune clé ne s’appelle «\u00a0{name}\u00a0»",
        "en": "line {line}, field “{field}”: no key is called “{name}”",
    },
    "field_key_kind": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: "
        "les clés sont equal, prorata, fixed, tiers, fixed_plus_variable, floor_cap et mix",
        "en": "line {line}, field “{field}”: use equal, prorata, fixed, tiers, fixed_plus_variable, floor_cap, mix",
    },
    "nothing_to_share": {
        "fr": "ligne {line}, champ «\u00a0{field}\u00a0»\u00a0: "
        "rien à partager\u00a0: il faut worth, game, lines ou total",
        "en": "line {line}, field “{field}”: nothing to share: worth, game, lines or total is needed",
    },
    "twice": {
        "fr": "ligne {line}\u00a0: «\u00a0{field}\u00a0» y est deux fois",
        "en": "line {line}: “{field}” is there twice",
    },
    "not_utf8": {
        "fr": "le fichier n’est pas du texte en UTF-8",
        "en": "the file is not text in UTF-8",
    },
    "not_json": {
        "fr": "ligne {line}, colonne {column}\u00a0: ce n’est pas du JSON",
        "en": "line {line}, column {column}: this is not JSON",
    },
    "bad_method": {
        "fr": "ce fichier ne se partage pas par {method}\u00a0: essayez {others}",
        "en": "this file cannot be shared by {method}: try {others}",
    },
    "no_weights": {
        "fr": "pour partager au prorata, il faut un champ «\u00a0weights\u00a0» avec un poids par membre",
        "en": "to share pro rata, a field “weights” with a weight per member is needed",
    },
}
