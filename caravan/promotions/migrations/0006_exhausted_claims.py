"""What is left of a budget decides about claims as well: a coupon nobody could use is not given out, a piece nobody gets at the
deal's price is not held."""

from importlib import import_module

from django.db import migrations, models

_claims = import_module("caravan.promotions.migrations.0002_claims")
_STANDING = "CASE WHEN p.state = 'on' AND p.exhausted_at IS NOT NULL THEN 'exhausted' ELSE p.state END"
BEFORE = (_claims.OPEN, _claims.CLAIM, _claims.HOLD)
AFTER = (
    _claims.OPEN.replace("WHEN p_market IS NULL", "WHEN p_state = 'exhausted' THEN 'gone'\n        WHEN p_market IS NULL"),
    _claims.CLAIM.replace("SELECT p.state AS standing", f"SELECT {_STANDING} AS standing"),
    _claims.HOLD.replace("SELECT p.state, p.since", f"SELECT {_STANDING} AS state, p.since"),
)


def _again(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("promotions", "0005_exhausted")]

    operations = [
        migrations.AlterField(
            "promotion",
            "exhausted_at",
            models.DateTimeField(blank=True, null=True, help_text="since when next to nothing is left of its budget"),
        ),
        *(migrations.RunSQL(_again(after), _again(before)) for after, before in zip(AFTER, BEFORE, strict=True)),
    ]
