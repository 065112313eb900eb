from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("signals", "0001_initial"), ("outbox", "0002_stamp_changed")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER stamp_changed BEFORE INSERT OR UPDATE ON signals_signal FOR EACH ROW EXECUTE FUNCTION stamp_changed()",
            "DROP TRIGGER stamp_changed ON signals_signal",
        )
    ]
