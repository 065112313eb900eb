"""A sheet of paper: margins, type and tables for everything that is printed. Lengths are in millimetres, type in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from caravan.trade.papers.fonts import FAMILY, FOLDER, printable, scripts_of

Align = Literal["L", "R"]
LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "CL", "CO", "CR", "DO", "GT", "NI", "PA", "PH", "PR", "SV", "VE"})
MARGIN = 18.0
INK, MUTED, RULE = (28, 30, 38), (96, 100, 112), (205, 208, 216)
LINE = 1.42  # height of a line, of its type size


class Column(NamedTuple):
    """`share` of the width; figures stand to the right."""

    heading: str
    share: float
    align: Align = "L"


class Sheet(FPDF):
    """Opened with all the texts it will show (`texts`), so that only the fonts they need are read."""

    def __init__(self, *, texts: Iterable[str], country: str, title: str, language: str, at: datetime) -> None:
        super().__init__(format="letter" if country in LETTER_COUNTRIES else "A4")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN)
        self.set_title(title)
        self.set_lang(language)
        self.set_creation_date(at)  # the same paper is the same file, byte by byte
        self.set_producer("Caravan")
        self.foot = ""
        self._open_fonts(texts)
        self.type(10)

    def _open_fonts(self, texts: Iterable[str]) -> None:
        self.add_font(FAMILY, "", FOLDER / "NotoSans-Regular.ttf")
        self.add_font(FAMILY, "B", FOLDER / "NotoSans-Bold.ttf")
        scripts = scripts_of(texts)
        for script in scripts:
            self.add_font(script, "", FOLDER / f"NotoSans{script}.ttf")
        self.set_fallback_fonts(scripts, exact_match=False)
        self.set_text_shaping(True)
        self._known = {code for font in self.fonts.values() for code in font.cmap}  # type: ignore[union-attr]

    def footer(self) -> None:
        self.set_y(-MARGIN + 4)
        self.type(8, colour=MUTED)
        self.cell(0, 4, self._can(self.foot))
        self.set_x(self.l_margin)
        self.cell(0, 4, str(self.page_no()), align="R")

    def type(self, size: float, *, bold: bool = False, colour: tuple[int, int, int] = INK) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)

    def heading(self, text: str, size: float = 20) -> None:
        self.type(size, bold=True)
        self._write(0, text)
        self.type(10)

    def line_of(self, text: str, *, size: float = 10, bold: bool = False, muted: bool = False) -> None:
        """A paragraph over the whole width."""
        self.type(size, bold=bold, colour=MUTED if muted else INK)
        self._write(0, text)

    def gap(self, height: float) -> None:
        self.ln(height)

    def rule(self) -> None:
        self.set_draw_color(*RULE)
        self.set_line_width(0.2)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())

    def blocks(self, blocks: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Headed paragraphs side by side: who sells, who buys."""
        width, top, deepest = (self.epw + 8) / len(blocks), self.get_y(), 0.0
        for n, (head, lines) in enumerate(blocks):
            self.set_y(top)
            left = self.l_margin + n * width
            for number, text in enumerate((head, *lines)):
                self.set_x(left)
                self.type(8 if not number else 10, colour=INK if number else MUTED)
                self._write(width - 8, text)
            deepest = max(deepest, self.get_y())
        self.set_y(deepest)

    def table_of(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """A table with its head on every page; no row is cut in two. A second line within a cell is smaller."""
        widths = [self.epw * column.share / sum(c.share for c in columns) for column in columns]
        self._table_head(columns, widths)
        for row in rows:
            height = max(self._height(width, cell) for width, cell in zip(widths, row, strict=True)) + 3
            if self.get_y() + height > self.page_break_trigger:
                self.add_page()
                self._table_head(columns, widths)
            top = self.get_y()
            for n, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self.set_xy(self.l_margin + sum(widths[:n]), top + 1.5)
                self._cell(widths[n], cell, column.align)
            self.set_y(top + height)
            self.rule()

    def sums(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        """What it comes to, on the right: (label, amount, is it the sum)."""
        height = 6.0 * len(rows)
        if self.get_y() + height > self.page_break_trigger:
            self.add_page()
        for label, amount, total in rows:
            self.type(11 if total else 10, bold=total)
            self.set_x(self.l_margin + self.epw * 0.4)
            self.cell(self.epw * 0.36, 6, self._can(label))
            self.cell(self.epw * 0.24, 6, self._can(amount), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def pdf(self) -> bytes:
        return bytes(self.output() or b"")

    def _table_head(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        top, height = self.get_y(), 0.0
        self.type(8, colour=MUTED)
        for n, column in enumerate(columns):
            self.set_xy(self.l_margin + sum(widths[:n]), top)
            self._write(widths[n], column.heading, column.align)
            height = max(height, self.get_y() - top)
        self.set_y(top + height + 1)
        self.rule()

    def _cell(self, width: float, text: str, align: Align) -> None:
        first, _, rest = text.partition("\n")
        left = self.get_x()
        self.type(10)
        self._write(width, first, align)
        if rest:
            self.set_x(left)
            self.type(8, colour=MUTED)
            self._write(width, rest, align)

    def _height(self, width: float, text: str) -> float:
        first, _, rest = text.partition("\n")
        self.type(10)
        height = self._measured(width, first)
        if rest:
            self.type(8)
            height += self._measured(width, rest)
        return height

    def _measured(self, width: float, text: str) -> float:
        if not text:
            return self._line_height()
        measure = MethodReturnValue.HEIGHT
        return float(self.multi_cell(width, self._line_height(), self._can(text), align="L", dry_run=True, output=measure))  # type: ignore[arg-type]

    def _write(self, width: float, text: str, align: Align = "L") -> None:
        if text:
            self.multi_cell(width, self._line_height(), self._can(text), align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)
        else:
            self.set_xy(self.get_x(), self.get_y() + self._line_height())

    def _line_height(self) -> float:
        return float(self.font_size * LINE)

    def _can(self, text: str) -> str:
        return printable(text, self._known)
