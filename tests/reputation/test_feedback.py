from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.errors import BadRequest, Conflict, Invalid, NotFound
from caravan.kernel.ids import uuid7
from caravan.outbox.models import StoredEvent
from caravan.reputation import queries
from caravan.reputation.actions import leave_feedback, reply_to_feedback
from caravan.reputation.actions.feedback import Opinion
from caravan.reputation.models import Feedback
from caravan.trade.queries.access import Viewer
from tests import factories
from tests.factories import AT
from tests.reputation.bought import buyer, line

pytestmark = pytest.mark.django_db

GOOD = Opinion(stars=5, described=5, communication=4, shipping=3, text="  Warm and heavy.\x00 ")


@pytest.fixture(autouse=True)
def rates():
    factories.rates()


@pytest.fixture
def product():
    return factories.product(factories.store(factories.user()), factories.category())


def leave(bought, opinion: Opinion = GOOD, *, days: float = 1) -> object:
    return leave_feedback(buyer_id=bought.order.buyer_id, line_id=bought.pk, opinion=opinion, at=AT + timedelta(days=days))


def test_a_buyer_rates_what_arrived_and_others_hear_of_it(product):
    bought = line(product, buyer())
    kept = Feedback.objects.get(pk=leave(bought))
    assert (kept.stars, kept.described, kept.text, kept.market, kept.scored) == (5, 5, "Warm and heavy.", "BR", True)
    assert kept.version_id == product.version_id
    assert StoredEvent.objects.filter(name="reputation.feedback_left", payload__feedback_id=str(kept.pk)).count() == 1


def test_a_purchase_is_rated_once(product):
    bought = line(product, buyer())
    leave(bought)
    with pytest.raises(Conflict):
        leave(bought, Opinion(stars=1))
    assert Feedback.objects.get().stars == 5
    assert StoredEvent.objects.count() == 1


def test_what_has_not_arrived_cannot_be_rated(product):
    with pytest.raises(Conflict):
        leave(line(product, buyer(), received=None))


@pytest.mark.parametrize(("days", "open"), [(0, True), (30, True), (30.01, False)])
def test_thirty_days_are_given_for_feedback(product, days, open):
    bought = line(product, buyer())
    if open:
        leave(bought, days=days)
    else:
        with pytest.raises(Conflict):
            leave(bought, days=days)


def test_nobody_rates_anothers_purchase(product):
    bought = line(product, buyer())
    with pytest.raises(NotFound):
        leave_feedback(buyer_id=buyer().pk, line_id=bought.pk, opinion=GOOD, at=AT)
    with pytest.raises(NotFound):
        leave_feedback(buyer_id=bought.order.buyer_id, line_id=uuid7(), opinion=GOOD, at=AT)


@pytest.mark.parametrize(
    ("opinion", "fields"),
    [
        (Opinion(stars=0), {"stars"}),
        (Opinion(stars=6, text="x" * 2001), {"stars", "text"}),
        (Opinion(stars=5, described=5), {"communication", "shipping"}),
        (Opinion(stars=5, described=5, communication=9, shipping=0), {"communication", "shipping"}),
    ],
)
def test_an_incomplete_opinion_is_refused_by_its_fields(product, opinion, fields):
    with pytest.raises(Invalid) as refused:
        leave(line(product, buyer()), opinion)
    assert set(refused.value.fields) == fields
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(("eur_minor", "reason"), [(399, "small_order"), (400, "")])
def test_orders_under_five_dollars_are_shown_and_not_scored(product, eur_minor, reason):
    leave(line(product, buyer(), eur_minor=eur_minor))  # 1.25 dollars a euro
    assert (Feedback.objects.get().unscored_reason, Feedback.objects.get().scored) == (reason, not reason)


def test_a_store_answers_once_and_only_its_own(product):
    given = leave(line(product, buyer()))
    with pytest.raises(NotFound):
        reply_to_feedback(store_id=factories.store().pk, feedback_id=given, text="Ours!", at=AT)
    with pytest.raises(Invalid):
        reply_to_feedback(store_id=product.store_id, feedback_id=given, text=" \x00 ", at=AT)
    reply_to_feedback(store_id=product.store_id, feedback_id=given, text=" Thank you ", at=AT)
    with pytest.raises(Conflict):
        reply_to_feedback(store_id=product.store_id, feedback_id=given, text="Once more", at=AT)
    assert Feedback.objects.get().reply == "Thank you"


def test_feedback_is_read_newest_first_a_page_at_a_time(product, django_assert_num_queries):
    for n in range(5):
        leave(line(product, buyer()), Opinion(stars=n + 1), days=n)
    with django_assert_num_queries(1):
        first = queries.feedback_of_product(product.pk, limit=3)
    rest = queries.feedback_of_product(product.pk, limit=3, cursor=first.next)
    assert [r.stars for r in (*first.rows, *rest.rows)] == [5, 4, 3, 2, 1]
    assert rest.next is None
    assert [r.stars for r in queries.feedback_of_store(product.store_id, stars=2).rows] == [2]


@pytest.mark.parametrize("cursor", ["x", "2026-01-01", "2026-01-01~x", "~", "0000~0000"])
def test_a_cursor_of_somebody_elses_making_is_refused(product, cursor):
    with pytest.raises(BadRequest):
        queries.feedback_of_product(product.pk, cursor=cursor)


def test_a_name_is_known_to_its_owner_and_to_nobody_else(product):
    for name, shown in (("Maria Silva", "M***a"), ("Я", "***"), ("", "***")):
        leave(line(product, buyer(name=name)), days=5)
        assert queries.feedback_of_product(product.pk, limit=1).rows[0].buyer == shown
        Feedback.objects.all().delete()


def test_feedback_stays_with_the_version_that_was_bought(product):
    leave(line(product, buyer()))
    [row] = queries.feedback_of_product(product.pk).rows
    assert (row.current, row.version_number, row.title) == (True, 1, "A thing")
    product.version = type(product.version).objects.create(
        product=product, number=2, language="en", title="Another thing", category=product.category
    )
    product.save()
    [row] = queries.feedback_of_product(product.pk).rows
    assert (row.current, row.version_number, row.title) == (False, 1, "A thing")


def test_an_account_reads_what_it_said_and_a_store_what_waits_for_an_answer(product):
    ana = factories.user()
    hers = buyer(ana)
    leave(line(product, hers), Opinion(stars=2))
    leave(line(product, buyer()), Opinion(stars=1))
    assert [r.stars for r in queries.feedback_by_account(ana.pk).rows] == [2]
    assert queries.unanswered(product.store_id) == 2
    reply_to_feedback(store_id=product.store_id, feedback_id=Feedback.objects.get(buyer=hers).pk, text="Sorry", at=AT)
    assert queries.unanswered(product.store_id) == 1


def test_a_line_is_found_by_who_may_see_its_order(product):
    ana = factories.user()
    bought = line(product, buyer(ana))
    number = bought.order.number
    found = queries.line_of_order(viewer=Viewer(user_id=ana.pk), number=number, line_id=bought.pk)
    assert (found.buyer_id, found.version_id, found.received_at) == (bought.order.buyer_id, product.version_id, AT)
    for viewer, line_id in ((Viewer(user_id=factories.user().pk), bought.pk), (Viewer(), bought.pk), (Viewer(ana.pk), uuid7())):
        with pytest.raises(NotFound):
            queries.line_of_order(viewer=viewer, number=number, line_id=line_id)
    assert queries.rated_lines([bought.pk]) == {}
    leave(bought)
    assert queries.rated_lines([bought.pk]) == {bought.pk: 5}
