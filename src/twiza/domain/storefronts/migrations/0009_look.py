import django.db.models.deletion
from django.db import migrations, models

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    dependencies = [
        ("storefronts", "0008_product_choices"),
    ]

    operations = [
        migrations.CreateModel(
            name="StorefrontLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("colour", models.CharField(blank=True, help_text="#rrggbb, readable on our paper; empty: ours.", max_length=7)),
                ("logo", models.ImageField(blank=True, help_text="At most 400 × 120, WebP.", upload_to="storefronts")),
                ("logo_width", models.PositiveSmallIntegerField(default=0)),
                ("logo_height", models.PositiveSmallIntegerField(default=0)),
                (
                    "storefront",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="look", to="storefronts.storefront"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("colour", ""), ("colour__regex", "^#[0-9a-f]{6}$"), _connector="OR"),
                        name="storefront_colour_written",
                    )
                ],
            },
        ),
        told_by("storefronts_storefrontlook", "'storefronts'"),
    ]
