"""The tables themselves refuse to change or remove what was issued, and what was said of a tax regime."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION invoicing_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are added, never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER invoicing_paper_never_changes BEFORE UPDATE OR DELETE ON invoicing_paper
FOR EACH ROW EXECUTE FUNCTION invoicing_never_changes();
CREATE TRIGGER invoicing_taxregime_never_changes BEFORE UPDATE OR DELETE ON invoicing_taxregime
FOR EACH ROW EXECUTE FUNCTION invoicing_never_changes();
"""
ALLOW = """
DROP TRIGGER invoicing_taxregime_never_changes ON invoicing_taxregime;
DROP TRIGGER invoicing_paper_never_changes ON invoicing_paper;
DROP FUNCTION invoicing_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0001_first"),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
