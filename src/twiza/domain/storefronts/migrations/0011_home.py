import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from twiza.foundation.versions.triggers import told_by


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0014_names_in_arabic_order"),
        ("storefronts", "0010_quotas"),
    ]

    operations = [
        migrations.CreateModel(
            name="StorefrontFeatured",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="featured_in", to="directory.organisation"
                    ),
                ),
                (
                    "storefront",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="featured", to="storefronts.storefront"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [models.UniqueConstraint(fields=("storefront", "cooperative"), name="storefront_features_once")],
            },
        ),
        migrations.CreateModel(
            name="StorefrontHome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "order",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=9),
                        blank=True,
                        default=list,
                        help_text="Blocks; those unnamed follow.",
                        size=None,
                    ),
                ),
                (
                    "hidden",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=9), blank=True, default=list, size=None
                    ),
                ),
                (
                    "is_hero_drawn",
                    models.BooleanField(default=False, help_text="A drawing in the arch, also where there are photos."),
                ),
                ("story_fr", models.TextField(blank=True, help_text="Plain words.")),
                ("story_ar", models.TextField(blank=True)),
                (
                    "storefront",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="home", to="storefronts.storefront"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("order__contained_by", ["kinds", "season", "newest", "featured", "story", "everybody"])
                        ),
                        name="storefront_home_order_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hidden__contained_by", ["hero", "kinds", "season", "newest", "featured", "story", "everybody"])
                        ),
                        name="storefront_home_hidden_known",
                    ),
                ],
            },
        ),
        told_by("storefronts_storefronthome", "'storefronts'"),
        told_by("storefronts_storefrontfeatured", "'storefronts'"),
    ]
