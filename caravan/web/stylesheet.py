"""The style sheet in one piece, so that a page asks for one file while people edit many small ones."""

from __future__ import annotations

import re
from pathlib import Path

IMPORT = re.compile(r'@import "([^"]+)" layer\((\w+)\);')


def one_piece(entry: Path) -> str:
    """`entry` with each imported file written in under its layer, without comments and indents. Imported files import nothing."""
    whole = IMPORT.sub(
        lambda found: f"@layer {found[2]} {{{(entry.parent / found[1]).read_text('utf-8')}}}", entry.read_text("utf-8")
    )
    return _tight(whole)


def _tight(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s*\n\s*", "", css)
    css = re.sub(r" ?([{};,]) ?|(: )", lambda found: found[1] or ":", css)
    return css.replace(";}", "}").replace(" > ", ">") + "\n"
