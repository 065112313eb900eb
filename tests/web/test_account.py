from __future__ import annotations

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client

import caravan.web
from caravan.outbox.models import StoredEvent
from caravan.people.models import User
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password"


TEMPLATES = Path(caravan.web.__file__).parent / "templates"
LETTERS = sorted(str(p.relative_to(TEMPLATES)) for p in TEMPLATES.glob("*/email/*_message.txt"))


def link_in(letter) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]


def sign_in(client, email, password=PASSWORD):
    return client.post("/en-us/sign-in", {"login": email, "password": password})


@pytest.fixture
def ana(client):
    user = factories.user("ana@example.test")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    client.force_login(user)
    return user


def test_a_new_account_is_signed_in_at_once_and_keeps_the_market_it_was_made_in(client):
    answer = client.post("/pt-br/sign-up", {"email": "Ana@Example.test", "password1": PASSWORD})
    assert (answer.status_code, answer["location"]) == (302, "/pt-br/")
    ana = User.objects.get()
    assert (ana.country, ana.language, ana.currency) == ("BR", "pt", "BRL")
    assert client.get("/pt-br/account").status_code == 200


def test_the_letter_proves_the_address_and_the_market_hears_of_it_once(client):
    client.post("/en-us/sign-up", {"email": "ana@example.test", "password1": PASSWORD})
    link = link_in(mail.outbox[0])
    assert "Confirm" in mail.outbox[0].subject
    assert client.get(link).status_code == 200
    assert not StoredEvent.objects.filter(name="people.email_confirmed").exists()
    for _ in range(2):
        client.post(link)
    heard = StoredEvent.objects.get(name="people.email_confirmed")
    assert heard.payload["email"] == "ana@example.test"
    assert EmailAddress.objects.get().verified


def test_a_proof_whose_event_cannot_be_stored_is_no_proof(client, monkeypatch):
    client.post("/en-us/sign-up", {"email": "ana@example.test", "password1": PASSWORD})
    monkeypatch.setattr("caravan.people.actions.accounts.record", lambda *events: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.post(link_in(mail.outbox[0]))
    assert not EmailAddress.objects.get().verified


def test_an_address_has_one_account_however_it_is_spelled(client):
    factories.user("ana@example.test")
    page = client.post("/en-us/sign-up", {"email": "ANA@example.test", "password1": PASSWORD}).content.decode()
    assert "already registered" in page
    assert User.objects.count() == 1


def test_a_weak_password_is_refused_and_the_address_kept(client):
    answer = client.post("/en-us/sign-up", {"email": "ana@example.test", "password1": "short"})
    page = answer.content.decode()
    assert 'value="ana@example.test"' in page
    assert "too short" in page
    assert not User.objects.exists()


def test_signing_in_brings_one_to_the_market_chosen_and_out_again(client):
    factories.user("ana@example.test", country="KZ", language="ru", currency="KZT")
    assert sign_in(client, "ANA@example.test")["location"] == "/ru-kz/"
    assert client.post("/en-us/sign-out").status_code == 302
    assert client.get("/en-us/account").status_code == 302


def test_the_page_wanted_comes_after_signing_in_but_never_another_site(client):
    factories.user("ana@example.test")
    wanted = client.get("/en-us/account/tokens")["location"]
    assert wanted == "/en-us/sign-in?next=%2Fen-us%2Faccount%2Ftokens"
    for next_page, lands in (
        ("/en-us/account/tokens", "/en-us/account/tokens"),
        ("https://evil.test/", "/en-us/"),
        ("//evil.test", "/en-us/"),
    ):
        client.logout()
        answer = client.post("/en-us/sign-in", {"login": "ana@example.test", "password": PASSWORD, "next": next_page})
        assert answer["location"] == lands


def test_guessing_passwords_is_stopped_and_other_accounts_are_not(client):
    factories.user("ana@example.test"), factories.user("boris@example.test")
    pages = [sign_in(client, "ana@example.test", f"guess-{n}").content.decode() for n in range(6)]
    assert "Too many failed" not in pages[4]
    assert "Too many failed" in pages[5]
    assert "Too many failed" in sign_in(client, "ana@example.test").content.decode()
    assert sign_in(client, "boris@example.test").status_code == 302


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client):
    factories.user("ana@example.test")
    assert client.post("/en-us/password", {"email": "ana@example.test"}).status_code == 302
    link = link_in(mail.outbox[0])
    form = client.get(link, follow=True)
    assert form.status_code == 200
    client.post(form.redirect_chain[-1][0], {"password1": "another-long-one", "password2": "another-long-one"})
    assert sign_in(client, "ana@example.test", "another-long-one").status_code == 302
    client.logout()
    assert "no longer works" in client.get(link, follow=True).content.decode()


