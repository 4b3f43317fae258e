"""The kinds of products everybody shares, from `kinds.tsv`."""

import csv
from pathlib import Path

from django.db import migrations

TABLE = Path(__file__).parent.parent / "kinds.tsv"


def load(apps, schema_editor):
    ProductKind = apps.get_model("catalogue", "ProductKind")
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    for wants_family in (False, True):  # families first: kinds point at them
        ProductKind.objects.bulk_create(
            ProductKind(
                code=row["code"],
                family_id=row["family"] or None,
                name_fr=row["fr"],
                name_ar=row["ar"],
                name_zgh=row["zgh"],
                name_en=row["en"],
                drawing=row["drawing"],
                tint=row["tint"],
                withdrawal=row["withdrawal"],
                position=position,
            )
            for position, row in enumerate(rows)
            if bool(row["family"]) is wants_family
        )


def unload(apps, schema_editor):
    ProductKind = apps.get_model("catalogue", "ProductKind")
    ProductKind.objects.filter(family__isnull=False).delete()
    ProductKind.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_first")]

    operations = [migrations.RunPython(load, unload)]
