"""Built beside the work: the table may be long, and people are being written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("messaging", "0003_leaves_by_itself"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(fields=["priority", "id"], condition=models.Q(state="queued"), name="message_leaves_next"),
        ),
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(fields=["gateway", "claimed_at"], name="message_claimed"),
        ),
    ]
