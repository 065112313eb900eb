from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from caravan.catalog.models.category import Category
from caravan.catalog.models.picture import Picture
from caravan.kernel.ids import uuid7


class Product(models.Model):
    """One listing of one store. What it claims to be stands in its current version; what it costs, in its variants."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        ACTIVE = "active"
        WITHDRAWN = "withdrawn"  # by its seller, who may restore it
        BLOCKED = "blocked"  # by an operator, who alone may restore it

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    store = models.ForeignKey("stores.Store", models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    version = models.ForeignKey("catalog.Version", models.PROTECT, null=True, related_name="+")
    cover = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    status_reason = models.CharField(max_length=240, blank=True)
    slug = models.SlugField(max_length=120)
    brand = models.CharField(max_length=80, blank=True)
    gtin = models.CharField(max_length=14, blank=True)
    external_ref = models.CharField(max_length=64, help_text="the seller's own id, as in the feed's item_group_id or id")
    weight_grams = models.PositiveIntegerField(default=0)
    length_mm = models.PositiveIntegerField(null=True, blank=True, help_text="of the packed piece; empty: not measured")
    width_mm = models.PositiveIntegerField(null=True, blank=True)
    height_mm = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=2, blank=True, help_text="ISO code of the country of origin")
    hs_code = models.CharField(max_length=10, blank=True, help_text="Harmonized System heading, 6 to 10 digits")
    # Of the variants, kept by the action that writes them, so that a listing of 48 reads one row per card.
    price_minor = models.BigIntegerField(default=0, help_text="lowest list price")
    price_max_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    # Of the version, its translations and the cover, kept by triggers (migration 0011), to the same end.
    title = models.CharField(max_length=200, editable=False, db_default="")
    titles = models.JSONField(editable=False, db_default={}, help_text="in other languages than the version's own, by language")
    cover_digest = models.CharField(max_length=64, editable=False, db_default="")
    cover_width = models.PositiveIntegerField(editable=False, db_default=0)
    cover_height = models.PositiveIntegerField(editable=False, db_default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    on_sale_since = models.DateTimeField(
        null=True, blank=True, help_text="when it was published or restored last; empty: since it has prices"
    )
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "external_ref"], name="catalog_product_ref_once"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "active", "withdrawn", "blocked"]), name="catalog_product_status"
            ),
            models.CheckConstraint(condition=Q(price_minor__gte=0), name="catalog_product_price"),
        ]
        indexes = [
            models.Index(fields=["store", "status", "-published_at"], name="catalog_product_store"),
            models.Index(fields=["store", "-id"], name="catalog_product_newest"),
            models.Index(fields=["category", "status", "-published_at"], name="catalog_product_category"),
        ]

    def __str__(self) -> str:
        return self.slug


class Version(models.Model):
    """What a product claimed to be from one material edit to the next; feedback belongs to the version that was bought.

    `attributes` is a JSON array of [code, value] pairs, ordered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=5, help_text="the language the seller wrote in")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    brand = models.CharField(max_length=80, blank=True)
    attributes = models.JSONField(default=list)
    pictures = models.JSONField(default=list, help_text="ids of the pictures, in order")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "number"], name="catalog_version_number_once")]


class Translation(models.Model):
    """A version in another language, by the seller or by machine; the original always stays in the version."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    by_machine = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="catalog_translation_once")]
