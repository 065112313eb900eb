"""Lists show how many ever bought a product as the index knows it: that is remembered too, to see what has moved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_marks")]

    operations = [migrations.AddField("indexed", "buyers", models.IntegerField(default=0))]
