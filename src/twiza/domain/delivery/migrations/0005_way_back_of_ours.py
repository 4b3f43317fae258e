"""The first table says what a parcel's way back costs too. It is ours and indicative, as the rest of it."""

from datetime import date

from django.db import migrations

CENTIMES = 1000


def fill(apps, schema_editor):
    ours = apps.get_model("delivery", "Tariff").objects.filter(operator=None, valid_from=date(2026, 1, 1))
    ours.filter(carrier="tariff_table", return_centimes=0).update(return_centimes=CENTIMES)


class Migration(migrations.Migration):
    dependencies = [("delivery", "0004_tables_of_operators")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
