"""The design system draws: every macro, every state, escaped, valid, light enough, and readable in light and dark."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import html5lib
import pytest
from django import forms

from caravan.kernel import markets
from tests.web.drawing import WEB, draw, environment

TEMPLATES = WEB / "templates"
PAGES = ("_gallery", "_gallery_home", "_gallery_listing", "_gallery_product", "_gallery_seller")


@dataclass(frozen=True, slots=True)
class Picture:
    src: str = "/m/1.jpg"
    avif: str = "/m/1.avif 320w"
    webp: str = "/m/1.webp 320w"
    width: int = 320
    height: int = 320
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    id: int = 1
    url: str = "/en-br/p/1"
    title: str = "Lamp <b>& shade</b>"
    price_text: str = "R$ 84,90"
    list_price_text: str = "R$ 99,00"
    approx_text: str = "about US$ 15"
    picture: Picture | None = Picture()
    rating: float | None = 4.5
    rating_text: str = "4.5"
    reviews_text: str = "1,204"
    sold_text: str = "900+ sold"
    store_name: str = "Lumen & Filhos"
    store_url: str = "/en-br/s/lumen"
    badges: tuple[tuple[str, str], ...] = (("deal", "-15%"), ("ships", "By 14 May"))
    rank: int | None = 1


class Delivery(forms.Form):
    email = forms.EmailField(help_text="For the receipt.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    service = forms.ChoiceField(choices=[("", "Choose"), ("air", "By air"), ("sea", "By sea")])
    size = forms.ChoiceField(choices=[("s", "Small"), ("l", "Large")], widget=forms.RadioSelect)
    markets = forms.MultipleChoiceField(choices=[("BR", "Brazil"), ("KZ", "Kazakhstan")], widget=forms.CheckboxSelectMultiple)
    gift = forms.BooleanField(required=False)
    proof = forms.FileField(required=False)
    token = forms.CharField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.PasswordInput)


def macro(source: str, **context: object) -> str:
    return environment().from_string(source).render(**context)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_the_gallery_is_valid_html(page: str):
    parser = html5lib.HTMLParser()
    text = draw(f"components/{page}.html")
    parser.parse(text)
    assert parser.errors == []
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_every_component_stands_in_the_gallery():
    shown = "".join((TEMPLATES / "components" / f"{page}.html").read_text("utf-8") for page in PAGES)
    shown += "".join(path.read_text("utf-8") for path in (TEMPLATES / "layouts").glob("*.html"))
    for path in (TEMPLATES / "components").glob("[a-z]*.html"):
        for name in re.findall(r"{% macro ([a-z]\w*)\(", path.read_text("utf-8")):
            if path.stem == "landed" or (path.stem, name) in {
                ("form", "bound"),
                ("form", "bound_errors"),
                ("empty", "error_state"),
                ("product_card", "card_picture"),
                ("product_card", "product_card"),
            }:
                continue  # drawn by the tests below, or by their own page
            assert re.search(rf"\b{name}( as \w+)?\b.*", shown), f"{name} of {path.name} is nowhere to be seen"


def test_every_icon_named_is_drawn():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (WEB / "static" / "icons.svg").read_text("utf-8")))
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text("utf-8")
        named = (
            re.findall(r'\bicon\("([\w-]+)"', text)
            + re.findall(r'\bicon="([\w-]+)"', text)
            + re.findall(r'icons.svg"\) }}#([\w-]+)"', text)
        )
        assert set(named) <= sprite, path


def test_what_a_seller_writes_cannot_become_markup():
    card = draw_cards([Card(title="<script>alert(1)</script>", store_name='"><img src=x>')])
    assert "<script>" not in card
    assert "<img src=x" not in card


def test_a_card_without_picture_rating_or_sales_is_still_a_whole_card():
    card = draw_cards([Card(picture=None, rating=None, sold_text="", list_price_text="", approx_text="", badges=(), rank=None)])
    assert "no-picture.svg" in card
    assert "card-rating" not in card
    assert "card-marks" not in card


def test_the_first_pictures_come_at_once_and_the_rest_when_near():
    cards = draw_cards([Card()] * 6, eager=4)
    assert cards.count('loading="lazy"') == 2


def test_forty_eight_cards_cost_little():
    template = environment().from_string('{% from "components/product_card.html" import product_grid %}{{ product_grid(cards) }}')
    cards = [Card(id=n) for n in range(48)]
    spent = []
    for _ in range(30):
        start = time.process_time()
        template.render(cards=cards)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.003  # about 1 ms on a quiet machine; the rest is room for a busy one


def test_stars_are_filled_to_the_exact_fraction_and_read_aloud():
    drawn = macro('{% from "components/rating.html" import stars %}{{ stars(4.53, "4.5") }}')
    assert 'width="90.6"' in drawn
    assert 'aria-label="4.5 out of 5 stars"' in drawn


@pytest.mark.parametrize("values", [[5], [3, 3, 3], [0, 0], [-2, 7, 1.5]])
def test_a_sparkline_of_any_numbers_stays_inside_its_box(values: list[float]):
    drawn = macro('{% from "components/chart.html" import sparkline %}{{ sparkline(values, "Orders") }}', values=values)
    heights = [float(y) for y in re.findall(r"[ML]\d+\.?\d* (\d+\.?\d*)", drawn)]
    assert heights
    assert all(0 <= y <= 32 for y in heights)


def test_fewer_refunds_are_good_news():
    drawn = macro('{% from "components/chart.html" import delta %}{{ delta("1%", "down", good=false) }}')
    assert "delta-good" in drawn


def test_a_refused_form_keeps_what_was_typed_and_ties_each_error_to_its_field():
    form = Delivery({"email": "ana@", "note": "<ring> twice", "service": "sea", "size": "l", "markets": ["KZ"], "secret": "hush"})
    source = (
        '{% from "components/form.html" import bound, bound_errors %}'
        "{{ bound_errors(form) }}{% for f in form %}{{ bound(f) }}{% endfor %}"
    )
    drawn = macro(source, form=form)
    assert 'value="ana@"' in drawn
    assert 'aria-describedby="id_email-error id_email-help"' in drawn
    assert '<a href="#id_email">Email: ' in drawn
    assert "&lt;ring&gt; twice" in drawn
    assert '<option value="sea" selected>' in drawn
    assert 'value="l" checked' in drawn
    assert 'value="KZ" checked' in drawn
    assert 'type="hidden" name="token"' in drawn
    assert "hush" not in drawn  # a password is never sent back
    parser = html5lib.HTMLParser()
    parser.parseFragment(drawn)
    assert parser.errors == []


def test_a_finished_job_stops_asking():
    source = '{% from "components/progress.html" import job %}{{ job("Import", 5, 10, "5 of 10", state=state, poll_url="/job") }}'
    assert "hx-get" in macro(source, state="running")
    assert "hx-get" not in macro(source, state="done")


def test_an_error_page_stands_without_cart_categories_or_messages():
    source = (
        '{% extends "layouts/plain.html" %}{% from "components/empty.html" import error_state %}'
        '{% block panel %}{{ error_state("404", "No such page", "It may have been withdrawn.") }}{% endblock %}'
    )
    assert "No such page" in macro(source, market=markets.market("BR"))


def draw_cards(cards: list[Card], eager: int = 0) -> str:
    return macro(
        '{% from "components/product_card.html" import product_grid %}{{ product_grid(cards, eager=eager) }}',
        cards=cards,
        eager=eager,
    )
