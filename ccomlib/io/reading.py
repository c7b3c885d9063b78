"""读表：我自己的 Excel 怎样读进来？"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ccomlib import cells
from ccomlib.io.columns import COLUMNS, KINDS, canonical_name, header_key, header_unit, known_count
from ccomlib.io.sheets import Grid, read_grid

__all__ = ["read_table"]

BAD_CHOICES = ("error", "drop", "keep")
TOTAL = re.compile(
    r".{0,12}(合计|小计|总计|总和|汇总|累计|平均值?|均值|日均|total|subtotal|average)"
)
FOOTNOTE = re.compile(r"(注|备注|说明|制表|制表人|数据来源|单位|统计口径)\s*[:：].*")
EMPTY = {"text": "", "clock": "", "flag": False, "date": pd.NaT, "slot": ""}
MINUTE_UNITS = {"分", "分钟", "min", "mins", "minutes", "m"}


@dataclass
class _Problems:
    """逐个记下读不懂的格子，最后一起报。"""

    where: str
    headers: dict[str, str]
    items: list[dict[str, Any]]

    def add(self, row: int, column: str, value: Any, reason: str) -> None:
        self.items.append({"行": row, "列": column, "值": _shown(value), "原因": reason})

    def by_row(self) -> list[dict[str, Any]]:
        """一行只记一次；同一行有几个坏格子时，列与值用顿号连起来。"""
        rows: dict[int, dict[str, Any]] = {}
        for item in self.items:
            if item["行"] in rows:
                first = rows[item["行"]]
                first["列"] += f"、{item['列']}"
                first["值"] += f"、{item['值']}"
            else:
                rows[item["行"]] = dict(item)
        return list(rows.values())

    def raise_first(self) -> None:
        first = min(self.items, key=lambda item: item["行"])
        header = self.headers.get(first["列"], first["列"])
        alias = "" if header == first["列"] else f"（即{first['列']}）"
        value = "空的" if first["值"] == "" else f'"{first["值"]}"'
        more = f"（这样的格子共 {len(self.items)} 处）" if len(self.items) > 1 else ""
        raise ValueError(
            f"{self.where} 第 {first['行']} 行「{header}」{alias}是 {value}：{first['原因']}，"
            f'或用 read_table(..., bad="drop") 跳过坏行{more}。'
        )


def read_table(
    path: str | Path,
    *,
    kind: str | None = None,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
    bad: str = "error",
) -> pd.DataFrame:
    """读进一个 Excel（.xlsx）或 CSV，列名统一成课程的规范中文列名。

    标题行、合计行、空行、尾注会被跳过；日期、时段、数字的各种写法会统一。
    认得的列名见 ``ccomlib.io.COLUMNS``，不认得的列原样保留。

    Parameters
    ----------
    path : 文件名，.xlsx 或 .csv（UTF-8、GB18030 编码，逗号或制表符分隔）。
    kind : "intervals"、"daily"、"roster"、"series"、"agents"、"agent_day" 之一：
        说明必须有哪些列；不给则有什么读什么，列名一个也不认得的表也读。
    sheet : 工作表名；不给则取第一张有表头的。
    columns : {你的列名: 规范列名}，在自动识别认不出或认错时用。
    bad : 遇到读不懂的格子，"error" 报错，"drop" 跳过整行，"keep" 留下这一行、格子作空值。

    Returns
    -------
    DataFrame
        ``attrs["dropped"]`` 列出跳过的每一行（行、列、值、原因；行号与 Excel 左侧一致），
        ``attrs["bad"]`` 列出读不懂的格子，``attrs["source"]`` 是文件与工作表，
        ``attrs["renamed"]`` 是改过的列名。

    Raises
    ------
    ValueError
        缺列、列名有歧义、格子读不懂；说明文件、工作表、行、列、值与改法。
    FileNotFoundError, PermissionError
        文件不在，或正被 Excel 占用。

    Notes
    -----
    日期列若带时刻而表里没有时段列，时刻会成为时段；单位写成分钟的时长列会换算成秒。

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "话务.csv"
    >>> _ = path.write_text("统计日期,时间段,来电量\\n2026/3/2,8:30-9:00,96\\n合计,,96\\n", "utf-8")
    >>> table = read_table(path, kind="intervals")
    >>> table.columns.tolist(), table["时段"].tolist(), table.attrs["dropped"][0]["行"]
    (['日期', '时段', '呼入量'], ['08:30'], 3)
    """
    if bad not in BAD_CHOICES:
        raise ValueError(f'bad 是 {bad!r}，应是 "error"、"drop"、"keep" 之一。')
    if kind is not None and kind not in KINDS:
        raise ValueError(f"kind 是 {kind!r}，应是 {'、'.join(KINDS)} 之一。")
    given = {header_key(key): name for key, name in (columns or {}).items()}

    def known(row: list[Any]) -> int:
        mapped = {header_key(cell) for cell in row if cell is not None} & set(given)
        return known_count(row) + len(mapped)

    need = 1 if kind in {"series", "agents"} else 2
    grid = read_grid(Path(path), sheet, known, need, guess=kind is None and not columns)
    names, headers = _name_columns(grid, given)
    raw, dropped = _collect_rows(grid, names)
    _split_moments(raw, names, headers)
    required = _require(grid, kind, raw, headers)
    problems = _Problems(grid.where, headers, [])
    table = pd.DataFrame(
        {
            column: _convert(raw[column], column, headers[column], kind, required, problems)
            for column in raw.columns
        },
        index=raw.index,
    )
    if problems.items and bad == "error":
        problems.raise_first()
    if bad == "drop":
        dropped += problems.by_row()
        table = table.drop(index={item["行"] for item in problems.items})
    table = _integers(table).reset_index(drop=True)
    table.attrs["source"] = grid.where
    table.attrs["dropped"] = sorted(dropped, key=lambda item: item["行"])
    table.attrs["bad"] = problems.items
    table.attrs["renamed"] = {old: new for new, old in headers.items() if old != new}
    return table


def _name_columns(grid: Grid, given: dict[str, str]) -> tuple[list[str | None], dict[str, str]]:
    """每一列的规范名；同时记住它在文件里的写法。"""
    header = [
        None if cells.is_blank(cell) else str(cell).strip() for cell in grid.rows[grid.header]
    ]
    found = {header_key(text) for text in header if text}
    unknown = [key for key in given if key not in found]
    if unknown:
        have = "、".join(text for text in header if text)
        raise ValueError(f"{grid.where} 里没有 columns 提到的列 {unknown[0]!r}，有：{have}。")
    certain = {given[header_key(text)] for text in header if text and header_key(text) in given}
    certain |= {text for text in header if text in COLUMNS and header_key(text) not in given}
    names: list[str | None] = []
    headers: dict[str, str] = {}
    for position, text in enumerate(header):
        name = text
        if text and header_key(text) in given:
            name = given[header_key(text)]
        elif text and text not in COLUMNS:
            canonical = canonical_name(text)
            name = text if canonical is None or canonical in certain else canonical
        elif text is None and any(not cells.is_blank(v) for v in _column(grid, position)):
            name = f"第{position + 1}列"
        if name in headers:
            raise ValueError(
                f"{grid.where} 的「{headers[name]}」与「{text}」都像是{name}："
                f'请用 columns={{"{headers[name]}": "{name}", "{text}": "另一个名字"}} 说明，'
                "或在文件里改名。"
            )
        names.append(name)
        if name is not None:
            headers[name] = text or name
    return names, headers


def _column(grid: Grid, position: int) -> list[Any]:
    return [row[position] for row in grid.rows[grid.header + 1 :] if position < len(row)]


def _collect_rows(grid: Grid, names: list[str | None]) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """去掉空行、合计行、重复的表头与尾注；行标签是 Excel 的行号。"""
    used = [position for position, name in enumerate(names) if name is not None]
    keys = [
        position
        for position in used
        if position == used[0]
        or (names[position] in COLUMNS and COLUMNS[names[position]].content in {"date", "slot"})
        or names[position] in {"工号", "班组", "队列", "星期"}
    ]
    header = [grid.rows[grid.header][position] for position in used]
    kept, labels, dropped = [], [], []
    for number, row in enumerate(grid.rows[grid.header + 1 :], start=grid.header + 2):
        values = [row[position] if position < len(row) else None for position in used]
        filled = [value for value in values if not cells.is_blank(value)]
        if not filled:
            continue
        reason = _skip_reason(row, keys, filled)
        if values == header:
            reason = "重复的表头"
        if reason:
            column = names[used[0]]
            dropped.append({"行": number, "列": column, "值": _shown(filled[0]), "原因": reason})
        else:
            kept.append(values)
            labels.append(number)
    if not kept:
        raise ValueError(f"{grid.where} 表头（第 {grid.header + 1} 行）下面没有数据行。")
    table = pd.DataFrame(kept, index=labels, columns=[names[p] for p in used], dtype=object)
    return table, dropped


def _skip_reason(row: list[Any], keys: list[int], filled: list[Any]) -> str:
    texts = [row[p] for p in keys if p < len(row) and isinstance(row[p], str)]
    for text in texts:
        plain = re.sub(r"[\s:：]+", "", cells.plain_text(text)).lower()
        if TOTAL.fullmatch(plain):
            return "合计行"
    if len(filled) == 1 and isinstance(filled[0], str) and FOOTNOTE.fullmatch(filled[0].strip()):
        return "说明行"
    return ""


def _split_moments(raw: pd.DataFrame, names: list[str | None], headers: dict[str, str]) -> None:
    """日期与时刻写在同一格：拆成日期、时段两列。"""
    for have, want in (("日期", "时段"), ("时段", "日期")):
        if have in raw and want not in raw and raw[have].map(_has_both).any():
            raw.insert(raw.columns.get_loc(have) + (want == "时段"), want, raw[have])
            headers[want] = headers[have]


def _has_both(value: Any) -> bool:
    if isinstance(value, dt.datetime):
        return (value.hour, value.minute) != (0, 0)
    return isinstance(value, str) and bool(
        re.search(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T\s]+\d{1,2}:\d\d", value)
    )


def _require(
    grid: Grid, kind: str | None, raw: pd.DataFrame, headers: dict[str, str]
) -> tuple[str, ...]:
    if kind is None:
        return ()
    required = KINDS[kind].required
    missing = [name for name in required if name not in raw]
    if missing:
        have = "、".join(headers.values())
        raise ValueError(
            f"{grid.where} 缺少{KINDS[kind].title}必须有的列：{'、'.join(missing)}。"
            f'现有列：{have}。请补上，或用 columns={{"你的列名": "{missing[0]}"}} 指明。'
        )
    if kind == "series" and raw.shape[1] < 2:
        raise ValueError(f"{grid.where} 只有日期，没有数值列：请至少再放一列数。")
    return tuple(raw.columns) if kind == "series" else required


def _convert(
    raw: pd.Series,
    column: str,
    header: str,
    kind: str | None,
    required: tuple[str, ...],
    problems: _Problems,
) -> pd.Series:
    """把一列换成规范写法；每种不同的值只解析一次。"""
    if column in COLUMNS:
        content = COLUMNS[column].content
    elif kind == "series":
        content = "number"
    else:
        return _unknown(raw)
    parse, empty = cells.PARSERS[content], EMPTY.get(content, np.nan)
    blank = raw.map(cells.is_blank)
    if column in required and content != "text" and blank.any():
        for row in raw.index[blank]:
            problems.add(row, column, "", "请补上这个值")
    results: dict[Any, Any] = {}
    failures: dict[Any, str] = {}
    for key, value in {_key(value): value for value in raw[~blank]}.items():
        try:
            results[key] = parse(value)
        except ValueError as error:
            failures[key] = str(error)
    converted = raw.map(
        lambda value: empty if cells.is_blank(value) else results.get(_key(value), empty)
    )
    if failures:
        for row, value in raw[~blank].items():
            if _key(value) in failures:
                problems.add(row, column, value, failures[_key(value)])
    if content in {"text", "slot", "clock"}:
        return converted.astype("str")
    if content == "flag":
        return converted.astype(bool)
    if content == "date":
        return pd.to_datetime(converted)
    numbers = converted.astype(float)
    written_in_minutes = content == "seconds" and header_unit(header) in MINUTE_UNITS
    return numbers * 60 if written_in_minutes else numbers


def _key(value: Any) -> tuple[type, Any]:
    """1、1.0、True 在字典里相等，连同类型才分得开。"""
    return type(value), value


def _unknown(raw: pd.Series) -> pd.Series:
    """不认得的列：全是数就作数，全是日期就作日期，否则作文字。"""
    blank = raw.map(cells.is_blank)
    filled = raw[~blank]
    if filled.map(lambda value: isinstance(value, dt.datetime)).all() and len(filled):
        return pd.to_datetime(raw.where(~blank, None))
    numbers = pd.to_numeric(filled, errors="coerce")
    if len(filled) and numbers.notna().all():
        return numbers.astype(float).reindex(raw.index)
    return raw.map(lambda value: "" if cells.is_blank(value) else cells.parse_text(value)).astype(
        "str"
    )


def _integers(table: pd.DataFrame) -> pd.DataFrame:
    """没有空值、没有小数的数列用整数。"""
    whole = [
        column
        for column in table.select_dtypes("float").columns
        if len(table) and np.isfinite(table[column]).all() and (table[column] % 1 == 0).all()
    ]
    return table.astype(dict.fromkeys(whole, np.int64))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
