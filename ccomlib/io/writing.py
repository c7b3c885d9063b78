"""存表：结果怎样存回 Excel？"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.display import PERCENT_NAME, column_unit
from ccomlib.io.columns import COLUMNS, KINDS
from ccomlib.io.finish import Cached, finished
from ccomlib.io.sheet import (
    Places,
    Sheet,
    excel_formula,
    formula_values,
    total_formula,
    total_value,
)
from ccomlib.pictures import describe
from ccomlib.results import Result

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["template", "write_excel"]

MIN_WIDTH, MAX_WIDTH, WIDTH_SAMPLE = 8, 48, 300
MAX_ROWS = 1_048_576 - 2
FORBIDDEN = set(r"[]:*?/\'")
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
    tables: Mapping[str, pd.DataFrame | Result | Sheet] | None = None,
    /,
    *,
    overwrite: bool = False,
    **sheets: pd.DataFrame | Result | Sheet,
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
    且数值不超过 2 的列按百分数显示，认得单位的写上单位；存的仍是原来的数。
    要公式、合计行、输入与图，用 ``ccomlib.io.Sheet``：公式在 Excel 与 WPS 里是活的，
    算好的值也存在里面，手机上预览、``read_table`` 读回来都看得到。

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
    written = [_write_sheet(book.create_sheet(name), name, item) for name, item in content.items()]
    book.calculation.fullCalcOnLoad = True
    buffer = io.BytesIO()
    book.save(buffer)
    try:
        path.write_bytes(finished(buffer.getvalue(), written))
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


def _write_sheet(page: Worksheet, name: str, item: pd.DataFrame | Result | Sheet) -> Cached:
    """写一页；交回公式各格算好的值与图的替代文字。"""
    from openpyxl.styles import Alignment, Font

    if not isinstance(item, (pd.DataFrame, Result, Sheet)):
        raise ValueError(
            f"工作表「{name}」的内容是 {type(item).__name__}，应是一张表（DataFrame）或一个结果。"
        )
    sheet = item if isinstance(item, Sheet) else Sheet(item)
    cached = Cached({}, "")
    top = 1
    if sheet.sentence:
        _put(page.cell(1, 1), sheet.sentence, None)
        page.cell(1, 1).font = Font(bold=True)
        top = 2
    table = _flat(sheet.frame())
    if len(table) > MAX_ROWS:
        raise ValueError(
            f"工作表「{name}」有 {len(table)} 行，超过 Excel 的上限：请分开存或存 csv。"
        )
    headers = [str(column) for column in table.columns]
    places = _places(headers, top, len(table), sheet.inputs)
    for column, header in enumerate(headers, start=1):
        cell = page.cell(top, column)
        _put(cell, header, None)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="center", wrap_text=len(header) > MAX_WIDTH // 2)
        values = table.iloc[:, column - 1]
        number_format = _number_format(header, values, sheet.units)
        for row, value in enumerate(values.tolist(), start=top + 1):
            here = page.cell(row, column)
            if header in sheet.formulas:
                text = excel_formula(sheet.formulas[header], row, places)
                _put_formula(here, text, value, number_format, cached)
            else:
                _put(here, value, number_format)
        texts = map(_text, values.iloc[:WIDTH_SAMPLE])
        unit = _width(number_format or "") - 4 if '"' in (number_format or "") else 0
        whole = _text(float(values.sum())) if header in sheet.totals else ""
        width = max(map(_width, [header, *texts, whole])) + unit
        page.column_dimensions[cell.column_letter].width = min(max(width + 2, MIN_WIDTH), MAX_WIDTH)
    if sheet.totals:
        _write_totals(page, sheet, table, places, cached)
    if sheet.inputs:
        _write_inputs(page, sheet, len(headers) + 2, top)
    page.freeze_panes = page.cell(top + 1, 1)
    # 打印时横着放、一页宽
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    return _with_picture(page, sheet, len(headers) + 2, top + len(sheet.inputs) + 2, cached)


def _places(headers: list[str], top: int, count: int, inputs: Mapping[str, Any]) -> Places:
    from openpyxl.utils import get_column_letter

    side = get_column_letter(len(headers) + 3)
    return Places(
        {header: get_column_letter(n) for n, header in enumerate(headers, 1)},
        top + 1,
        top + count,
        {name: f"${side}${row}" for row, name in enumerate(inputs, start=top + 1)},
    )


def _write_totals(
    page: Worksheet, sheet: Sheet, table: pd.DataFrame, places: Places, cached: Cached
) -> None:
    """最后一行的合计：数相加，公式的列照样用公式。"""
    from openpyxl.styles import Border, Font, Side

    row = places.last + 1
    sums = pd.Series(
        {name: total_value(how, name, table) for name, how in sheet.totals.items()}, dtype=float
    )
    for column, header in enumerate(map(str, table.columns), start=1):
        cell = page.cell(row, column)
        number_format = _number_format(header, table.iloc[:, column - 1], sheet.units)
        if header in sheet.totals:
            text = total_formula(sheet.totals[header], header, places)
            _put_formula(cell, text, sums[header], number_format, cached)
        elif header in sheet.formulas:
            text = excel_formula(sheet.formulas[header], row, places)
            value = formula_values(sheet.formulas[header], table, sheet.inputs, sums).iloc[0]
            if np.isfinite(value):
                sums[header] = value
                _put_formula(cell, text, value, number_format, cached)
        elif column == 1:
            _put(cell, "合计", None)
        cell.font = Font(bold=True)
        cell.border = Border(top=Side(style="thin"))


def _write_inputs(page: Worksheet, sheet: Sheet, column: int, top: int) -> None:
    """表右边的输入：改它，公式跟着变。"""
    from openpyxl.styles import Font, PatternFill

    _put(page.cell(top, column), "输入", None)
    page.cell(top, column).font = Font(bold=True)
    for row, (name, value) in enumerate(sheet.inputs.items(), start=top + 1):
        _put(page.cell(row, column), name, None)
        cell = page.cell(row, column + 1)
        values = pd.Series([value]) if isinstance(value, (int, float)) else pd.Series(dtype=float)
        _put(cell, value, _number_format(name, values, {}) if len(values) else None)
        cell.fill = PatternFill("solid", fgColor="FFF7DB")
    letter = page.cell(top, column).column_letter
    widest = max(_width(name) for name in sheet.inputs)
    page.column_dimensions[letter].width = min(max(widest + 2, MIN_WIDTH), MAX_WIDTH)


def _with_picture(page: Worksheet, sheet: Sheet, column: int, row: int, cached: Cached) -> Cached:
    if sheet.picture is None:
        return cached
    from openpyxl.drawing.image import Image

    figure = getattr(sheet.picture, "figure", sheet.picture)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", bbox_inches="tight", facecolor="white")
    image = Image(picture)
    image.anchor = page.cell(row, column).coordinate
    page.add_image(image)
    return Cached(cached.numbers, describe(figure))


def _put_formula(
    cell: Any, text: str, value: float, number_format: str | None, cached: Cached
) -> None:
    cell.value = text
    if number_format:
        cell.number_format = number_format
    if value is not None and np.isfinite(value):
        cached.numbers[cell.coordinate] = float(value)


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


def _number_format(header: str, values: pd.Series, units: Mapping[str, str]) -> str | None:
    if pd.api.types.is_datetime64_any_dtype(values):
        moments = values.dropna()
        return "yyyy-mm-dd" if (moments == moments.dt.normalize()).all() else "yyyy-mm-dd hh:mm"
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return None
    finite = values[np.isfinite(values.astype(float))].abs()
    small = (finite <= PERCENT_LIMIT).all()
    unit = units.get(header, column_unit(header)).partition("/")[0]
    share = header not in units and PERCENT_NAME.search(header) and unit != "%"
    if units.get(header) == "%" or (share and small):
        return "0.0%"
    tail = f'" {unit}"' if unit and unit not in ("比例", "对错") else ""
    if (finite % 1 == 0).all():
        return f"#,##0{tail}" if tail else "0"
    if tail or finite.max() >= 100:
        return f"#,##0.0{tail}"
    return "0.00" if finite.max() >= 1 else "0.0000"


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
