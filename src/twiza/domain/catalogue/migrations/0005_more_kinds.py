"""The kinds of `kinds.tsv` that are missing, and the order of all; what staff wrote of the others stays, and none is taken away."""

import csv
from pathlib import Path

from django.db import migrations

TABLE = Path(__file__).parent.parent / "kinds.tsv"


def add(apps, schema_editor):
    ProductKind = apps.get_model("catalogue", "ProductKind")
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    for position, row in sorted(enumerate(rows), key=lambda numbered: bool(numbered[1]["family"])):  # families first
        known = ProductKind.objects.filter(code=row["code"])
        if known.update(position=position):
            continue
        ProductKind.objects.create(
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


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_product_moves")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
