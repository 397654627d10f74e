"""Why a field of a staffing file is refused, in French and in English."""

WHY: dict[str, tuple[str, str]] = {
    "monday": ("un planning commence un lundi", "a timetable starts on a Monday"),
    "twice": ("« {name} » y est deux fois ; donnez des noms différents", "“{name}” is there twice; give other names"),
    "empty": ("il en faut au moins un", "at least one is needed"),
    "many": ("pas plus de {most}", "at most {most}"),
    "whole": ("il faut un nombre entier de {low} à {high}", "a whole number from {low} to {high} is needed"),
    "flag": ("écrivez true ou false", "write true or false"),
    "date": ("il faut une date, comme « 2026-09-07 »", "a date is needed, such as “2026-09-07”"),
    "hours": (
        "il faut des heures, comme 35, 7.5 ou « 7:30 », jusqu’à {most}, sans fraction de minute",
        "hours are needed, such as 35, 7.5 or “7:30”, up to {most}, without fractions of a minute",
    ),
    "clock": ("il faut une heure, comme « 13:30 »", "a time is needed, such as “13:30”"),
    "weekday": (
        "écrivez mon, tue, wed, thu, fri, sat ou sun, suivi au besoin de am ou pm : « tue am »",
        "write mon, tue, wed, thu, fri, sat or sun, then am or pm if need be: “tue am”",
    ),
    "half": ("écrivez am ou pm", "write am or pm"),
    "outside": ("le planning va du {first} au {last}", "the timetable goes from {first} to {last}"),
    "point": ("la longitude va de -180 à 180, la latitude de -90 à 90", "longitude within 180, latitude within 90"),
    "order": ("la fin vient avant le début", "the end comes before the beginning"),
    "from_to": (
        "il faut un début et une fin, dans l’ordre de la journée : [« 9:00 », « 12:30 »]",
        "a beginning and an end are needed, in the order of the day: [“9:00”, “12:30”]",
    ),
    "half_days": ("il faut des jours, à la demi-journée près : 8 ou 2.5", "days are needed, to the half: 8 or 2.5"),
    "unknown_employee": ("aucun salarié ne s’appelle « {name} »", "no employee is called “{name}”"),
    "unknown_company": ("aucune entreprise ne s’appelle « {name} »", "no company is called “{name}”"),
    "unknown": (
        "aucun salarié ni aucune entreprise ne s’appelle « {name} »",
        "no employee and no company is called “{name}”",
    ),
    "two_shares": ("cette part est déjà donnée plus haut", "this share is already given above"),
    "percents": ("les parts dépassent 100 %", "the shares are above 100%"),
    "two": ("il faut deux entreprises différentes", "two different companies are needed"),
    "limit": ("les limites s’appellent {names}", "limits are called {names}"),
    "limits": (
        "ces limites ne vont pas : un jour de repos par semaine au moins, 24 h entre deux jours au plus",
        "these limits do not fit: at least one day off a week, at most 24 h between two days",
    ),
}
