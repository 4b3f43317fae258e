"""Texts leave in the order of their priority, as soon as the table says that one was added."""

from django.db import migrations, models

FIRST = """
UPDATE messaging_message SET priority = array_position(ARRAY['security', 'reply', 'service', 'lesson', 'marketing'], kind::text) - 1
WHERE state = 'queued';
"""
TELL = """
CREATE FUNCTION messaging_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('twiza_texts', '');
    RETURN NULL;
END $$;
CREATE TRIGGER messaging_tell AFTER INSERT ON messaging_message FOR EACH STATEMENT EXECUTE FUNCTION messaging_tell();
"""
TELL_NOBODY = "DROP TRIGGER messaging_tell ON messaging_message; DROP FUNCTION messaging_tell();"


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_waits_for_morning"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="priority",
            field=models.PositiveSmallIntegerField(default=2, help_text="The lowest leaves first."),
        ),
        migrations.AlterField(
            model_name="message",
            name="not_before",
            field=models.DateTimeField(blank=True, help_text="The moment it may leave, or be tried again.", null=True),
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
        migrations.RunSQL(TELL, TELL_NOBODY),
    ]
