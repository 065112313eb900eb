from __future__ import annotations

import contextlib
import io
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from caravan.catalog.actions import fetch, store_picture, store_pictures
from caravan.catalog.actions.fetch import Unreachable, download, fetch_pictures
from caravan.catalog.models import Picture, PictureLink, Product
from caravan.catalog.queries import picture_row
from caravan.catalog.rules.pictures import MOST_BYTES, render, widths
from caravan.kernel.errors import Invalid
from caravan.kernel.ids import uuid7
from caravan.kernel.outward import is_public
from tests import factories
from tests.catalog.drafts import picture
from tests.factories import AT


@pytest.fixture(autouse=True)
def media_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_each_common_format_is_redrawn_at_the_widths_pages_ask_for(format):
    drawn = render(picture(size=(900, 600), format=format))
    assert [w for w, _ in drawn.files] == [900, 640, 320, 160]
    assert (drawn.width, drawn.height) == (900, 600)
    for width, file in drawn.files:
        with Image.open(io.BytesIO(file)) as made:
            assert (made.format, made.width) == ("WEBP", width)


def test_small_pictures_are_never_blown_up():
    assert widths(100) == (100,)
    assert widths(160) == (160,)
    assert widths(5000) == (160, 320, 640, 1280)
    assert [w for w, _ in render(picture(size=(100, 3))).files] == [100]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture.unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture.unreadable"),
        (b"GIF89a" + b"\0" * 50, "picture.unreadable"),
        (picture()[:60], "picture.unreadable"),
        (b"x" * (MOST_BYTES + 1), "picture.large"),
    ],
    ids=["nothing", "svg", "gif", "cut short", "too large"],
)
def test_what_is_no_picture_of_ours_is_refused(content, code):
    with pytest.raises(Invalid) as refused:
        render(content)
    assert refused.value.code == code


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Invalid) as refused:
        render(picture(size=(9000, 9000)))
    assert refused.value.code == "picture.pixels"


def test_nothing_but_the_picture_survives():
    exif = Image.Exif()
    exif[0x9286] = "taken at home"
    hidden = picture(format="JPEG", exif=exif.tobytes()) + b"<script>alert(1)</script>"
    for _, file in render(hidden).files:
        assert b"taken" not in file
        assert b"script" not in file


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = render(picture(size=(300, 200), format="JPEG", exif=exif.tobytes()))
    assert (drawn.width, drawn.height) == (200, 300)


@pytest.mark.django_db
def test_the_same_content_is_kept_once():
    rows = store_pictures(contents=[picture("red"), picture("blue"), picture("red")])
    assert rows[0] == rows[2] != rows[1]
    assert store_picture(content=picture("red")) == rows[0]
    assert Picture.objects.count() == 2
    assert default_storage.exists(rows[0].src.removeprefix("/media/"))


def test_a_row_names_every_width_and_shows_the_middle_one():
    row = picture_row(uuid7(), "ab" * 32, 1280, 960)
    assert row.src.endswith("-640.webp")
    assert row.thumb.endswith("-160.webp")
    assert [part.split()[1] for part in row.webp.split(", ")] == ["160w", "320w", "640w", "1280w"]
    assert picture_row(uuid7(), "ab" * 32, 200, 100).src.endswith("-200.webp")


@pytest.fixture
def server():
    class Pictures(BaseHTTPRequestHandler):
        def do_GET(self):
            answers = {
                "/a.png": (200, picture()),
                "/%D0%BB%D0%B0%D0%BC%D0%BF%D0%B0%20a.png": (200, picture()),
                "/text": (200, b"hello"),
                "/busy": (503, b""),
            }
            status, body = answers.get(self.path, (404, b""))
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/a.png")
            elif self.path in ("/round", "/inside", "/broken"):
                leads = {"/round": "/round", "/inside": "http://169.254.169.254/", "/broken": "http://[::1"}
                self.send_response(302)
                self.send_header("Location", leads[self.path])
            elif self.path == "/slow":
                with contextlib.suppress(OSError):
                    while True:
                        self.wfile.write(b"X")
                        self.wfile.flush()
                        time.sleep(0.05)
                return
            else:
                self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    running = HTTPServer(("127.0.0.1", 0), Pictures)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()


def here(address) -> bool:
    """The test's own server counts as the open internet, other private machines do not."""
    return str(address) == "127.0.0.1" or is_public(address)


def test_a_picture_is_fetched_also_around_a_corner(server):
    assert download(f"{server}/a.png", allowed=here) == picture()
    assert download(f"{server}/moved", allowed=here) == picture()
    assert download(f"{server}/лампа%20a.png", allowed=here) == picture()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x", "http://localhost:8000/x", "http://10.0.0.8/x", "http://169.254.169.254/latest/meta-data",
        "http://[::1]/x", "http://[::ffff:127.0.0.1]/x", "http://0/x", "http://2130706433/x", "http://192.168.1.1/x",
        "ftp://example.com/x", "file:///etc/passwd", "http://[fd00::1]/x",
        "http://[2002:7f00:1::]/x", "http://[64:ff9b::10.0.0.1]/x", "http://[::1/x", "http://[64:ff9b::a9fe:a9fe]/x",
    ],
)  # fmt: skip
def test_machines_of_our_own_network_are_never_asked(url):
    with pytest.raises(Invalid):
        download(url)


def test_a_redirect_is_looked_at_like_the_first_address(server):
    with pytest.raises(Invalid) as refused:
        download(f"{server}/inside", allowed=here)
    assert refused.value.code == "picture.private"
    with pytest.raises(Invalid) as refused:
        download(f"{server}/round", allowed=here)
    assert refused.value.code == "picture.redirects"
    with pytest.raises(Invalid) as refused:
        download(f"{server}/broken", allowed=here)
    assert refused.value.code == "picture.address"


def test_a_server_that_never_finishes_its_first_line_is_left_in_time(server, monkeypatch):
    monkeypatch.setattr(fetch, "TOGETHER", 0.3)
    begun = time.monotonic()
    with pytest.raises(Unreachable):
        download(f"{server}/slow", allowed=here)
    assert time.monotonic() - begun < 3


@pytest.mark.django_db
def test_fetched_pictures_join_the_version_that_claimed_them(server):
    product = factories.product(factories.store(), factories.category())
    for i, path in enumerate(("a.png", "text", "gone", "busy")):
        PictureLink.objects.create(product=product, position=i, url=f"{server}/{path}")
    with pytest.raises(Unreachable):
        fetch_pictures(product_id=product.pk, at=AT, last_try=False, allowed=here)
    states = dict(PictureLink.objects.values_list("position", "state"))
    assert states == {0: "done", 1: "failed", 2: "failed", 3: "waiting"}
    fetch_pictures(product_id=product.pk, at=AT, last_try=True, allowed=here)
    product = Product.objects.select_related("version").get()
    assert product.cover_id == Picture.objects.get().pk
    assert product.version.pictures == [str(product.cover_id)]
    assert product.version.number == 1
    assert "503" in PictureLink.objects.get(position=3).error
