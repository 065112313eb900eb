"""Stores, buyers, and those who can sign in."""

from __future__ import annotations

from io import BytesIO
from itertools import islice

from caravan.people.actions.history import record_buyers
from caravan.project.demo.drawing import logo
from caravan.project.demo.sign_ins import set_up
from caravan.project.demo.world import World
from caravan.stores.actions.history import record_stores
from caravan.stores.actions.logo import keep_logo
from caravan.stores.queries.stores import stores_by_ids

BUYERS_AT_ONCE = 2_000


def stores(world: World, piece: None) -> None:
    record_stores(stores=list(world.stores()))
    has_logo = {store.id for store in stores_by_ids(shop.id for shop in world.shops).values() if store.logo}
    for shop in world.shops:
        if shop.id not in has_logo:
            keep_logo(store_id=shop.id, file=BytesIO(logo(shop.number)), at=world.ends_at)


def buyers(world: World, piece: None) -> None:
    rows = world.buyers()
    while batch := list(islice(rows, BUYERS_AT_ONCE)):
        record_buyers(buyers=batch)


def accounts(world: World, piece: None) -> None:
    set_up(world)
