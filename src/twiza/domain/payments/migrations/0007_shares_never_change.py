"""The tables themselves refuse to change what a bank said, and what it was assigned to."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION payments_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what % says of money is added, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER payments_transfershare_never_changes BEFORE UPDATE OR DELETE ON payments_transfershare
FOR EACH ROW EXECUTE FUNCTION payments_never_changes();
CREATE TRIGGER payments_statementline_keeps_its_facts
BEFORE UPDATE OF statement_id, fingerprint, "on", words, amount_centimes OR DELETE ON payments_statementline
FOR EACH ROW EXECUTE FUNCTION payments_never_changes();
"""
ALLOW = """
DROP TRIGGER payments_statementline_keeps_its_facts ON payments_statementline;
DROP TRIGGER payments_transfershare_never_changes ON payments_transfershare;
DROP FUNCTION payments_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0006_bank_statements"),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
