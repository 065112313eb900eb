"""The drawn pictures of the demo world: every product type has one, in each of its colours, and no two look alike."""

from __future__ import annotations

import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops, ImageStat

import caravan.project.demo
from caravan.project.demo.art.board import DRAWINGS
from caravan.project.demo.art.figures import figure, measure
from caravan.project.demo.art.marks import store_banner, store_logo
from caravan.project.demo.art.paint import COLOURS
from caravan.project.demo.art.render import render
from caravan.project.demo.art.scene import extent, picture

TYPES = Path(caravan.project.demo.__path__[0]) / "content" / "types"
SIDE = 64  # pixels: enough to tell pictures apart, and quick


@cache
def _types() -> dict[str, tuple[list[str], tuple[float, float]]]:
    """Of each drawing with its kind: the colours it is asked for in, and its measures."""
    found: dict[str, tuple[list[str], tuple[float, float]]] = {}
    for file in sorted(TYPES.glob("*.toml")):
        for leaf in tomllib.loads(file.read_text("utf-8")).values():
            for made in leaf.values():
                width, height = made["trade"]["cm"]
                found.setdefault(made["make"]["art"], ([], (width, height)))[0].extend(made["make"]["colours"].split())
    return found


ARTS = sorted(_types())


def _pixels(svg: str) -> Image.Image:
    return Image.open(BytesIO(render(svg, SIDE))).convert("RGB")


def _difference(one: Image.Image, other: Image.Image) -> float:
    """Mean distance of two pictures per channel, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


@pytest.mark.parametrize("art", ARTS)
def test_every_product_type_is_drawn_and_fills_its_picture(art: str) -> None:
    colours, cm = _types()[art]
    left, top, right, bottom = extent(art)
    assert max(right - left, bottom - top) > 200, "too small to recognise"
    for view in (0, 1, 2):
        shown = _pixels(picture(art, colours[0], view, 1, cm=cm))
        assert sum(ImageStat.Stat(shown).var) / 3 > 120, f"view {view} is nearly blank"


def test_all_colours_asked_for_are_mixed() -> None:
    assert {colour for colours, _ in _types().values() for colour in colours} <= set(COLOURS)


def test_no_drawing_hangs_unused_on_the_board() -> None:
    assert {art.split()[0] for art in ARTS} == set(DRAWINGS)


def test_no_two_product_types_look_alike() -> None:
    shown = {art: _pixels(picture(art, "red", 2, 1, cm=(1, 1))) for art in ARTS}
    alike = [(a, b) for a in ARTS for b in ARTS if a < b and _difference(shown[a], shown[b]) < 0.8]
    assert alike == []


@pytest.mark.parametrize("art", ARTS)
def test_a_colour_changes_the_product_itself_and_not_only_its_background(art: str) -> None:
    first, second = list(dict.fromkeys([*_types()[art][0], "teal", "red"]))[:2]
    one, other = (_pixels(picture(art, colour, 2, 1, cm=(1, 1))) for colour in (first, second))
    assert _difference(one, other) > 0.5


def test_the_same_seed_gives_the_same_picture_and_seeds_vary_the_ground() -> None:
    assert picture("mug", "coral", 0, 7) == picture("mug", "coral", 0, 7)
    assert len({picture("mug", "coral", 0, seed) for seed in range(12)}) > 2


def test_a_picture_is_well_formed_and_asks_for_no_font() -> None:
    for art in ARTS:
        colours, cm = _types()[art]
        for view in (0, 1, 2):
            root = ElementTree.fromstring(picture(art, colours[-1], view, 3, cm=cm))  # noqa: S314 - our own text
            assert not [node for node in root.iter() if node.tag.endswith("text")]


def test_every_gradient_a_picture_uses_is_defined_in_it() -> None:
    for art in ARTS:
        svg = picture(art, _types()[art][0][0], 0, 1)
        used = {part.split(")")[0] for part in svg.split("url(#")[1:]}
        assert all(f'id="{name}"' in svg for name in used), art


def test_measures_are_drawn_as_figures() -> None:
    assert measure(7.5) == "7.5 cm"
    assert measure(200) == "200 cm"
    assert figure("12", 0, 0, 16, "#000000") != figure("21", 0, 0, 16, "#000000")
    with pytest.raises(KeyError):
        figure("a", 0, 0, 16, "#000000")


def test_a_view_that_does_not_exist_is_refused_with_a_way_out() -> None:
    with pytest.raises(ValueError, match="give 0, 1, or 2 with `cm`"):
        picture("mug", "coral", 2, 1)
    with pytest.raises(ValueError, match="no view 3"):
        picture("mug", "coral", 3, 1, cm=(1, 1))


def test_sixty_stores_have_sixty_marks_and_banners() -> None:
    assert len({store_logo(seed) for seed in range(60)}) > 50
    assert len({store_banner(seed, "teal") for seed in range(60)}) == 60
    assert store_logo(3) == store_logo(3)
    logo = Image.open(BytesIO(render(store_logo(3), 128)))
    banner = Image.open(BytesIO(render(store_banner(3, "coral"), 600)))
    assert logo.size == (128, 128)
    assert banner.size == (600, 150)
    assert min(sum(ImageStat.Stat(shown.convert("RGB")).var) for shown in (logo, banner)) > 300
