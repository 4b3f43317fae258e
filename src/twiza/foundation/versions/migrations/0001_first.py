from django.db import migrations, models
from django.db.models.functions import Now

# A statement that changes more than two hundred rows is told as one change of everything.
NOTE_CHANGES = """
create function versions_note() returns trigger language plpgsql as $$
declare found bigint;
begin
    execute 'select count(*) from (select from changed limit 201) as first_rows' into found;
    if found > 200 then
        insert into versions_change (topic) values ('everything');
        return null;
    end if;
    for place in 0 .. tg_nargs - 1 loop
        execute 'insert into versions_change (topic) select distinct ' || tg_argv[place] || ' from changed';
    end loop;
    return null;
end $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(help_text="As `product:12`, or `kinds`.", max_length=60)),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=models.Func(function="txid_current", output_field=models.BigIntegerField())
                    ),
                ),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "indexes": [
                    models.Index(fields=["topic"], include=("transaction",), name="change_topic"),
                    models.Index(fields=["at"], name="change_at"),
                ],
            },
        ),
        migrations.RunSQL(NOTE_CHANGES, "drop function versions_note();"),
    ]
