"""读与存：我自己的 Excel 怎样读进来、结果怎样存回去？"""

from ccomlib.io.columns import COLUMNS, KINDS, canonical_name
from ccomlib.io.reading import read_table
from ccomlib.io.sheet import Sheet
from ccomlib.io.writing import template, write_excel

__all__ = ["COLUMNS", "KINDS", "Sheet", "canonical_name", "read_table", "template", "write_excel"]
