"""Tables of the platform (`store` empty) and of stores, which stand before them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from caravan.kernel.ids import uuid7
from caravan.shipping.rules.services import Service, Size

_SERVICES, _SIZES = [(s.value, s.value) for s in Service], [(s.value, s.value) for s in Size]


class ZoneSet(models.Model):
    """A set of countries under a code. It holds for parcels sent from `origins`; none: from anywhere."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.CASCADE, null=True, blank=True, related_name="+")
    code = models.SlugField(max_length=24)
    name = models.CharField(max_length=60)
    countries = ArrayField(models.CharField(max_length=2), help_text="ISO codes, with commas between")
    origins = ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="ISO codes; empty: from anywhere")

    class Meta:
        verbose_name = "zone"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["store", "code"], nulls_distinct=False, name="shipping_zone_once"),
            models.CheckConstraint(condition=~Q(countries=[]), name="shipping_zone_somewhere"),
        ]

    def __str__(self) -> str:
        return self.name


class Table(models.Model):
    """What parcels cost and how long they take, in force from a day on until the next table of the same owner."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.CASCADE, null=True, blank=True, related_name="+")
    effective_from = models.DateField()
    currency = models.CharField(max_length=3)
    source = models.CharField(max_length=200, blank=True, help_text="where the figures are from")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["store", "effective_from"], nulls_distinct=False, name="shipping_table_once"),
        ]

    def __str__(self) -> str:
        return f"{self.store or 'platform'}, from {self.effective_from}"


class Rate(models.Model):
    """A row of a table: up to `most_grams` (inclusive) and size class. The cost is in the table's currency."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="rates")
    zone = models.CharField(max_length=24, help_text="domestic, regional, worldwide or the code of a zone")
    service = models.CharField(max_length=10, choices=_SERVICES)
    size = models.CharField(max_length=8, choices=_SIZES)
    most_grams = models.PositiveIntegerField()
    cost_minor = models.BigIntegerField()
    days_min = models.PositiveSmallIntegerField(help_text="from the store's door")
    days_max = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["table", "zone", "service", "size", "most_grams"], name="shipping_rate_once"),
            models.CheckConstraint(condition=Q(most_grams__gt=0, cost_minor__gte=0), name="shipping_rate_figures"),
            models.CheckConstraint(condition=Q(days_min__lte=F("days_max"), days_max__gt=0), name="shipping_rate_days"),
            models.CheckConstraint(
                condition=Q(service__in=[s.value for s in Service], size__in=[s.value for s in Size]), name="shipping_rate_words"
            ),
        ]


class FreeShipping(models.Model):
    """Parcels whose items reach an amount travel free. `zone` and `service` empty: any. `payer` bears what it would cost."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.CASCADE, null=True, blank=True, related_name="+")
    least_minor = models.BigIntegerField(help_text="in minor units of the currency")
    currency = models.CharField(max_length=3)
    zone = models.CharField(max_length=24, blank=True)
    service = models.CharField(max_length=10, blank=True, choices=_SERVICES)
    payer = models.CharField(max_length=8, choices=[("store", "store"), ("platform", "platform")])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["least_minor", "id"]
        indexes = [models.Index(fields=["store"], name="shipping_free_store")]
        constraints = [
            models.CheckConstraint(condition=Q(least_minor__gte=0), name="shipping_free_least"),
            models.CheckConstraint(
                condition=Q(payer="platform", store=None) | Q(payer="store", store__isnull=False), name="shipping_free_payer"
            ),
        ]
