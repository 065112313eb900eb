"""The category tree, the pictures of goods, and the goods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from caravan.catalog.actions.history import record_attribute, record_category, record_products
from caravan.catalog.actions.pictures import store_pictures
from caravan.catalog.queries.categories import forget, tree
from caravan.catalog.queries.pictures import pictures as pictures_by_ids
from caravan.project.demo.content import labels
from caravan.project.demo.content.catalogue import Leaf, product_types, usual_hs_codes
from caravan.project.demo.content.text import Text
from caravan.project.demo.drawing import draw
from caravan.project.demo.journal import Journal
from caravan.project.demo.world import Picture, World

PIXELS = 480  # on a side of a picture: twice what cards show
PICTURES_AT_ONCE, PRODUCTS_AT_ONCE = 8, 200


def categories(world: World, piece: None) -> None:
    codes = usual_hs_codes()
    _goods_attribute("color", labels.colours(), position=1, is_option=True)
    _goods_attribute("material", labels.materials(), position=3)
    for n, department in enumerate(world.departments(), start=1):
        record_category(path=department.path, names=department.name.pairs(), position=n)
        for m, leaf in enumerate(department.leaves, start=1):
            record_category(path=leaf.path, names=leaf.name.pairs(), position=m, hs_code=codes.get(leaf.path, ""))
            for code, values in _options(leaf).items():
                _goods_attribute(code, values, path=leaf.path, position=2, is_option=True)


def _goods_attribute(code: str, values: Iterable[Text], *, position: int, path: str = "", is_option: bool = False) -> None:
    named = {value.en: value.pairs() for value in values}
    record_attribute(
        code=code, names=labels.attribute(code).pairs(), values=tuple(named.items()), path=path,
        is_option=is_option, position=position,
    )  # fmt: skip


def _options(leaf: Leaf) -> dict[str, list[Text]]:
    """The sizes and figures that goods of the leaf come in."""
    found: dict[str, list[Text]] = {}
    for kind in product_types():
        if kind.leaf == leaf and kind.sizes:
            found.setdefault("size", []).extend(labels.sizes(kind.sizes))
        if kind.leaf == leaf and kind.spec:
            found.setdefault(kind.spec.code, []).extend(labels.figures(kind.spec))
    return found


Drawn = tuple[int, list[Picture]]  # pixels on a side, and what is to be drawn


def pictures(world: World, told: Journal) -> list[Drawn]:
    wanted = world.pictures()
    return [(PIXELS, wanted[n : n + PICTURES_AT_ONCE]) for n in range(0, len(wanted), PICTURES_AT_ONCE)]


def hang(world: World, piece: Drawn) -> dict[str, str]:
    """Draw and store them as any seller's upload is kept; what is stored already stays. Returns their ids."""
    pixels, wanted = piece
    rows = store_pictures(contents=[draw(picture.art, picture.colour, picture.view, pixels) for picture in wanted])
    return {_key(picture): str(row.id) for picture, row in zip(wanted, rows, strict=True)}


def note_pictures(told: Journal, results: Sequence[dict[str, str]]) -> Journal:
    return replace(told, pictures={key: id for ids in results for key, id in ids.items()})


Batch = tuple[slice, dict[Picture, UUID]]  # which products, and the ids of their pictures


def batches(world: World, told: Journal) -> list[Batch]:
    some = [slice(n, n + PRODUCTS_AT_ONCE) for n in range(0, world.sizes.products, PRODUCTS_AT_ONCE)]
    return [(one, _ids({p for item in world.items[one] for p in item.pictures}, told)) for one in some]


def _ids(pictures: Iterable[Picture], told: Journal) -> dict[Picture, UUID]:
    return {picture: UUID(told.pictures[_key(picture)]) for picture in pictures if _key(picture) in told.pictures}


def products(world: World, piece: Batch) -> None:
    some, ids = piece
    forget()  # the tree may have grown in another process
    categories = {path: row.id for path, row in tree("en").items()}
    kept = pictures_by_ids(ids.values())
    there = {picture: id for picture, id in ids.items() if id in kept}
    record_products(products=list(world.products(categories, there, some)), at=world.ends_at)


def _key(picture: Picture) -> str:
    return f"{picture.art}/{picture.colour}/{picture.view}"
