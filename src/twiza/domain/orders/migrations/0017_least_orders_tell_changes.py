from django.db import migrations

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    dependencies = [("orders", "0016_drivers"), ("versions", "0001_first")]
    operations = [told_by("orders_leastorder", "'least-order:' || cooperative_id")]
