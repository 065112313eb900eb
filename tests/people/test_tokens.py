from __future__ import annotations

from datetime import timedelta

import pytest

from caravan.kernel.errors import Invalid, NotFound, Unauthenticated
from caravan.people.actions.tokens import create_token, revoke_token
from caravan.people.models import ApiToken
from caravan.people.queries.tokens import tokens_of, user_of_token
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return factories.user("ana@example.test")


def test_a_token_opens_its_owners_account_in_one_statement(ana, django_assert_num_queries):
    token = create_token(user_id=ana.pk, name="warehouse", at=AT)
    assert token.startswith("cvn_")
    assert len(token) == 4 + 43
    with django_assert_num_queries(1):
        assert user_of_token(token, AT).email == "ana@example.test"


def test_the_database_never_holds_the_token(ana):
    token = create_token(user_id=ana.pk, name="warehouse", at=AT)
    held = ApiToken.objects.get()
    assert token not in str(vars(held))
    assert len(bytes(held.digest)) == 32


def test_use_is_noted_at_most_once_a_minute(ana):
    token = create_token(user_id=ana.pk, name="warehouse", at=AT)
    for seconds, noted in ((0, 0), (59, 0), (61, 61), (100, 61)):
        user_of_token(token, AT + timedelta(seconds=seconds))
        assert tokens_of(user_id=ana.pk)[0].last_used_at == AT + timedelta(seconds=noted)


def test_a_revoked_token_opens_nothing_and_is_listed_no_more(ana):
    token = create_token(user_id=ana.pk, name="warehouse", at=AT)
    held = tokens_of(user_id=ana.pk)[0]
    revoke_token(user_id=ana.pk, token_id=held.id, at=AT)
    revoke_token(user_id=ana.pk, token_id=held.id, at=AT)
    assert tokens_of(user_id=ana.pk) == []
    with pytest.raises(Unauthenticated):
        user_of_token(token, AT)


def test_a_closed_account_has_no_working_tokens(ana):
    token = create_token(user_id=ana.pk, name="warehouse", at=AT)
    ana.is_active = False
    ana.save()
    with pytest.raises(Unauthenticated):
        user_of_token(token, AT)


def test_nobody_revokes_anothers_token(ana):
    create_token(user_id=ana.pk, name="warehouse", at=AT)
    with pytest.raises(NotFound):
        revoke_token(user_id=factories.user().pk, token_id=tokens_of(user_id=ana.pk)[0].id, at=AT)


def test_a_token_without_a_name_is_refused(ana):
    with pytest.raises(Invalid):
        create_token(user_id=ana.pk, name="  ", at=AT)
