"""The style sheet in one piece, so that a page asks for one file while people edit many small ones."""

from __future__ import annotations

import re
from pathlib import Path

IMPORT = re.compile(r'@import "([^"]+)" layer\((\w+)\);')


def one_piece(entry: Path) -> str:
    """`entry` with the imported files written in, each layer once, without comments and indents. They import nothing."""
    text = entry.read_text("utf-8")
    layers: dict[str, list[str]] = {}
    for path, layer in IMPORT.findall(text):
        layers.setdefault(layer, []).append((entry.parent / path).read_text("utf-8"))
    return _tight(IMPORT.sub("", text) + "".join(f"@layer {layer} {{{''.join(files)}}}" for layer, files in layers.items()))


def _tight(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s*\n\s*", "", css)
    css = re.sub(r" ?([{};,]) ?|(: )", lambda found: found[1] or ":", css)
    css = re.sub(r" (>=|<=|[<>*/]) ", r"\1", css)
    return css.replace(";}", "}") + "\n"
