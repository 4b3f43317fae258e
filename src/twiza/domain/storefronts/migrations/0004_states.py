from django.db import migrations, models


class Migration(migrations.Migration):
    """A storefront is prepared before it opens. Those there are were opened at once."""

    dependencies = [("storefronts", "0003_tell_changes")]

    operations = [
        migrations.AddField(
            model_name="storefront",
            name="state",
            field=models.CharField(
                choices=[("draft", "Being prepared"), ("open", "Open"), ("closed", "Closed")], default="open", max_length=6
            ),
        ),
        migrations.AlterField(
            model_name="storefront",
            name="state",
            field=models.CharField(
                choices=[("draft", "Being prepared"), ("open", "Open"), ("closed", "Closed")], default="draft", max_length=6
            ),
        ),
        migrations.AddConstraint(
            model_name="storefront",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "open", "closed"])), name="storefront_state_known"
            ),
        ),
    ]