def test_asking_for_a_link_does_not_tell_who_has_an_account(client):
    answer = client.post("/en-us/password", {"email": "nobody@example.test"})
    assert answer.status_code == 302
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)  # the notice goes out on commit
def test_a_second_step_is_set_up_asked_for_and_replaced_by_a_recovery_code(client, ana):
    client.logout()
    sign_in(client, ana.email)
    asked = client.get("/en-us/account/security/app")["location"]
    assert client.get(asked).status_code == 200
    client.post(asked, {"password": PASSWORD})
    secret = re.search(r"<code>([A-Z2-7]+)</code>", client.get("/en-us/account/security/app").content.decode())[1]
    code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"
    assert client.post("/en-us/account/security/app", {"code": code}).status_code == 302
    assert "authenticator" in mail.outbox[0].subject.lower()
    assert "127.0.0.1" in mail.outbox[0].body
    codes = re.findall(r"<code>(\d{8})</code>", client.get("/en-us/account/security/codes").content.decode())
    assert len(codes) == 10
    client.post("/en-us/sign-out")
    assert sign_in(client, ana.email)["location"].startswith("/en-us/sign-in/code")
    assert client.get("/en-us/account").status_code == 302
    assert client.post("/en-us/sign-in/code", {"code": "000000"}).status_code == 200
    assert client.post("/en-us/sign-in/code", {"code": codes[0]}).status_code == 302
    assert client.get("/en-us/account").status_code == 200


def test_signing_out_everywhere_ends_every_session_but_this_one(client, ana):
    phone = Client()
    phone.force_login(ana)
    assert phone.get("/en-us/account").status_code == 200
    client.post("/en-us/account/security/everywhere")
    assert phone.get("/en-us/account").status_code == 302
    assert client.get("/en-us/account").status_code == 200


def test_a_token_is_shown_once(client, ana):
    made = client.post("/en-us/account/tokens", {"name": "robot 7"}).content.decode()
    token = re.search(r"cvn_[\w-]{43}", made)[0]
    later = client.get("/en-us/account/tokens").content.decode()
    assert token not in later
    assert "robot 7" in later
    path = re.search(r"/en-us/account/tokens/[-0-9a-f]+/revocation", later)[0]
    client.post(path)
    assert "robot 7" not in client.get("/en-us/account/tokens").content.decode()


def test_the_profile_keeps_what_was_typed_when_it_is_refused(client, ana):
    page = client.post("/en-us/account/profile", {"name": "x" * 121})
    assert page.status_code == 422
    assert "x" * 121 in page.content.decode()


def test_a_person_takes_their_data_along_and_is_forgotten(client, ana):
    kept = client.post("/en-us/account/data/file").json()
    assert kept["account"]["email"] == "ana@example.test"
    assert client.post("/en-us/account/data/deletion", {"password": "wrong"}).status_code == 422
    assert client.post("/en-us/account/data/deletion", {"password": PASSWORD}).status_code == 302
    gone = User.objects.get()
    assert "ana" not in f"{gone.email}{gone.name}"
    assert not EmailAddress.objects.exists()
    assert client.get("/en-us/account").status_code == 302
    assert sign_in(client, "ana@example.test").status_code == 200


def test_who_owns_a_store_cannot_vanish_from_it(client, ana):
    factories.store(ana)
    assert client.post("/en-us/account/data/deletion", {"password": PASSWORD}).status_code == 409
    assert User.objects.get().email == ana.email


def test_letters_and_pages_speak_the_language_of_the_address(client):
    client.post("/es-es/sign-up", {"email": "ana@example.test", "password1": PASSWORD})
    assert "/es-es/confirmation/" in mail.outbox[0].body


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_is_whole_and_plain(rf, letter):
    request = rf.get("/en-us/")
    request.user = factories.user()
    facts = {
        "email": "o'neil@example.test", "activate_url": "http://x.test/a?b&c", "password_reset_url": "http://x.test/a?b&c",
        "ip": "192.0.2.1", "user_agent": "Mozilla/5.0 (X11; <b>)", "timestamp": factories.AT, "user": request.user,
    }  # fmt: skip
    subject = render_to_string(letter.replace("_message", "_subject"), facts).strip()
    text = render_to_string(letter, facts, request)
    assert 5 < len(subject) < 60
    assert "Caravan" in text
    assert "http" in text
    assert "&amp;" not in text + subject
    assert "&lt;" not in text
