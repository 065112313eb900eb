"""The tables a market begins with, where the operator finds and replaces them."""

from django.db import migrations

from caravan.shipping.rules.bundled import bundled_tariff, bundled_zones


def store(apps, schema_editor):
    table_model, rate, zone_set = (apps.get_model("shipping", name) for name in ("Table", "Rate", "ZoneSet"))
    tariff = bundled_tariff()
    table = table_model.objects.create(effective_from=tariff.effective_from, currency=tariff.currency, source=tariff.source)
    rate.objects.bulk_create(
        rate(
            table=table,
            zone=row.zone,
            service=row.service,
            size=row.size,
            most_grams=row.most_grams,
            cost_minor=row.cost_minor,
            days_min=row.days_min,
            days_max=row.days_max,
        )
        for row in tariff.rows
    )
    zone_set.objects.bulk_create(
        zone_set(code=z.code, name=z.name, countries=sorted(z.countries), origins=sorted(z.origins)) for z in bundled_zones()
    )


class Migration(migrations.Migration):
    dependencies = [("shipping", "0001_shipping")]

    operations = [migrations.RunPython(store, migrations.RunPython.noop)]
