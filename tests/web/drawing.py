"""Draws templates with plain Jinja2, set as `caravan.web.templating` sets it: what the design system may rely on."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from caravan.kernel import markets
from caravan.web.fragments import each, kept

WEB = Path(__file__).parents[2] / "caravan" / "web"
STATIC = WEB / "static"


@dataclass(frozen=True, slots=True)
class Category:
    url: str
    name: str
    icon: str


@dataclass(frozen=True, slots=True)
class Shell:
    """What the layouts ask of the context under the name `shell`."""

    categories: tuple[Category, ...]
    footer: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    alternates: str = ""
    canonical: str = "https://example.com/en-br/"
    rate_note: str = "Converted at the ECB rates of 5 May."
    account_name: str = ""
    cart_count: int = 3
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    path: str = "/en-br/"

    def get_full_path(self) -> str:
        return self.path


SIGNS = (
    ("Home and garden", "lamp"), ("Clothes", "shirt"), ("Electronics", "device"), ("Beauty", "drop"), ("Toys", "blocks"),
    ("Sport", "ball"), ("Jewellery and watches", "gem"), ("Books", "book"), ("Plants", "leaf"), ("Stationery", "edit"),
)  # fmt: skip
SHELL = Shell(
    categories=tuple(Category("#category", name, icon) for name, icon in SIGNS),
    footer=(
        ("Shop", (("Hot products", "#"), ("Best stores", "#"), ("Categories", "#"))),
        ("Sell", (("Open a store", "#"), ("Seller centre", "#"))),
        ("Trust", (("How we count", "#"), ("Buyer protection", "#"))),
    ),
)
CONTEXT = {
    "market": markets.market("BR", "en"),
    "shell": SHELL,
    "request": Request(),
    "store": {"name": "Oficina do Barro", "slug": "oficina-do-barro"},
    "store_counts": {"orders": "12"},
    "messages": [],
    "csrf_input": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="x">'),
}


def environment(static_root: str = "/static/") -> Environment:
    env = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    none = gettext.NullTranslations()
    env.install_gettext_callables(none.gettext, none.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(number=str)
    env.globals.update(each=each, kept=kept, static=lambda path: static_root + path, url=lambda name, **kwargs: f"/en-br/{name}")
    return env


def draw(name: str, env: Environment | None = None, **context: object) -> str:
    return (env or environment()).get_template(name).render({**CONTEXT, **context})
