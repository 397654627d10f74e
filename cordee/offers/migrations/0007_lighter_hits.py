import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0006_award_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="radarhit",
            name="profile",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hits",
                to="offers.radarprofile",
            ),
        ),
    ]
