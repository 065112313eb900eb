from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from caravan.kernel.ids import uuid7


class Purchase(models.Model):
    """One checkout: what the buyer pays at once, for an order per store. Placed once per `idempotency_key` and cart.

    `state` is the one word on whether it is paid; it changes under this row's lock, together with the orders' `payment_state`.
    """

    class State(models.TextChoices):
        AWAITING = "awaiting"
        PAID = "paid"
        LAPSED = "lapsed"
        VOIDED = "voided"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    buyer = models.ForeignKey("people.Buyer", models.PROTECT, related_name="+")
    cart = models.ForeignKey("trade.Cart", models.SET_NULL, null=True, related_name="+")
    idempotency_key = models.CharField(max_length=80)
    request_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.AWAITING)
    total_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    placed_at = models.DateTimeField(default=timezone.now)
    pay_by = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "idempotency_key"], name="trade_purchase_key_once"),
            models.CheckConstraint(condition=Q(total_minor__gte=0), name="trade_purchase_total"),
            models.CheckConstraint(condition=Q(state__in=["awaiting", "paid", "lapsed", "voided"]), name="trade_purchase_state"),
        ]
        indexes = [models.Index(fields=["pay_by"], condition=Q(state="awaiting"), name="trade_purchase_unpaid")]


class Order(models.Model):
    """What one store owes one buyer. Its state is several facets, each with its own clock, never one word for all.

    Amounts are in the buyer's `currency`; `rate` is what one `store_currency` unit was worth in it, frozen at placing.
    """

    class State(models.TextChoices):
        PLACED = "placed"
        COMPLETED = "completed"
        CANCELLED = "cancelled"

    class PaymentState(models.TextChoices):
        AWAITING = "awaiting"
        PAID = "paid"
        LAPSED = "lapsed"  # not paid in time
        VOIDED = "voided"  # cancelled by the buyer before paying
        REFUNDED = "refunded"

    class Fulfilment(models.TextChoices):
        NONE = "none"
        SHIPPED = "shipped"
        RECEIVED = "received"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=24, unique=True)
    purchase = models.ForeignKey(Purchase, models.PROTECT, null=True, related_name="orders")
    store = models.ForeignKey("stores.Store", models.PROTECT, related_name="+")
    buyer = models.ForeignKey("people.Buyer", models.PROTECT, related_name="+")
    market = models.CharField(max_length=2)
    language = models.CharField(max_length=5, blank=True)
    currency = models.CharField(max_length=3)
    store_currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    items_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()
    total_eur_minor = models.BigIntegerField(help_text="the total in euro cents at the day's rate, for comparison across markets")
    order_state = models.CharField(max_length=10, choices=State.choices, default=State.PLACED)
    payment_state = models.CharField(max_length=10, choices=PaymentState.choices, default=PaymentState.AWAITING)
    fulfilment_state = models.CharField(max_length=10, choices=Fulfilment.choices, default=Fulfilment.NONE)
    address = models.JSONField(default=dict, help_text="as given at checkout; fields of people.Address")
    handling_days = models.PositiveSmallIntegerField(default=2, help_text="working days from payment to shipment, as promised")
    carrier = models.CharField(max_length=40, blank=True)
    tracking_code = models.CharField(max_length=80, blank=True)
    deliver_from = models.DateField(null=True, blank=True)
    deliver_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=32, blank=True)
    external_ref = models.CharField(max_length=64, blank=True)
    placed_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)
    changed = models.BigIntegerField(
        default=0,
        editable=False,
        help_text="id of the transaction that wrote the row last; set by a trigger, read by the export",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purchase", "store"], name="trade_order_one_per_store"),
            models.UniqueConstraint(fields=["source", "external_ref"], condition=~Q(source=""), name="trade_order_import_once"),
            models.CheckConstraint(
                condition=Q(total_minor=F("items_minor") + F("shipping_minor")), name="trade_order_total_adds_up"
            ),
            models.CheckConstraint(condition=~Q(payment_state="paid") | Q(paid_at__isnull=False), name="trade_order_paid_when"),
            models.CheckConstraint(
                condition=Q(fulfilment_state="none") | Q(shipped_at__isnull=False), name="trade_order_shipped_when"
            ),
        ]
        indexes = [
            models.Index(fields=["buyer", "-placed_at"], name="trade_order_buyer"),
            models.Index(fields=["store", "-placed_at"], name="trade_order_store"),
            models.Index(fields=["changed"], name="trade_order_changed"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """A line as it was sold: the words, version and price of that day. Amounts in the order's currency."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+")
    variant = models.ForeignKey("catalog.Variant", models.PROTECT, related_name="+")
    version = models.ForeignKey("catalog.Version", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    sku = models.CharField(max_length=64)
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    total_eur_minor = models.BigIntegerField(default=0)
    refunded_quantity = models.PositiveIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded_quantity__lte=F("quantity"), refunded_minor__range=(0, F("total_minor"))),
                name="trade_orderline_refund_within",
            ),
            models.UniqueConstraint(fields=["order", "number"], name="trade_orderline_number_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="trade_orderline_quantity"),
        ]
