"""Two parties at the same instant, on connections of their own: what is seen cannot be done twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from caravan.kernel.errors import Conflict
from caravan.trade.actions.disputes import accept, move_expired, propose, withdraw
from caravan.trade.models import Dispute, Refund
from tests.trade.disputing import DAY, LATER, disputed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each came to, or the Conflict it met."""
    ready, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n: int, act: Callable[[], object]) -> None:
        try:
            ready.wait()
            results[n] = act()
        except Conflict as refused:
            results[n] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_buyer_and_store_accept_each_others_proposals_at_the_same_instant_and_one_of_them_is_done():
    made = disputed(minor=900)
    propose(side=made.store, remedy="refund", minor=300, at=LATER)
    asked, offered = made.newest("buyer"), made.newest("store")
    results = at_once(
        lambda: accept(side=made.buyer, proposal_id=offered, at=LATER + DAY),
        lambda: accept(side=made.store, proposal_id=asked, at=LATER + DAY),
    )
    assert sorted(isinstance(r, Conflict) for r in results) == [False, True]
    assert Refund.objects.count() == 1
    assert made.given_back in (300, 900)
    assert made.given_back == made.dispute.minor == made.order.refunded_minor


def test_the_same_acceptance_eight_times_at_once_gives_back_once():
    made = disputed(minor=500)
    asked = made.newest("buyer")
    results = at_once(*[lambda: accept(side=made.store, proposal_id=asked, at=LATER)] * 8)
    assert results == [True] * 8
    assert made.given_back == 500


def test_a_withdrawal_and_an_acceptance_at_once_do_not_both_happen():
    made = disputed(minor=500)
    asked = made.newest("buyer")
    at_once(
        lambda: withdraw(side=made.buyer, at=LATER),
        lambda: accept(side=made.store, proposal_id=asked, at=LATER),
    )
    assert (made.dispute.outcome, made.given_back) in {("withdrawn", 0), ("refund", 500)}


def test_two_clocks_at_once_move_a_dispute_once():
    made = disputed(minor=500)
    moved = at_once(*[lambda: move_expired(at=LATER + 6 * DAY)] * 4)
    assert sum(moved) == 1
    assert made.given_back == 500
    assert Dispute.objects.get().settled_by == "clock"
