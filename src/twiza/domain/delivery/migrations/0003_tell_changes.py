from django.db import migrations

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    """Tables that pages show say when they change."""

    dependencies = [("delivery", "0002_indicative_tariffs"), ("versions", "0001_first")]

    operations = [
        told_by("delivery_tariff", "'tariffs'"),
        told_by("delivery_pickuppoint", "'tariffs'"),
    ]
