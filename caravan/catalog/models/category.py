from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from caravan.kernel.ids import uuid7


class Category(models.Model):
    """A node of the tree. `path` is the slugs from the root, joined by "/": a subtree is one prefix of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    slug = models.SlugField(max_length=80)
    path = models.CharField(max_length=400, unique=True, db_collation="C")
    position = models.PositiveSmallIntegerField(default=0)
    hs_code = models.CharField(
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{6,10}$", "Six to ten digits.")],
        help_text="the usual Harmonized System code of its goods, for those whose seller gave none",
    )

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "path"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="catalog_category_slug_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.path


class CategoryName(models.Model):
    category = models.ForeignKey(Category, models.CASCADE, related_name="names")
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "language"], name="catalog_categoryname_once")]


class Attribute(models.Model):
    """A property goods of a category have, its children's goods too. Choices are the codes a value may take; none: free."""

    class Kind(models.TextChoices):
        TEXT = "text"
        NUMBER = "number"
        CHOICE = "choice"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="attributes")
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TEXT)
    choices = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    unit = models.CharField(max_length=16, blank=True)
    required = models.BooleanField(default=False)
    is_option = models.BooleanField(default=False, help_text="variants of one product may differ in it")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["category", "code"], name="catalog_attribute_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(kind__in=["text", "number", "choice"]), name="catalog_attribute_kind"),
        ]


class AttributeName(models.Model):
    """What an attribute (`value` empty) or one of its choices is called in a language."""

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="names")
    value = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attribute", "value", "language"], name="catalog_attributename_once")]
