"""The table of the cache that every process shares when CACHE_URL names no other: rate limits are counted in it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first")]

    operations = [
        migrations.RunSQL(
            sql=[
                "CREATE TABLE IF NOT EXISTS shared_cache"
                " (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamp with time zone NOT NULL)",
                "CREATE INDEX IF NOT EXISTS shared_cache_expires ON shared_cache (expires)",
            ],
            reverse_sql="DROP TABLE shared_cache",
        )
    ]
