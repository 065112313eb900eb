from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode, urljoin, urlsplit

from caravan.project.demo.shoppers.page import Form, Page, read

USER_AGENT = "Mozilla/5.0 (Caravan demo shopper)"
MOST_REDIRECTS = 8
TIMEOUT = 20


class Browsing(Protocol):
    """What a shopper needs of a browser."""

    def open(self, url: str) -> Page: ...

    def submit(self, form: Form, values: Mapping[str, str]) -> Page: ...


class Browser:
    """A visitor's browser: it keeps cookies, says which page it came from, and has an address of its own on the loopback network,
    so that what the site allows per address is allowed to each shopper and taken from nobody else.

    Raises OSError when the site cannot be reached.
    """

    def __init__(self, site: str, address: str = "") -> None:
        self.site, self.cookies, self.came_from = site, dict[str, str](), ""
        self._address = (address, 0) if address else None

    def open(self, url: str) -> Page:
        return self._follow("GET", urljoin(self.site, url), None)

    def submit(self, form: Form, values: Mapping[str, str]) -> Page:
        body = urlencode({**form.fields, **values})
        if form.method == "post":
            return self._follow("POST", form.action, body)
        return self._follow("GET", f"{form.action.partition('?')[0]}?{body}", None)

    def _follow(self, method: str, url: str, body: str | None) -> Page:
        for _ in range(MOST_REDIRECTS):
            status, onward, html = self._ask(method, url, body)
            if not onward:
                page = read(url, status, html)
                self.came_from = url
                return page
            method, url, body = "GET", urljoin(url, onward), None
        raise OSError(f"{url} sends its visitors in a circle")

    def _ask(self, method: str, url: str, body: str | None) -> tuple[int, str, str]:
        parts = urlsplit(url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.netloc, timeout=TIMEOUT, source_address=self._address)
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, body, self._headers(url, body))
            response = connection.getresponse()
            self._keep(response.headers.get_all("set-cookie") or [])
            onward = response.headers.get("location", "") if 300 <= response.status < 400 else ""
            return response.status, onward, response.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def _headers(self, url: str, body: str | None) -> dict[str, str]:
        parts = urlsplit(url)
        headers = {"User-Agent": USER_AGENT, "Accept": "text/html", "Origin": f"{parts.scheme}://{parts.netloc}"}
        if self.came_from:
            headers["Referer"] = self.came_from
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
