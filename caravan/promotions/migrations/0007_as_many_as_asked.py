"""A purchase orders as many pieces of those held as it asks for, whatever plan PostgreSQL takes: a sub-select with a LIMIT in
`id IN (...)` may be run again for each row outside it, and then no limit is left."""

from importlib import import_module

from django.db import migrations

_claims = import_module("caravan.promotions.migrations.0002_claims")
_IN = """WHERE id IN (
            SELECT id FROM promotions_hold WHERE goods_id = subject_id AND buyer_id = p_buyer AND state = 'held'
            ORDER BY id LIMIT p_pieces[i] FOR NO KEY UPDATE);"""
BEFORE = _claims.REDEEM.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
AFTER = BEFORE.replace(_IN, _IN.replace("id IN (", "id = ANY (ARRAY(").replace("UPDATE);", "UPDATE));"))


class Migration(migrations.Migration):
    dependencies = [("promotions", "0006_exhausted_claims")]

    operations = [migrations.RunSQL(AFTER, BEFORE)]
