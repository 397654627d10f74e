from django.db import migrations, models

from cordee.engines.procurement.winners import who_won

TOGETHER = 2000


def fill(apps, schema_editor):
    """Contracts known before are found by their winners' names too."""
    Award = apps.get_model("offers", "Award")
    rows = []
    for each in Award.objects.exclude(winners=[]).only("winners").iterator(chunk_size=TOGETHER):
        each.who = who_won(each.winners)
        rows.append(each)
        if len(rows) == TOGETHER:
            Award.objects.bulk_update(rows, ["who"], batch_size=500)
            rows = []
    Award.objects.bulk_update(rows, ["who"], batch_size=500)


def withhold(apps, schema_editor):
    """A total that would tell one company's price, beside another that was shown, is no longer kept for all to read."""
    Bid = apps.get_model("offers", "Bid")
    for bid in Bid.objects.exclude(total_cents=None):
        few = bid.parts.values("seat").distinct().count() < 3
        left = apps.get_model("offers", "BidMember").objects.filter(bid=bid).exclude(left_at=None).exists()
        sent = apps.get_model("offers", "Variant").objects.filter(bid=bid).exclude(state="draft").count()
        if few or left or sent > 1:
            Bid.objects.filter(pk=bid.pk).update(total_cents=None)


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
        migrations.RunPython(withhold, migrations.RunPython.noop),
    ]
