"""Accounts one can sign in with in the demo, with a password of this installation alone."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from caravan.people.actions.accounts import make_operator
from caravan.people.actions.history import record_account
from caravan.project.demo.journal import replace_file
from caravan.project.demo.world import World
from caravan.stores.actions.history import record_members
from caravan.stores.actions.staff import invite_staff

KEEPER = "warehouse@demo.example"
USUAL_ORDERS = 5  # the index, in a market's crowd, of somebody who has bought a few times


@dataclass(frozen=True, slots=True)
class SignIn:
    """`role` is what the person does here, in a word or two; `store` the slug of the store they act for, or empty."""

    role: str
    email: str
    password: str
    name: str
    country: str
    language: str
    store: str = ""


def read_sign_ins() -> tuple[SignIn, ...]:
    """Those of this installation, to be printed again; none before the world is loaded."""
    try:
        return tuple(SignIn(**told) for told in json.loads(_path().read_text("utf-8")))
    except FileNotFoundError:
        return ()


def set_up(world: World) -> tuple[SignIn, ...]:
    """Make the accounts. Again it makes no others, and the password is that of the file."""
    told = read_sign_ins()
    people = _people(world, told[0].password if told else secrets.token_urlsafe(9))
    replace_file(_path(), json.dumps([asdict(person) for person in people], ensure_ascii=False, indent=1))
    encoded = make_password(people[0].password)  # once for all: it is slow on purpose
    owners: dict[str, UUID] = {}
    for person in people:
        user_id = _account(person, world, encoded)
        if person.role.startswith("owner"):
            owners[person.store] = user_id
            store = next(shop for shop in world.shops if shop.slug == person.store)
            record_members(store_ids=[store.id], user_id=user_id, role="owner", at=world.ends_at)
        elif person.store:
            invite_staff(user_id=owners[person.store], slug=person.store, email=person.email, at=world.ends_at)
    _hire_keeper(world)
    return people


def _path() -> Path:
    return Path(settings.VAR) / "demo-sign-ins.json"


def _people(world: World, password: str) -> tuple[SignIn, ...]:
    """An operator; owners of the best store, of a middling one and of the worst; staff of the best; two buyers."""
    by_quality = sorted(world.shops, key=lambda shop: shop.trader.quality)
    worst, middling, best = by_quality[0], by_quality[len(by_quality) // 3], by_quality[-1]
    people = (
        ("operator", "operator@demo.example", "Olga Operator", "US", "en", ""),
        ("owner (good)", "good@demo.example", "Grace Owner", best.place.code, "en", best.slug),
        ("staff (good)", "staff@demo.example", "Sam Staff", best.place.code, "en", best.slug),
        ("owner (average)", "average@demo.example", "Ayşe Owner", middling.place.code, "en", middling.slug),
        ("owner (bad)", "bad@demo.example", "Bo Owner", worst.place.code, "en", worst.slug),
        ("buyer (Brazil)", "ana@demo.example", "Ana Lima", "BR", "pt", ""),
        ("buyer (Russia)", "ivan@demo.example", "Иван Соколов", "RU", "ru", ""),
    )
    return tuple(SignIn(role, email, password, *more) for role, email, *more in people)


def _hire_keeper(world: World) -> None:
    """Most stores have nobody to send their parcels: one account, which no password opens, works in all of them."""
    keeper = record_account(
        email=KEEPER, encoded=make_password(None), name="Demo warehouse", country="US", language="en", at=world.ends_at
    )
    record_members(store_ids=[shop.id for shop in world.shops], user_id=keeper, role="staff", at=world.ends_at)


def _account(person: SignIn, world: World, encoded: str) -> UUID:
    crowd = world.crowds.get(person.country)
    is_buyer = person.role.startswith("buyer")
    user_id = record_account(
        email=person.email,
        encoded=encoded,
        name=person.name,
        country=person.country,
        language=person.language,
        at=world.ends_at,
        buyer_id=crowd.ids[min(USUAL_ORDERS, len(crowd.ids) - 1)] if crowd and is_buyer else None,
    )
    if person.role == "operator":
        make_operator(email=person.email, password=None, at=world.ends_at)
    return user_id
