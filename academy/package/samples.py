"""Which Excel files does the learner try `read_table` on?  The tables that the lessons use, written by ccomlib."""

from __future__ import annotations

import tempfile
from pathlib import Path

from academy.exports.workbook import without_time
from academy.package.writing import zipped
from ccomlib import centre, write_excel

__all__ = ["SEED", "sample", "titles"]

SEED = 2025  # the centre that the lessons open
LONGEST = 12_000  # rows; half a year of half-hours for every queue opens slowly and nobody reads it
SHORT = 5_000


def titles() -> dict[str, str]:
    """Chinese titles of the centre's tables, by name."""
    tables = centre.open_centre(SEED).tables()
    return dict(zip(tables["表名"], tables["内容"], strict=True))


def sample(table: str) -> bytes:
    """One table as an Excel file; the same table always gives the same bytes."""
    rows = centre.open_centre(SEED).table(table)
    title = titles()[table]
    if len(rows) > LONGEST:
        rows, title = rows.head(SHORT), f"{title}（前 {SHORT} 行）"
    with tempfile.TemporaryDirectory() as scratch:
        written = write_excel(Path(scratch) / "样例.xlsx", {title: rows}).read_bytes()
    return zipped(without_time(written))
