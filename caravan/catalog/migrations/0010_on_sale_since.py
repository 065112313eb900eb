from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_wishes")]

    operations = [
        migrations.AddField(
            "product",
            "on_sale_since",
            models.DateTimeField(
                blank=True, null=True, help_text="when it was published or restored last; empty: since it has prices"
            ),
        )
    ]
