"""`changed` holds the id of the transaction that wrote a row last. The export reads all below the oldest transaction still
running, so it misses nothing however commits interleave (a sequence or a timestamp would)."""

from django.db import migrations

CREATE = """
CREATE FUNCTION stamp_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION stamp_changed()")]
