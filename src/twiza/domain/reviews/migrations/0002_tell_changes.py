from django.db import migrations

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_first"), ("versions", "0001_first")]
    operations = [told_by("reviews_review", "'reviews:' || product_id")]
