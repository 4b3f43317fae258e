from django.db import migrations

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0016_ratings"), ("versions", "0001_first")]
    operations = [told_by("catalogue_productrating", "'product:' || product_id")]
