"""What was written down stays: the tables refuse to change or remove a row, and an entry that does not make zero."""

from django.db import migrations

KEPT = ("journalentry", "posting", "commissionrate", "commissionline")
REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once: post a reversal, or a newer row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER ledger_{table}_is_kept BEFORE UPDATE OR DELETE ON ledger_{table}"
    " FOR EACH ROW EXECUTE FUNCTION ledger_refuse();\n"
    for table in KEPT
)
ALLOW = "".join(f"DROP TRIGGER ledger_{table}_is_kept ON ledger_{table};\n" for table in KEPT) + "DROP FUNCTION ledger_refuse();"

BALANCE = """
CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    looked_at bigint;
    wrong text;
BEGIN
    IF TG_TABLE_NAME = 'ledger_posting' THEN
        looked_at := NEW.entry_id;
    ELSE
        looked_at := NEW.id;
    END IF;
    IF (SELECT count(*) FROM ledger_posting WHERE entry_id = looked_at) < 2 THEN
        RAISE EXCEPTION 'entry % has fewer than two postings', looked_at USING ERRCODE = 'check_violation';
    END IF;
    SELECT account.currency INTO wrong
    FROM ledger_posting posting JOIN ledger_account account ON account.id = posting.account_id
    WHERE posting.entry_id = looked_at
    GROUP BY account.currency HAVING sum(posting.amount_centimes) <> 0 LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'entry % does not make zero in %', looked_at, wrong USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON ledger_journalentry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances();
CREATE CONSTRAINT TRIGGER ledger_posting_balances AFTER INSERT ON ledger_posting
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances();
"""
FORGET = """
DROP TRIGGER ledger_posting_balances ON ledger_posting;
DROP TRIGGER ledger_entry_balances ON ledger_journalentry;
DROP FUNCTION ledger_balances();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_first")]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(BALANCE, FORGET),
    ]
