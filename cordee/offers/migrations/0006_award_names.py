from django.db import migrations, models

from cordee.engines.places.communes import fold_name


def fill(apps, schema_editor):
    """Contracts known before are found by their winners' names too."""
    Award = apps.get_model("offers", "Award")
    rows = []
    for each in Award.objects.exclude(winners=[]).only("winners").iterator(chunk_size=2000):
        each.who = " | ".join(fold_name(name) for _siren, name in each.winners)
        rows.append(each)
    Award.objects.bulk_update(rows, ["who"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0005_volume_capacity"),
    ]

    operations = [
        migrations.AddField(
            model_name="award",
            name="who",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
