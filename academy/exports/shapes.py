"""What do the exports of a centre's systems look like?  One function a shape, each from the hub's tables.

A shape takes the hub and what its entry in ``course/exports.yml`` says, and returns the file's bytes.
The frames around the data (title rows, subtotals, notes, other names for the columns) are those that
a learner's own exports have; `ccomlib.read_table` takes them off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from academy.exports.workbook import stable_workbook
from ccomlib.centre import NAME, Centre
from ccomlib.views import between

__all__ = ["SHAPES"]

SHAPES: dict[str, Callable[..., bytes]] = {}
WEEKDAYS = "一二三四五六日"


def _shape(make: Callable[..., bytes]) -> Callable[..., bytes]:
    SHAPES[make.__name__] = make
    return make


@_shape
def intervals(hub: Centre, *, queue: str, first: date, last: date) -> bytes:
    """The ACD's interval report: a subtotal a day, a grand total, AHT and logged-in agents."""
    rows = between(hub.calls_interval, first, last)
    rows = rows[rows["队列"] == queue]
    book, page = _report(
        "时段报表",
        f"{NAME}　话务平台　技能组时段报表",
        f"统计日期：{first:%Y-%m-%d} 至 {last:%Y-%m-%d}　技能组：{queue}　间隔：30 分钟",
        [
            "日期",
            "时间段",
            "技能组",
            "人工呼入量",
            "人工接听量",
            "20秒内接通量",
            "放弃数",
            "平均处理时长（秒）",
            "签入人数",
        ],
    )
    counts = ["呼入量", "接起量", "20秒接起量", "放弃量"]
    for day, each in rows.groupby("日期"):
        top = page.max_row + 1
        for one in each.to_dict("records"):
            start = pd.Timestamp(f"2000-01-01 {one['时段']}")
            slot = f"{start:%H:%M}-{start + pd.Timedelta(minutes=30):%H:%M}"
            measures = (_cell(one[name]) for name in (*counts, "平均处理时长", "在岗人数"))
            page.append([f"{day:%Y/%m/%d}", slot, queue, *measures])
        page.merge_cells(f"A{top}:A{page.max_row}")
        page.cell(top, 1).alignment = Alignment(vertical="top")
        page.append(["小计", None, queue, *(int(each[name].sum()) for name in counts)])
        _bold(page, page.max_row)
    page.append(["合计", None, queue, *(int(rows[name].sum()) for name in counts)])
    _bold(page, page.max_row)
    page.append(["注：20 秒内接通量只含人工接听；签入人数为该间隔的平均"])
    return _finished(book, page)


@_shape
def calls(hub: Centre, *, first: date, last: date) -> bytes:
    """The ACD's list of single calls: a CSV in GB18030, numbers kept as text by ``="…"``."""
    rows = between(hub.calls_sample, first, last)
    head = "流水号,来电时间,客户编号,技能组,坐席工号,排队时长(秒),通话时长(秒),保持时长(秒),话后时长(秒),呼叫结果,是否转接"
    body = (
        (
            f'="{one.通话编号}"',
            f"{one.时间:%Y-%m-%d %H:%M:%S}",
            f'="{one.客户编号}"',
            one.队列,
            one.工号,
            *(one.等待秒, one.通话秒, one.保持秒, one.话后秒),
            one.结果,
            "是" if one.转接 else "否",
        )
        for one in rows.itertuples(index=False)
    )
    return _csv(head.split(","), body)


@_shape
def staff(hub: Centre, *, day: date) -> bytes:
    """HR's list of the people on the books on a day."""
    people = hub.agents
    gone = people["离职日期"].notna() & (people["离职日期"] <= pd.Timestamp(day))
    people = people[(people["入职日期"] <= pd.Timestamp(day)) & ~gone]
    book, page = _report(
        "花名册",
        f"{NAME}　在册人员花名册",
        f"截至 {day:%Y-%m-%d}　共 {len(people)} 人",
        [
            "序号",
            "员工编号",
            "员工姓名",
            "组别",
            "入司日期",
            "离职时间",
            "级别",
            "技能",
            "单程通勤（分钟）",
        ],
    )
    for number, one in enumerate(people.itertuples(index=False), 1):
        left = f"{one.离职日期:%Y.%m.%d}" if pd.notna(one.离职日期) else None
        page.append(
            [
                *(number, one.工号, one.姓名, one.班组, f"{one.入职日期:%Y.%m.%d}", left),
                *(one.级别, one.技能, one.通勤分钟),
            ]
        )
    page.append(["制表：人力资源部"])
    return _finished(book, page)


