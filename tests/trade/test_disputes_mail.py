from __future__ import annotations

import pytest
from django.core import mail

from caravan.kernel.events import decode
from caravan.outbox.models import StoredEvent
from caravan.people.models import User
from caravan.trade.actions.disputes import accept, propose
from caravan.trade.subscribers import mail_dispute_moved, mail_dispute_opened, mail_dispute_settled
from tests.trade.disputing import DAY, LATER, disputed

pytestmark = pytest.mark.django_db


def hear(name: str, subscriber) -> list:
    import json

    stored = StoredEvent.objects.filter(name=name).latest("at")
    subscriber(decode(stored.name, json.dumps(stored.payload)))
    return mail.outbox


def test_both_sides_read_of_the_opening_with_the_clock_and_the_way_to_the_file():
    made = disputed(minor=900)
    to_buyer, to_store = hear("trade.dispute_opened", mail_dispute_opened)
    assert to_buyer.to == ["ana@example.test"]
    assert f"/orders/{made.number}/dispute?key={made.viewer.key}" in to_buyer.body
    assert to_store.to == [User.objects.get(pk=made.store.user_id).email]
    assert f"/disputes/{made.number}" in to_store.body
    assert made.viewer.key not in to_store.body
    assert "R$9.00" in to_store.body
    assert "The clock runs until March 19, 2026" in to_store.body


def test_an_answer_is_told_with_both_proposals():
    made = disputed(minor=900)
    propose(side=made.store, remedy="refund", minor=300, note="Half way?", at=LATER)
    to_buyer, letter = hear("trade.dispute_answered", mail_dispute_moved)
    assert "9,00" in to_buyer.body  # as it is written in Brazil
    assert "R$9.00" in letter.body
    assert "R$3.00" in letter.body
    assert "Half way?" in letter.body


def test_the_end_is_told_with_what_goes_back():
    made = disputed(minor=900)
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER + DAY)
    to_buyer, to_store = hear("trade.dispute_settled", mail_dispute_settled)
    assert "settled" in to_store.subject
    assert "R$9.00 goes back to the buyer." in to_store.body
    assert "9,00 " in to_buyer.body
