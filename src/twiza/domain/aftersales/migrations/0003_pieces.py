import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def count_whole_lines(apps, schema_editor):
    """Until now a line went back whole, for all that was paid for it."""
    line = apps.get_model("orders", "OrderLine").objects.filter(pk=OuterRef("line"))
    apps.get_model("aftersales", "ReturnedLine").objects.update(
        quantity=Subquery(line.values("quantity")),
        refund_centimes=Subquery(line.annotate(paid=F("total_centimes") - F("discount_centimes")).values("paid")),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("aftersales", "0002_complaints"),
    ]

    operations = [
        migrations.AlterField(
            model_name="returnedline",
            name="line",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderline"),
        ),
        migrations.AddField("returnedline", "quantity", models.PositiveSmallIntegerField(default=1), preserve_default=False),
        migrations.AddField(
            "returnedline",
            "pieces_before",
            models.PositiveSmallIntegerField(default=0, help_text="So many of the line were asked for before it."),
        ),
        migrations.AddField(
            "returnedline",
            "refund_centimes",
            models.PositiveIntegerField(default=0, help_text="What of the refund is for these, without the delivery."),
            preserve_default=False,
        ),
        migrations.RunPython(count_whole_lines, migrations.RunPython.noop),
        migrations.AddConstraint(
            "returnedline", models.CheckConstraint(condition=models.Q(quantity__gte=1), name="returned_line_is_something")
        ),
        migrations.AddConstraint(
            "returnedline", models.UniqueConstraint(fields=["returned", "line"], name="returned_line_once_per_return")
        ),
        migrations.AddConstraint(
            "returnedline", models.UniqueConstraint(fields=["line", "pieces_before"], name="returned_line_pieces_once")
        ),
    ]