@_shape
def shifts(hub: Centre, *, first: date, last: date, team: str | None = None) -> bytes:
    """The roster as planners pass it round: a row a person, a column a day, weekdays above."""
    rows = between(hub.roster, first, last).merge(hub.agents[["工号", "姓名", "班组"]], on="工号")
    if team is not None:
        rows = rows[rows["班组"] == team]
    wide = rows.pivot(index=["工号", "姓名", "班组"], columns="日期", values="班次")
    days = list(wide.columns)
    book, page = _report(
        "班表",
        f"{NAME}　班表　{first:%Y-%m-%d} 至 {last:%Y-%m-%d}",
        "",
        ["工号", "姓名", "班组", *(f"{day:%Y-%m-%d}" for day in days)],
    )
    for column, day in enumerate(days, 4):
        page.cell(2, column, WEEKDAYS[day.weekday()])
    for key, line in zip(wide.index, wide.itertuples(index=False), strict=True):
        page.append([*key, *line])
    page.append(["注：休 = 休息；班次时间见班次表"])
    return _finished(book, page)


@_shape
def quality(hub: Centre, *, first: date, last: date) -> bytes:
    """The quality system's export: a row a scoring, a column an item."""
    rows = between(hub.qa_scores, first, last)
    names = {
        "通话编号": "录音流水号",
        "评分日期": "质检日期",
        "工号": "坐席工号",
        "抽样方式": "抽检方式",
    }
    return _list_of(
        rows.rename(columns=names),
        "质检评分",
        f"{NAME}　质检系统　评分明细",
        f"质检日期：{first:%Y-%m-%d} 至 {last:%Y-%m-%d}　共 {len(rows)} 条",
    )


@_shape
def tickets(hub: Centre, *, first: date, last: date) -> bytes:
    """The ticket system's export of complaints."""
    rows = between(hub.complaints, first, last, "受理时间")
    names = {
        **{"工单号": "投诉编号", "办结时间": "结案时间", "进线渠道": "来源渠道"},
        **{
            "一级原因": "一级分类",
            "二级原因": "二级分类",
            "首接工号": "受理人",
            "越级": "是否越级",
        },
    }
    kept = [
        *("工单号", "客户号", "受理时间", "办结时间", "进线渠道", "一级原因", "二级原因"),
        *("责任单位", "首接工号", "首次响应小时", "承诺小时", "补偿金额", "越级", "回访结果"),
        *("客户描述", "联系电话"),
    ]
    return _list_of(
        rows[kept].rename(columns=names),
        "投诉工单",
        f"{NAME}　工单系统　投诉工单导出",
        f"受理时间：{first:%Y-%m-%d} 至 {last:%Y-%m-%d}　共 {len(rows)} 条",
    )


def _list_of(table: pd.DataFrame, sheet: str, title: str, note: str) -> bytes:
    book, page = _report(sheet, title, note, list(table.columns))
    for line in table.itertuples(index=False):
        page.append([_cell(value) for value in line])
    return _finished(book, page)


def _cell(value: Any) -> Any:
    if value is None or value is pd.NaT or value == "" or value != value:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def _report(
    sheet: str, title: str, note: str, headers: Sequence[str]
) -> tuple[Workbook, Worksheet]:
    """A page with its title over all columns, a line on what it holds, and the header in row 3."""
    book = Workbook()
    page = book.active
    page.title = sheet
    page.append([title])
    page.append([note or None])
    page.append(list(headers))
    page.merge_cells(f"A1:{get_column_letter(len(headers))}1")
    page["A1"].font = Font(bold=True, size=14)
    page["A1"].alignment = Alignment(horizontal="center")
    _bold(page, 3)
    page.freeze_panes = "A4"
    return book, page


def _bold(page: Worksheet, row: int) -> None:
    for cell in page[row]:
        cell.font = Font(bold=True)


def _finished(book: Workbook, page: Worksheet) -> bytes:
    for number in range(1, page.max_column + 1):
        head = str(page.cell(3, number).value or "")
        page.column_dimensions[get_column_letter(number)].width = max(9, 2 * len(head) + 2)
    return stable_workbook(book)


def _csv(head: Sequence[str], body: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(body)
    return text.getvalue().encode("gb18030")
