from django.db import migrations

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    """Tables that pages show say when they change."""

    dependencies = [("storefronts", "0002_national"), ("versions", "0001_first")]

    operations = [
        told_by("storefronts_storefront", "'storefronts'"),
        told_by("storefronts_storefrontcooperative", "'storefronts'"),
    ]
