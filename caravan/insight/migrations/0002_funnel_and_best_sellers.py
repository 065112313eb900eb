from django.db import migrations, models
from django.db.models import CASCADE

COUNTS = ("views", "visitors", "clicks", "carts", "orders", "buyers")


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial"), ("stores", "0001_initial")]

    operations = [
        # Figures come out of the lake again at the next refresh.
        migrations.RunSQL("DELETE FROM insight_productsales", migrations.RunSQL.noop),
        migrations.AddField(
            "productsales",
            "store",
            models.ForeignKey("stores.Store", CASCADE, related_name="+", db_index=False),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "productsales", models.Index(fields=["store", "-buyers_30d", "-units_total"], name="insight_productsales_best")
        ),
        migrations.CreateModel(
            "StoreFunnel",
            [
                ("store", models.OneToOneField("stores.Store", CASCADE, primary_key=True, related_name="+", serialize=False)),
                *((name, models.PositiveIntegerField()) for name in COUNTS),
                *((f"{name}_before", models.PositiveIntegerField()) for name in COUNTS),
            ],
        ),
    ]
