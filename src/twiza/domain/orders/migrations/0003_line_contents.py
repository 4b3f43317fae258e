"""A line keeps the content as a number and a unit, so that each reader sees it in their language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_links")]

    operations = [
        migrations.RemoveField(model_name="orderline", name="content"),
        migrations.AddField(
            "orderline", "variant_name_fr", models.CharField(blank=True, default="", max_length=80), preserve_default=False
        ),
        migrations.AddField(
            "orderline", "variant_name_ar", models.CharField(blank=True, default="", max_length=80), preserve_default=False
        ),
        migrations.AddField(
            "orderline", "net_content", models.DecimalField(decimal_places=3, default=1, max_digits=12), preserve_default=False
        ),
        migrations.AddField("orderline", "net_unit", models.CharField(default="piece", max_length=5), preserve_default=False),
    ]
