"""The style sheet, the scripts and what is vendored: light, in order, and readable."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from caravan.web.stylesheet import IMPORT, one_piece
from tests.web.drawing import STATIC

CSS = STATIC / "css"
DESIGN = Path(__file__).parents[2] / "docs" / "design-system.md"
KILOBYTES = 50  # of all styles together
PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-2") for ground in ("paper", "surface", "sunken", "raised")],
    *[(ink, ground) for ink in ("brand", "good", "bad", "sale") for ground in ("paper", "surface", "sunken")],
    ("on-brand", "brand"), ("on-brand", "brand-strong"), ("on-buy", "buy"), ("on-buy", "buy-strong"),
    ("brand", "brand-soft"), ("good", "good-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"),
    ("sale", "bad-soft"), ("ink", "warn-soft"), ("ink", "bad-soft"),
]  # fmt: skip


def test_the_style_sheet_keeps_to_its_weight():
    assert len(one_piece(CSS / "caravan.css").encode()) <= KILOBYTES * 1024
    assert f"may weigh {KILOBYTES} KB" in DESIGN.read_text("utf-8")


def test_every_style_file_is_imported_once_into_a_declared_layer():
    entry = (CSS / "caravan.css").read_text("utf-8")
    layers = re.search(r"@layer ([\w, ]+);", entry)
    assert layers
    imported = IMPORT.findall(entry)
    assert {layer for _, layer in imported} <= set(layers[1].split(", "))
    assert sorted(name for name, _ in imported) == sorted(
        str(p.relative_to(CSS)) for p in CSS.rglob("*.css") if p.name != "caravan.css"
    )


def test_the_joined_style_sheet_has_the_same_rules():
    whole = one_piece(CSS / "caravan.css")
    assert "@import" not in whole
    assert whole.count("{") == whole.count("}")
    assert "@media (width>=60rem){" in whole
    assert "calc(var(--page) + 2*var(--gutter))" in whole


def test_styles_know_no_left_and_right():
    sided = re.compile(
        r"(?<![\w-])((margin|padding|border)-(left|right)|(left|right|width|height)\s*:|text-align:\s*(left|right))"
    )
    for path in CSS.rglob("*.css"):
        for line in path.read_text("utf-8").splitlines():
            assert not sided.search(line), f"{path.name}: {line}"


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(ink: str, ground: str, theme: int):
    assert contrast(token(ink, theme), token(ground, theme)) >= 4.5


def test_scripts_are_short_and_stand_alone():
    for path in (STATIC / "js").glob("*.js"):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) < 100, path
        assert not re.search(r"^import|\beval\(|new Function|innerHTML = [^a]", text, re.MULTILINE), path


def test_vendored_scripts_are_what_their_list_says():
    listed = re.findall(
        r"^\| (\w+) \| \S+ \| \S+ \| dist/(\S+) \|.*\| ([0-9a-f]{64}) \|$",
        (STATIC / "vendor" / "README.md").read_text(),
        re.MULTILINE,
    )
    assert len(listed) == len([*(STATIC / "vendor").glob("*/*.js")])
    for folder, name, digest in listed:
        assert hashlib.sha256((STATIC / "vendor" / folder / name).read_bytes()).hexdigest() == digest
        assert (STATIC / "vendor" / folder / "LICENSE").exists()


def token(name: str, theme: int) -> str:
    found = re.search(rf"--{name}: (?:light-dark\((#\w+), (#\w+)\)|(#\w+));", (CSS / "tokens.css").read_text("utf-8"))
    assert found, name
    return found[3] or found[1 + theme]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of #rgb or #rrggbb."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
