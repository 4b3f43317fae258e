"""What a storefront says of itself stands on pages. The conditions written so far are carried over, part by part."""

import re
from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from twiza.foundation.versions.triggers import told_by

# Under which heading each page stood in the one text.
HEADINGS = {
    "fr": {
        "Comment commander": "ordering",
        "Livraison": "delivery",
        "Paiement": "payment",
        "Retour": "returns",
        "Hygiène": "hygiene",
        "Qui vend": "legal",
    },
    "ar": {
        "كيف تطلبون": "ordering",
        "التوصيل": "delivery",
        "الأداء": "payment",
        "الإرجاع": "returns",
        "النظافة": "hygiene",
        "من يبيع": "legal",
    },
}
# What was proposed until today: where it was kept as it stood, the new template says it.
PROPOSED = {
    "fr": [
        "Choisissez, donnez votre nom, votre téléphone et votre commune avec un point de repère : il ne faut ni compte ni adresse de rue. Chaque coopérative reçoit sa part de la commande et vous répond. Un message vous prévient.",
        "Chaque coopérative expédie elle-même. Le prix dépend de la distance et du poids ; il est affiché avant la commande.",
        "À la livraison, en espèces. Vous confirmez d'abord votre commande en répondant au message reçu.",
        "Sept jours pour changer d'avis, sauf produits frais et objets faits sur commande. Appelez-nous au {phone}.",
        "Mains lavées, charlotte et gants à l'emballage ; plans de travail désinfectés chaque jour ; pots et bouteilles neufs, fermés et datés.",
        "{operator} tient cette vitrine. Le vendeur de chaque produit est la coopérative nommée sur sa page, avec son numéro au registre des coopératives.",
    ],
    "ar": [
        "اختاروا ما تريدون ثم اكتبوا اسمكم وهاتفكم وجماعتكم مع علامة قريبة: لا حاجة إلى حساب ولا إلى اسم الزنقة. تتوصل كل تعاونية بالجزء الذي يخصها من الطلب وتجيبكم. نخبركم برسالة قصيرة.",
        "ترسل كل تعاونية طردها بنفسها. يتوقف الثمن على المسافة والوزن ويظهر قبل الطلب.",
        "نقداً عند التسليم. تؤكدون طلبكم أولاً بالجواب عن الرسالة التي تصلكم.",
        "سبعة أيام لتغيير رأيكم، إلا المنتوجات الطرية وما صُنع حسب الطلب. اتصلوا بنا على الرقم {phone}.",
        "أيدٍ مغسولة وقبعة وقفازات عند التعبئة، وتعقيم الأسطح كل يوم، وأوانٍ جديدة مغلقة ومؤرخة.",
        "{operator} تشرف على هذه الواجهة. بائع كل منتوج هو التعاونية المذكورة في صفحته، مع رقمها في سجل التعاونيات.",
    ],
}


def parts_of(text, language):
    """By page, what was written under its heading; what stands under no known heading is the operator's own."""
    parts = {}
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        heading, _, body = block.partition("\n")
        kind = HEADINGS[language].get(heading.strip())
        kind, words = (kind, body.strip()) if kind and body.strip() else ("conditions", block.strip())
        if words and not (kind != "conditions" and is_as_proposed(words, language)):
            parts[kind] = f"{parts[kind]}\n\n{words}" if kind in parts else words
    return parts


def is_as_proposed(words, language):
    patterns = (re.sub(r"\\\{\w+\\\}", ".*", re.escape(body)) for body in PROPOSED[language])
    return any(re.fullmatch(pattern, words) for pattern in patterns)


def carry_over(apps, schema_editor):
    page = apps.get_model("storefronts", "StorefrontPage")
    for storefront in apps.get_model("storefronts", "Storefront").objects.all():
        for language in ("fr", "ar"):
            for kind, text in parts_of(getattr(storefront, f"conditions_{language}"), language).items():
                page.objects.create(
                    storefront=storefront, kind=kind, language=language, text=text, template_dated=date(2026, 11, 23)
                )


class Migration(migrations.Migration):
    dependencies = [
        ("storefronts", "0005_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StorefrontPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordering", "How to order"),
                            ("delivery", "Delivery"),
                            ("payment", "Payment"),
                            ("returns", "Returns and withdrawal"),
                            ("hygiene", "Safety and hygiene"),
                            ("conditions", "Our own conditions"),
                            ("legal", "Legal notice"),
                            ("data", "Your data"),
                        ],
                        max_length=10,
                    ),
                ),
                ("language", models.CharField(choices=[("fr", "fr"), ("ar", "ar")], max_length=2)),
                ("text", models.TextField(blank=True, help_text="Plain words; empty: what the template says.")),
                (
                    "template_dated",
                    models.DateField(help_text="Of which day the template was that somebody read, or began from."),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "storefront",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="storefronts.storefront"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("storefront", "kind", "language"), name="storefront_page_once"),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["fr", "ar"])), name="storefront_page_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["ordering", "delivery", "payment", "returns", "hygiene", "conditions", "legal", "data"])
                        ),
                        name="storefront_page_kind_known",
                    ),
                ],
            },
        ),
        told_by("storefronts_storefrontpage", "'storefronts'"),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
