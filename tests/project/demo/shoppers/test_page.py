from __future__ import annotations

from caravan.project.demo.shoppers.page import read

HTML = """
<a href="/en-us/p/mug/1/">Mug</a> <a href="../p/cup/2/?from=x">Cup</a> <a>nowhere</a>
<form method="get" action="/en-us/search"><input name="q"></form>
<form method="POST" action="/en-us/checkout">
<input type="hidden" name="csrfmiddlewaretoken" value="abc"><input name="email" value="">
<input type="submit" name="go" value="Go">
<select name="country_area"><option value="">Choose</option>
<option value="CA">California</option><option value="NY" selected>N. Y.</option></select>
<input type="radio" name="stars" value="5"><input type="radio" name="stars" value="4" checked><textarea name="text"></textarea>
</form>
"""


def test_links_are_whole_addresses():
    page = read("http://shop.test/en-us/c/home/", 200, HTML)
    assert page.links_with("/p/") == ["http://shop.test/en-us/p/mug/1/", "http://shop.test/en-us/c/p/cup/2/?from=x"]
    assert page.path == "/en-us/c/home/"


def test_a_form_holds_what_it_would_send():
    form = read("http://shop.test/en-us/", 200, HTML).form_to("/checkout")
    assert (form.action, form.method) == ("http://shop.test/en-us/checkout", "post")
    assert form.fields == {"csrfmiddlewaretoken": "abc", "email": "", "country_area": "NY", "stars": "4", "text": ""}
    assert form.choices["stars"] == ["5", "4"]


def test_a_page_without_the_form_has_none():
    assert read("http://shop.test/", 200, "<p>Sold out</p>").form_to("/cart/lines") is None
