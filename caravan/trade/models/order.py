from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.trade.models.clocks import clocks
from caravan.trade.models.facets import FUND_FOLLOWS_PAYMENT, words_of_facets


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
    redeems = models.BooleanField(default=False, db_default=False, help_text="it has coupons, or pieces of limited deals")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "idempotency_key"], name="trade_purchase_key_once"),
            models.CheckConstraint(condition=Q(total_minor__gte=0), name="trade_purchase_total"),
            models.CheckConstraint(condition=Q(state__in=["awaiting", "paid", "lapsed", "voided"]), name="trade_purchase_state"),
        ]
        indexes = [models.Index(fields=["pay_by"], condition=Q(state="awaiting"), name="trade_purchase_unpaid")]


class Order(models.Model):
    """What one store owes one buyer. Its state is several facets, each with its own clock, never one word for all.

    Amounts are in the buyer's `currency`; `rate` is what one `store_currency` unit was worth in it (the margin included), frozen
    at placing. What may happen to an order is the table of `rules/states.py`; the instants (`ship_by_at` ... `dispute_until`) are
    its clocks, computed by `rules/terms.py` when the move is made that sets them.
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

    class Fund(models.TextChoices):
        """The buyer's money in escrow. Orders of other records never had any."""

        NONE = "none"
        HELD = "held"
        RELEASED = "released"
        RETURNED = "returned"

    class Fulfilment(models.TextChoices):
        NONE = "none"
        PART_SHIPPED = "part_shipped"
        SHIPPED = "shipped"
        DELIVERED = "delivered"
        RECEIVED = "received"

    class Dispute(models.TextChoices):
        NONE = "none"
        OPEN = "open"
        SETTLED = "settled"

    class Cancel(models.TextChoices):
        NONE = "none"
        ASKED = "asked"
        GRANTED = "granted"
        REFUSED = "refused"

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
    rate_source = models.CharField(max_length=40, blank=True)
    rate_as_of = models.CharField(max_length=32, blank=True, help_text="the day the source published it, ISO 8601")
    rate_margin_bps = models.PositiveSmallIntegerField(default=0, help_text="what the market added to the source's rate")
    commission_bps = models.PositiveSmallIntegerField(default=0)
    items_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0, help_text="tax and duty; what is not on a line is the shipping's")
    total_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0, help_text="of the total; the two below are parts of it")
    refunded_shipping_minor = models.BigIntegerField(default=0)
    refunded_tax_minor = models.BigIntegerField(default=0)
    shipping_subsidy_minor = models.BigIntegerField(
        default=0, db_default=0, help_text="what the market pays the store for shipping it gave away, in the store's currency"
    )
    subsidised_minor = models.BigIntegerField(
        default=0, db_default=0, help_text="what the market paid the store for its own cuts, in the store's currency"
    )
    on_time_promise_minor = models.BigIntegerField(default=0, help_text="compensation for late delivery; 0: none was promised")
    total_eur_minor = models.BigIntegerField(help_text="the total in euro cents at the day's rate, for comparison across markets")
    order_state = models.CharField(max_length=10, choices=State.choices, default=State.PLACED)
    payment_state = models.CharField(max_length=10, choices=PaymentState.choices, default=PaymentState.AWAITING)
    fund_state = models.CharField(max_length=10, choices=Fund.choices, default=Fund.NONE)
    fulfilment_state = models.CharField(max_length=12, choices=Fulfilment.choices, default=Fulfilment.NONE)
    dispute_state = models.CharField(max_length=10, choices=Dispute.choices, default=Dispute.NONE)
    cancel_state = models.CharField(max_length=10, choices=Cancel.choices, default=Cancel.NONE)
    cancel_reason = models.CharField(max_length=200, blank=True)
    buyer_note = models.CharField(max_length=500, blank=True)
    address = models.JSONField(default=dict, help_text="as given at checkout; fields of people.Address")
    former_addresses = models.JSONField(
        default=list, help_text="what `address` was before each change, oldest first, with `until`"
    )
    landed = models.JSONField(default=dict, help_text="the tax calculation with its inputs")
    service = models.CharField(max_length=20, blank=True, help_text="code of the shipping service chosen")
    handling_days = models.PositiveSmallIntegerField(default=2, help_text="working days from payment to shipment, as promised")
    deliver_from = models.DateField(null=True, blank=True)
    deliver_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=32, blank=True)
    external_ref = models.CharField(max_length=64, blank=True)
    placed_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True, help_text="when something was given back last")
    ship_by_at = models.DateTimeField(null=True, blank=True, help_text="not shipped by then, it closes")
    protected_until = models.DateTimeField(null=True, blank=True)
    extended_days = models.PositiveSmallIntegerField(default=0, help_text="by which the store extended the protection")
    confirm_by = models.DateTimeField(null=True, blank=True, help_text="not confirmed by then, it counts as received")
    dispute_until = models.DateTimeField(null=True, blank=True, help_text="afterwards the money may be paid out")
    promise_settled_at = models.DateTimeField(
        null=True, blank=True, help_text="when it was clear whether the compensation for late delivery was due"
    )
    available_at = models.DateTimeField(null=True, blank=True, help_text="when what it earned became available for payout")
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
                condition=Q(total_minor=F("items_minor") + F("shipping_minor") + F("tax_minor")), name="trade_order_total_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__range=(0, F("total_minor")))
                & Q(refunded_shipping_minor__range=(0, F("shipping_minor")))
                & Q(refunded_tax_minor__range=(0, F("tax_minor"))),
                name="trade_order_refund_within",
            ),
            *words_of_facets(),
            models.CheckConstraint(condition=FUND_FOLLOWS_PAYMENT, name="trade_order_fund_follows"),
            models.CheckConstraint(
                condition=~Q(fund_state="released") | Q(order_state="completed", completed_at__isnull=False),
                name="trade_order_released_when",
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
            *clocks(),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """A line as it was sold: the words, version and price of that day. Amounts in the order's currency.

    `refunded_minor` and `refunded_tax_minor` are what it gave back of `total_minor` and `tax_minor`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+")
    variant = models.ForeignKey("catalog.Variant", models.PROTECT, related_name="+")
    version = models.ForeignKey("catalog.Version", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    sku = models.CharField(max_length=64)
    options = models.JSONField(
        db_default=[], default=list, help_text="(code, value) pairs: which of the product's articles it is"
    )
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField(help_text="what is paid for it, after all cuts")
    cut_minor = models.BigIntegerField(default=0, db_default=0, help_text="taken off the pieces at their prices on the card")
    subsidy_minor = models.BigIntegerField(default=0, db_default=0, help_text="of the cut, what the market bears")
    tax_minor = models.BigIntegerField(default=0)
    total_eur_minor = models.BigIntegerField(default=0)
    hs_code = models.CharField(max_length=10, blank=True)
    origin = models.CharField(max_length=2, blank=True, help_text="the country it was made in, ISO 3166-1")
    shipped_quantity = models.PositiveIntegerField(default=0)
    refunded_quantity = models.PositiveIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    refunded_tax_minor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded_quantity__lte=F("quantity"), refunded_minor__range=(0, F("total_minor")))
                & Q(refunded_tax_minor__range=(0, F("tax_minor"))),
                name="trade_orderline_refund_within",
            ),
            models.CheckConstraint(condition=Q(shipped_quantity__lte=F("quantity")), name="trade_orderline_shipped_within"),
            models.CheckConstraint(condition=Q(subsidy_minor__range=(0, F("cut_minor"))), name="trade_orderline_subsidy_within"),
            models.UniqueConstraint(fields=["order", "number"], name="trade_orderline_number_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="trade_orderline_quantity"),
        ]
