"""A browser whose requests go straight into the site, without a network in between."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.test import Client

from caravan.project.demo.shoppers.page import Page, read


class Straight:
    def __init__(self) -> None:
        self.client = Client()

    def open(self, url: str) -> Page:
        return self._read(url, self.client.get(self._local(url), follow=True))

    def submit(self, form, values) -> Page:
        told = {**form.fields, **values}
        if form.method == "get":
            return self._read(form.action, self.client.get(self._local(form.action), told, follow=True))
        return self._read(form.action, self.client.post(self._local(form.action), told, follow=True))

    def _local(self, url: str) -> str:
        parts = urlsplit(url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def _read(self, url: str, answer) -> Page:
        last = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        return read(f"http://testserver{self._local(last)}", answer.status_code, answer.content.decode())
