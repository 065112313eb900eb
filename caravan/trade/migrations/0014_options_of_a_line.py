from django.db import migrations, models

# Of lines that were sold before, the best that is known: what tells the article from others today.
FILL = """
UPDATE trade_orderline l SET options = v.options FROM catalog_variant v WHERE v.id = l.variant_id AND v.options <> '[]'
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_face_of_a_product"), ("trade", "0013_owners_minor")]

    operations = [
        migrations.AddField(
            "orderline",
            "options",
            models.JSONField(db_default=[], default=list, help_text="(code, value) pairs: which of the product's articles it is"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
