"""What is said of the defects of a FEC."""

from cordee.engines.sentences import Table

WORDS: Table = {
    "name": (
        "Le nom du fichier, « {name} », n’est pas SIRENFECAAAAMMJJ.txt (neuf chiffres, FEC, date de clôture).",
        "The file’s name, “{name}”, is not SIRENFECYYYYMMDD.txt (nine figures, FEC, closing date).",
    ),
    "siren": (
        "Le nom du fichier commence par {siren}, qui n’est pas un SIREN valable.",
        "The file’s name starts with {siren}, which is no valid SIREN.",
    ),
    "name_date": (
        "Le nom du fichier porte une date de clôture impossible : {date}.",
        "The file’s name carries an impossible closing date: {date}.",
    ),
    "separator": (
        "Les colonnes sont séparées par « {separator} » ; la tabulation ou « | » est attendue.",
        "Columns are separated by “{separator}”; a tab or “|” is expected.",
    ),
    "encoding": (
        "Le fichier est en UTF-16 ; UTF-8 ou ISO 8859-15 est attendu.",
        "The file is UTF-16; UTF-8 or ISO 8859-15 is expected.",
    ),
    "missing_column": ("Ligne 1 : il manque la colonne {column}.", "Line 1: the column {column} is missing."),
    "order": (
        "Ligne 1 : les colonnes ne sont pas dans l’ordre de l’article A. 47 A-1.",
        "Line 1: the columns are not in the order of article A. 47 A-1.",
    ),
    "extra": ("Ligne 1 : colonnes en plus des 18 : {names}.", "Line 1: columns beyond the 18: {names}."),
    "no_rows": ("Le fichier ne porte aucune écriture.", "The file carries no entry."),
    "blank": ("Ligne {line} : elle est vide.", "Line {line}: it is empty."),
    "cells": (
        "Ligne {line} : {found} {found:valeur|valeurs} au lieu de {wanted}.",
        "Line {line}: {found} {found:value|values} instead of {wanted}.",
    ),
    "required": (
        "Ligne {line}, colonne {column} : valeur obligatoire absente.",
        "Line {line}, column {column}: required, and empty.",
    ),
    "no_amount": (
        "Ligne {line}, colonnes Debit et Credit : aucun montant.",
        "Line {line}, columns Debit and Credit: no amount.",
    ),
    "date": (
        "Ligne {line}, colonne {column} : « {text} » n’est pas une date AAAAMMJJ.",
        "Line {line}, column {column}: “{text}” is no date YYYYMMDD.",
    ),
    "amount": (
        "Ligne {line}, colonne {column} : « {text} » n’est pas un montant (virgule, deux décimales, sans espace).",
        "Line {line}, column {column}: “{text}” is no amount (comma, two decimals, no space).",
    ),
    "account": (
        "Ligne {line}, colonne CompteNum : « {text} » ne commence pas par trois chiffres du plan comptable.",
        "Line {line}, column CompteNum: “{text}” does not start with three figures of the chart of accounts.",
    ),
    "side": (
        "Ligne {line}, colonne Sens : « {text} » n’est ni D ni C.",
        "Line {line}, column Sens: “{text}” is neither D nor C.",
    ),
    "both": (
        "Ligne {line}, colonnes Debit et Credit : les deux sont remplies.",
        "Line {line}, columns Debit and Credit: both are filled.",
    ),
    "pair": (
        "Ligne {line}, colonne {column} : vide alors que {given} est remplie.",
        "Line {line}, column {column}: empty though {given} is filled.",
    ),
    "currency": (
        "Ligne {line}, colonne Idevise : « {text} » n’est pas un code de devise.",
        "Line {line}, column Idevise: “{text}” is no currency code.",
    ),
    "unbalanced": (
        "Ligne {line} : l’écriture {number} du journal {journal} ne s’équilibre pas (débit {debit}, crédit {credit}).",
        "Line {line}: entry {number} of journal {journal} does not balance (debit {debit}, credit {credit}).",
    ),
    "total": (
        "L’ensemble n’est pas équilibré : débit {debit}, crédit {credit}.",
        "The whole does not balance: debit {debit}, credit {credit}.",
    ),
    "same_number": (
        "Colonne EcritureNum : toutes les écritures ont le même numéro, « {text} ».",
        "Column EcritureNum: all entries have the same number, “{text}”.",
    ),
    "no_number": (
        "Ligne {line}, colonne EcritureNum : « {text} » ne contient pas de numéro.",
        "Line {line}, column EcritureNum: “{text}” holds no number.",
    ),
    "gap": (
        "Ligne {line}, colonne EcritureNum : « {text} » ne suit pas le numéro {before}.",
        "Line {line}, column EcritureNum: “{text}” does not follow number {before}.",
    ),
    "after_closing": (
        "Ligne {line}, colonne EcritureDate : {on} est après la clôture du {closing}, dite par le nom du fichier.",
        "Line {line}, column EcritureDate: {on} is after the closing of {closing} that the file’s name tells.",
    ),
    "before_year": (
        "Ligne {line}, colonne EcritureDate : {on} est plus de deux ans avant la clôture du {closing}.",
        "Line {line}, column EcritureDate: {on} is over two years before the closing of {closing}.",
    ),
    "two_dates": (
        "Ligne {line}, colonne EcritureDate : l’écriture {number} porte deux dates.",
        "Line {line}, column EcritureDate: entry {number} has two dates.",
    ),
    "valid_before": (
        "Ligne {line}, colonne ValidDate : validée avant sa date.",
        "Line {line}, column ValidDate: validated before its date.",
    ),
    "validation_order": (
        "Ligne {line}, colonne ValidDate : les écritures ne sont pas dans l’ordre de leur validation.",
        "Line {line}, column ValidDate: entries are not in the order of their validation.",
    ),
    "two_labels": (
        "Ligne {line}, colonne CompteLib : le compte {account} porte deux libellés.",
        "Line {line}, column CompteLib: account {account} has two labels.",
    ),
    "more": ("… et {more} {more:autre fois|autres fois}.", "… and {more} more."),
}
