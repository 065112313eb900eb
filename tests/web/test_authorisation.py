"""Each role against each address. A new address needs one line in ACCESS, else the first test fails and names it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as configured
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from caravan.catalog.models import ImportJob, Product
from caravan.hooks.actions.deliveries import ping
from caravan.hooks.actions.endpoints import add_endpoint
from caravan.kernel.clock import now
from caravan.kernel.ids import uuid7
from caravan.people.actions.addresses import add_address
from caravan.people.actions.notices import announce
from caravan.people.actions.tokens import create_token
from caravan.people.models import Buyer, User
from caravan.people.queries.notices import notices_of, refusal_token
from caravan.people.queries.tokens import tokens_of
from caravan.promotions.actions.groups import save_group
from caravan.promotions.models import Bucket, Promotion, PromotionGoods
from caravan.stores.models import Membership
from caravan.trade.models import Dispute, DisputeLine, DisputeProposal, Order, OrderLine, Purchase
from tests import factories
from tests.factories import AT
from tests.promotions.claims import coupon

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "buyer", "stranger", "staff", "owner", "operator")  # stranger: the owner of another store
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"anonymous"}
MEMBERS = frozenset({"staff", "owner"})
OWNER = frozenset({"owner"})
BUYER = frozenset({"buyer"})  # whose address, token, order it is
OPERATOR = frozenset({"operator"})
NOBODY: frozenset[str] = frozenset()

# Address without the market's prefix -> who is let in. Its method stands before it where it is not GET.
# `<...>` parts are filled from the world below; a body that must be well-formed to get as far as the door is in BODIES.
ACCESS = {
    # shopping
    "": EVERYONE,
    "c/<path:path>/": EVERYONE,
    "search": EVERYONE,
    "search/suggest": EVERYONE,
    "deals": EVERYONE,
    "operator/tax-tables": OPERATOR,
    # account
    "sign-in": EVERYONE,
    "sign-in/code": SIGNED_IN,  # others only between password and code; these are sent on
    "sign-in/inactive": EVERYONE,
    "sign-up": EVERYONE,
    "sign-out": EVERYONE,
    "confirmation": EVERYONE,
    "confirmation/<str:key>": EVERYONE,
    "password": EVERYONE,
    "password/sent": EVERYONE,
    "password/changed": EVERYONE,
    "^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$": EVERYONE,
    "account": SIGNED_IN,
    "account/profile": SIGNED_IN,
    "account/addresses": SIGNED_IN,
    "account/addresses/new": SIGNED_IN,
    "POST account/addresses/fields": EVERYONE,
    "account/addresses/<uuid:id>": BUYER,
    "POST account/addresses/<uuid:id>/default": BUYER,
    "POST account/addresses/<uuid:id>/removal": BUYER,
    "account/security": SIGNED_IN,
    "POST account/security/everywhere": SIGNED_IN,
    "account/security/proof": SIGNED_IN,
    "account/security/proof/code": SIGNED_IN,
    "account/security/email": SIGNED_IN,
    "account/security/password": SIGNED_IN,
    "account/security/password/first": SIGNED_IN,
    "account/security/app": SIGNED_IN,
    "account/security/app/removal": NOBODY,  # without an app there is none to remove
    "account/security/codes": NOBODY,
    "account/security/codes/new": SIGNED_IN,
    "account/security/codes/file": NOBODY,
    "account/tokens": SIGNED_IN,
    "POST account/tokens/<uuid:id>/revocation": BUYER,
    "account/data": SIGNED_IN,
    "POST account/data/file": SIGNED_IN,
    "POST account/data/deletion": SIGNED_IN,
    "account/notices": SIGNED_IN,
    "account/notices/<uuid:id>": BUYER,
    "POST account/notices/reading": SIGNED_IN,
    "POST account/notices/letters": SIGNED_IN,
    "notices/refusal/<str:token>": EVERYONE,
    "account/wishes": SIGNED_IN,
    "account/following": SIGNED_IN,
    "account/pressed": SIGNED_IN,
    "POST wishes/<uuid:product>": SIGNED_IN,  # others are asked to sign in first
    "POST store/<slug:slug>/following": SIGNED_IN,
    "coupons/": EVERYONE,
    "coupons/<uuid:id>": EVERYONE,
    "POST coupons/<uuid:id>/claims": SIGNED_IN,  # others are asked to sign in first
    "account/coupons": SIGNED_IN,
    "POST account/coupons/codes": SIGNED_IN,
    "POST deals/<uuid:id>/holds": SIGNED_IN,
    "seller/<slug:slug>/promotions/<uuid:id>/codes": MEMBERS,
    "POST seller/<slug:slug>/promotions/<uuid:id>/codes": MEMBERS,
    "seller/<slug:slug>/promotions/<uuid:id>/codes.csv": MEMBERS,
    "operator/promotions/<uuid:id>/codes": OPERATOR,
    "POST operator/promotions/<uuid:id>/codes": OPERATOR,
    "operator/promotions/<uuid:id>/codes.csv": OPERATOR,
    # market, mail
    "market": EVERYONE,
    "mail": NOBODY,  # outside the demo
    "mail/<str:key>": NOBODY,
    # buying
    "cart": EVERYONE,
    "POST cart/lines": EVERYONE,
    "POST cart/lines/<uuid:variant>": EVERYONE,
    "checkout": EVERYONE,
    "checkout/<uuid:purchase>/payment": BUYER,
    "checkout/<uuid:purchase>/return": BUYER,
    "checkout/<uuid:purchase>/thanks": BUYER,
    "bank/<uuid:charge>": NOBODY,  # the charge is the key; there is none of this number
    "orders": SIGNED_IN,
    "orders/<str:number>": BUYER,
    "orders/<str:number>/lines/<uuid:line>/feedback": BUYER,
    "account/feedback": SIGNED_IN,
    # reading the market
    "p/<slug:slug>/<uuid:id>/": EVERYONE,
    "p/<uuid:id>/deals/<uuid:deal>/left": EVERYONE,
    "p/<uuid:id>/prices/<uuid:variant>.csv": EVERYONE,
    "POST cart/sets": EVERYONE,
    "store/<slug:slug>/": EVERYONE,
    "rankings/": EVERYONE,
    "rankings/places.csv": EVERYONE,
    "POST orders/<str:number>/receipt": BUYER,
    "POST orders/<str:number>/cancellation": BUYER,
    "orders/<str:number>/dispute": BUYER,
    "POST orders/<str:number>/dispute/<slug:noun>": BUYER,
    "orders/<str:number>/dispute/evidence/<uuid:id>": NOBODY,  # there is no such file; whose it is: tests/web/test_disputes.py
    "seller/<slug:slug>/disputes": MEMBERS,
    "seller/<slug:slug>/disputes/<str:number>": MEMBERS,
    "POST seller/<slug:slug>/disputes/<str:number>/<slug:noun>": MEMBERS,
    "seller/<slug:slug>/disputes/<str:number>/evidence/<uuid:id>": NOBODY,
    "seller/<slug:slug>/service": MEMBERS,
    "seller/<slug:slug>/promotions/<uuid:id>/report": MEMBERS,
    "seller/<slug:slug>/promotions/<uuid:id>/report.csv": MEMBERS,
    "operator/promotions/<uuid:id>/report": OPERATOR,
    "operator/promotions/<uuid:id>/report.csv": OPERATOR,
    "operator/disputes": OPERATOR,
    "operator/disputes/<str:number>": OPERATOR,
    "POST operator/disputes/<str:number>/<slug:noun>": OPERATOR,
    "operator/disputes/<str:number>/evidence/<uuid:id>": NOBODY,
    "POST orders/<str:number>/cancel-request": BUYER,
    "orders/<str:number>/address": BUYER,
    "POST orders/<str:number>/address": BUYER,
    # seller centre
    "seller": SIGNED_IN,
    "seller/opening": SIGNED_IN,
    "seller/<slug:slug>": MEMBERS,
    "seller/<slug:slug>/settings": OWNER,
    "POST seller/<slug:slug>/settings/logo": OWNER,
    "POST seller/<slug:slug>/settings/legal": OWNER,
    "seller/<slug:slug>/staff": OWNER,
    "POST seller/<slug:slug>/staff/<uuid:member_id>/removal": OWNER,
    "seller/<slug:slug>/webhooks": MEMBERS,
    "seller/<slug:slug>/webhooks/<uuid:id>": OWNER,
    "POST seller/<slug:slug>/webhooks/<uuid:id>/ping": MEMBERS,
    "POST seller/<slug:slug>/webhooks/<uuid:id>/secret": OWNER,
    "POST seller/<slug:slug>/webhooks/<uuid:id>/removal": OWNER,
    "seller/<slug:slug>/deliveries": MEMBERS,
    "seller/<slug:slug>/deliveries/<uuid:id>": MEMBERS,
    "POST seller/<slug:slug>/deliveries/<uuid:id>/resending": MEMBERS,
    "seller/<slug:slug>/products": MEMBERS,
    "seller/<slug:slug>/products/new": MEMBERS,
    "seller/<slug:slug>/products/<uuid:id>": MEMBERS,
    "seller/<slug:slug>/products/<uuid:id>/words/<slug:language>": MEMBERS,
    "POST seller/<slug:slug>/products/<uuid:id>/publication": MEMBERS,
    "POST seller/<slug:slug>/products/<uuid:id>/withdrawal": MEMBERS,
    "POST seller/<slug:slug>/products/<uuid:id>/restoration": MEMBERS,
    "seller/<slug:slug>/export": MEMBERS,
    "seller/<slug:slug>/imports": MEMBERS,
    "seller/<slug:slug>/imports/<uuid:id>": MEMBERS,
    "seller/<slug:slug>/imports/<uuid:id>/refusals.csv": MEMBERS,
    "seller/<slug:slug>/shipping": MEMBERS,
    "POST seller/<slug:slug>/shipping/reach": OWNER,
    "POST seller/<slug:slug>/shipping/zones": OWNER,
    "POST seller/<slug:slug>/shipping/zones/<uuid:id>/removal": OWNER,
    "POST seller/<slug:slug>/shipping/free": OWNER,
    "POST seller/<slug:slug>/shipping/free/<uuid:id>/removal": OWNER,
    "seller/<slug:slug>/shipping/table": OWNER,
    "seller/<slug:slug>/shipping/table.csv": MEMBERS,
    "POST seller/<slug:slug>/shipping/table/file": OWNER,
    "POST seller/<slug:slug>/shipping/table/removal": OWNER,
    "seller/<slug:slug>/orders": MEMBERS,
    "seller/<slug:slug>/orders/<str:number>": MEMBERS,
    "POST seller/<slug:slug>/orders/<str:number>/shipment": MEMBERS,
    "POST seller/<slug:slug>/orders/<str:number>/cancel-answer": MEMBERS,
    "POST seller/<slug:slug>/orders/<str:number>/cancellation": MEMBERS,
    "POST seller/<slug:slug>/orders/<str:number>/protection": MEMBERS,
    "POST seller/<slug:slug>/orders/<str:number>/refunds": MEMBERS,
    "seller/<slug:slug>/money": OWNER,
    "seller/<slug:slug>/money/statement.csv": OWNER,
    "seller/<slug:slug>/money/payouts": OWNER,
    "POST seller/<slug:slug>/money/payouts": OWNER,
    "operator/ledger": OPERATOR,
    "operator/ledger/<slug:kind>/<slug:currency>": OPERATOR,
    "operator/ledger/<slug:kind>/<slug:currency>/statement.csv": OPERATOR,
    "seller/<slug:slug>/feedback": MEMBERS,
    "POST seller/<slug:slug>/feedback/<uuid:id>/reply": MEMBERS,
    "seller/<slug:slug>/promotions": MEMBERS,
    "seller/<slug:slug>/promotions/calendar": MEMBERS,
    "seller/<slug:slug>/promotions/new/<slug:kind>": MEMBERS,
    "seller/<slug:slug>/promotions/groups": MEMBERS,
    "seller/<slug:slug>/promotions/groups/new": MEMBERS,
    "seller/<slug:slug>/promotions/groups/<uuid:id>": MEMBERS,
    "POST seller/<slug:slug>/promotions/groups/<uuid:id>/removal": MEMBERS,
    "seller/<slug:slug>/promotions/files": MEMBERS,
    "POST seller/<slug:slug>/promotions/files": MEMBERS,
    "seller/<slug:slug>/promotions.csv": MEMBERS,
    "seller/<slug:slug>/promotions/<uuid:id>": MEMBERS,
    "seller/<slug:slug>/promotions/<uuid:id>/terms": MEMBERS,
    "POST seller/<slug:slug>/promotions/<uuid:id>/<slug:noun>": MEMBERS,
    "operator/promotions": OPERATOR,
    "operator/promotions/calendar": OPERATOR,
    "operator/promotions/stores": OPERATOR,
    "operator/promotions/new/<slug:kind>": OPERATOR,
    "operator/promotions/<uuid:id>": OPERATOR,
    "operator/promotions/<uuid:id>/terms": NOBODY,  # it is a store's: an operator looks at it only
    "POST operator/promotions/<uuid:id>/<slug:noun>": NOBODY,
    "seller/<slug:slug>/insight": MEMBERS,
    # of no market; the API's roles come with their bearer tokens
    "healthz": EVERYONE,
    "robots.txt": EVERYONE,
    "sitemap.xml": EVERYONE,
    "sitemaps/<slug:prefix>/pages.xml": EVERYONE,
    "sitemaps/<slug:prefix>/products-<uuid:start>.xml": EVERYONE,
    "media/<path:path>": NOBODY,  # there is no such file
    "POST webhooks/payments/<slug:provider>": NOBODY,  # unsigned
    "POST webhooks/tracking/<slug:source>": NOBODY,  # unsigned
    "orders/<str:number>/invoice.pdf": BUYER,
    "POST orders/<str:number>/cart": BUYER,
    "seller/<slug:slug>/vacation": OWNER,
    "POST seller/<slug:slug>/vacation": OWNER,
    "orders/<str:number>/papers/<uuid:id>.pdf": NOBODY,  # there is no such paper; whose it is: tests/web/test_papers.py
    "POST seller/<slug:slug>/orders/<str:number>/parcels/<int:parcel>/news": NOBODY,  # there is no parcel yet
    "POST seller/<slug:slug>/orders/<str:number>/notes": MEMBERS,
    "POST seller/<slug:slug>/orders/<str:number>/notes/<uuid:id>/removal": MEMBERS,
    "seller/<slug:slug>/orders/<str:number>/invoice.pdf": MEMBERS,
    "seller/<slug:slug>/orders/<str:number>/papers/<uuid:id>.pdf": NOBODY,
    "seller/<slug:slug>/packing-slips.pdf": MEMBERS,
    "seller/<slug:slug>/shipments": MEMBERS,
    "POST seller/<slug:slug>/shipments": MEMBERS,
    "seller/<slug:slug>/shipments/to-ship.csv": MEMBERS,
    "POST api/v1/stores/<str:slug>/shipments": MEMBERS,
    "api/v1/": EVERYONE,
    "api/v1/openapi.json": EVERYONE,
    "api/v1/categories": EVERYONE,
    "api/v1/category": EVERYONE,
    "api/v1/markets": EVERYONE,
    "api/v1/products": EVERYONE,
    "api/v1/products/<uuid:product_id>": EVERYONE,
    "api/v1/search": EVERYONE,
    "api/v1/markets/<str:code>": EVERYONE,
    "api/v1/stores/<str:slug>": EVERYONE,
    "api/v1/stores/<str:slug>/credit": EVERYONE,
    "api/v1/stores/<str:slug>/webhooks": MEMBERS,
    "DELETE api/v1/stores/<str:slug>/webhooks/<uuid:webhook_id>": OWNER,
    "POST api/v1/stores/<str:slug>/webhooks/<uuid:webhook_id>/ping": MEMBERS,
    "api/v1/stores/<str:slug>/deliveries": MEMBERS,
    "api/v1/stores/<str:slug>/deliveries/<uuid:delivery_id>": MEMBERS,
    "POST api/v1/stores/<str:slug>/deliveries/<uuid:delivery_id>/resend": MEMBERS,
    "api/v1/variants/<uuid:variant_id>/landed": EVERYONE,
    "api/v1/stores/<str:slug>/balances": MEMBERS,
    "api/v1/stores/<str:slug>/statement": MEMBERS,
    "api/v1/orders/<str:number>/refunds": MEMBERS,
    "POST api/v1/orders/<str:number>/cancel-request": BUYER,
    "POST api/v1/orders/<str:number>/cancel-answer": MEMBERS,
    "POST api/v1/orders/<str:number>/cancellation": MEMBERS,
    "api/v1/rankings/products": EVERYONE,
    "api/v1/rankings/stores": EVERYONE,
    "POST api/v1/carts": EVERYONE,
    "api/v1/carts/<uuid:cart_id>": NOBODY,  # a cart's id is its key; there is none of this id
    "POST api/v1/carts/<uuid:cart_id>/lines": NOBODY,
    "DELETE api/v1/carts/<uuid:cart_id>/lines/<uuid:variant_id>": NOBODY,
    "POST api/v1/carts/<uuid:cart_id>/checkout": NOBODY,
    "api/v1/orders": SIGNED_IN,
    "api/v1/orders/<str:number>": BUYER,
    "POST api/v1/orders/<str:number>/payment": BUYER,
    "POST api/v1/orders/<str:number>/shipment": MEMBERS,
    "POST api/v1/orders/<str:number>/receipt": BUYER,
    "POST api/v1/orders/<str:number>/feedback": BUYER,
    "api/v1/orders/<str:number>/dispute": BUYER,
    "POST api/v1/orders/<str:number>/dispute": BUYER,
    "POST api/v1/orders/<str:number>/dispute/proposals": BUYER,
    "POST api/v1/orders/<str:number>/dispute/acceptance": NOBODY,  # there is no such proposal
    "POST api/v1/orders/<str:number>/dispute/escalation": BUYER,
    "POST api/v1/orders/<str:number>/dispute/withdrawal": BUYER,
    "api/v1/stores/<str:slug>/disputes": MEMBERS,
    "api/v1/coupons": EVERYONE,
    "api/v1/coupons/<uuid:coupon_id>": EVERYONE,
    "POST api/v1/coupons/<uuid:coupon_id>/claims": SIGNED_IN,
    "api/v1/wallet": SIGNED_IN,
    "POST api/v1/wallet/codes": SIGNED_IN,
    "api/v1/deals": EVERYONE,
    "api/v1/deals/holds": SIGNED_IN,
    "api/v1/deals/<uuid:deal_id>": EVERYONE,
    "POST api/v1/deals/<uuid:deal_id>/holds": SIGNED_IN,
    "DELETE api/v1/deals/<uuid:deal_id>/holds": SIGNED_IN,
    "api/v1/wishes": SIGNED_IN,
    "POST api/v1/wishes": NOBODY,  # there is no such product
    "DELETE api/v1/wishes/<uuid:product_id>": SIGNED_IN,
    "api/v1/following": SIGNED_IN,
    "POST api/v1/following": SIGNED_IN,
    "DELETE api/v1/following/<str:slug>": SIGNED_IN,
    "api/v1/notices": SIGNED_IN,
    "POST api/v1/notices/reading": SIGNED_IN,
    "api/v1/stores/<str:slug>/promotions": MEMBERS,
    "api/v1/stores/<str:slug>/promotions/<uuid:promotion_id>": MEMBERS,
    "api/v1/stores/<str:slug>/promotions/<uuid:promotion_id>/simulation": MEMBERS,
    "POST api/v1/stores/<str:slug>/promotions/<uuid:promotion_id>/start": MEMBERS,
    "POST api/v1/stores/<str:slug>/promotions/<uuid:promotion_id>/pause": MEMBERS,
    "POST api/v1/stores/<str:slug>/promotions/<uuid:promotion_id>/resumption": MEMBERS,
    "POST api/v1/stores/<str:slug>/promotions/<uuid:promotion_id>/stop": MEMBERS,
    "POST api/v1/stores/<str:slug>/promotions/<uuid:promotion_id>/copy": MEMBERS,
    "api/v1/stores/<str:slug>/promotion-sheet": MEMBERS,
    "api/<anything:rest>": NOBODY,
}
LINE = uuid7()
ADDRESS = {"name": "A", "country_code": "PL", "street_address": "B 1", "city": "C", "postal_code": "00-950"}
BODIES: dict[str, object] = {
    "api/v1/wishes": {"product_id": str(uuid7())},
    "api/v1/following": {"store": "the-store"},
    "api/v1/orders/<str:number>/cancel-request": {"reason": "too slow"},
    "api/v1/orders/<str:number>/cancel-answer": {"granted": True},
    "api/v1/carts/<uuid:cart_id>/lines": {"variant_id": str(uuid7()), "quantity": 1},
    "api/v1/stores/<str:slug>/shipments": {"rows": [{"order_number": "X", "carrier": "Post", "tracking_code": "1"}]},
    "api/v1/orders/<str:number>/shipment": {"carrier": "Post", "tracking_code": "X1"},
    "api/v1/orders/<str:number>/payment": {"number": "4242424242424242", "expiry": "12/40", "code": "123"},
    "api/v1/orders/<str:number>/feedback": {"line_id": str(LINE), "stars": 5},
    "api/v1/orders/<str:number>/dispute": {
        "reason": "damaged",
        "lines": [{"line_id": str(LINE), "quantity": 1}],
        "remedy": "refund",
        "text": "Broken.",
    },
    "api/v1/orders/<str:number>/dispute/proposals": {"remedy": "refund"},
    "api/v1/orders/<str:number>/dispute/acceptance": {"proposal_id": str(uuid7())},
    "api/v1/wallet/codes": {"code": "SPRING"},
    "api/v1/coupons/<uuid:coupon_id>/claims": {},
    "api/v1/deals/<uuid:deal_id>/holds": {},
    "api/v1/carts/<uuid:cart_id>/checkout": {"address": ADDRESS, "total": "5.00 USD", "email": "a@example.test"},
}


@dataclass(frozen=True, slots=True)
class World:
    people: dict[str, object]
    tokens: dict[str, str]
    parts: dict[str, str]

    def path(self, route: str) -> str:
        """The address with real things in it. A part under a route's prefix wins over the same part anywhere."""
        if route.startswith("^"):
            return "/en-us/password/0-none"
        filled = route
        for key in sorted(self.parts, key=len, reverse=True):
            prefix, _, part = key.rpartition(" ")
            if route.startswith(prefix):
                filled = filled.replace(part, self.parts[key])
        assert "<" not in filled, f"say in World.parts what stands for {filled}"
        return f"/{filled}" if filled.split("/")[0] in configured.PATHS_WITHOUT_MARKET else f"/en-us/{filled}"


