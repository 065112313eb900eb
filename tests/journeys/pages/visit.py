"""A program that sets the scene in the market its settings name, looks at every page twice, and prints what it saw as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """`path` was asked for, with market and query, `at` is where that led; `queries` of the second visit; `bytes` of styles
    and scripts."""

    path: str
    at: str
    status: int
    html: str
    queries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Visits:
    """`sessions` by role, to look again with; what was `seen` by route."""

    sessions: dict[str, str]
    seen: dict[str, Seen]

    @classmethod
    def read(cls, printed: str) -> Visits:
        told = json.loads(printed)
        return cls(told["sessions"], {route: Seen(**seen) for route, seen in told["seen"].items()})


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from caravan.kernel.clock import now
    from tests.journeys.pages.scene import set_scene
    from tests.journeys.pages.table import PAGES

    settings.ALLOWED_HOSTS = ["testserver"]
    scene = set_scene(now())
    # One for all of them: each client has the middleware made anew, and WhiteNoise look at all static files.
    client, seen = Client(), {}
    for route, page in PAGES.items():
        prefix = "" if route.split("/")[0] in settings.PATHS_WITHOUT_MARKET else "en-br/"
        client.cookies.clear()
        if page.role:
            client.cookies[settings.SESSION_COOKIE_NAME] = scene.sessions[page.role]
        seen[route] = asdict(look(client, f"/{prefix}{scene.path(route)}{page.query}"))
    print(json.dumps({"sessions": scene.sessions, "seen": seen}))


def look(client: Any, path: str) -> Seen:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path, follow=True)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, follow=True)
    html = answer.content.decode()
    return Seen(path, answer.request["PATH_INFO"], answer.status_code, html, len(captured), sum(map(_weight, _parts(html))))


def _parts(html: str) -> list[str]:
    """Addresses of the styles and scripts the page asks for."""
    import html5lib

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    links = [one.get("href", "") for one in tree.iter("link") if one.get("rel") == "stylesheet"]
    return links + [one.get("src", "") for one in tree.iter("script") if one.get("src")]


def _weight(address: str) -> int:
    from django.conf import settings

    return (Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)).stat().st_size


if __name__ == "__main__":
    main()
