"""How an endpoint is declared: what it takes, what it answers, who may call it. Addresses and OpenAPI are made of this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

import msgspec
from django.http import HttpRequest

from caravan.kernel.errors import Unauthenticated
from caravan.kernel.markets import Market
from caravan.people.queries.accounts import Account
from caravan.people.rules.limits import Limit

Q = TypeVar("Q")
B = TypeVar("B")
T = TypeVar("T")
Auth = Literal["none", "optional", "required"]
Method = Literal["GET", "POST", "PATCH", "DELETE"]


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """The base of everything the API takes and answers."""


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A part of a list. `next` is the cursor to send for the following part, or null at the end."""

    items: list[T]
    next: str | None = None


class Nothing(Shape, frozen=True):
    """No parameters."""


@dataclass(frozen=True, slots=True)
class Call(Generic[Q, B]):
    """A request, read: its query and body in the endpoint's types, the market it asks about, the account behind its token.

    `who` is what limits count by: the account, else the network address; `network` is that address.
    """

    request: HttpRequest
    at: datetime
    market: Market
    query: Q
    body: B
    account: Account | None
    who: str
    network: str

    @property
    def account_id(self) -> UUID | None:
        """None without a token."""
        return self.account.id if self.account else None

    @property
    def user_id(self) -> UUID:
        """Raises Unauthenticated without a token."""
        if self.account is None:
            raise Unauthenticated("token.missing", "Send your token: Authorization: Bearer cvn_…")
        return self.account.id


@dataclass(frozen=True)
class Endpoint:
    method: Method
    path: str
    handler: Callable[..., Any]
    answer: Any
    query: type[Shape]
    body: type[Shape] | None
    auth: Auth
    status: int
    tag: str
    spends: tuple[str, Limit] | None

    @property
    def name(self) -> str:
        return self.handler.__name__

    @property
    def summary(self) -> str:
        return (self.handler.__doc__ or "").strip().split("\n")[0]

    @property
    def description(self) -> str:
        return " ".join(line.strip() for line in (self.handler.__doc__ or "").strip().split("\n")[1:]).strip()

    @cached_property
    def decode_body(self) -> Callable[[bytes], Any]:
        return msgspec.json.Decoder(self.body).decode if self.body else lambda _: None


ENDPOINTS: list[Endpoint] = []


def endpoint(
    method: Method,
    path: str,
    *,
    answer: Any,
    query: type[Shape] = Nothing,
    body: type[Shape] | None = None,
    auth: Auth = "none",
    status: int = 200,
    spends: tuple[str, Limit] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register the decorated function at `path` below /api/v1/, e.g. "products/{product_id}". A part named *_id is a UUID.

    `spends` names a bucket the pages use, too, and how much fits: a call takes of it, and not of what all writes may do.
    """

    def register(handler: Callable[..., Any]) -> Callable[..., Any]:
        ENDPOINTS.append(Endpoint(method, path, handler, answer, query, body, auth, status, path.split("/")[0], spends))
        return handler

    return register
