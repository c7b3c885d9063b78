"""显示：表里的数怎样写得像报表，而不像程序？

``use_chinese()`` 之后，笔记本里的表都这样写：225 通、17.6 人、44%、2025-06-23 周一；
没有 dtype、inf 与无意义的行号。存着的值一个也不变。
"""

from __future__ import annotations

import html
import math
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

__all__ = [
    "PERCENT_NAME",
    "WEEKDAYS",
    "Shown",
    "column_unit",
    "install",
    "learn_units",
    "show_table",
    "table_html",
    "uninstall",
]

MAX_ROWS = 30  # 再长的只写头尾
HEAD, TAIL = 8, 4
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
PERCENT_NAME = re.compile(r"(?<![频费税汇])率$|率[（(]|比例|占比|份额|服务水平|累计$")
PERCENT_LIMIT = 2.0
COUNTED = ("通", "人", "件", "次", "份", "张", "元", "席", "条", "单")
WHOLE = frozenset(COUNTED)
ENDLESS = "无限大"
MISSING = "—"
# IPython 按具体的类找写法，父类的不算
SCALARS = (np.float64, np.float32, np.int64, np.int32, np.bool_)
UNIT_IN_NAME = re.compile(r"[(（]([^()（）]+)[)）]\s*$")
LONG_TEXT = 18  # 再长的文字才折行
# 各处都叫这个名字的列；虚拟中心的列由登记处告诉
_units: dict[str, str] = {
    **dict.fromkeys(
        [
            "呼入量",
            "接起量",
            "20秒接起量",
            "放弃量",
            "短放弃量",
            "来电量",
            "预测量",
            "通数",
            "预测来电量",
            "实际来电量",
        ],
        "通",
    ),
    **dict.fromkeys(
        [
            "人数",
            "在岗人数",
            "需求人数",
            "排班人数",
            "实际在岗",
            "计划人数",
            "所需人数",
            "小数人数",
            "应排人数",
        ],
        "人",
    ),
    **dict.fromkeys(
        ["平均处理时长", "预测处理时长", "等待秒", "通话秒", "话后秒", "登录秒", "排班秒"], "秒"
    ),
    **dict.fromkeys(["在线工时", "缺的工时", "多的工时"], "工时"),
    **dict.fromkeys(["件数", "投诉件数"], "件"),
    "天数": "天",
}


def learn_units(units: Mapping[str, str]) -> None:
    """记下各列的单位，此后叫这个名字的列都带着它。

    >>> learn_units({"通勤分钟": "分钟"})
    >>> column_unit("通勤分钟")
    '分钟'
    """
    _units.update(units)


def column_unit(name: Any) -> str:
    """一列的单位；不知道就是空的。名字的括号里写了单位的，不再写一遍。

    >>> column_unit("呼入量"), column_unit("平均等待(秒)"), column_unit("系数")
    ('通', '', '')
    """
    return _units.get(str(name), "")


class Shown:
    """一张写好单位的表；``show_table`` 交回它，放在一格的最后一行就显示。"""

    def __init__(self, table: pd.DataFrame, units: Mapping[str, str], rows: int, title: str):
        self.table, self.units, self.rows, self.title = table, units, rows, title

    def _repr_html_(self) -> str:
        head = f"<p><b>{html.escape(self.title)}</b></p>" if self.title else ""
        return head + table_html(self.table, units=self.units, rows=self.rows)

    def __repr__(self) -> str:
        return f"{self.title}（{len(self.table)} 行）"


def show_table(
    table: pd.DataFrame | pd.Series,
    *,
    units: Mapping[str, str] | None = None,
    rows: int = MAX_ROWS,
    title: str = "",
) -> Shown:
    """显示一张表，并说明各列的单位。

    Parameters
    ----------
    table : 表或一列。
    units : {列名: 单位}；``"%"`` 把 0.44 写成 44%，``""`` 不写单位。没有说的列，照已知的单位写。
    rows : 最多几行，再多只写头尾。
    title : 写在表上面的一句话。

    Returns
    -------
    Shown

    Examples
    --------
    >>> table = pd.DataFrame({"时段": ["08:30"], "呼入量": [155.3], "接起": [0.44]})
    >>> "155 通" in show_table(table, units={"接起": "%"})._repr_html_()
    True
    """
    return Shown(_as_table(table), dict(units or {}), rows, title)


