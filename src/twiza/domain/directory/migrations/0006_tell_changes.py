from django.db import migrations

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    """Tables that pages show say when they change."""

    dependencies = [("directory", "0005_imports_undone_and_sources"), ("versions", "0001_first")]

    operations = [
        told_by("directory_organisation", "'organisation:' || id", "'organisations'"),
        told_by("directory_accreditation", "'organisation:' || organisation_id"),
        told_by("directory_contactpoint", "'organisation:' || organisation_id"),
        told_by("directory_identifier", "'organisation:' || organisation_id"),
    ]