@pytest.fixture
def world(settings) -> World:
    settings.MODE = "dev"
    people = {
        role: factories.user(f"{role}@example.test", is_staff=role == "operator", is_superuser=role == "operator")
        for role in ROLES[1:]
    }
    EmailAddress.objects.bulk_create(EmailAddress(user=p, email=p.email, primary=True, verified=True) for p in people.values())
    store = factories.store(people["owner"], slug="the-store")
    factories.store(people["stranger"])
    Membership.objects.create(store=store, user=people["staff"], role="staff")
    address = add_address(user_id=people["buyer"].pk, typed=ADDRESS, default=True, at=AT)
    tokens = {role: create_token(user_id=person.pk, name="matrix", at=AT) for role, person in people.items()}
    product = factories.product(store, factories.category())
    flash = Promotion.objects.create(
        store=store, kind="limited", name="Flash", state="on", currency="USD", since=AT, until=now() + timedelta(days=7)
    )
    goods = PromotionGoods.objects.create(
        promotion=flash, product=product, variant=product.variants.get(), percent=10, quantity=3
    )
    Bucket.objects.create(subject_id=goods.pk, number=0, left=3)
    hook = add_endpoint(user_id=people["owner"].pk, slug=store.slug, url="http://hook.example.com/", topics=["order_paid"], at=AT)
    told = ping(user_id=people["owner"].pk, slug=store.slug, endpoint_id=hook, at=AT)
    job = ImportJob.objects.create(store=store, filename="goods.csv", path="none.csv", state="done")
    announce(user_id=people["buyer"].pk, code="back_in_stock", cause="matrix", about={"product": "A thing"}, url="/", at=AT)
    promotion = Promotion.objects.create(
        store=store,
        kind="store_wide",
        name="Spring",
        state="on",
        currency="USD",
        percent=10,
        since=AT,
        until=AT + timedelta(days=9),
    )
    group = save_group(user_id=people["owner"].pk, slug=store.slug, name="Lights", product_ids=[], at=AT)
    order = bought_by(people["buyer"], product)
    disputed(order)
    parts = {
        # "route-prefix <part>" where the same part means different things
        "<slug:slug>": store.slug,
        "<str:slug>": store.slug,
        "<slug:language>": "ru",
        "<slug:provider>": "sandbox",
        "<slug:source>": "sandbox",
        "<int:parcel>": "1",
        "<path:path>": "none",
        "c/ <path:path>": product.category.path,
        "<slug:prefix>": "en-us",
        "<uuid:start>": str(product.pk),
        "<uuid:product_id>": str(product.pk),
        "<uuid:product>": str(product.pk),
        "<uuid:deal>": str(goods.pk),
        "<anything:rest>": "none",
        "<uuid:charge>": str(uuid7()),
        "<uuid:variant>": str(product.variants.get().pk),
        "<uuid:variant_id>": str(product.variants.get().pk),
        "seller/<slug:slug>/products <uuid:id>": str(product.pk),
        "seller/<slug:slug>/imports <uuid:id>": str(job.pk),
        "seller/<slug:slug>/webhooks <uuid:id>": str(hook),
        "seller/<slug:slug>/deliveries <uuid:id>": str(told),
        "seller/<slug:slug>/promotions <uuid:id>": str(promotion.pk),
        "operator/promotions <uuid:id>": str(promotion.pk),
        "seller/<slug:slug>/promotions/groups <uuid:id>": str(group),
        "seller/<slug:slug>/promotions <slug:kind>": "limited",
        "seller/<slug:slug>/promotions <slug:noun>": "copy",
        "operator/promotions <slug:kind>": "coupon",
        "operator/promotions <slug:noun>": "copy",
        "operator/promotions/<uuid:id>/codes <uuid:id>": str(coupon(None).pk),
        "coupons/ <uuid:id>": str(coupon(store).pk),
        "<uuid:coupon_id>": str(coupon(store).pk),
        "deals/ <uuid:id>": str(goods.pk),
        "<uuid:deal_id>": str(goods.pk),
        "<uuid:webhook_id>": str(hook),
        "<uuid:promotion_id>": str(promotion.pk),
        "<uuid:delivery_id>": str(told),
        "<uuid:line>": str(LINE),
        "p/ <uuid:id>": str(product.pk),
        "<str:number>": order.number,
        "<slug:kind>": "provider_clearing",
        "<slug:currency>": "USD",
        "<slug:noun>": "escalation",
        "<uuid:purchase>": str(order.purchase_id),
        "<uuid:cart_id>": str(uuid7()),
        "<str:code>": "BR",
        "<str:key>": "none",
        "<uuid:member_id>": str(people["staff"].pk),
        "account/addresses <uuid:id>": str(address.id),
        "account/notices <uuid:id>": str(notices_of(user_id=people["buyer"].pk).rows[0].id),
        "<str:token>": refusal_token(user_id=people["buyer"].pk, code="back_in_stock"),
        "account/tokens <uuid:id>": str(tokens_of(user_id=people["buyer"].pk)[0].id),
        "<uuid:id>": str(uuid7()),
    }
    return World(people, tokens, parts)


