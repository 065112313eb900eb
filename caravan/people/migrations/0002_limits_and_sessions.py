from django.db import migrations, models

# Made by hand: UNLOGGED, with room on each page so that an update stays there, and without the second, LIKE index Django
# adds to a text key. No index on the instants either: each spend changes them, and only an hourly sweep looks for them.
RATE_LIMIT = """
CREATE UNLOGGED TABLE people_ratelimit (key varchar(200) PRIMARY KEY, full_at timestamptz NOT NULL) WITH (fillfactor = 70)
"""
CACHE_ENTRY = """
CREATE UNLOGGED TABLE people_cacheentry (
    key varchar(250) PRIMARY KEY, value jsonb NOT NULL, expires_at timestamptz
) WITH (fillfactor = 70)
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_epoch",
            field=models.PositiveIntegerField(default=0, editable=False, help_text="raised to sign out everywhere"),
        ),
        migrations.RunSQL(
            RATE_LIMIT,
            "DROP TABLE people_ratelimit",
            state_operations=[
                migrations.CreateModel(
                    name="RateLimit",
                    fields=[
                        ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                        ("full_at", models.DateTimeField()),
                    ],
                    options={"db_table": "people_ratelimit"},
                )
            ],
        ),
        migrations.RunSQL(
            CACHE_ENTRY,
            "DROP TABLE people_cacheentry",
            state_operations=[
                migrations.CreateModel(
                    name="CacheEntry",
                    fields=[
                        ("key", models.CharField(max_length=250, primary_key=True, serialize=False)),
                        ("value", models.JSONField()),
                        ("expires_at", models.DateTimeField(null=True)),
                    ],
                )
            ],
        ),
    ]
