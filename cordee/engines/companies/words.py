"""What is said of lines and files that cannot be read, in French and English."""

SENTENCES = {
    # lines refused
    "siren_missing": (
        "Ligne {line} : pas de SIREN ni de SIRET. Ajoutez l’un des deux.",
        "Line {line}: neither SIREN nor SIRET. Add one of them.",
    ),
    "siren_wrong": (
        "Ligne {line}, colonne {field} : « {value} » n’est pas un numéro valable. Vérifiez ses chiffres.",
        "Line {line}, column {field}: “{value}” is not a valid number. Check its digits.",
    ),
    "siren_rounded": (
        "Ligne {line}, colonne {field} : « {value} » a été arrondi par un tableur. Mettez la colonne au format texte.",
        "Line {line}, column {field}: “{value}” was rounded by a spreadsheet. Set the column to text.",
    ),
    "siren_siret": (
        "Ligne {line} : le SIRET {siret} n’est pas un établissement du SIREN {siren}. Corrigez l’un des deux.",
        "Line {line}: SIRET {siret} is not an establishment of SIREN {siren}. Correct one of them.",
    ),
    "closed": (
        "Ligne {line} : {siren} est fermé ou a cessé son activité.",
        "Line {line}: {siren} is closed or has ceased trading.",
    ),
    "withheld": (
        "Ligne {line} : {siren} s’oppose à la diffusion de ses données (colonne {field}). Elles ne sont pas reprises.",
        "Line {line}: {siren} objects to the release of its data (column {field}). They are not taken in.",
    ),
    "duplicate": (
        "Ligne {line} : {id} figure déjà à la ligne {first}.",
        "Line {line}: {id} is already on line {first}.",
    ),
    "fields": (
        "Ligne {line} : {found} {found:champ|champs} au lieu de {expected}. Vérifiez séparateurs et guillemets.",
        "Line {line}: {found} {found:field|fields} instead of {expected}. Check separators and quotes.",
    ),
    "open_quote": (
        "Lignes {line} à {last} : un guillemet ouvert n’est pas refermé. Ces lignes n’ont pas pu être lues.",
        "Lines {line} to {last}: a quote is opened and never closed. These lines could not be read.",
    ),
    "unreadable": (
        "Ligne {line} : elle contient des caractères illisibles. Enregistrez le fichier en UTF-8.",
        "Line {line}: it holds unreadable characters. Save the file as UTF-8.",
    ),
    "not_record": (
        "Enregistrement {line} : ce n’est pas une fiche d’entreprise.",
        "Record {line}: this is not the record of a company.",
    ),
    # values left aside
    "value": (
        "Ligne {line}, colonne {field} : « {value} » n’est pas compris, l’information reste à confirmer.",
        "Line {line}, column {field}: “{value}” is not understood and stays to be confirmed.",
    ),
    "trade": (
        "Ligne {line} : « {value} » n’est pas un métier de la table, il est laissé de côté. Essayez « {near} ».",
        "Line {line}: “{value}” is not a trade of the table and is left aside. Try “{near}”.",
    ),
    "trade_unknown": (
        "Ligne {line} : « {value} » n’est pas un métier de la table, il est laissé de côté.",
        "Line {line}: “{value}” is not a trade of the table and is left aside.",
    ),
    # files refused
    "empty": (
        "Le fichier est vide. Attendu : une ligne de titres, puis une entreprise par ligne.",
        "The file is empty. Expected: a line of titles, then one company per line.",
    ),
    "columns": (
        "Ce fichier n’est pas une liste d’entreprises : aucune colonne « siret » ou « siren » dans sa première ligne.",
        "This file is not a list of companies: no column “siret” or “siren” in its first line.",
    ),
    "missing_column": (
        "Ce fichier Sirene est incomplet : il manque {n:la colonne|les colonnes} {columns}. Reprenez l’original.",
        "This Sirene file is incomplete: it lacks the {n:column|columns} {columns}. Use the official file.",
    ),
    "binary": (
        "Ce fichier n’est ni un tableau CSV, ni un classeur XLSX, ni du JSON de Sirene.",
        "This file is neither a CSV table, nor an XLSX workbook, nor Sirene JSON.",
    ),
    "json": (
        "Ce fichier JSON ne se lit pas ou n’est pas une réponse de l’API Sirene.",
        "This JSON file cannot be read or is not an answer of the Sirene API.",
    ),
    "workbook": (
        "Ce classeur ne se lit pas. Enregistrez-le de nouveau en XLSX, ou en CSV.",
        "This workbook cannot be read. Save it again as XLSX, or as CSV.",
    ),
    "too_big": (
        "Ce classeur est trop gros une fois ouvert. Enregistrez-le en CSV.",
        "This workbook is too big once opened. Save it as CSV.",
    ),
}
