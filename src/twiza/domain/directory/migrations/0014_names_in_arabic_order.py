"""An index that has names as the Arabic list shows them."""

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import NullIf


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_import_as_of")]

    operations = [
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                NullIf("name_ar", Value("")).asc(nulls_last=True), F("folded_names"), name="revision_name_ar_order"
            ),
        ),
    ]
