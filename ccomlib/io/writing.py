"""存表：结果怎样存回 Excel？"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.io.columns import COLUMNS, KINDS
from ccomlib.results import Result

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["template", "write_excel"]

MIN_WIDTH, MAX_WIDTH, WIDTH_SAMPLE = 8, 48, 300
MAX_ROWS = 1_048_576 - 2
FORBIDDEN = set(r"[]:*?/\'")
PERCENT_NAME = re.compile(r"率$|率[（(]|比例|占比|服务水平")
PERCENT_LIMIT = 2.0
CONTENT_HELP = {
    "date": "年月日，如 2026-03-02",
    "slot": "时段开始时刻，如 08:30",
    "clock": "时刻，如 08:30；休息日留空；下班小于上班表示次日",
    "count": "不为负的数",
    "seconds": "秒",
    "number": "数",
    "text": "文字",
    "flag": "是 或 否",
}


def write_excel(
    path: str | Path,
    tables: Mapping[str, pd.DataFrame | Result] | None = None,
    /,
    *,
    overwrite: bool = False,
    **sheets: pd.DataFrame | Result,
) -> Path:
    """把几张表或几个结果存进一个 Excel 文件，一张一页。

    Parameters
    ----------
    path : 文件名，以 .xlsx 结尾。
    tables : {工作表名: 表或结果}；也可以直接写 ``工作表名=表``。
    overwrite : 文件已经在时，True 才覆盖。

    Returns
    -------
    Path
        存好的文件。

    Raises
    ------
    FileExistsError, PermissionError, FileNotFoundError
        文件已在、正被 Excel 占用、文件夹不存在。
    ValueError
        后缀、工作表名不合 Excel 的规矩，或内容不是表。

    Notes
    -----
    结果对象的第一行是它的那句结论，下面是表。列名以“率”结尾或含“比例”“占比”“服务水平”
    且数值不超过 2 的列按百分数显示；存的仍是原来的数。

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_excel(folder / "结果.xlsx", 一周=pd.DataFrame({"星期": ["周一"], "放弃率": [0.05]})).name
    '结果.xlsx'
    """
    path = Path(path)
    content = {**(tables or {}), **sheets}
    _check_target(path, content, overwrite)
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, item in content.items():
        _write_sheet(book.create_sheet(name), name, item)
    buffer = io.BytesIO()
    book.save(buffer)
    try:
        path.write_bytes(buffer.getvalue())
    except PermissionError:
        raise PermissionError(
            f"{path.name} 存不进去：它可能正在 Excel 里打开，请先关闭，或换一个文件名。"
        ) from None
    return path


def template(kind: str, path: str | Path, *, overwrite: bool = False) -> Path:
    """写一个空白模板：列名、示例行，另一页是填写说明。

    Parameters
    ----------
    kind : "intervals"、"daily"、"roster"、"series"、"agents"、"agent_day" 之一。
    path : 文件名，以 .xlsx 结尾。
    overwrite : 文件已经在时，True 才覆盖。

    Returns
    -------
    Path
        模板文件；把示例行换成自己的数据后，用 ``read_table(path, kind=kind)`` 读。

    Examples
    --------
    >>> import tempfile
    >>> template("daily", Path(tempfile.mkdtemp()) / "每日.xlsx").name
    '每日.xlsx'
    """
    if kind not in KINDS:
        raise ValueError(f"kind 是 {kind!r}，应是 {'、'.join(KINDS)} 之一。")
    layout = KINDS[kind]
    names = [*layout.required, *layout.optional]
    examples = pd.DataFrame(layout.examples, columns=names)
    for name in names:
        if name in COLUMNS and COLUMNS[name].content == "date":
            examples[name] = pd.to_datetime(examples[name])
    guide = pd.DataFrame(
        {
            "栏目": names,
            "怎样填": [CONTENT_HELP[COLUMNS[n].content] if n in COLUMNS else "数" for n in names],
            "必填": ["必填" if name in layout.required else "可空" for name in names],
            "也认得这些写法": [
                "、".join(COLUMNS[n].synonyms) if n in COLUMNS else "" for n in names
            ],
        }
    )
    return write_excel(path, {layout.title: examples, "填写说明": guide}, overwrite=overwrite)


def _check_target(path: Path, content: Mapping[str, Any], overwrite: bool) -> None:
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"文件名 {path.name} 应以 .xlsx 结尾：请改成 {path.stem}.xlsx。")
    if not content:
        raise ValueError("没有要存的表：请写 write_excel(path, 工作表名=表)。")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"没有文件夹 {path.parent}：请先建好，或换一个地方存。")
    if path.exists() and not overwrite:
        raise FileExistsError(f"{path.name} 已经在了：请换一个文件名，或用 overwrite=True 覆盖它。")
    seen: set[str] = set()
    for name in content:
        wrong = sorted(set(name) & FORBIDDEN)
        if not 1 <= len(name) <= 31 or wrong:
            raise ValueError(
                f"工作表名 {name!r} 不合 Excel 的规矩：1 到 31 个字，不含 [ ] : * ? / \\ '。"
            )
        if name.lower() in seen:
            raise ValueError(f"工作表名 {name!r} 重复了（Excel 不分大小写）：请换一个。")
        seen.add(name.lower())


def _write_sheet(page: Worksheet, name: str, item: pd.DataFrame | Result) -> None:
    from openpyxl.styles import Alignment, Font

    if isinstance(item, Result):
        _put(page.cell(1, 1), str(item), None)
        page.cell(1, 1).font = Font(bold=True)
        table, top = item.summary(), 2
    elif isinstance(item, pd.DataFrame):
        table, top = item, 1
    else:
        raise ValueError(
            f"工作表「{name}」的内容是 {type(item).__name__}，应是一张表（DataFrame）或一个结果。"
        )
    table = _flat(table)
    if len(table) > MAX_ROWS:
        raise ValueError(
            f"工作表「{name}」有 {len(table)} 行，超过 Excel 的上限：请分开存或存 csv。"
        )
    for column, header in enumerate(map(str, table.columns), start=1):
        cell = page.cell(top, column)
        _put(cell, header, None)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="center", wrap_text=len(header) > MAX_WIDTH // 2)
        values = table.iloc[:, column - 1]
        number_format = _number_format(header, values)
        for row, value in enumerate(values.tolist(), start=top + 1):
            _put(page.cell(row, column), value, number_format)
        width = max(map(_width, [header, *map(_text, values.iloc[:WIDTH_SAMPLE])]))
        page.column_dimensions[cell.column_letter].width = min(max(width + 2, MIN_WIDTH), MAX_WIDTH)
    page.freeze_panes = page.cell(top + 1, 1)


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """有含义的行标签变成列，多层列名连成一行。"""
    table = table.copy()
    if isinstance(table.columns, pd.MultiIndex):
        table.columns = [" ".join(map(str, name)) for name in table.columns]
    if isinstance(table.index, pd.RangeIndex) and table.index.name is None:
        return table
    labels = [name if name is not None else "项目" for name in table.index.names]
    if len(set(labels)) < len(labels):
        labels = [f"{label}{number}" for number, label in enumerate(labels, 1)]
    labels = [f"{label}（行）" if label in table.columns else label for label in labels]
    return table.rename_axis(index=labels).reset_index()


def _number_format(header: str, values: pd.Series) -> str | None:
    if pd.api.types.is_datetime64_any_dtype(values):
        moments = values.dropna()
        return "yyyy-mm-dd" if (moments == moments.dt.normalize()).all() else "yyyy-mm-dd hh:mm"
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return None
    finite = values[np.isfinite(values.astype(float))]
    if PERCENT_NAME.search(header) and (finite.abs() <= PERCENT_LIMIT).all():
        return "0.0%"
    return "0" if (finite % 1 == 0).all() else "0.00##"


def _put(cell: Any, value: Any, number_format: str | None) -> None:
    """写一格；以 = 开头的文字仍是文字，不当公式。"""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None or value is pd.NaT or (isinstance(value, float) and not np.isfinite(value)):
        return
    if isinstance(value, pd.Timestamp):
        value = value.tz_localize(None).to_pydatetime()
    if isinstance(value, (bool, np.bool_)):
        value = "是" if value else "否"
    if not isinstance(value, (int, float)) and not hasattr(value, "year"):
        value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    elif number_format:
        cell.number_format = number_format


def _text(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _width(text: str) -> int:
    """中文占两格。"""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
