from django.db import migrations, models
from django.db.models import F, Q

# A refund that did not fail counts against its charge, whoever writes it; the charge's own check says when that is too much.
COUNT_REFUNDS = """
CREATE FUNCTION trade_count_sandbox_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE trade_sandboxcharge SET refunded_minor = refunded_minor
        + CASE WHEN NEW.state <> 'failed' THEN NEW.amount_minor ELSE 0 END
        - CASE WHEN TG_OP = 'UPDATE' AND OLD.state <> 'failed' THEN OLD.amount_minor ELSE 0 END
    WHERE id = NEW.charge_id;
    RETURN NULL;
END $$;
CREATE TRIGGER count_refund AFTER INSERT OR UPDATE ON trade_sandboxrefund
    FOR EACH ROW EXECUTE FUNCTION trade_count_sandbox_refund();
"""
FORGET = "DROP TRIGGER count_refund ON trade_sandboxrefund; DROP FUNCTION trade_count_sandbox_refund()"


def refunded_charges_were_paid(apps, schema_editor):
    apps.get_model("trade", "SandboxCharge").objects.filter(state="refunded").update(
        state="paid", refunded_minor=F("amount_minor")
    )


class Migration(migrations.Migration):
    dependencies = [("trade", "0005_order_facets")]

    operations = [
        migrations.RemoveIndex(model_name="payment", name="trade_payment_open"),
        migrations.AlterField(
            model_name="payment",
            name="state",
            field=models.CharField(
                choices=[
                    ("started", "Started"),
                    ("confirming", "Confirming"),
                    ("pending", "Pending"),
                    ("authorised", "Authorised"),
                    ("paid", "Paid"),
                    ("declined", "Declined"),
                    ("lapsed", "Lapsed"),
                    ("refunding", "Refunding"),
                    ("refunded", "Refunded"),
                ],
                default="started",
                max_length=10,
            ),
        ),
        migrations.AlterField(model_name="payment", name="provider_ref", field=models.CharField(max_length=255)),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=Q(state__in=["started", "confirming", "pending", "authorised", "refunding"]),
                fields=["created_at"],
                name="trade_payment_open",
            ),
        ),
        migrations.AddField(
            model_name="sandboxcharge", name="refunded_minor", field=models.BigIntegerField(default=0, editable=False)
        ),
        migrations.RunPython(refunded_charges_were_paid, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="sandboxcharge",
            name="state",
            field=models.CharField(
                choices=[
                    ("confirming", "Confirming"),
                    ("pending", "Pending"),
                    ("authorised", "Authorised"),
                    ("paid", "Paid"),
                    ("declined", "Declined"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="sandboxcharge",
            constraint=models.CheckConstraint(
                condition=Q(refunded_minor=0) | Q(state="paid", refunded_minor__range=(0, F("amount_minor"))),
                name="trade_sandboxcharge_never_refunds_more_than_it_took",
            ),
        ),
        migrations.CreateModel(
            name="SandboxRefund",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "charge",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="refunds", to="trade.sandboxcharge"),
                ),
                (
                    "state",
                    models.CharField(choices=[("pending", "Pending"), ("done", "Done"), ("failed", "Failed")], max_length=10),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("amount_minor", models.BigIntegerField()),
            ],
            options={"constraints": [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="trade_sandboxrefund_amount")]},
        ),
        migrations.CreateModel(
            name="SandboxPayout",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("destination", models.CharField(max_length=80)),
                ("scenario", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(choices=[("pending", "Pending"), ("paid", "Paid"), ("failed", "Failed")], max_length=10),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
            ],
            options={"constraints": [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="trade_sandboxpayout_amount")]},
        ),
        migrations.RunSQL(COUNT_REFUNDS, FORGET),
    ]
