"""Addresses that pages write by the dozen: reversed once a market and filled in, which costs a tenth of reversing each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.encoding import iri_to_uri

_NO_ID = str(UUID(int=0))
_NO_NAME = "name-of-it"


def page_url(name: str) -> str:
    """The address of a page there is one of."""
    return _page(name, get_script_prefix())


def category_url(path: str) -> str:
    return _category(get_script_prefix()).replace(_NO_NAME, iri_to_uri(path) or "")


def product_url(slug: str, id: UUID) -> str:
    return addresses().product(slug, id)


def store_url(slug: str) -> str:
    return addresses().store(slug)


def addresses() -> Addresses:
    """Those of the market in force, for a list that writes many."""
    return _addresses(get_script_prefix())


@dataclass(frozen=True, slots=True)
class Addresses:
    _product: str
    _store: str

    def product(self, slug: str, id: UUID) -> str:
        return self._product.replace(_NO_NAME, slug).replace(_NO_ID, str(id))

    def store(self, slug: str) -> str:
        return self._store.replace(_NO_NAME, slug)


@lru_cache(maxsize=8_192)
def _page(name: str, prefix: str) -> str:
    """Under the prefix in force, which the argument names."""
    return reverse(name)


@lru_cache(maxsize=2_048)
def _category(prefix: str) -> str:
    return reverse("category", kwargs={"path": _NO_NAME})


@lru_cache(maxsize=2_048)
def _addresses(prefix: str) -> Addresses:
    product = reverse("product", kwargs={"slug": _NO_NAME, "id": _NO_ID})
    return Addresses(product, reverse("store", kwargs={"slug": _NO_NAME}))
