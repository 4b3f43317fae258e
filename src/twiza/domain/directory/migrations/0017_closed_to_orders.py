from django.db import migrations, models

from twiza.foundation.versions.triggers import told_by

BEFORE = told_by("directory_openingtimes", "'organisation:' || organisation_id")


class Migration(migrations.Migration):
    """A closing may stop orders: lists of products show it too, and hear of it."""

    dependencies = [("directory", "0016_label_scopes")]

    operations = [
        migrations.AddField(
            model_name="openingtimes",
            name="takes_no_orders",
            field=models.BooleanField(default=False, help_text="From closed_from to closed_until nobody can order."),
        ),
        migrations.AddConstraint(
            model_name="openingtimes",
            constraint=models.CheckConstraint(
                condition=models.Q(takes_no_orders=False) | models.Q(closed_from__isnull=False),
                name="opening_no_orders_while_closed_only",
            ),
        ),
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        told_by("directory_openingtimes", "'organisation:' || organisation_id", "'organisations'"),
    ]
