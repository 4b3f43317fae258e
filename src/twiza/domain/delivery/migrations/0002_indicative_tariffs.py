"""A first price table, so that nobody starts with none. It is ours and indicative: operators put their carriers' own."""

from datetime import date

from django.db import migrations

# zone: base, extra kilogram, fee for cash (centimes); days.
ROWS = {
    "local": (2000, 100, 500, 1, 3),
    "regional": (2500, 100, 500, 2, 4),
    "national": (3500, 100, 500, 3, 5),
    "remote": (4500, 150, 500, 4, 8),
}


def load(apps, schema_editor):
    Tariff = apps.get_model("delivery", "Tariff")
    Tariff.objects.bulk_create(
        Tariff(
            carrier="tariff_table",
            zone=zone,
            valid_from=date(2026, 1, 1),
            base_centimes=base,
            included_grams=5000,
            extra_kilogram_centimes=extra,
            cash_fee_centimes=cash,
            days_at_least=least,
            days_at_most=most,
        )
        for zone, (base, extra, cash, least, most) in ROWS.items()
    )


def unload(apps, schema_editor):
    apps.get_model("delivery", "Tariff").objects.filter(carrier="tariff_table", valid_from=date(2026, 1, 1)).delete()


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_first")]

    operations = [migrations.RunPython(load, unload)]
