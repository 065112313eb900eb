from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promotions", "0004_frozen_references")]

    operations = [
        migrations.AddField(
            "promotion",
            "exhausted_at",
            models.DateTimeField(blank=True, null=True, help_text="when an order would have gone beyond its budget first"),
        )
    ]
