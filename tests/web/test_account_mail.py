from __future__ import annotations

import pytest
from django.core.mail import EmailMessage, get_connection

from caravan.web.demo_mail import letters
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.MODE, settings.EMAIL_FILE_PATH = "demo", tmp_path
    return tmp_path


def send(folder, subject="Hello", text="Hi", to="ana@example.test"):
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder)
    EmailMessage(subject, text, "market@example.test", [to], connection=connection).send()


def test_outside_the_demo_there_is_no_such_page(client, demo, settings):
    send(demo)
    settings.MODE = "dev"
    client.force_login(factories.user(is_staff=True))
    assert client.get("/en-us/mail").status_code == 404
    key = letters.newest(demo, offset=0, limit=1)[0].key
    assert client.get(f"/en-us/mail/{key}").status_code == 404


def test_letters_are_read_and_their_links_followed(client, demo):
    send(demo, "Заказ 12 – спасибо", "Open this:\n\nhttp://127.0.0.1:8000/en-us/x?a=1&b=2\n\nBye")
    assert "Заказ 12" in client.get("/en-us/mail").content.decode()
    page = client.get(f"/en-us/mail/{letters.newest(demo, offset=0, limit=1)[0].key}").content.decode()
    assert '<a href="http://127.0.0.1:8000/en-us/x?a=1&amp;b=2">' in page
    assert "Bye" in page


def test_a_letter_cannot_script_the_page(client, demo):
    send(demo, "<b>hi</b>", '<script>alert(1)</script> http://x.test/"onmouseover=alert(1) javascript:alert(1)')
    page = client.get(f"/en-us/mail/{letters.newest(demo, offset=0, limit=1)[0].key}").content.decode()
    assert "<script>alert" not in page
    assert "<b>hi" not in page
    assert 'href="javascript' not in page
    assert '"onmouseover' not in page


@pytest.mark.parametrize("key", ["nothing", "..~0", "20260101-000000-1~0", "..%2f..%2fsettings~0"])
def test_only_letters_can_be_opened(client, demo, key):
    assert client.get(f"/en-us/mail/{key}").status_code == 404


def test_several_letters_of_one_connection_are_told_apart(demo):
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=demo)
    connection.send_messages([EmailMessage(f"No {n}", "text", "a@example.test", ["b@example.test"]) for n in range(3)])
    assert [held.subject for held in letters.newest(demo, offset=0, limit=9)] == ["No 2", "No 1", "No 0"]


def test_an_empty_box_says_what_to_do(client, demo):
    assert "No letters yet" in client.get("/en-us/mail").content.decode()
