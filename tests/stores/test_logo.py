from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from caravan.kernel.errors import Forbidden, Invalid
from caravan.stores import queries
from caravan.stores.actions import invite_staff, remove_logo, set_logo
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner():
    return factories.user()


@pytest.fixture
def store(owner):
    return factories.store(owner)


def picture(kind: str = "PNG", size=(300, 200), colour="teal") -> BytesIO:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    out.seek(0)
    return out


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_kept_as_a_square_of_our_own_drawing(owner, store, kind):
    path = set_logo(user_id=owner.pk, slug=store.slug, file=picture(kind), at=AT)
    assert queries.store_by_slug(store.slug).logo == path
    with default_storage.open(path) as kept, Image.open(kept) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (256, 256))


def test_a_new_logo_replaces_the_file_of_the_old(owner, store):
    old = set_logo(user_id=owner.pk, slug=store.slug, file=picture(), at=AT)
    new = set_logo(user_id=owner.pk, slug=store.slug, file=picture(colour="red"), at=AT)
    assert (default_storage.exists(old), default_storage.exists(new)) == (False, True)
    remove_logo(user_id=owner.pk, slug=store.slug, at=AT)
    assert not default_storage.exists(new)
    assert queries.store_by_slug(store.slug).logo == ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 100,
        picture().getvalue()[:120],
        b"\x89PNG" + b"\0" * 2_000_001,
        picture(size=(5000, 5000)).getvalue(),
    ],
    ids=["nothing", "svg", "gif", "cut short", "too heavy", "too many pixels"],
)
def test_what_is_no_reasonable_picture_is_refused(owner, store, content):
    with pytest.raises(Invalid) as refused:
        set_logo(user_id=owner.pk, slug=store.slug, file=BytesIO(content), at=AT)
    assert "logo" in refused.value.fields


def test_staff_do_not_change_the_logo(owner, store):
    helper = factories.proven(factories.user())
    invite_staff(user_id=owner.pk, slug=store.slug, email=helper.email, at=AT)
    with pytest.raises(Forbidden):
        set_logo(user_id=helper.pk, slug=store.slug, file=picture(), at=AT)
