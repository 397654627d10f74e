"""The rates of VAT as dated facts, with where they come from; what was not checked against its source says so."""

from datetime import date

from django.db import migrations

RATES = (
    (2000, "mainland", "Taux normal", date(2014, 1, 1), "CGI, article 278", True),
    (1000, "mainland", "Taux intermédiaire : travaux dans les logements, restauration, transport", date(2014, 1, 1), "CGI, articles 278 bis à 279-0 bis", True),
    (550, "mainland", "Taux réduit : énergie, rénovation énergétique, alimentation, livres", date(2014, 1, 1), "CGI, articles 278-0 bis et 278-0 bis A", True),
    (210, "mainland", "Taux particulier : presse, médicaments remboursés", date(2014, 1, 1), "CGI, articles 281 quater et suivants", True),
    (1300, "corsica", "Taux de certains produits pétroliers", date(2014, 1, 1), "CGI, article 297", False),
    (1000, "corsica", "Taux de certains travaux et prestations", date(2014, 1, 1), "CGI, article 297", False),
    (90, "corsica", "Taux super-réduit", date(2014, 1, 1), "CGI, article 297", False),
    (850, "overseas", "Taux normal", date(2014, 1, 1), "CGI, article 294", True),
    (210, "overseas", "Taux réduit", date(2014, 1, 1), "CGI, article 294", True),
    (175, "overseas", "Taux particulier", date(2014, 1, 1), "CGI, article 296 ter", False),
    (105, "overseas", "Taux particulier", date(2014, 1, 1), "CGI, article 296 ter", False),
)  # fmt: skip


def know_rates(apps, schema_editor):
    rates = apps.get_model("money", "VatRate")
    for hundredths, where, label, since, source, sure in RATES:
        rates.objects.get_or_create(
            hundredths=hundredths,
            where=where,
            since=since,
            defaults={"label": label, "source": source, "sure": sure},
        )


class Migration(migrations.Migration):
    dependencies = [("money", "0010_works_and_rates")]
    operations = [migrations.RunPython(know_rates, migrations.RunPython.noop)]
