"""文件：一个 Excel 或 CSV 里有哪些格子，表头在第几行？"""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccomlib.cells import is_blank

__all__ = ["Grid", "read_grid"]

HEADER_SEARCH_ROWS = 30
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class Grid:
    """一张工作表的全部格子；``rows[i]`` 是 Excel 里的第 i + 1 行。"""

    file: str
    sheet: str | None
    rows: list[list[Any]]
    header: int

    @property
    def where(self) -> str:
        """报错时的开头：文件名与表名。"""
        return self.file if self.sheet is None else f"{self.file}「{self.sheet}」"


def read_grid(
    path: Path, sheet: str | None, known: Callable[[list[Any]], int], need: int, *, guess: bool
) -> Grid:
    """读出有表头的那张工作表；``known`` 数一行里认得几个列名，``need`` 个就算表头。

    ``guess`` 为真时，没有一行认得够，就取第一行「全是不同的文字、下一行也有同样多格」的作表头。
    """
    if not path.exists():
        raise FileNotFoundError(
            f"没有找到文件 {path}：请核对文件名与所在文件夹（现在的文件夹是 {Path.cwd()}）。"
        )
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".xlsm"}:
        sheets: dict[str | None, list[list[Any]]] = dict(_read_workbook(path))
        if sheet is not None and sheet not in sheets:
            names = "、".join(map(str, sheets))
            raise ValueError(f"{path.name} 里没有名为「{sheet}」的工作表，有：{names}。")
    elif suffix in {".csv", ".txt", ".tsv"}:
        if sheet is not None:
            raise ValueError(f"{path.name} 不是 Excel 文件，没有工作表：请去掉 sheet={sheet!r}。")
        sheets = {None: _read_text(path)}
    elif suffix == ".xls":
        raise ValueError(f"{path.name} 是旧格式 .xls：请在 Excel 里“另存为”.xlsx 再读。")
    else:
        raise ValueError(f"{path.name} 的后缀是 {suffix!r}：请另存为 .xlsx 或 .csv。")
    chosen = list(sheets) if sheet is None else [sheet]
    for name in chosen:
        for number, row in enumerate(sheets[name][:HEADER_SEARCH_ROWS]):
            if known(row) >= need:
                return Grid(path.name, name, sheets[name], number)
    for name in chosen if guess else []:
        rows = sheets[name][: HEADER_SEARCH_ROWS + 1]
        for number, (row, below) in enumerate(itertools.pairwise(rows)):
            if _looks_like_header(row, below):
                return Grid(path.name, name, sheets[name], number)
    seen = [str(cell) for rows in sheets.values() for row in rows[:3] for cell in row if cell]
    raise ValueError(
        f"{path.name} 前 {HEADER_SEARCH_ROWS} 行里没有找到表头：没有一行有 {need} 个认得的列名。"
        f"开头写的是：{'、'.join(seen[:8]) or '（空）'}。"
        '请用 columns={"你的列名": "呼入量"} 说明哪一列是什么。'
    )


def _looks_like_header(row: list[Any], below: list[Any]) -> bool:
    """至少两格，都是各不相同的文字，下一行填的格子不比它少一半。"""
    filled = [cell for cell in row if not is_blank(cell)]
    texts = {cell.strip() for cell in filled if isinstance(cell, str)}
    if len(filled) < 2 or len(texts) < len(filled) or any(map(_is_number, texts)):
        return False
    return 2 * sum(not is_blank(cell) for cell in below) >= len(filled)


def _is_number(text: str) -> bool:
    try:
        float(text.rstrip("%").replace(",", ""))
    except ValueError:
        return False
    return True


def _read_workbook(path: Path) -> dict[str, list[list[Any]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(_read_bytes(path)), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError):
        raise ValueError(
            f"{path.name} 打不开：它不是真正的 .xlsx（可能是改了后缀或加了密码），"
            "请在 Excel 里打开后“另存为”.xlsx。"
        ) from None
    sheets = {}
    for page in book.worksheets:
        if page.sheet_state != "visible":
            continue
        rows = [list(row) for row in page.iter_rows(values_only=True)]
        for merged in page.merged_cells.ranges:
            _fill_down(rows, merged.bounds)
        sheets[page.title] = rows
    return sheets


def _fill_down(rows: list[list[Any]], bounds: tuple[int, int, int, int]) -> None:
    """竖着合并的格子（如一天的日期）每行都算有值；横着合并的多是标题，不动。"""
    left, top, right, bottom = bounds
    if left == right:
        for row in rows[top:bottom]:
            row[left - 1] = rows[top - 1][left - 1]


def _read_text(path: Path) -> list[list[Any]]:
    raw = _read_bytes(path)
    encodings = ("utf-16",) if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ValueError(f"{path.name} 的文字编码认不出：请在 Excel 里另存为“CSV UTF-8”。")
    head = "\n".join(text.splitlines()[:HEADER_SEARCH_ROWS])
    delimiter = max("\t,;", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [[None if is_blank(cell) else _unquote(cell) for cell in row] for row in rows]


def _unquote(cell: str) -> str:
    """报表系统为了保住 0 而写的 ="0830" 还原成 0830；首尾的制表符去掉。"""
    found = re.fullmatch(r'="(.*)"', cell.strip())
    return found.group(1) if found else cell.strip()


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except PermissionError:
        raise PermissionError(
            f"{path.name} 读不了：它可能正在 Excel 里打开，请先关闭再运行。"
        ) from None
