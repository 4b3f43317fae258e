from django.db import migrations


class Migration(migrations.Migration):
    """What they said stands on the pages now."""

    dependencies = [("storefronts", "0006_pages")]

    operations = [
        migrations.RemoveField(
            model_name="storefront",
            name="conditions_ar",
        ),
        migrations.RemoveField(
            model_name="storefront",
            name="conditions_fr",
        ),
    ]
