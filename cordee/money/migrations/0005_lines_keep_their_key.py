"""Costs written before today follow the last key that was adopted, as they did so far: now it is written on them."""

from typing import Any

from django.db import migrations


def bind(apps: Any, schema_editor: Any) -> None:
    """Note on every cost when it began to count, and by which key."""
    lines, keys = apps.get_model("money", "PoolLine"), apps.get_model("money", "SharingKey")
    for line in lines.objects.filter(posted_at=None).iterator():
        key = keys.objects.filter(pool=line.pool_id, adopted_at__isnull=False).order_by("-adopted_at").first()
        line.posted_at, line.key = line.added_at, key
        line.save(update_fields=["posted_at", "key"])


class Migration(migrations.Migration):
    dependencies = [("money", "0004_shared_money")]
    operations = [migrations.RunPython(bind, migrations.RunPython.noop)]
