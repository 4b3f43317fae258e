from django.db import migrations

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0001_first"), ("versions", "0001_first")]
    operations = [told_by("enquiries_enquiry", "'questions:' || coalesce(product_id, 0)")]
