import pytest

from caravan.kernel.errors import Invalid
from caravan.search.rules.query import Sort
from tests.search.market import ask, facet, found, index_of, product, selected


@pytest.fixture
def shop(tmp_path):
    return index_of(
        tmp_path,
        product(
            "Desk lamp",
            "a",
            category_path=("home", "lamps"),
            brand="Acme",
            price=400,
            attributes=(("color", "red"), ("size", "S")),
            rating_mean=4.8,
            rating_count=10,
            sold_30d=5,
            ships_to=("US", "BR"),
        ),
        product(
            "Floor lamp",
            "b",
            category_path=("home", "lamps"),
            brand="Bolt",
            price=700,
            attributes=(("color", "blue"), ("size", "S")),
            rating_mean=3.5,
            rating_count=50,
            sold_30d=50,
            store_slug="south",
        ),
        product(
            "Wall lamp",
            "c",
            category_path=("home", "walls"),
            brand="Acme",
            price=9_000,
            attributes=(("color", "red"), ("size", "L")),
            ships_to=("KZ",),
            sold_30d=1,
        ),
        product("Lamp book", "d", category_path=("books",), price=700, rating_mean=5.0, rating_count=1),
    )


def test_facets_count_what_is_there(shop):
    page = ask(shop, "lamp", market="BR")
    assert facet(page, "category") == {"home": 3, "books": 1}
    assert facet(page, "price") == {"0-499": 1, "500-999": 2, "5000-9999": 1}
    assert facet(page, "rating") == {"4": 2, "3": 3, "2": 3, "1": 3}
    assert facet(page, "store") == {"north": 3, "south": 1}
    assert facet(page, "brand") == {"Acme": 2, "Bolt": 1}
    assert facet(page, "attribute:color") == {"red": 2, "blue": 1}
    assert facet(page, "ships_to") == {"BR": 3}
    assert not any(one.approximate for one in page.facets)


def test_a_facet_counts_under_every_filter_but_its_own(shop):
    page = ask(shop, "lamp", brand="Acme", attributes=(("color", "red"),))
    assert page.total == 2
    assert facet(page, "brand") == {"Acme": 2}
    assert facet(page, "attribute:color") == {"red": 2}
    assert facet(page, "attribute:size") == {"S": 1, "L": 1}
    page = ask(shop, "lamp", attributes=(("color", "red"),))
    assert facet(page, "attribute:color") == {"red": 2, "blue": 1}
    assert selected(page, "attribute:color") == {"red"}


def test_inside_a_category_its_children_are_counted(shop):
    page = ask(shop, category="home")
    assert facet(page, "category") == {"lamps": 2, "walls": 1}
    assert {hit.id for hit in page.hits} == {"a", "b", "c"}


def test_values_of_one_attribute_widen_and_different_attributes_narrow(shop):
    assert set(found(shop, attributes=(("color", "red"), ("color", "blue")))) == {"a", "b", "c"}
    assert found(shop, attributes=(("color", "red"), ("size", "L"))) == ["c"]


def test_price_store_and_rating_filters(shop):
    assert set(found(shop, price_min=700, price_max=700)) == {"b", "d"}
    assert selected(ask(shop, price_min=500, price_max=999), "price") == {"500-999"}
    assert found(shop, store="south") == ["b"]
    assert set(found(shop, rating_min=4)) == {"a", "d"}
    assert selected(ask(shop, rating_min=4), "rating") == {"4"}


def test_only_what_is_delivered_to_the_market_is_kept(shop):
    assert set(found(shop, ships_to="KZ")) == {"b", "c", "d"}
    assert set(found(shop, ships_to="br")) == {"a", "b", "d"}
    assert selected(ask(shop, ships_to="KZ"), "ships_to") == {"KZ"}


def test_facets_can_be_left_out(shop):
    from caravan.search.rules.query import SearchQuery

    assert shop.search(SearchQuery(text="lamp"), facets=False).facets == ()


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.SALES, ["b", "a", "c", "d"]),
        (Sort.NEWEST, ["d", "c", "b", "a"]),
        (Sort.RATING, ["a", "d", "c", "b"]),
    ],
)
def test_each_order_is_kept(shop, sort, order):
    assert found(shop, "lamp", sort=sort) == order


def test_prices_go_up_and_down(shop):
    up, down = ([hit.score for hit in ask(shop, sort=sort).hits] for sort in (Sort.PRICE_ASC, Sort.PRICE_DESC))
    assert up == [400, 700, 700, 9000]
    assert down == [9000, 700, 700, 400]


@pytest.mark.parametrize("sort", list(Sort))
def test_a_cursor_walks_every_hit_once(tmp_path, sort):
    index = index_of(
        tmp_path, *(product("Lamp", f"p{n}", price=n % 7, sold_30d=n % 5, rating_count=n % 3, rating_mean=4) for n in range(450))
    )
    seen: list[str] = []
    cursor, pages = None, 0
    while pages == 0 or cursor:
        page = ask(index, "lamp", sort=sort, limit=47, cursor=cursor)
        assert page.total == 450
        seen += [hit.id for hit in page.hits]
        cursor, pages = page.next, pages + 1
    assert len(seen) == 450
    assert len(set(seen)) == 450
    assert pages == 10


def test_the_last_page_ends_the_list_even_when_it_is_full(tmp_path):
    for total in (4, 192):
        index = index_of(tmp_path / str(total), *(product("Lamp") for _ in range(total)))
        for sort in (Sort.RELEVANCE, Sort.SALES):
            cursor = None
            for _ in range(total // 4):
                page = ask(index, "lamp", sort=sort, limit=4, cursor=cursor)
                cursor = page.next
            assert len(page.hits) == 4
            assert cursor is None


def test_a_cursor_from_elsewhere_is_refused(shop):
    cursor = ask(shop, "lamp", limit=1).next
    with pytest.raises(Invalid):
        ask(shop, "book", limit=1, cursor=cursor)


def test_sampled_counts_are_called_approximate(tmp_path, monkeypatch):
    index = index_of(tmp_path, *(product("Lamp", brand="Acme") for _ in range(800)))
    monkeypatch.setattr("caravan.search.engine.facets.SAMPLED_ABOVE", 500)
    page = ask(index, "lamp")
    brand = next(one for one in page.facets if one.code == "brand")
    assert brand.approximate
    assert 400 < brand.values[0].count < 1_200
    assert page.total == 800


@pytest.fixture
def sale(tmp_path):
    return index_of(
        tmp_path,
        product("Desk lamp", "everywhere", offered_in=("*",)),
        product("Floor lamp", "brazil", offered_in=("BR", "AR")),
        product("Wall lamp", "dear"),
    )


def test_what_is_on_offer_is_counted_and_kept_as_the_market_has_it(sale):
    assert facet(ask(sale, "lamp", market="BR"), "offer") == {"1": 2}
    assert facet(ask(sale, "lamp", market="US"), "offer") == {"1": 1}
    assert facet(ask(sale, "lamp"), "offer") == {"1": 1}
    assert sorted(found(sale, "lamp", market="BR", on_offer=True)) == ["brazil", "everywhere"]
    assert found(sale, "lamp", market="US", on_offer=True) == ["everywhere"]
    assert selected(ask(sale, "lamp", market="US", on_offer=True), "offer") == {"1"}


def test_where_nothing_is_on_offer_there_is_no_such_facet_until_it_is_asked_for(shop):
    assert facet(ask(shop, "lamp", market="BR"), "offer") == {}
    assert found(shop, "lamp", market="BR", on_offer=True) == []
