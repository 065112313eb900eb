"""What an account wishes for, which stores it follows, and what the market has told it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caravan.api.endpoint import Call, Nothing, Page, Shape, endpoint
from caravan.api.v1.shapes import Amount, page_of
from caravan.catalog.actions import unwish, wish
from caravan.catalog.queries import names, wishes_of
from caravan.kernel.errors import NotFound
from caravan.people.actions.notices import read_all
from caravan.people.queries.notice_words import words_of
from caravan.people.queries.notices import notices_of
from caravan.promotions.queries.prices import paid_prices
from caravan.stores.actions import follow_store, unfollow_store
from caravan.stores.queries import follows_of, store_by_slug, store_in_any_state


class PartQuery(Shape, frozen=True):
    limit: int = 24
    cursor: str = ""


class WishShape(Shape, frozen=True):
    """A product wished for: `price_then` is what it was to be had for in that `market` when it was wished, `price_now` what it is
    (null while it is not sold), both in the store's currency, deals included."""

    id: UUID
    name: str
    market: str
    since: datetime
    price_then: Amount
    price_now: Amount | None
    in_stock: bool


class NewWish(Shape, frozen=True):
    product_id: UUID


class FollowShape(Shape, frozen=True):
    """`id` is the store's slug."""

    id: str
    name: str
    since: datetime


class NewFollow(Shape, frozen=True):
    store: str


class NoticeShape(Shape, frozen=True):
    """What the market told the account, in the words of `lang`. `url` is a path below a market's prefix, empty for none."""

    id: UUID
    code: str
    name: str
    text: str
    url: str
    at: datetime
    read: bool


@endpoint("GET", "wishes", answer=Page[WishShape], query=PartQuery, auth="required")
def list_wishes(call: Call[PartQuery, None]) -> Page[WishShape]:
    """As an account: what is on its wish-list, newest first"""
    page = wishes_of(user_id=call.user_id, cursor=call.query.cursor, limit=page_of(call.query.limit))
    prices = paid_prices(((row.product_id, row.market) for row in page.rows), call.at)
    named = names({row.product_id for row in page.rows}, call.market.language)
    items = []
    for row in page.rows:
        now = prices.get((row.product_id, row.market))
        items.append(
            WishShape(
                id=row.product_id, name=named[row.product_id].title, market=row.market, since=row.at,
                price_then=Amount.of(row.price), price_now=Amount.of(now.offer.price) if now else None,
                in_stock=bool(now and now.in_stock),
            )
        )  # fmt: skip
    return Page(items=items, next=page.next_cursor or None)


@endpoint("POST", "wishes", answer=None, body=NewWish, auth="required", status=204)
def add_wish(call: Call[Nothing, NewWish]) -> None:
    """As an account: wish for a product; it is told of price drops and returns. Again changes nothing"""
    product_id, market = call.body.product_id, call.market.code
    price = paid_prices([(product_id, market)], call.at).get((product_id, market))
    if price is None:
        raise NotFound("product.unknown", "There is no such product, or it is no longer sold.")
    wish(user_id=call.user_id, product_id=product_id, market=market, price=price.offer.price, in_stock=price.in_stock, at=call.at)


@endpoint("DELETE", "wishes/{product_id}", answer=None, auth="required", status=204)
def remove_wish(call: Call[Nothing, None], product_id: UUID) -> None:
    """As an account: take a product off the wish-list"""
    unwish(user_id=call.user_id, product_id=product_id)


@endpoint("GET", "following", answer=Page[FollowShape], query=PartQuery, auth="required")
def list_following(call: Call[PartQuery, None]) -> Page[FollowShape]:
    """As an account: the stores it follows, newest first"""
    page = follows_of(user_id=call.user_id, cursor=call.query.cursor, limit=page_of(call.query.limit))
    items = [FollowShape(id=row.store.slug, name=row.store.name, since=row.since) for row in page.rows]
    return Page(items=items, next=page.next_cursor or None)


@endpoint("POST", "following", answer=None, body=NewFollow, auth="required", status=204)
def follow(call: Call[Nothing, NewFollow]) -> None:
    """As an account: follow a store; its offers to followers are open to it. Again changes nothing"""
    follow_store(user_id=call.user_id, store_id=store_by_slug(call.body.store).id, at=call.at)


@endpoint("DELETE", "following/{slug}", answer=None, auth="required", status=204)
def unfollow(call: Call[Nothing, None], slug: str) -> None:
    """As an account: follow a store no more"""
    unfollow_store(user_id=call.user_id, store_id=store_in_any_state(slug).id)


@endpoint("GET", "notices", answer=Page[NoticeShape], query=PartQuery, auth="required")
def list_notices(call: Call[PartQuery, None]) -> Page[NoticeShape]:
    """As an account: what the market told it, newest first"""
    page = notices_of(user_id=call.user_id, cursor=call.query.cursor, limit=page_of(call.query.limit))
    items = []
    for row in page.rows:
        words = words_of(row.code, row.about, call.market)
        items.append(
            NoticeShape(id=row.id, code=row.code, name=words.title, text=words.text, url=row.url, at=row.at, read=row.is_read)
        )
    return Page(items=items, next=page.next_cursor or None)


@endpoint("POST", "notices/reading", answer=None, auth="required", status=204)
def read_notices(call: Call[Nothing, None]) -> None:
    """As an account: all that it was told until now is read"""
    read_all(user_id=call.user_id, at=call.at)
