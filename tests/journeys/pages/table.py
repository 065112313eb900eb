"""Every page of the market: who looks at it, and what it may cost. A new address needs a line here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """`role` signs in ("" nobody); `queries` at most, caches warm; `kilobytes` at most: HTML, styles and scripts, unpacked.

    `public` pages are for search engines: they say where they stand in the other markets. `query` follows the address.
    """

    role: str = ""
    queries: int = 4
    kilobytes: int = 110
    public: bool = False
    query: str = ""


HTMX = 160  # kilobytes of a page that loads htmx
PAGES = {
    # shopping
    "": Page(queries=13, kilobytes=150, public=True),
    "c/<path:path>/": Page(queries=8, kilobytes=150, public=True),
    "search": Page(queries=8, kilobytes=150, query="?q=lamp", public=True),
    "p/<slug:slug>/<uuid:id>/": Page(queries=25, kilobytes=150, public=True),
    "store/<slug:slug>/": Page(queries=15, kilobytes=150, public=True),
    "rankings/": Page(queries=10, kilobytes=150, public=True),
    "market": Page(kilobytes=200),
    "cart": Page("buyer", queries=10),
    "checkout": Page("buyer", queries=12, kilobytes=HTMX),
    "checkout/<uuid:purchase>/payment": Page("buyer", queries=10, kilobytes=HTMX),
    "checkout/<uuid:purchase>/thanks": Page("buyer", queries=10),
    "bank/<uuid:charge>": Page("buyer"),
    "operator/tax-tables": Page("operator", queries=8, kilobytes=200),
    # an account
    "sign-in": Page(),
    "sign-in/inactive": Page(),
    "sign-up": Page(),
    "sign-out": Page("buyer"),
    "confirmation": Page(),
    "confirmation/<str:key>": Page(),
    "password": Page(),
    "password/sent": Page(),
    r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$": Page(),
    "password/changed": Page(),
    "account": Page("buyer", queries=15),
    "account/profile": Page("buyer", kilobytes=200),
    "account/addresses": Page("buyer"),
    "account/addresses/new": Page("buyer", kilobytes=HTMX),
    "account/addresses/<uuid:id>": Page("buyer", kilobytes=HTMX),
    "account/notices": Page("buyer"),
    "notices/refusal/<str:token>": Page(),
    "account/security": Page("careful", queries=10),
    "account/security/proof": Page("buyer", queries=8),
    "account/security/proof/code": Page("careful", queries=8),
    "account/security/email": Page("buyer", queries=8),
    "account/security/password": Page("buyer"),
    "account/security/app": Page("buyer", queries=11),
    "account/security/app/removal": Page("careful", queries=10),
    "account/security/codes": Page("careful", queries=8),
    "account/security/codes/new": Page("careful", queries=8),
    "account/tokens": Page("buyer"),
    "account/data": Page("buyer"),
    "account/feedback": Page("buyer", queries=10),
    "orders": Page("buyer", queries=10),
    "orders/<str:number>": Page("buyer", queries=16),
    "orders/<str:number>/address": Page("buyer", queries=10, kilobytes=HTMX),
    "orders/<str:number>/lines/<uuid:line>/feedback": Page("buyer", queries=10),
    "orders/<str:number>/dispute": Page("buyer", queries=16),
    # seller centre
    "seller": Page("buyer", kilobytes=HTMX),
    "seller/opening": Page("owner", kilobytes=200),
    "seller/<slug:slug>": Page("owner", queries=20, kilobytes=HTMX),
    "seller/<slug:slug>/settings": Page("owner", queries=10, kilobytes=200),
    "seller/<slug:slug>/vacation": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/staff": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/webhooks": Page("owner", queries=8, kilobytes=HTMX),
    "seller/<slug:slug>/webhooks/<uuid:id>": Page("owner", queries=8, kilobytes=HTMX),
    "seller/<slug:slug>/deliveries": Page("owner", queries=8, kilobytes=HTMX),
    "seller/<slug:slug>/deliveries/<uuid:id>": Page("owner", queries=8, kilobytes=HTMX),
    "seller/<slug:slug>/products": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/products/new": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/products/<uuid:id>": Page("owner", queries=20, kilobytes=HTMX),
    "seller/<slug:slug>/products/<uuid:id>/words/<slug:language>": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/imports": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/imports/<uuid:id>": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/shipping": Page("owner", queries=22, kilobytes=200),
    "seller/<slug:slug>/shipping/table": Page("owner", queries=12, kilobytes=HTMX),
    "seller/<slug:slug>/orders": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/shipments": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/orders/<str:number>": Page("owner", queries=18, kilobytes=HTMX),
    "seller/<slug:slug>/money": Page("owner", queries=14, kilobytes=HTMX),
    "seller/<slug:slug>/money/payouts": Page("owner", queries=12, kilobytes=HTMX),
    "operator/ledger": Page("operator", queries=8),
    "operator/ledger/<slug:kind>/<slug:currency>": Page("operator", queries=8),
    "seller/<slug:slug>/disputes": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/disputes/<str:number>": Page("owner", queries=20, kilobytes=HTMX),
    "seller/<slug:slug>/service": Page("owner", queries=10, kilobytes=HTMX),
    "seller/<slug:slug>/feedback": Page("owner", queries=12, kilobytes=HTMX),
    "seller/<slug:slug>/insight": Page("owner", queries=15, kilobytes=1_500),  # with the chart library
    # operator
    "operator/disputes": Page("operator", queries=10),
    "operator/disputes/<str:number>": Page("operator", queries=20),
    # of the demo, of the API
    "mail": Page(),
    "mail/<str:key>": Page(),
    "api/v1/": Page(kilobytes=300),
}

# No pages: what they are instead.
FILES = "a file or a feed"
PART = "a part of a page, for a script"
ACT = "only changes something (POST)"
ONWARD = "only leads on to another page"
NO_PAGES = {
    "sign-in/code": ONWARD,
    "account/security/password/first": ONWARD,
    "checkout/<uuid:purchase>/return": ONWARD,
    "search/suggest": PART,
    "account/addresses/fields": PART,
    "account/security/codes/file": FILES,
    "account/data/file": ACT,
    "account/notices/<uuid:id>": ONWARD,
    "account/notices/reading": ACT,
    "account/notices/letters": ACT,
    "rankings/places.csv": FILES,
    "seller/<slug:slug>/export": FILES,
    "orders/<str:number>/invoice.pdf": FILES,
    "orders/<str:number>/cart": ACT,
    "orders/<str:number>/papers/<uuid:id>.pdf": FILES,
    "seller/<slug:slug>/orders/<str:number>/invoice.pdf": FILES,
    "seller/<slug:slug>/orders/<str:number>/papers/<uuid:id>.pdf": FILES,
    "seller/<slug:slug>/packing-slips.pdf": FILES,
    "seller/<slug:slug>/shipments/to-ship.csv": FILES,
    "seller/<slug:slug>/orders/<str:number>/parcels/<int:parcel>/news": ACT,
    "seller/<slug:slug>/orders/<str:number>/notes": ACT,
    "seller/<slug:slug>/orders/<str:number>/notes/<uuid:id>/removal": ACT,
    "webhooks/tracking/<slug:source>": ACT,
    "seller/<slug:slug>/shipping/table.csv": FILES,
    "seller/<slug:slug>/shipping/reach": ACT,
    "seller/<slug:slug>/shipping/zones": ACT,
    "seller/<slug:slug>/shipping/zones/<uuid:id>/removal": ACT,
    "seller/<slug:slug>/shipping/free": ACT,
    "seller/<slug:slug>/shipping/free/<uuid:id>/removal": ACT,
    "seller/<slug:slug>/shipping/table/file": ACT,
    "seller/<slug:slug>/shipping/table/removal": ACT,
    "seller/<slug:slug>/money/statement.csv": FILES,
    "operator/ledger/<slug:kind>/<slug:currency>/statement.csv": FILES,
    "seller/<slug:slug>/imports/<uuid:id>/refusals.csv": FILES,
    "robots.txt": FILES,
    "sitemap.xml": FILES,
    "sitemaps/<slug:prefix>/pages.xml": FILES,
    "sitemaps/<slug:prefix>/products-<uuid:start>.xml": FILES,
    "media/<path:path>": FILES,
    "healthz": FILES,
    "account/addresses/<uuid:id>/default": ACT,
    "account/addresses/<uuid:id>/removal": ACT,
    "account/security/everywhere": ACT,
    "account/tokens/<uuid:id>/revocation": ACT,
    "account/data/deletion": ACT,
    "cart/lines": ACT,
    "cart/lines/<uuid:variant>": ACT,
    "orders/<str:number>/receipt": ACT,
    "orders/<str:number>/dispute/<slug:noun>": ACT,
    "orders/<str:number>/dispute/evidence/<uuid:id>": FILES,
    "seller/<slug:slug>/disputes/<str:number>/<slug:noun>": ACT,
    "seller/<slug:slug>/disputes/<str:number>/evidence/<uuid:id>": FILES,
    "operator/disputes/<str:number>/<slug:noun>": ACT,
    "operator/disputes/<str:number>/evidence/<uuid:id>": FILES,
    "orders/<str:number>/cancellation": ACT,
    "orders/<str:number>/cancel-request": ACT,
    "seller/<slug:slug>/feedback/<uuid:id>/reply": ACT,
    "seller/<slug:slug>/products/<uuid:id>/publication": ACT,
    "seller/<slug:slug>/products/<uuid:id>/withdrawal": ACT,
    "seller/<slug:slug>/products/<uuid:id>/restoration": ACT,
    "seller/<slug:slug>/settings/logo": ACT,
    "seller/<slug:slug>/settings/legal": ACT,
    "seller/<slug:slug>/webhooks/<uuid:id>/ping": ACT,
    "seller/<slug:slug>/webhooks/<uuid:id>/secret": ACT,
    "seller/<slug:slug>/webhooks/<uuid:id>/removal": ACT,
    "seller/<slug:slug>/deliveries/<uuid:id>/resending": ACT,
    "seller/<slug:slug>/staff/<uuid:member_id>/removal": ACT,
    "seller/<slug:slug>/orders/<str:number>/shipment": ACT,
    "seller/<slug:slug>/orders/<str:number>/cancel-answer": ACT,
    "seller/<slug:slug>/orders/<str:number>/cancellation": ACT,
    "seller/<slug:slug>/orders/<str:number>/protection": ACT,
    "seller/<slug:slug>/orders/<str:number>/refunds": ACT,
    "webhooks/payments/<slug:provider>": ACT,
}
