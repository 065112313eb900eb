"""Addresses that pages write by the dozen: reversed once a market and filled in, which costs a tenth of reversing each."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.encoding import iri_to_uri

_NO_ID = UUID(int=0)
_NO_NAME = "name-of-it"


def category_url(path: str) -> str:
    return _category(get_script_prefix()).replace(_NO_NAME, iri_to_uri(path) or "")


def product_url(slug: str, id: UUID) -> str:
    return _product(get_script_prefix()).replace(_NO_NAME, slug).replace(str(_NO_ID), str(id))


def store_url(slug: str) -> str:
    return _store(get_script_prefix()).replace(_NO_NAME, slug)


@lru_cache(maxsize=2_048)
def _category(prefix: str) -> str:
    return reverse("category", kwargs={"path": _NO_NAME})


@lru_cache(maxsize=2_048)
def _product(prefix: str) -> str:
    return reverse("product", kwargs={"slug": _NO_NAME, "id": _NO_ID})


@lru_cache(maxsize=2_048)
def _store(prefix: str) -> str:
    return reverse("store", kwargs={"slug": _NO_NAME})
