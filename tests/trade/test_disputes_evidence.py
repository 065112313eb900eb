from __future__ import annotations

import io

import pytest
from django.core.files.storage import storages
from PIL import Image

from caravan.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from caravan.trade.actions.disputes import accept, add_evidence
from caravan.trade.models import DisputeEvidence
from caravan.trade.queries.disputes import evidence_file
from caravan.trade.rules.evidence import LIMITS, is_active, kind_of
from tests.trade.disputing import LATER, Case, disputed

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog /OpenAction [3 0 R /Fit] >> endobj\nstream\n/JavaScript\nendstream\n%%EOF\n"


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def photo(size: tuple[int, int] = (60, 40), colour: str = "teal") -> bytes:
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def show(made: Case, content: bytes, name: str = "photo.jpg", side: str = "buyer"):
    return add_evidence(side=getattr(made, side), name=name, file=io.BytesIO(content), at=LATER)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photo(), "image"), (PDF, "pdf"), ("Упаковано".encode(), "text"),
        (b"MZ\x90\x00\x03", None), (b"%PDF-1.7 cut off", None), (b"", None), (b"\xff\xfe\xfa", None),
        (b"a" * (LIMITS.most_text + 1), None),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_says(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "name", [b"/JavaScript (app.alert(1))", b"/JS 5 0 R", b"/Launch <<", b"/J#61vaScript (x)", b"/EmbeddedFiles <<"]
)
def test_a_pdf_that_does_something_is_recognised_and_one_that_only_opens_at_a_page_is_none(name):
    assert is_active(b"%PDF-1.7 << " + name + b" >> %%EOF")
    assert not is_active(PDF)


@pytest.mark.django_db
def test_a_photo_is_drawn_anew_without_what_the_camera_wrote():
    made = disputed()
    row, file = evidence_file(made.store, show(made, photo()))
    content = file.read()
    assert (row.kind, row.name, row.party) == ("image/webp", "photo.webp", "buyer")
    assert b"taken at home" not in content
    assert Image.open(io.BytesIO(content)).size == (60, 40)


@pytest.mark.django_db
def test_a_large_photo_is_kept_smaller():
    made = disputed()
    _row, file = evidence_file(made.buyer, show(made, photo((3000, 1500))))
    assert Image.open(file).size == (2000, 1000)


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n broken", b"GIF89a", PDF.replace(b"/Fit", b"/JS (x)"), b"MZ\x00"])
def test_what_is_damaged_or_dangerous_is_refused_and_nothing_of_it_is_kept(content):
    made = disputed()
    with pytest.raises(Invalid):
        show(made, content)
    assert not DisputeEvidence.objects.exists()
    assert not storages["private"].exists("disputes")


@pytest.mark.django_db
def test_a_file_larger_than_six_megabytes_is_refused():
    with pytest.raises(Invalid, match="6 MB"):
        show(disputed(), b"x" * (LIMITS.most_bytes + 1))


@pytest.mark.django_db
def test_a_name_cannot_lead_out_of_its_folder_nor_lie_about_its_kind():
    made = disputed()
    row, _file = evidence_file(made.buyer, show(made, b"Hello", name='../../etc/"pass<wd>.html'))
    assert row.name == "passwd.txt"


@pytest.mark.django_db
def test_each_side_shows_ten_files_and_the_same_one_once():
    made = disputed()
    assert show(made, b"paper 0", "a.txt") == show(made, b"paper 0", "b.txt")
    for n in range(1, 10):
        show(made, b"paper %d" % n)
    with pytest.raises(Conflict, match="at most ten"):
        show(made, b"one more")
    show(made, b"the store's first", side="store")


@pytest.mark.django_db
def test_nothing_is_added_to_a_settled_dispute_and_the_platform_shows_nothing_of_its_own():
    made = disputed()
    with pytest.raises(Forbidden):
        show(made, b"ours", side="platform")
    accept(side=made.store, proposal_id=made.newest("buyer"), at=LATER)
    with pytest.raises(Conflict):
        show(made, b"too late")


@pytest.mark.django_db
def test_a_file_that_is_gone_from_the_disk_is_not_found():
    made = disputed()
    evidence_id = show(made, b"paper")
    storages["private"].delete(DisputeEvidence.objects.get().path)
    with pytest.raises(NotFound):
        evidence_file(made.buyer, evidence_id)
