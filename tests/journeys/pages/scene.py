"""A market in which every page has something to show, and how to get to each.

`set_scene` adds to a loaded demo world what a page needs that no simulated shopper leaves behind: a full cart, a purchase half
paid, an import with refused rows, a letter, an authenticator app.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage, get_connection
from django.test import RequestFactory

from caravan.catalog.actions import open_import, run_import, wish
from caravan.catalog.models import Product
from caravan.hooks.actions.deliveries import ping
from caravan.hooks.actions.endpoints import add_endpoint
from caravan.kernel.money import Money
from caravan.people.actions.addresses import add_address
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.actions.notices import announce
from caravan.people.models import User
from caravan.people.queries.notices import refusal_token
from caravan.people.rules.notices import KINDS
from caravan.project.demo.sign_ins import read_sign_ins
from caravan.promotions.actions.claiming import claim_coupon
from caravan.promotions.actions.codes import make_codes
from caravan.promotions.actions.drafting import save_draft
from caravan.promotions.actions.groups import save_group
from caravan.promotions.actions.redeeming import redeem
from caravan.promotions.actions.starting import start_promotion
from caravan.promotions.rules.drafts import Frame, SpendSaveDraft, StoreWideDraft, TierDraft
from caravan.stores.actions import follow_store
from caravan.stores.models import Store
from caravan.trade.actions.carts import add_to_cart
from caravan.trade.models import Dispute, DisputeLine, DisputeProposal, Order
from caravan.trade.rules.cart import CartOwner
from caravan.web.demo_mail import letters
from tests.promotions.claims import coupon
from tests.trade import scene as trade

WEEK = timedelta(days=7)
PASSWORDLESS = "unused"  # the scene's people come with sessions; nobody signs in


@dataclass(frozen=True, slots=True)
class Scene:
    """`parts` fill the addresses: "<part>", or "route-prefix <part>" where it means something else there. `sessions` by role."""

    parts: dict[str, str]
    sessions: dict[str, str]

    def path(self, route: str) -> str:
        """The address without its market. A part under a route's prefix wins over the same part anywhere."""
        filled = route
        for key in sorted(self.parts, key=len, reverse=True):
            prefix, _, part = key.rpartition(" ")
            if route.startswith(prefix):
                filled = filled.replace(part, self.parts[key])
        assert "<" not in filled, f"say in set_scene what stands for {filled}"
        return filled


