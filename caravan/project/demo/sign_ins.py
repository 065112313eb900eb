"""Accounts one can sign in with in the demo, with passwords of this installation alone."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from caravan.people.actions.accounts import make_operator
from caravan.people.actions.history import record_account
from caravan.project.demo.journal import replace_file
from caravan.project.demo.world import World
from caravan.stores.actions.history import record_owner
from caravan.stores.actions.staff import invite_staff

NAME = "demo-sign-ins.json"
USUAL_ORDERS = 5  # the index, in a market's crowd, of somebody who has bought a few times


@dataclass(frozen=True, slots=True)
class SignIn:
    """`part` is what the person does here, in a few words; `store` the slug of the store they act for, or empty."""

    part: str
    email: str
    password: str
    name: str
    country: str
    language: str
    store: str = ""


def sign_ins(var: Path) -> tuple[SignIn, ...]:
    """Those of this installation, to be printed again; none before the world is loaded."""
    try:
        return tuple(SignIn(**told) for told in json.loads((var / NAME).read_text("utf-8")))
    except FileNotFoundError:
        return ()


def set_up(world: World, var: Path) -> tuple[SignIn, ...]:
    """Make the accounts. Again it makes no others, and the passwords are those of the file."""
    people = sign_ins(var) or _people(world)
    replace_file(var / NAME, json.dumps([asdict(person) for person in people], ensure_ascii=False, indent=1))
    owners = {}
    for person in people:
        user_id = _account(person, world, world.ends_at)
        if person.part.startswith("Owner"):
            owners[person.store] = user_id
            store = next(shop for shop in world.shops if shop.slug == person.store)
            record_owner(store_id=store.id, user_id=user_id, at=world.ends_at)
        elif person.store:
            invite_staff(user_id=owners[person.store], slug=person.store, email=person.email, at=world.ends_at)
    return people


def _people(world: World) -> tuple[SignIn, ...]:
    """An operator; owners of the best store, of a middling one and of the worst; staff of the best; two buyers."""
    by_quality = sorted(world.shops, key=lambda shop: shop.trader.quality)
    worst, middling, best = by_quality[0], by_quality[len(by_quality) // 3], by_quality[-1]
    return (
        _person("Operator of the market", "operator@demo.example", "Olga Operator", "US", "en"),
        _person("Owner of a good store", "good@demo.example", "Min-ji Owner", best.place.code, "en", best.slug),
        _person("Staff of the good store", "staff@demo.example", "Sam Staff", best.place.code, "en", best.slug),
        _person("Owner of an average store", "average@demo.example", "Ayşe Owner", middling.place.code, "en", middling.slug),
        _person("Owner of a bad store", "bad@demo.example", "Bo Owner", worst.place.code, "en", worst.slug),
        _person("Buyer in Brazil", "ana@demo.example", "Ana Lima", "BR", "pt"),
        _person("Buyer in Russia", "ivan@demo.example", "Иван Соколов", "RU", "ru"),
    )


def _person(part: str, email: str, name: str, country: str, language: str, store: str = "") -> SignIn:
    return SignIn(part, email, secrets.token_urlsafe(9), name, country, language, store)


def _account(person: SignIn, world: World, at: datetime) -> UUID:
    crowd = world.crowds.get(person.country)
    buyer_id = crowd.ids[min(USUAL_ORDERS, len(crowd.ids) - 1)] if crowd and person.part.startswith("Buyer") else None
    user_id = record_account(
        email=person.email, password=person.password, name=person.name, country=person.country, language=person.language, at=at,
        buyer_id=buyer_id,
    )  # fmt: skip
    if person.part.startswith("Operator"):
        make_operator(email=person.email, password=None, at=at)
    return user_id
