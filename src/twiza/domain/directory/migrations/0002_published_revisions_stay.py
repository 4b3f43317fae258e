"""A published revision is a snapshot: the database itself refuses to change it."""

from django.db import migrations

MAKE = """
create function directory_revision_stays() returns trigger language plpgsql as $$
begin
  raise exception 'revision % of organisation % is published and cannot be changed', old.number, old.organisation_id
    using errcode = 'integrity_constraint_violation', constraint = 'revision_published_stays';
end $$;
create trigger revision_published_stays before update on directory_revision
  for each row when (old.state = 'published') execute function directory_revision_stays();
"""
UNMAKE = """
drop trigger revision_published_stays on directory_revision;
drop function directory_revision_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_first")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
