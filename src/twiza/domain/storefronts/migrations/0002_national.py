"""The national storefront: every installation has the one window that shows everything."""

from django.db import migrations
from django.utils import timezone


def load(apps, schema_editor):
    apps.get_model("storefronts", "Storefront").objects.create(
        slug="twiza",
        shows_everything=True,
        name_fr="Twiza",
        name_ar="تويزة",
        name_zgh="ⵜⵡⵉⵣⴰ",
        name_en="Twiza",
        welcome_fr="Le marché des coopératives du Maroc. Vous commandez en une fois, chaque coopérative prépare sa part.",
        welcome_ar="سوق تعاونيات المغرب. تطلبون مرة واحدة، وكل تعاونية تحضّر حصتها.",
        welcome_en="The market of Morocco's cooperatives. You order once, each cooperative prepares its part.",
        opens_at=timezone.now(),
    )


def unload(apps, schema_editor):
    apps.get_model("storefronts", "Storefront").objects.filter(shows_everything=True).delete()


class Migration(migrations.Migration):
    dependencies = [("storefronts", "0001_first")]

    operations = [migrations.RunPython(load, unload)]
