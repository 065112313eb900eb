"""The parts of `bench.rivals` that need neither npm nor a market: what is asked, what is written for Vendure, what is printed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest

from bench.costs import Cost
from bench.load import Post, load
from bench.rivals import THEIRS, Measured, Row, Way, compare, subjects, table
from bench.shown import Everything
from bench.shown import Measured as Page
from bench.vendure import asked
from bench.vendure.goods import Good, good, write


def test_vendure_is_filled_with_the_words_prices_and_pictures_of_our_market(tmp_path):
    write(tmp_path / "goods", 21)
    first, *_, last = msgspec.json.Decoder(Good).decode_lines((tmp_path / "goods").read_bytes())
    assert (first.slug, first.title, first.category) == ("lamp-0", "Amber folding lamp model 0", "home/lamps")
    assert [(v.color, v.price, v.stock) for v in first.variants] == [("red", 1500, 10), ("blue", 1600, 10), ("green", 1700, 10)]
    assert len(first.pictures) == 3
    assert len(first.description.split()) == 60
    assert last.category == first.category
    assert last.id != first.id


def test_both_are_asked_for_the_same_products_words_and_number_of_categories():
    goods = [good(n) for n in range(60)]
    names = ("products API, 48", "category page, 48", "product page", "search page, 48")
    pages = [_page(name, "/somewhere") for name in names]
    pages.append(_page("product API", *(f"/api/v1/products/{one.id}?market=BR" for one in goods[:3])))
    lists, product, search = subjects(Everything(pages), goods)
    assert [len(way.requests) for way in lists.theirs] == [20, 1]
    assert [_variables(one)["slug"] for one in product.theirs[0].requests] == [one.slug for one in goods[:3]]
    ours, theirs = search.ours[0].requests, search.theirs[0].requests
    assert len(ours) == len(theirs) == 24
    assert _variables(theirs[0])["words"] in str(ours[0])


def test_the_faster_of_vendures_ways_is_held_against_ours():
    ours = _measured("products API", "JSON", milliseconds=2, per_second=500)
    slow = _measured("products", THEIRS, milliseconds=40, per_second=25)
    fast = _measured("search", THEIRS, milliseconds=20, per_second=50)
    text = table("list of 48", [Row(ours, slow), Row(ours, fast)])
    one, other = text.splitlines()[2:4]
    assert one.endswith("20.0x    20.0x  its slower way")
    assert other.endswith("10.0x    10.0x")


def test_vendure_may_not_answer_with_fewer_products_than_ours_but_for_searches():
    goods = [good(n) for n in range(60)]
    names = ("products API, 48", "category page, 48", "product API", "product page", "search page, 48")
    lists, product, search = subjects(Everything([_page(name) for name in names]), goods)
    compare(lists, lists.theirs[0], [48, 3], [48, 3])
    compare(search, search.theirs[0], [48, 3], [12, 0])
    for subject, count in ((lists, [48, 2]), (product, [1, 0]), (search, [0, 0])):
        with pytest.raises(RuntimeError, match="Vendure's answers hold"):
            compare(subject, subject.theirs[0], [48, 3], count)


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


def _page(name: str, *paths: str) -> Page:
    return Page(name, "JSON", paths, paths, (1, 1), 100)


def _variables(one: object) -> dict[str, str]:
    assert isinstance(one, Post)
    return msgspec.json.decode(one.body)["variables"]


def _measured(name: str, kind: str, *, milliseconds: float, per_second: float) -> Measured:
    return Measured(Way(name, kind, ["/"]), Cost(milliseconds * per_second / 1000, 0.0, int(per_second), 1.0, ()), 48.0)


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