def table_html(
    table: pd.DataFrame | pd.Series,
    *,
    units: Mapping[str, str] | None = None,
    rows: int = MAX_ROWS,
) -> str:
    """一张表的 HTML。

    Parameters
    ----------
    table : 表或一列。
    units : {列名: 单位}，先于已知的单位。
    rows : 最多几行。

    Examples
    --------
    >>> "44%" in table_html(pd.DataFrame({"放弃率": [0.44, 0.2]}))
    True
    """
    table = _as_table(table)
    count = len(table)
    if count > rows:
        head = max(1, rows * HEAD // (HEAD + TAIL)) if rows < HEAD + TAIL else HEAD
        tail = min(TAIL, rows - head)
        places = [*range(head), *range(count - tail, count)]
    else:
        head, places = count, list(range(count))
    written = [_written(table.iloc[:, n], units or {}, places) for n in range(table.shape[1])]
    labels = [] if _is_row_number(table.index) else _labels(table.index, places)
    heads = [_name(name) for name in (table.index.names if labels else [])]
    heads += [_name(name) for name in table.columns]
    numeric = [False] * len(labels) + [
        pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)
        for dtype in table.dtypes
    ]
    columns = labels + written
    body = [_row([column[n] for column in columns], "td", numeric) for n in range(len(places))]
    if count > rows:
        gap = f'<tr><td colspan="{len(columns)}">……共 {count:,} 行</td></tr>'
        body.insert(head, gap)
    return (
        f'<table border="0" class="dataframe"><thead>{_row(heads, "th", numeric)}</thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def install() -> None:
    """此后笔记本里的表与数都这样显示；不在笔记本里，或在评分，什么都不做。"""
    shell = _shell()
    if shell is None:
        return
    rich, text = (shell.display_formatter.formatters[kind] for kind in ("text/html", "text/plain"))
    for kind in (pd.DataFrame, pd.Series):
        rich.for_type(kind, table_html)
    for kind in SCALARS:
        text.for_type(kind, _print_number)


def uninstall() -> None:
    """表与数照原样显示：考试里抄下来的数，一位也不能少。"""
    shell = _shell()
    if shell is None:
        return
    rich, text = (shell.display_formatter.formatters[kind] for kind in ("text/html", "text/plain"))
    for formatter, kinds in (
        (rich, (pd.DataFrame, pd.Series)),
        (text, SCALARS),
    ):
        for kind in kinds:
            formatter.type_printers.pop(kind, None)


def _shell() -> Any:
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None else None
    return None if "NBGRADER_EXECUTION" in os.environ else shell


def _print_number(value: Any, printer: Any, cycle: bool) -> None:
    printer.text(_value(value, "", None))


def _as_table(table: pd.DataFrame | pd.Series) -> pd.DataFrame:
    if isinstance(table, pd.Series):
        return table.to_frame(table.name if table.name is not None else "值")
    return table


def _is_row_number(index: pd.Index) -> bool:
    """没有名字的整数行标签：第几行，没有意义。"""
    return index.nlevels == 1 and index.name is None and pd.api.types.is_integer_dtype(index)


def _labels(index: pd.Index, places: list[int]) -> list[list[str]]:
    levels = [index.get_level_values(n) for n in range(index.nlevels)]
    return [[_value(level[place], "", None) for place in places] for level in levels]


def _name(name: Any) -> str:
    if isinstance(name, tuple):
        return " ".join(_name(part) for part in name if part != "")
    return "" if name is None else _value(name, "", None)


def _row(cells: list[str], tag: str, numeric: list[bool]) -> str:
    parts = (
        f'<{tag} style="text-align:{"right" if right else "left"};'
        f'{"white-space:nowrap" if len(cell) <= LONG_TEXT else "min-width:12em"}">'
        f"{html.escape(cell)}</{tag}>"
        for cell, right in zip(cells, numeric, strict=True)
    )
    return f"<tr>{''.join(parts)}</tr>"


def _written(values: pd.Series, units: Mapping[str, str], places: list[int]) -> list[str]:
    """一列各格的写法；小数位数一列一个样。"""
    name = _name(values.name)
    last = _name(values.name[-1]) if isinstance(values.name, tuple) else name
    unit = units.get(name, column_unit(last))
    shown = values.iloc[places]
    if _are_months(values):
        return [MISSING if value is pd.NaT else f"{value:%Y-%m}" for value in shown]
    if pd.api.types.is_bool_dtype(values.dtype) or not pd.api.types.is_numeric_dtype(values.dtype):
        return [_value(value, "", None) for value in shown]
    numbers = values.to_numpy(float, na_value=np.nan)
    finite = np.abs(numbers[np.isfinite(numbers)])
    asked = units.get(name) == "%" or unit == "比例"
    if asked or (
        name not in units
        and PERCENT_NAME.search(last)
        and unit != "%"
        and (finite <= PERCENT_LIMIT).all()
    ):
        return [_percent(value, finite) for value in shown.to_numpy(float, na_value=np.nan)]
    unit = unit.partition("/")[0] if unit in ("秒/通",) else "" if unit == "对错" else unit
    in_name = UNIT_IN_NAME.search(last)
    places_after = _decimals(finite, unit or (in_name[1] if in_name else ""))
    return [_value(value, unit, places_after) for value in shown.to_numpy(float, na_value=np.nan)]


def _are_months(values: pd.Series) -> bool:
    """一列日期叫某月，又都是一号零点：写到月。"""
    if not pd.api.types.is_datetime64_any_dtype(values.dtype):
        return False
    moments = values.dropna()
    return (
        "月" in _name(values.name)
        and len(moments) > 0
        and bool((moments.dt.day == 1).all() and (moments == moments.dt.normalize()).all())
    )


def _percent(value: float, column: np.ndarray) -> str:
    if not math.isfinite(value):
        return _odd(value)
    if (np.round(column * 100) == column * 100).all() or _spread(column) >= 0.1:
        places = 0 if (column[column > 0] >= 0.01).all() else 1
    else:
        places = 1 if _spread(column) >= 0.005 or len(column) < 2 else 2
    return f"{value:.{places}%}".replace("-", "−")


def _spread(column: np.ndarray) -> float:
    return float(np.ptp(column)) if len(column) > 1 else 0.0


def _decimals(column: np.ndarray, unit: str) -> int | None:
    """写几位小数；None 是没有单位的，各写各的三位。"""
    if not len(column) or (column == np.round(column)).all():
        return 0
    largest = float(column.max())
    if not unit:
        # 系数、p 值与大数混在一列的，各写各的
        return 1 if largest >= 10 and column[column > 0].min() >= 1 else None
    if largest >= 100:
        return 0
    return 1 if largest >= 10 or unit in WHOLE else 2


def _value(value: Any, unit: str, places: int | None) -> str:
    if value is None or value is pd.NaT:
        return MISSING
    if isinstance(value, (bool, np.bool_)):
        return "是" if value else "否"
    if isinstance(value, (int, float, np.number)):
        number = float(value)
        if not math.isfinite(number):
            return _odd(number)
        text = _plain(number) if places is None else f"{number:,.{places}f}"
        text = _signed(text)
        return f"{text}%" if unit == "%" else f"{text} {unit}" if unit else text
    if isinstance(value, pd.Timestamp) or hasattr(value, "strftime"):
        return _moment(pd.Timestamp(value)) if hasattr(value, "year") else str(value)
    if callable(value):
        return "（函数）"
    return str(value)


def _moment(value: pd.Timestamp) -> str:
    if value == value.normalize():
        return f"{value:%Y-%m-%d} {WEEKDAYS[value.weekday()]}"
    return f"{value:%Y-%m-%d %H:%M}"


def _plain(number: float) -> str:
    """没有单位的数：三位小数，去掉末尾的零；小得看不见的写两位有效数字。"""
    if not math.isfinite(number):
        return _odd(number)
    if 0 < abs(number) < 0.0005:
        return f"{number:.2g}"
    text = f"{number:,.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _signed(text: str) -> str:
    """负号用减号；四舍五入成零的不带负号。"""
    return text.lstrip("-") if not re.search(r"[1-9]", text) else text.replace("-", "−", 1)


def _odd(number: float) -> str:
    if math.isnan(number):
        return MISSING
    return ENDLESS if number > 0 else f"负{ENDLESS}"
