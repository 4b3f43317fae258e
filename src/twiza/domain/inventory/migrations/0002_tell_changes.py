from django.db import migrations

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    """Tables that pages show say when they change."""

    dependencies = [("inventory", "0001_first"), ("versions", "0001_first")]

    operations = [
        told_by("inventory_stocklevel", "'stock:' || variant_id"),
    ]
