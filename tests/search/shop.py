"""A small market with an index beside it, kept up by the real subscribers and the real indexer."""

from __future__ import annotations

from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from caravan.catalog.events import ProductChanged
from caravan.outbox import actions as outbox
from caravan.search import actions
from caravan.search.engine import index as engine_index
from caravan.search.engine.indexer import Indexer
from caravan.search.queries import find
from caravan.search.rules.query import SearchQuery
from tests.factories import AT


def changed(*products):
    """What an action of the catalogue records when it has written a product."""
    with transaction.atomic():
        outbox.record(*(ProductChanged(at=AT, product_id=p.pk, store_id=p.store_id) for p in products))


def deliver():
    """Let every subscriber hear what has happened; a delivery repeated changes nothing."""
    for args in ProcrastinateJob.objects.filter(task_name=outbox.TASK).order_by("id").values_list("args", flat=True):
        outbox.deliver(**args)


def index():
    """The indexer brings in what is marked."""
    with Indexer(settings.SEARCH_ROOT) as indexer:
        while actions.bring_in(indexer=indexer, at=AT):
            pass


def build():
    """A new index of everything, as at the start of a market."""
    assert actions.rebuild(at=AT) is not None


def found(text="", **more):
    """The ids found, best first."""
    with looking_at_once():
        return [hit.id for hit in find(SearchQuery(text=text, **more)).hits]


@contextmanager
def looking_at_once():
    """Readers look for a new commit four times a second; tests do not wait for that."""
    before, engine_index.CHECKED_EVERY = engine_index.CHECKED_EVERY, 0.0
    try:
        yield
    finally:
        engine_index.CHECKED_EVERY = before
