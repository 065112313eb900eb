"""The parts of `bench.rivals` that need neither npm nor pip nor a market: what is asked, filled from, printed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import msgspec
import pytest

from bench import oscar, vendure
from bench.costs import Cost
from bench.goods import Good, good, write
from bench.load import Post, load
from bench.oscar.pages import Addresses, items
from bench.rivals import RIVALS, Measured, Rival, Row, compare, installed, rows, table
from bench.shops import LIST, PRODUCT, SEARCH, Given, Way, looked_at, oscars_ways, our_ways, vendures_ways
from bench.shown import Everything
from bench.shown import Measured as Page
from bench.vendure import asked


def test_rivals_are_filled_with_the_words_prices_and_pictures_of_our_market(tmp_path):
    write(tmp_path / "goods", 21)
    first, *_, last = msgspec.json.Decoder(Good).decode_lines((tmp_path / "goods").read_bytes())
    assert (first.slug, first.title, first.category) == ("lamp-0", "Amber folding lamp model 0", "home/lamps")
    assert [(v.color, v.price, v.stock) for v in first.variants] == [("red", 1500, 10), ("blue", 1600, 10), ("green", 1700, 10)]
    assert len(first.pictures) == 3
    assert len(first.description.split()) == 60
    assert last.category == first.category
    assert last.id != first.id


def test_all_are_asked_for_the_same_products_words_and_number_of_categories(tmp_path):
    shown, given = _shown(), _given(tmp_path)
    assert given.looked_at == [one.id for one in given.goods[:3]]
    ours, theirs = our_ways(shown), vendures_ways(given)
    assert [len(way.requests) for way in theirs[LIST]] == [20, 1]
    assert [_variables(one)["slug"] for one in theirs[PRODUCT][0].requests] == [one.slug for one in given.goods[:3]]
    assert len(ours[SEARCH][0].requests) == len(theirs[SEARCH][0].requests) == 24
    assert _variables(theirs[SEARCH][0].requests[0])["words"] in str(ours[SEARCH][0].requests[0])


def test_oscar_is_asked_for_pages_of_the_same_products_and_categories(tmp_path):
    given = _given(tmp_path)
    categories = {one.category: f"/catalogue/category/{one.category.replace('/', '-')}_1/" for one in given.goods}
    products = {one.id: f"/catalogue/{one.slug}_{n}/" for n, one in enumerate(given.goods)}
    ways = oscars_ways(Addresses(categories, products), given)
    assert len(ways[LIST][0].requests) == 20
    assert ways[LIST][0].requests[0] == "/catalogue/category/home-lamps_1/"
    assert ways[PRODUCT][0].requests == [products[one.id] for one in given.goods[:3]]
    assert SEARCH not in ways


def test_oscars_products_are_counted_by_their_links_once_each():
    lamp = b'<a href="/catalogue/lamp-0_1/"><img></a> <a href="/catalogue/lamp-0_1/">Lamp</a>'
    around = (
        b'<a href="/catalogue/"></a> <a href="/catalogue/category/garden/pots_9/"></a> <a href="/catalogue/category/tall_8/">'
    )
    assert items(around + lamp + b'<a href="/catalogue/vase-4_5/reviews/add/#addreview">') == [b"lamp-0_1", b"vase-4_5"]
    assert items(around) == []


def test_the_faster_way_of_a_rival_is_held_against_ours():
    ours = _measured("Caravan", "products API", "JSON", milliseconds=2, per_second=500)
    slow = _measured("Vendure", "products", "JSON", milliseconds=40, per_second=25)
    fast = _measured("Vendure", "search", "JSON", milliseconds=20, per_second=50)
    text = table("list of 48", [Row(ours, slow), Row(ours, fast)])
    one, other = text.splitlines()[2:4]
    assert one.endswith("20.0x    20.0x  its slower way")
    assert other.endswith("10.0x    10.0x")


def test_our_json_is_held_against_json_and_our_pages_against_both():
    json, page = (_measured("Caravan", kind, kind, milliseconds=2, per_second=500) for kind in ("JSON", "HTML"))
    vendure = _measured("Vendure", "search", "JSON", milliseconds=20, per_second=50)
    oscar = _measured("django-oscar", "page", "HTML", milliseconds=100, per_second=10)
    held = rows([json, page], [vendure, oscar])
    assert [(row.ours, row.theirs) for row in held] == [(json, vendure), (page, vendure), (page, oscar)]
    lines = table("list of 48", held).splitlines()[2:]
    assert ["Vendure search, JSON" in line for line in lines] == [True, True, False]
    assert "django-oscar page, HTML" in lines[2]
    assert lines[2].endswith("50.0x    50.0x")


def test_a_rival_may_not_answer_with_fewer_products_than_ours_but_for_searches():
    compare(LIST, "theirs", [48, 3], [48, 3])
    compare(SEARCH, "theirs", [48, 3], [12, 0])
    for subject, count in ((LIST, [48, 2]), (PRODUCT, [1, 0]), (SEARCH, [0, 0])):
        with pytest.raises(RuntimeError, match="answers of theirs hold"):
            compare(subject, "theirs", [48, 3], count)


def test_a_rival_that_cannot_be_installed_is_left_out_and_said_so(monkeypatch, capsys):
    def fail() -> None:
        raise vendure.NotInstalled("no node here")

    def fail_too() -> None:
        raise oscar.NotInstalled("no index here")

    monkeypatch.setitem(RIVALS, "vendure", _rival(fail))
    monkeypatch.setitem(RIVALS, "oscar", there := _rival(lambda: None))
    assert installed([]) == [there]
    assert capsys.readouterr().err == "Without vendure: no node here\n"
    assert installed(["oscar", "vendure"]) == []
    monkeypatch.setitem(RIVALS, "oscar", _rival(fail_too))
    assert installed(["vendure"]) == []
    assert capsys.readouterr().err == "Without oscar: no index here\n"


def test_an_answer_that_says_it_failed_ends_the_measuring():
    with pytest.raises(RuntimeError, match="no such field"):
        asked.items(b'{"errors":[{"message":"no such field"}]}')
    assert asked.items(b'{"data":{"product":null}}') == []
    with _server(b'{"errors":[{"message":"no such field"}],"data":null}') as port, pytest.raises(RuntimeError, match="no such"):
        load(port, [Post("/shop-api", b"{}")], connections=1, seconds=1)


def test_a_request_with_a_body_is_sent_whole():
    with _server(b'{"data":1}') as port:
        done = load(port, [Post("/shop-api", b'{"query":"{ products }"}'), "/plain"], connections=1, seconds=5, most=4)
    assert done.count == 4


def _shown() -> Everything:
    pages = [_page(name, "/somewhere") for name in ("products API, 48", "category page, 48", "product page", "search page, 48")]
    return Everything([*pages, _page("product API", *(f"/api/v1/products/{good(n).id}?market=BR" for n in range(3)))])


def _given(folder: Path) -> Given:
    return Given("postgresql://nowhere", folder / "goods", [good(n) for n in range(60)], looked_at(_shown()), keep=False)


def _rival(install: Callable[[], None]) -> Rival:
    return Rival(install, lambda: "", lambda given: nullcontext())


def _page(name: str, *paths: str) -> Page:
    return Page(name, "JSON", paths, paths, (1, 1), 100)


def _variables(one: object) -> dict[str, str]:
    assert isinstance(one, Post)
    return msgspec.json.decode(one.body)["variables"]


def _measured(shop: str, name: str, kind: str, *, milliseconds: float, per_second: float) -> Measured:
    return Measured(shop, Way(name, kind, ["/"]), Cost(milliseconds * per_second / 1000, 0.0, int(per_second), 1.0, ()), 48.0)


@contextmanager
def _server(answer: bytes) -> Iterator[int]:
    """A port where each request, read as far as its length says, is answered so."""
    loop = asyncio.new_event_loop()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next((line.split(b":")[1] for line in head.split(b"\r\n") if line.startswith(b"Content-Length")), b"0")
                await reader.readexactly(int(length))
                # In two pieces, as a network may.
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(answer))
                await writer.drain()
                writer.write(answer)
        except asyncio.IncompleteReadError:
            writer.close()

    server = loop.run_until_complete(asyncio.start_server(converse, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
