"""列名：这一列叫什么、别的报表里又叫什么、里面该是什么？"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = [
    "COLUMNS",
    "KINDS",
    "Column",
    "Kind",
    "canonical_name",
    "header_key",
    "header_unit",
    "known_count",
]


@dataclass(frozen=True)
class Column:
    """一个规范列名：它的内容类型，以及别的报表里的叫法。

    ``content`` 是 "date"、"slot"（"08:30"）、"clock"（"08:30"，休息时为空）、"count"、
    "seconds"、"number"、"text"、"flag"（是/否）之一。
    """

    name: str
    content: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """一种表：必须有的列、可以有的列、模板里的示例行。"""

    title: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    examples: tuple[tuple[Any, ...], ...]


def _column(name: str, content: str, synonyms: str = "") -> Column:
    return Column(name, content, tuple(filter(None, synonyms.split("|"))))


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in [
        _column("日期", "date", "date|day|统计日期|业务日期|数据日期|呼叫日期|排班日期|日"),
        _column("星期", "text", "weekday|dow|周几|day of week"),
        _column(
            "时段",
            "slot",
            "interval|时间段|time slot|slot|时间|统计时段|time|interval start|开始时间|半小时|时刻",
        ),
        _column("队列", "text", "queue|技能组|skill group|skillset|业务线|vdn|split"),
        _column(
            "呼入量",
            "count",
            "offered|calls|calls offered|来电量|进线量|呼入数|来电数|来话量|呼叫量|话务量|总呼入量"
            "|人工呼入量|人工请求量|volume|incoming|incoming calls|inbound",
        ),
        _column(
            "接起量",
            "count",
            "answered|calls answered|handled|calls handled|接听量|接通量|应答量|接起数|接听数|接通数"
            "|人工接起量|人工接听量|人工接通量",
        ),
        _column(
            "20秒接起量",
            "count",
            "answered in 20s|ans in 20s|answered within 20s|within 20s|20秒内接起量|20s接起量"
            "|20秒接听量|20秒内接听量|20秒接通量|20秒内接通量|20秒内应答量|20秒应答量",
        ),
        _column(
            "放弃量",
            "count",
            "abandoned|abandons|calls abandoned|放弃数|呼损量|呼损|未接量|排队放弃量",
        ),
        _column(
            "短放弃量", "count", "short abandoned|short abandons|短时放弃量|5秒内放弃量|5秒放弃量"
        ),
        _column(
            "平均处理时长",
            "seconds",
            "aht|average handle time|average handling time|平均处理时间|平均处理时长秒|处理时长",
        ),
        _column(
            "在岗人数", "number", "staffed|在线人数|在席人数|签入人数|登录人数|坐席数|座席数|agents"
        ),
        _column("节假日", "text", "holiday|is holiday|假日|节日"),
        _column("事件", "text", "event|活动|特殊事件"),
        _column(
            "预测量", "number", "forecast|forecast calls|预测呼入量|预测来电量|预测话务量|预测"
        ),
        _column("预测处理时长", "seconds", "forecast aht|预测aht|预测平均处理时长"),
        _column("需求人数", "number", "required|required agents|需求|所需人数|应需人数"),
        _column("排班人数", "number", "scheduled|scheduled agents|计划人数|应到人数"),
        _column("实际在岗", "number", "actual staffed|实际在岗人数|实际人数|实到人数"),
        _column("服务水平", "number", "service level|sl|服务水平率|20秒接起率|20秒接通率"),
        _column("排队", "count", "queue length|排队数|排队人数|排队量|waiting|calls waiting"),
        _column("工号", "text", "agent id|agent|员工号|员工编号|坐席工号|座席工号|工号id|emp id"),
        _column("姓名", "text", "name|agent name|员工姓名"),
        _column("班组", "text", "team|组别|小组|团队"),
        _column("入职日期", "date", "hire date|入职时间|入司日期"),
        _column("离职日期", "date", "leave date|离职时间|termination date"),
        _column("班次", "text", "shift|班别|班型"),
        _column("上班", "clock", "shift start|上班时间|班次开始|开始上班"),
        _column("下班", "clock", "shift end|下班时间|班次结束"),
        _column("休息", "flag", "off|day off|是否休息|休"),
        _column("夜班", "flag", "night|是否夜班"),
        _column("周末", "flag", "weekend|是否周末"),
        _column("申请", "text", "requested|request|休假申请|偏好|员工申请"),
        _column("排班秒", "seconds", "schedule s|scheduled seconds|排班时长"),
        _column("登录秒", "seconds", "login s|login seconds|登录时长|签入时长"),
        _column("通话秒", "seconds", "talk s|talk seconds|通话时长"),
        _column("话后秒", "seconds", "acw s|acw|话后时长|后处理时长|整理时长"),
        _column("空闲秒", "seconds", "idle s|idle|空闲时长|就绪时长"),
        _column("小休秒", "seconds", "break s|小休时长"),
        _column("培训秒", "seconds", "train s|培训时长"),
        _column("遵守秒", "seconds", "adherent s|遵守时长|遵时时长"),
    ]
}

KINDS: dict[str, Kind] = {
    "intervals": Kind(
        "时段话务表",
        ("日期", "时段", "呼入量"),
        ("队列", "接起量", "20秒接起量", "放弃量", "平均处理时长", "在岗人数", "节假日", "事件"),
        (
            ("2026-03-02", "08:30", 96, "热线", 92, 80, 4, 245, 18, "", ""),
            ("2026-03-02", "09:00", 128, "热线", 121, 99, 7, 251, 24, "", "账单日"),
        ),
    ),
    "daily": Kind(
        "每日话务表",
        ("日期", "呼入量"),
        ("接起量", "20秒接起量", "放弃量", "平均处理时长", "节假日", "事件"),
        (
            ("2026-03-02", 4210, 4035, 3388, 175, 248, "", ""),
            ("2026-03-03", 4035, 3901, 3354, 134, 246, "", ""),
        ),
    ),
    "roster": Kind(
        "班表",
        ("工号", "日期", "班次"),
        ("上班", "下班", "休息", "夜班", "周末", "申请"),
        (
            ("A001", "2026-03-02", "早班", "08:00", "16:30", False, False, False, ""),
            ("A001", "2026-03-03", "夜班", "22:00", "06:00", False, True, False, ""),
            ("A001", "2026-03-04", "休", "", "", True, False, False, "休"),
        ),
    ),
    "series": Kind(
        "按日期的一列或几列数",
        ("日期",),
        ("数值",),
        (("2026-03-02", 0.052), ("2026-03-03", 0.047)),
    ),
    "agents": Kind(
        "座席名单",
        ("工号",),
        ("姓名", "班组", "入职日期", "离职日期"),
        (
            ("A001", "王敏", "一组", "2023-06-01", None),
            ("A002", "李强", "二组", "2024-09-15", None),
        ),
    ),
    "agent_day": Kind(
        "座席每日状态时长表",
        ("工号", "日期", "排班秒", "登录秒", "遵守秒"),
        (
            "班组",
            "班次",
            "通话秒",
            "话后秒",
            "空闲秒",
            "小休秒",
            "培训秒",
            "接起量",
            "平均处理时长",
        ),
        (
            (
                *("A001", "2026-03-02", 28800, 28500, 27600, "一组", "早班"),
                *(15800, 3900, 5200, 2700, 900, 79, 249),
            ),
        ),
    ),
}


def header_key(text: Any) -> str:
    """把表头写法的差别去掉：全半角、大小写、空格、下划线、括号里的单位。

    >>> header_key("平均处理时长（秒）"), header_key("Agent_ID")
    ('平均处理时长', 'agentid')
    """
    plain = unicodedata.normalize("NFKC", str(text)).lower()
    without_unit = re.sub(r"[(\[{【].*?[)\]}】]\s*$", "", plain) or plain
    return re.sub(r"[\s_\-./:·*]+", "", without_unit)


def header_unit(text: Any) -> str:
    """表头括号里的单位；没有就是空文字。

    >>> header_unit("AHT（分钟）")
    '分钟'
    """
    plain = unicodedata.normalize("NFKC", str(text)).lower()
    found = re.search(r"[(\[{【](.*?)[)\]}】]\s*$", plain)
    return found.group(1).strip() if found else ""


_NAMES = {
    header_key(name): column.name
    for column in COLUMNS.values()
    for name in (*column.synonyms, column.name)
}


def canonical_name(header: Any) -> str | None:
    """表头对应的规范列名；不认得就是 None。

    Parameters
    ----------
    header : 表里写的列名，中英文、大小写、空格、括号里的单位都不影响。

    Examples
    --------
    >>> canonical_name("来电量"), canonical_name("Calls Offered"), canonical_name("备注")
    ('呼入量', '呼入量', None)
    """
    return None if header is None else _NAMES.get(header_key(header))


def known_count(cells: Iterable[Any]) -> int:
    """一行里有几个不同的规范列名，用来找表头。"""
    return len({name for name in map(canonical_name, cells) if name})
