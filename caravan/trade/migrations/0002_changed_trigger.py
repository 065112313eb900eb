from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trade", "0001_initial"), ("outbox", "0002_stamp_changed")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER stamp_changed BEFORE INSERT OR UPDATE ON trade_order FOR EACH ROW EXECUTE FUNCTION stamp_changed()",
            "DROP TRIGGER stamp_changed ON trade_order",
        )
    ]