def set_scene(at: datetime) -> Scene:
    """Raises if the demo world is not loaded."""

    people = {one.role: User.objects.get(email=one.email) for one in read_sign_ins()}
    buyer, owner = people["buyer (Brazil)"], people["owner (good)"]
    store = Store.objects.get(slug=next(one.store for one in read_sign_ins() if one.role == "owner (good)"))
    goods = list(Product.objects.filter(status="active", variants__stock__gt=20).distinct().order_by("-published_at"))
    bought = Order.objects.filter(buyer__user=buyer, fulfilment_state="received").order_by("-placed_at").first()
    sold = Order.objects.filter(store=store).order_by("-placed_at").first()
    assert bought
    assert sold
    careful = _careful(at)
    for order in (bought, sold):
        _dispute(order, at)
    waiting, paid, charge = _purchases(buyer, goods, at)
    _letter(buyer)
    _notices(buyer, goods, at)
    follow_store(user_id=buyer.pk, store_id=store.pk, at=at)
    for product in goods[:3]:
        asked = Money(product.price_minor + 100, product.currency)
        wish(user_id=buyer.pk, product_id=product.pk, market="BR", price=asked, in_stock=True, at=at)
    return Scene(
        parts={
            "<slug:slug>": store.slug,
            "p/ <slug:slug>": goods[0].slug,
            "p/ <uuid:id>": str(goods[0].pk),
            "<path:path>": goods[0].category.path,
            "<str:number>": bought.number,
            "<slug:kind>": "provider_clearing",
            "<slug:currency>": "USD",
            "<uuid:line>": str(bought.lines.first().pk),
            "orders/<str:number>/address <str:number>": Order.objects.filter(purchase_id=paid).order_by("number")[0].number,
            "seller/ <str:number>": sold.number,
            "seller/<slug:slug>/products <uuid:id>": str(Product.objects.filter(store=store).first().pk),
            "seller/<slug:slug>/imports <uuid:id>": str(_import(store, owner, at)),
            "seller/<slug:slug>/webhooks <uuid:id>": str(hook := _hook(store, owner, at)),
            "seller/<slug:slug>/deliveries <uuid:id>": str(ping(user_id=owner.pk, slug=store.slug, endpoint_id=hook, at=at)),
            "seller/<slug:slug>/promotions <uuid:id>": str(live := _promotion(store, owner, at)),
            "operator/promotions/<uuid:id>/report <uuid:id>": str(live),
            "seller/<slug:slug>/promotions <slug:kind>": "limited",
            "seller/<slug:slug>/promotions/groups <uuid:id>": str(
                save_group(user_id=owner.pk, slug=store.slug, name="Lights", product_ids=[], at=at)
            ),
            "operator/promotions <uuid:id>": str(_platforms(people["operator"], at)),
            "operator/promotions <slug:kind>": "coupon",
            "<slug:language>": "ru",
            "checkout/ <uuid:purchase>": str(waiting),
            "checkout/<uuid:purchase>/thanks <uuid:purchase>": str(paid),
            "<uuid:charge>": str(charge),
            "account/addresses <uuid:id>": str(_address(buyer, at)),
            "coupons/ <uuid:id>": str(_coupon(store, buyer, at)),
            "seller/<slug:slug>/promotions/<uuid:id>/codes <uuid:id>": str(_codes(store, owner, at)),
            "operator/promotions/<uuid:id>/codes <uuid:id>": str(_codes(None, people["operator"], at)),
            "<str:token>": refusal_token(user_id=buyer.pk, code="price_drop"),
            "confirmation/ <str:key>": _confirmation(careful),
            "mail/ <str:key>": letters.newest(Path(settings.EMAIL_FILE_PATH), offset=0, limit=1)[0].key,
            r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$": _reset(careful),
        },
        sessions={
            "buyer": _session(buyer),
            "owner": _session(owner),
            "operator": _session(people["operator"]),
            "careful": _session(careful),
        },
    )


