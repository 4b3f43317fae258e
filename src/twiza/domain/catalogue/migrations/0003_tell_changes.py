from django.db import migrations

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    """Tables that pages show say when they change."""

    dependencies = [("catalogue", "0002_kinds"), ("versions", "0001_first")]

    operations = [
        told_by("catalogue_product", "'product:' || id", "'products'"),
        told_by("catalogue_variant", "'product:' || product_id", "'prices'"),
        told_by("catalogue_photo", "'product:' || product_id"),
        told_by("catalogue_productkind", "'kinds'"),
    ]
