"""工作台的面板：选表、选工具、选列，看图、表和一句话。"""

from __future__ import annotations

import html
from typing import Any

import ipywidgets as widgets
import pandas as pd

from ccomlib.centre import TABLES
from ccomlib.results import Result
from ccomlib.workbench.catalogue import TOOLS
from ccomlib.workbench.inputs import (
    HALF,
    LONG,
    NOTHING,
    SHORT,
    WIDE,
    choose_column,
    column_names,
    field_input,
    framed,
    heading,
    row,
)
from ccomlib.workbench.running import Answer, run, save
from ccomlib.workbench.source import AGGREGATES, PERIODS, Source, centre_source, uploaded_source
from ccomlib.workbench.tool import Tool

__all__ = ["Workbench"]

MAX_VALUES = 200
PREVIEW_ROWS = 5
MAX_ROWS = 30


class Workbench(widgets.VBox):
    """不写代码用统计工具的面板；由 ``open_workbench`` 得到。"""

    def __init__(self) -> None:
        self.source: Source | None = None
        self.answer: Answer | None = None
        self._inputs: dict[str, widgets.Widget] = {}

        titles = [(f"{spec.title}　{name}", name) for name, spec in TABLES.items()]
        self.upload = widgets.FileUpload(accept=".xlsx,.csv", description="选自己的文件")
        self.centre_table = widgets.Dropdown(
            options=[("（选一张虚拟中心的表）", ""), *titles],
            description="或虚拟中心的表",
            style=SHORT,
            layout=HALF,
        )
        self.filter_column = self._dropdown("只看这一列")
        self.filter_value = self._dropdown("等于")
        self.group_column = self._dropdown("按这一列汇总")
        self.group_how = self._fixed("各列数怎样汇总", AGGREGATES)
        self.group_period = self._fixed("这一列是日期时归到", PERIODS)
        self.spread_row = self._dropdown("摊成宽表：每行是")
        self.spread_column = self._dropdown("每列是")
        self.spread_value = self._dropdown("格里填")
        self.preview = widgets.HTML()
        groups = dict.fromkeys(tool.group for tool in TOOLS)
        kinds = {"": "全部"} | {name: name for name in groups}
        self.kind = self._fixed("哪一类问题", kinds, style=LONG, layout=WIDE)
        self.tool = widgets.Dropdown(
            options=_titles(""),
            description="要回答的问题",
            style=LONG,
            layout=WIDE,
        )
        self.fields = widgets.VBox()
        self.run_button = widgets.Button(description="运行", button_style="primary", icon="play")
        self.message = widgets.HTML()
        self.sentence = widgets.HTML()
        self.chart = widgets.Image(format="png", layout=widgets.Layout(display="none"))
        self.summary = widgets.HTML()
        self.code = widgets.Textarea(
            disabled=True, layout=widgets.Layout(width="780px", height="90px", display="none")
        )
        self.file_name = widgets.Text(
            value="结果.xlsx", description="存成", style=SHORT, layout=HALF
        )
        self.save_button = widgets.Button(description="存到 Excel", icon="save", disabled=True)

        self.upload.observe(self._on_upload, "value")
        self.centre_table.observe(self._on_centre_table, "value")
        self.filter_column.observe(self._on_filter_column, "value")
        for part in self._shapers():
            part.observe(self._on_shape, "value")
        self.kind.observe(self._on_kind, "value")
        self.tool.observe(lambda _: self._on_tool(), "value")
        self.run_button.on_click(lambda _: self._run())
        self.save_button.on_click(lambda _: self._save())

        super().__init__(
            [
                heading("① 数据"),
                row(self.upload, self.centre_table),
                row(self.filter_column, self.filter_value),
                row(self.group_column, self.group_how, self.group_period),
                row(self.spread_row, self.spread_column, self.spread_value),
                self.preview,
                heading("② 问题"),
                self.kind,
                self.tool,
                self.fields,
                self.run_button,
                self.message,
                heading("③ 结果"),
                self.sentence,
                self.chart,
                self.summary,
                self.code,
                row(self.file_name, self.save_button),
            ]
        )
        self._show_fields()

    @property
    def table(self) -> pd.DataFrame | None:
        """筛选、汇总之后的表；还没有选数据时是 None。"""
        return None if self.source is None else self._shaped().table

    def _dropdown(self, description: str) -> widgets.Dropdown:
        return widgets.Dropdown(
            options=[(NOTHING, "")], description=description, style=SHORT, layout=HALF
        )

    def _fixed(self, description: str, labels: dict[str, str], **look: Any) -> widgets.Dropdown:
        options = [(label, value) for value, label in labels.items()]
        look = {"style": SHORT, "layout": HALF} | look
        return widgets.Dropdown(options=options, description=description, **look)

    def _shapers(self) -> tuple[widgets.Dropdown, ...]:
        return (
            self.filter_value,
            self.group_column,
            self.group_how,
            self.group_period,
            self.spread_row,
            self.spread_column,
            self.spread_value,
        )

    def _on_upload(self, change: dict[str, Any]) -> None:
        if change["new"]:
            file = change["new"][0]
            self.centre_table.value = ""
            self._load(lambda: uploaded_source(file["name"], bytes(file["content"])))

    def _on_centre_table(self, change: dict[str, Any]) -> None:
        if change["new"]:
            self._load(lambda: centre_source(change["new"]))

    def _load(self, read) -> None:
        try:
            self.source = read()
        except (ValueError, OSError) as error:
            self._say(str(error), bad=True)
            return
        columns = [(NOTHING, ""), *((str(name), str(name)) for name in self.source.table.columns)]
        self.group_period.value = ""
        for dropdown in (
            self.filter_column,
            self.group_column,
            self.spread_row,
            self.spread_column,
            self.spread_value,
        ):
            dropdown.options = columns
            dropdown.value = ""
        if self._show_table():
            self._say(f"读好了「{self.source.title}」：{len(self.source.table):,} 行。")

    def _on_filter_column(self, change: dict[str, Any]) -> None:
        values = []
        if change["new"] and self.source is not None:
            found = self.source.table[change["new"]].astype(str).unique()
            values = [(value, value) for value in sorted(found)[:MAX_VALUES]]
        self.filter_value.options = [(NOTHING, ""), *values]
        self.filter_value.value = ""

    def _on_shape(self, _: dict[str, Any]) -> None:
        if self.source is not None and self._show_table():
            self._say("")

    def _on_kind(self, change: dict[str, Any]) -> None:
        self.tool.options = _titles(change["new"])

    def _on_tool(self) -> None:
        if self.source is None:
            self._show_fields()
        else:
            self._show_table()

    def _shaped(self) -> Source:
        source = self.source
        if self.filter_column.value and self.filter_value.value:
            source = source.only(self.filter_column.value, self.filter_value.value)
        if self.group_column.value:
            how, period = self.group_how.value, self.group_period.value
            source = source.grouped(self.group_column.value, how, period)
        spread = (self.spread_row.value, self.spread_column.value, self.spread_value.value)
        return source.spread(*spread) if all(spread) else source

    def _show_table(self) -> bool:
        """显示整理后的表；整理不成就说为什么，交回 False。"""
        try:
            table = self.table
        except ValueError as error:
            self._say(str(error), bad=True)
            return False
        shown = table.head(PREVIEW_ROWS).to_html(index=False, border=0, na_rep="")
        self.preview.value = f"{framed(shown)}<p>共 {len(table):,} 行。</p>"
        self._show_fields(table)
        return True

    def _show_fields(self, table: pd.DataFrame | None = None) -> None:
        tool: Tool = self.tool.value
        self._inputs = {field.name: field_input(field, table) for field in tool.fields}
        if tool.labelled:
            names = column_names(table)
            label = tool.label if tool.label in names else "日期"
            self._inputs["_label"] = choose_column(
                "每行叫什么（日期、工号……）", names, label, optional=True
            )
        self.fields.children = tuple(self._inputs.values())

    def _run(self) -> None:
        self.answer = None
        self.save_button.disabled = True
        for part in (self.chart, self.code):
            part.layout.display = "none"
        self.sentence.value = self.summary.value = ""
        if self.source is None:
            self._say("还没有数据：请先选自己的文件，或选一张虚拟中心的表。", bad=True)
            return
        values = {name: part.value for name, part in self._inputs.items()}
        label = values.pop("_label", None) or None
        try:
            source = self._shaped()
            code = self.tool.value.code(values, label)
            answer = run(self.tool.value, source.table, code)
        except (ValueError, TypeError, KeyError) as error:
            self._say(str(error), bad=True)
            return
        self._show(answer, source)

    def _show(self, answer: Answer, source: Source) -> None:
        self.answer = answer
        result: Result = answer.result
        self._say("")
        self.sentence.value = f"<p><b>{html.escape(str(result))}</b></p>"
        self.chart.value = answer.chart
        self.chart.layout.display = None
        table = result.summary()
        numbered = table.index.equals(pd.RangeIndex(len(table)))
        body = table.to_html(
            max_rows=MAX_ROWS,
            border=0,
            na_rep="—",
            index=not numbered,
            float_format="{:,.3f}".format,
        )
        self.summary.value = framed(body)
        self.code.value = f"{source.code}\n{answer.code}"
        self.code.layout.display = None
        self.save_button.disabled = False

    def _save(self) -> None:
        try:
            path = save(self.answer, self.file_name.value)
        except (ValueError, OSError) as error:
            self._say(str(error), bad=True)
            return
        self._say(f"已存到 {path}。")

    def _say(self, text: str, *, bad: bool = False) -> None:
        colour = "#B00020" if bad else "#00695C"
        self.message.value = f"<p style='color:{colour}'>{html.escape(text)}</p>" if text else ""


def _titles(group: str) -> list[tuple[str, Tool]]:
    return [(f"{one.group}｜{one.title}", one) for one in TOOLS if group in {"", one.group}]