def _session(user: Any) -> str:
    """A session of theirs, which has just proved who they are."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_authentication(request, user, method="password", reauthenticated=True)
    request.session.save()
    return str(request.session.session_key)


def _careful(at: datetime) -> Any:
    """Somebody with an authenticator app."""

    user = User.objects.create_user(f"careful-{uuid4().hex[:8]}@example.test", PASSWORDLESS, name="Cara Careful")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def _confirmation(user: Any) -> str:

    return str(EmailConfirmationHMAC(EmailAddress.objects.create(user=user, email=f"new-{user.email}")).key)


def _reset(user: Any) -> str:

    return f"password/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"


def _address(user: Any, at: datetime) -> Any:
    typed = {
        "name": "Ana Lima", "country_code": "BR", "street_address": "Rua das Flores 12", "city": "São Paulo",
        "city_area": "Centro", "country_area": "SP", "postal_code": "01310-100",
    }  # fmt: skip
    return add_address(user_id=user.pk, typed=typed, default=True, at=at).id


def _purchases(user: Any, goods: list[Any], at: datetime) -> tuple[Any, Any, Any]:
    """One not paid yet, one paid, and what the bank was asked about a third; then a cart of two stores, still open."""

    owner = CartOwner(user_id=user.pk)
    two = list({product.store_id: product.variants.filter(stock__gt=20).first() for product in goods}.values())[:2]
    placed = []
    for _ in range(3):
        trade.fill_cart(*((variant, 1) for variant in two), owner=owner, at=at)
        placed.append(trade.place(owner, email=user.email, at=at))
    trade.pay(placed[1], at=at)
    asked = trade.pay(placed[2], trade.CONFIRM, at=at)
    for n, variant in enumerate(two):
        add_to_cart(owner=owner, variant_id=variant.pk, quantity=1, market=trade.BRAZIL, at=at + timedelta(seconds=n))
    return placed[0].purchase_id, placed[1].purchase_id, asked.url.rpartition("/")[2]


def _dispute(order: Any, at: datetime) -> None:
    """The store has answered."""
    dispute = Dispute.objects.create(
        order=order, reason="damaged", text="One of them came in two parts.", state="answered", opened_at=at, answered_at=at,
        due_at=at + timedelta(days=5),
    )  # fmt: skip
    line = order.lines.first()
    DisputeLine.objects.create(dispute=dispute, line=line, quantity=line.quantity)
    for party, minor in (("buyer", line.total_minor), ("store", max(1, line.total_minor // 3))):
        DisputeProposal.objects.create(dispute=dispute, party=party, remedy="refund", minor=minor, at=at)


def _promotion(store: Any, owner: Any, at: datetime) -> Any:
    """One that begins tomorrow."""
    frame = Frame(name="Next week", since=at + timedelta(days=1), until=at + timedelta(days=8))
    made = save_draft(user_id=owner.pk, slug=store.slug, draft=StoreWideDraft(frame=frame, percent=5), at=at)
    start_promotion(user_id=owner.pk, slug=store.slug, promotion_id=made, at=at)
    return made


def _platforms(operator: Any, at: datetime) -> Any:
    frame = Frame(name="The market's birthday", since=at + timedelta(days=1), until=at + timedelta(days=8))
    tier = TierDraft(min_amount=Money(5000, "EUR"), amount=Money(500, "EUR"))
    return save_draft(user_id=operator.pk, slug=None, draft=SpendSaveDraft(frame=frame, tiers=(tier,)), at=at)


def _hook(store: Any, owner: Any, at: datetime) -> Any:
    return add_endpoint(user_id=owner.pk, slug=store.slug, url="http://127.0.0.1:9/hook", topics=["order_paid"], at=at)


def _import(store: Any, owner: Any, at: datetime) -> Any:

    feed = "id,title,price,product_type\n1,,cheap,Nowhere\n2,Lamp,0 USD,home\n"
    job = open_import(store_id=store.pk, user_id=owner.pk, filename="goods.csv", file=ContentFile(feed.encode()), at=at)
    run_import(job_id=job, at=at)
    return job


def _notices(user: Any, goods: list[Any], at: datetime) -> None:
    """One of each kind."""
    known = {
        "product": goods[0].version.title, "was": Money(12_000, "BRL"), "now": Money(9_900, "BRL"), "coupon": "5 off",
        "store": goods[0].store.name, "offer": "Buy two, get one", "until": at + timedelta(days=3),
    }  # fmt: skip
    for code, kind in KINDS.items():
        about = {part: known[part] for part in kind.parts}
        announce(user_id=user.pk, code=code, cause="scene", about=about, url=f"/p/{goods[0].slug}/{goods[0].pk}/", at=at)


def _coupon(store: Any, user: Any, at: datetime) -> Any:
    """One to collect, of which the buyer has one to use and one that was used."""
    made = coupon(store, total=200, per_buyer=3, min_spend_minor=2_000, currency=store.currency, since=at, until=at + WEEK)
    for nth in (1, 2):
        buyer_id = buyer_of_user(user_id=user.pk, at=at)
        got = claim_coupon(promotion_id=made.pk, buyer_id=buyer_id, market="BR", at=at, nth=nth)
    redeem(purchase_id=uuid4(), buyer_id=buyer_id, coupon_ids=[got.coupon_id], pieces=[], until=at, at=at)
    return made.pk


def _codes(store: Any, user: Any, at: datetime) -> Any:
    made = coupon(store, means="code", since=at, until=at + WEEK)
    make_codes(user_id=user.pk, slug=store.slug if store else None, promotion_id=made.pk, number=3)
    return made.pk


def _letter(user: Any) -> None:

    post = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=settings.EMAIL_FILE_PATH)
    EmailMessage("Welcome", "Look around: https://caravan.test/\n\nCaravan", to=[user.email], connection=post).send()
