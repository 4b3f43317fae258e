"""Every order has limits for its answer, and what was done because none came."""

from __future__ import annotations

from datetime import timedelta

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q


def set_limits(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Orders placed before have theirs from the limit they know."""
    answer_before = F("answer_before")
    apps.get_model("orders", "Order").objects.update(chase_at=answer_before, give_up_at=answer_before + timedelta(days=3))


class Migration(migrations.Migration):
    dependencies = [("orders", "0017_least_orders_tell_changes")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="chase_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="While it waits for an answer: when the next step is taken."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="order",
            name="give_up_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="Without an answer by then it is cancelled for the buyer."
            ),
            preserve_default=False,
        ),
        migrations.RunPython(set_limits, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(condition=Q(("status", "placed")), fields=["chase_at"], name="order_to_chase"),
        ),
        migrations.CreateModel(
            name="Chase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("reminded", "asked again"),
                            ("again", "asked a last time"),
                            ("late", "late: the buyer and the operator were told"),
                            ("agent", "its agents were told"),
                            ("given_up", "given up: cancelled for the buyer"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="chases", to="orders.order"),
                ),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.AlterField(
            model_name="step",
            name="what",
            field=models.CharField(
                choices=[
                    ("placed", "Order placed"),
                    ("confirmed", "Confirmed by the buyer"),
                    ("accepted", "Accepted by the cooperative"),
                    ("declined", "Declined by the cooperative"),
                    ("unanswered", "Not answered in time"),
                    ("ready", "Parcel ready"),
                    ("handed_over", "Parcel on its way"),
                    ("in_transit", "Parcel with the carrier"),
                    ("delivered", "Delivered"),
                    ("refused", "Parcel not taken"),
                    ("lost", "Parcel lost"),
                    ("returned", "Parcel back at the cooperative"),
                ],
                max_length=11,
            ),
        ),
        migrations.AddConstraint(
            model_name="chase",
            constraint=models.UniqueConstraint(fields=("order", "step"), name="chase_step_once"),
        ),
        migrations.AddConstraint(
            model_name="chase",
            constraint=models.CheckConstraint(
                condition=Q(("step__in", ["reminded", "again", "late", "agent", "given_up"])), name="chase_step_known"
            ),
        ),
    ]
