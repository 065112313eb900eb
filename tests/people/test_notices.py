"""What the market announces to people: once a cause, in their language, by mail only where they take it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail

from caravan.kernel.errors import BadRequest, Invalid, NotFound
from caravan.kernel.ids import uuid7
from caravan.kernel.markets import market
from caravan.kernel.money import Money
from caravan.people.actions.accounts import close_account
from caravan.people.actions.notice_mail import AGAIN, GIVEN_UP, mail_waiting
from caravan.people.actions.notices import announce, announce_all, choose_mail, forget, read_all, read_notice, refuse_mail
from caravan.people.models import Notice, NoticeChoice
from caravan.people.queries.notice_words import kind_words, words_of
from caravan.people.queries.notices import mail_choices, notice_of, notices_of, refusal_token, unread_count
from caravan.people.rules.notices import KINDS, Announcement, packed, unpacked
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

DROP = {"product": "Lamp", "was": Money(3000, "USD"), "now": Money(1999, "USD")}
LATER = AT + timedelta(minutes=1)


@pytest.fixture
def ana():
    return factories.proven(factories.user("ana@example.test", country="BR", language="pt", currency="BRL"))


def drop(user, cause="lamp:1", **about):
    announce(user_id=user.pk, code="price_drop", cause=cause, about={**DROP, **about}, url="/p/lamp/1/", at=AT)


def test_the_same_cause_is_told_once_however_often_it_is_announced(ana):
    drop(ana)
    drop(ana)
    drop(ana, cause="lamp:2")
    assert unread_count(user_id=ana.pk) == 2


def test_a_thousand_people_are_told_in_one_statement(django_assert_num_queries):
    people = [factories.user() for _ in range(3)]
    told = [Announcement(user_id=p.pk, code="back_in_stock", cause="x", about={"product": "Lamp"}) for p in people]
    with django_assert_num_queries(1):
        announce_all(told=told, at=AT)
    assert Notice.objects.count() == 3


def test_a_notice_that_is_not_about_enough_is_a_defect_of_ours(ana):
    with pytest.raises(ValueError, match="now"):
        announce(user_id=ana.pk, code="price_drop", cause="x", about={"product": "Lamp", "was": Money(1, "USD")}, at=AT)


def test_amounts_and_instants_come_back_as_they_were_stored():
    about = {"now": Money(1999, "USD"), "until": AT, "product": "Lamp", "count": 3}
    assert unpacked(packed(about)) == about


def test_notices_are_listed_newest_first_a_page_at_a_time(ana):
    for n in range(3):
        drop(ana, cause=f"{n}", product=f"Lamp {n}")
    first = notices_of(user_id=ana.pk, limit=2)
    rest = notices_of(user_id=ana.pk, cursor=first.next_cursor, limit=2)
    assert [row.about["product"] for row in (*first.rows, *rest.rows)] == ["Lamp 2", "Lamp 1", "Lamp 0"]
    assert rest.next_cursor == ""
    with pytest.raises(BadRequest):
        notices_of(user_id=ana.pk, cursor="nonsense")


def test_what_was_read_is_not_counted_and_nobody_reads_for_another(ana):
    drop(ana)
    drop(ana, cause="lamp:2")
    row, stranger = notices_of(user_id=ana.pk).rows[0], factories.user()
    read_notice(user_id=stranger.pk, notice_id=row.id, at=AT)
    with pytest.raises(NotFound):
        notice_of(user_id=stranger.pk, notice_id=row.id)
    assert unread_count(user_id=ana.pk) == 2
    read_notice(user_id=ana.pk, notice_id=row.id, at=AT)
    assert unread_count(user_id=ana.pk) == 1
    read_all(user_id=ana.pk, at=AT)
    assert unread_count(user_id=ana.pk) == 0


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_has_words_for_all_it_is_about(code):
    about = {"product": "P-1", "was": Money(3000, "USD"), "now": Money(1999, "USD"), "coupon": "C-1", "store": "S-1",
             "offer": "O-1", "until": AT}  # fmt: skip
    words = words_of(code, {name: about[name] for name in KINDS[code].parts}, market("US"))
    said = f"{words.title} {words.text}"
    shown = {"was": "$30.00", "now": "$19.99", "until": "March 2, 2026"}
    assert all(shown.get(name, str(about[name])) in said for name in KINDS[code].parts)
    assert kind_words(code).title


def test_a_coupon_of_no_store_is_the_markets_own(settings):
    words = words_of("coupon_given", {"coupon": "5 off", "store": "", "until": AT}, market("US"))
    assert settings.SITE_NAME in words.title


def test_a_letter_has_the_link_that_ends_such_letters_with_one_press(ana, settings):
    drop(ana)
    assert mail_waiting(at=LATER) == 1
    (letter,) = mail.outbox
    assert letter.to == ["ana@example.test"]
    assert f"{settings.SITE_URL}/pt-br/p/lamp/1/" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<(.+)>", letter.extra_headers["List-Unsubscribe"])[1]
    assert link in letter.body
    assert refuse_mail(token=link.rpartition("/")[2], at=LATER) == "price_drop"
    drop(ana, cause="lamp:2")
    assert mail_waiting(at=LATER) == 0
    assert unread_count(user_id=ana.pk) == 2


def test_many_notices_of_a_kind_are_one_letter_and_those_of_another_kind_another(ana):
    for n in range(25):
        drop(ana, cause=f"{n}", product=f"Lamp {n:02}")
    announce(user_id=ana.pk, code="back_in_stock", cause="x", about={"product": "Mug"}, at=AT)
    assert mail_waiting(at=LATER) == 2
    drops = next(letter for letter in mail.outbox if "Lamp" in letter.subject)
    assert "Lamp 24" in drops.body
    assert "Lamp 04" not in drops.body  # twenty are named, the rest stands on the page the letter links to
    assert "/account/notices" in drops.body
    assert mail_waiting(at=LATER) == 0


def test_what_was_read_on_the_site_meanwhile_is_not_sent(ana):
    drop(ana)
    read_all(user_id=ana.pk, at=AT)
    assert mail_waiting(at=LATER) == 0
    assert not Notice.objects.exclude(mail_at=None).exists()


def test_nothing_is_sent_to_an_address_nobody_has_shown_to_be_theirs():
    drop(factories.user("unproven@example.test"))
    assert mail_waiting(at=LATER) == 0


def test_kinds_nobody_asked_for_come_by_mail_only_to_who_wants_them(ana):
    def given(cause):
        about = {"coupon": "5 off", "store": "Lumen", "until": AT}
        announce(user_id=ana.pk, code="coupon_given", cause=cause, about=about, at=AT)

    given("1")
    assert mail_waiting(at=LATER) == 0
    choose_mail(user_id=ana.pk, choices={"coupon_given": True, "price_drop": False}, at=AT)
    given("2")
    drop(ana)
    assert mail_waiting(at=LATER) == 1
    assert mail_choices(user_id=ana.pk) == {
        "price_drop": False, "back_in_stock": True, "coupon_ending": True, "coupon_given": True, "store_offer": False,
    }  # fmt: skip


def test_a_mail_server_that_is_away_is_asked_again_and_one_day_no_more(ana, monkeypatch):
    def away(self, letters):
        raise ConnectionRefusedError

    drop(ana)
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        assert mail_waiting(at=LATER) == 0
    assert mail_waiting(at=LATER) == 0  # not at once
    assert mail_waiting(at=LATER + AGAIN) == 1
    drop(ana, cause="lamp:2")
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        mail_waiting(at=AT + GIVEN_UP + AGAIN)
    assert mail_waiting(at=AT + 2 * GIVEN_UP) == 0


def test_a_kind_there_is_not_cannot_be_chosen_nor_a_forged_link_used(ana):
    with pytest.raises(Invalid):
        choose_mail(user_id=ana.pk, choices={"lottery": True}, at=AT)
    token = refusal_token(user_id=ana.pk, code="price_drop")
    with pytest.raises(NotFound):
        refuse_mail(token=token[:-1] + ("a" if token[-1] != "a" else "b"), at=AT)
    assert not NoticeChoice.objects.exists()


def test_who_closes_their_account_leaves_no_notices(ana):
    drop(ana)
    choose_mail(user_id=ana.pk, choices={"price_drop": False}, at=AT)
    close_account(user_id=ana.pk, runs_stores=False, at=AT)
    assert not Notice.objects.exists()
    assert not NoticeChoice.objects.exists()


def test_old_notices_are_dropped(ana):
    drop(ana)
    assert forget(before=AT) == 0
    assert forget(before=AT + timedelta(days=365)) == 1
    assert notices_of(user_id=ana.pk, cursor=str(uuid7())).rows == ()
