"""The seller's place, as the buyer's language writes it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_line_contents")]

    operations = [
        migrations.RenameField(model_name="order", old_name="seller_place", new_name="seller_place_fr"),
        migrations.AddField(
            model_name="order",
            name="seller_place_ar",
            field=models.CharField(blank=True, default="", max_length=240),
            preserve_default=False,
        ),
    ]
