"""Each size of a product has a number that it keeps, whatever is retired or added after it."""

from django.db import migrations, models
from django.db.models import Q

COUNT = """
UPDATE catalogue_variant SET size_number = counted.number
FROM (SELECT id, row_number() OVER (PARTITION BY product_id ORDER BY id) AS number FROM catalogue_variant) counted
WHERE counted.id = catalogue_variant.id;
"""
NUMBER = """
CREATE FUNCTION catalogue_number_size() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size_number IS NULL THEN
        SELECT COALESCE(MAX(size_number), 0) + 1 INTO NEW.size_number FROM catalogue_variant WHERE product_id = NEW.product_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER catalogue_number_size BEFORE INSERT ON catalogue_variant
FOR EACH ROW EXECUTE FUNCTION catalogue_number_size();
"""
FORGET = "DROP TRIGGER catalogue_number_size ON catalogue_variant; DROP FUNCTION catalogue_number_size();"


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0014_packed_size"),
    ]

    operations = [
        migrations.AddField(
            model_name="variant",
            name="size_number",
            field=models.PositiveSmallIntegerField(
                editable=False,
                help_text="Its place among the sizes of its product, retired ones too. The table gives it.",
                null=True,
            ),
        ),
        migrations.RunSQL([COUNT, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
        migrations.RunSQL(NUMBER, FORGET),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.UniqueConstraint(fields=("product", "size_number"), name="variant_size_number_once_per_product"),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(condition=Q(size_number__gte=1), name="variant_size_number_above_zero"),
        ),
    ]
