import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("money", "0012_settled_years"),
    ]

    operations = [
        migrations.AddField(
            model_name="costpool",
            name="works",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="money.works",
            ),
        ),
    ]
