"""Promotions as a CSV file: a line for each of its goods or steps, those of one `id` together."""

from caravan.promotions.rules.sheet.assemble import Assembled, Names, assemble
from caravan.promotions.rules.sheet.read import COLUMNS, RefusedLine, SheetRow, read_sheet
from caravan.promotions.rules.sheet.write import sheet_rows

__all__ = ["COLUMNS", "Assembled", "Names", "RefusedLine", "SheetRow", "assemble", "read_sheet", "sheet_rows"]
