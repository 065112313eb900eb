"""The few people, stores and goods tests are about. Each function writes one thing and returns it."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from allauth.account.models import EmailAddress

from caravan.catalog.models import Category, CategoryName, Price, Product, Variant, Version
from caravan.catalog.queries.categories import forget
from caravan.kernel.ids import uuid7
from caravan.people.models import User
from caravan.people.rules import PostalAddress
from caravan.people.rules.addresses import check
from caravan.stores.models import Membership, Store
from caravan.trade.models import FxRate
from caravan.trade.queries.rates import forget_rates

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
_count = itertools.count(1)


def user(email: str = "", **fields: object) -> User:
    return User.objects.create_user(email or f"person{next(_count)}@example.test", "a-long-password", **fields)


def proven(user: User) -> User:
    """The same person, who has shown that the address is theirs."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def store(owner: User | None = None, **fields: object) -> Store:
    n = next(_count)
    made = Store.objects.create(
        **{"slug": f"store-{n}", "name": f"Store {n}", "country": "US", "currency": "USD", "opened_at": AT, **fields}
    )
    if owner:
        Membership.objects.create(store=made, user=owner, role=Membership.Role.OWNER)
    return made


def category(slug: str = "", parent: Category | None = None) -> Category:
    slug = slug or f"category-{next(_count)}"
    made = Category.objects.create(slug=slug, parent=parent, path=f"{parent.path}/{slug}" if parent else slug)
    CategoryName.objects.create(category=made, language="en", name=slug.replace("-", " ").capitalize())
    forget()
    return made


def product(
    store: Store,
    category: Category,
    *,
    price_minor: int = 1000,
    stock: int = 10,
    title: str = "A thing",
    **fields: object,
) -> Product:
    """An active product with one version, one variant and an open price."""
    made = Product.objects.create(
        **{
            "store": store, "category": category, "status": Product.Status.ACTIVE, "slug": f"thing-{next(_count)}",
            "external_ref": str(uuid7()), "currency": store.currency, "published_at": AT,
            "price_minor": price_minor, "price_max_minor": price_minor, **fields,
        }
    )  # fmt: skip
    made.version = Version.objects.create(product=made, number=1, language="en", title=title, category=category)
    made.save(update_fields=["version"])
    variant(made, price_minor=price_minor, stock=stock)
    return made


def variant(product: Product, *, price_minor: int = 1000, stock: int = 10, **fields: object) -> Variant:
    made = Variant.objects.create(
        **{
            "product": product,
            "sku": f"sku-{next(_count)}",
            "price_minor": price_minor,
            "currency": product.currency,
            "stock": stock,
            **fields,
        }
    )
    Price.objects.create(variant=made, minor=price_minor, currency=made.currency, since=AT)
    return made


def rates(day: date = date(2026, 3, 2), **per_eur: str) -> None:
    """The day's exchange rates; without figures, round ones for the currencies tests like."""
    figures = per_eur or {"USD": "1.25", "BRL": "6", "RUB": "90", "JPY": "160", "PLN": "4", "GBP": "0.8", "KZT": "600"}
    FxRate.objects.bulk_create(
        FxRate(currency=currency, as_of=day, per_eur=Decimal(value), source="ECB") for currency, value in figures.items()
    )
    forget_rates()


@cache
def shipping_address(country: str = "US") -> PostalAddress:
    """A deliverable address in the US or in Brazil."""
    lines = {
        "US": {"street_address": "1 Main Street", "city": "Springfield", "country_area": "IL", "postal_code": "62701"},
        "BR": {
            "street_address": "Rua das Flores 12", "city": "São Paulo", "city_area": "Centro", "country_area": "SP",
            "postal_code": "01310-100",
        },
    }  # fmt: skip
    return check({"name": "Ana Lima", "country_code": country, **lines[country]})