def bought_by(user: User, product: Product) -> Order:
    """An order of the person's, paid and waiting to be shipped."""
    buyer = Buyer.objects.create(user=user, email=user.email)
    purchase = Purchase.objects.create(buyer=buyer, idempotency_key="matrix", total_minor=500, currency="USD", pay_by=AT)
    order = Order.objects.create(
        number="C-MATRIX", purchase=purchase, store=product.store, buyer=buyer, market="US", currency="USD", store_currency="USD",
        rate=1, items_minor=500, total_minor=500, total_eur_minor=450, payment_state="paid", paid_at=AT,
    )  # fmt: skip
    OrderLine.objects.create(
        id=LINE, order=order, number=1, product=product, variant=product.variants.get(), version=product.version,
        title="A thing", sku="thing", quantity=1, unit_minor=500, total_minor=500,
    )  # fmt: skip
    return order


def disputed(order: Order) -> None:
    """A dispute about it, waiting for the store."""
    dispute = Dispute.objects.create(order=order, reason="damaged", text="Broken.", opened_at=AT, due_at=AT)
    DisputeLine.objects.create(dispute=dispute, line_id=LINE, quantity=1)
    DisputeProposal.objects.create(dispute=dispute, party="buyer", remedy="refund", minor=500)


def routes() -> Iterator[str]:
    """Every address of the project without the market's prefix; the admin's own tree is one entry."""
    yield from dict.fromkeys(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield before + str(entry.pattern)
        elif str(entry.pattern) == "admin/":
            continue
        else:
            # The market's prefix writes itself ("en-us/"); it is not part of the table.
            inner = "" if type(entry.pattern).__name__ == "MarketPrefixPattern" else str(entry.pattern)
            yield from _walk(entry, before + inner)


def let_in(world: World, role: str, method: str, route: str) -> bool:
    """Whether the role gets past the door: anything but 401, 403, 404 and the way to the sign-in page. Leaves no trace."""
    client, path = Client(), world.path(route)
    with transaction.atomic():
        if role != "anonymous":
            if path.startswith("/api/"):
                client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {world.tokens[role]}"
            else:
                client.force_login(world.people[role])
        body = json.dumps(BODIES[route]) if route in BODIES else ""
        kind = "application/json" if body else "application/octet-stream"
        answer = client.generic(method, path, body, kind, headers={"idempotency-key": "matrix"})
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{method} {path} as {role}: {answer.status_code}"
    assert answer.status_code != 405, f"{method} {path}: put its method before it in ACCESS"
    turned_away = answer.status_code in (301, 302, 303) and answer["location"].partition("?")[0].endswith("/sign-in")
    return not turned_away and answer.status_code not in (401, 403, 404)


def test_every_address_says_who_may_use_it():
    listed = {entry.rpartition(" ")[2] for entry in ACCESS}
    assert sorted(set(routes()) - listed) == [], "say in ACCESS who may use these"
    assert sorted(listed - set(routes())) == [], "these are in ACCESS, but there is no such address"


@pytest.mark.parametrize("entry", ACCESS)
def test_each_role_gets_in_where_it_may_and_nowhere_else(world, entry):
    method, _, route = entry.rpartition(" ")
    admitted = {role for role in ROLES if let_in(world, role, method or "GET", route)}
    assert admitted == ACCESS[entry]


@pytest.mark.parametrize("role", ROLES)
def test_the_raw_tables_are_for_operators_only(world, role):
    client = Client()
    if role != "anonymous":
        client.force_login(world.people[role])
    for path in ("/admin/", "/admin/people/user/", "/admin/stores/store/"):
        answer = client.get(path)
        assert (answer.status_code == 200) == (role == "operator"), f"{path} as {role}: {answer.status_code}"


def test_operators_sign_in_by_the_door_that_counts_attempts_and_asks_for_the_second_factor(client):
    factories.user("op@example.test", is_staff=True, is_superuser=True)
    answer = client.post("/admin/login/?next=/admin/", {"username": "op@example.test", "password": "a-long-password"})
    assert (answer.status_code, answer["location"]) == (302, "/sign-in?next=%2Fadmin%2F")
    assert "_auth_user_id" not in client.session
