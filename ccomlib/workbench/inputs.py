"""面板上的控件：一个空格该用哪种控件，从表的哪些列里选？"""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from ccomlib.workbench.tool import Field

__all__ = [
    "HALF",
    "LONG",
    "NOTHING",
    "SHORT",
    "WIDE",
    "choose_column",
    "column_names",
    "field_input",
    "framed",
    "heading",
    "row",
]

NOTHING = "（不选）"
MAX_LINES = 10
# 数据那一段两个一行，问题那一段一个一行、名字长
HALF = widgets.Layout(width="415px")
WIDE = widgets.Layout(width="720px")
SHORT = {"description_width": "140px"}
LONG = {"description_width": "290px"}


def row(*parts: widgets.Widget) -> widgets.HBox:
    """并排几个控件；窄了就换行。"""
    return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap"))


def heading(text: str) -> widgets.HTML:
    """面板里一段的标题。"""
    return widgets.HTML(f"<h3>{text}</h3>")


def framed(table: str) -> str:
    """HTML 的表：用 JupyterLab 自己的表格样子，宽了可以横着拉。"""
    return f"<div class='jp-RenderedHTMLCommon' style='overflow-x:auto'>{table}</div>"


def column_names(table: pd.DataFrame | None, *, numeric: bool = False) -> list[str]:
    """表的列名；``numeric`` 为真时只要数字与真假列。"""
    if table is None:
        return []
    chosen = table.select_dtypes(["number", "bool"]) if numeric else table
    return [str(name) for name in chosen.columns]


def field_input(field: Field, table: pd.DataFrame | None) -> widgets.Widget:
    """一个空格的控件；要选列的，从 ``table`` 的列里选。"""
    if field.kind in {"several", "ratings", "names"}:
        names = column_names(table, numeric=field.kind == "several")
        start = tuple(name for name in field.default or () if name in names)
        return widgets.SelectMultiple(
            options=names,
            value=start,
            rows=min(max(len(names), 2), MAX_LINES),
            description=field.label,
            style=LONG,
            layout=WIDE,
        )
    if field.is_column:
        names = column_names(table, numeric=field.kind == "numbers")
        return choose_column(field.label, names, field.default, optional=field.optional)
    shared = {"description": field.label, "style": LONG, "layout": WIDE}
    if field.kind == "choice":
        return widgets.Dropdown(options=field.choices, value=field.default, **shared)
    if field.kind == "value" or field.default is None:
        start = "" if field.default is None else str(field.default)
        return widgets.Text(value=start, placeholder="可以不填" if field.optional else "", **shared)
    kind = widgets.IntText if field.kind == "integer" else widgets.FloatText
    return kind(value=field.default, **shared)


def choose_column(
    label: str, names: list[str], default: str | None, *, optional: bool
) -> widgets.Dropdown:
    """选一列的下拉框；没有合适的默认列就空着。"""
    value = default if default in names else ""
    return widgets.Dropdown(
        options=[(NOTHING if optional else "（请选）", ""), *((name, name) for name in names)],
        value=value,
        description=label,
        style=LONG,
        layout=WIDE,
    )
