"""The places of Morocco, as HCP counts them (RGPH 2024, CC BY 4.0)."""

from django.db import migrations

from twiza.foundation.places.services import load_places, unload_places


def load(apps, schema_editor):
    load_places(apps)


def unload(apps, schema_editor):
    unload_places(apps)


class Migration(migrations.Migration):
    dependencies = [("places", "0002_commune_population")]
    operations = [migrations.RunPython(load, unload)]
