"""一个工具要填哪些格，填好以后是哪一行代码？"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Field", "Tool", "literal"]

COLUMN_KINDS = ("numbers", "labels", "column", "names", "several", "ratings")


@dataclass(frozen=True)
class Field:
    """工具的一个空格。

    Parameters
    ----------
    name : 参数名。
    label : 给人看的名字，带单位。
    kind : 填什么——

        - "numbers"：表里的一列数，代码写成 ``table["列"]``
        - "labels"：表里的一列文字，同上
        - "column"：表里一列的名字，代码写成 ``"列"``
        - "names"：表里几列的名字，代码写成 ``["甲", "乙"]``
        - "several"：表里的几列数，代码写成 ``table[["甲", "乙"]]``
        - "ratings"：表里的几列，数字文字都可以，代码同上
        - "number"、"integer"：一个数
        - "value"：一个数或一段文字（日期、组名），是数就写成数
        - "choice"：几样里选一样
    default : 默认值；列的默认值是列名，表里有就先选上。
    choices : "choice" 的（说法，值）。
    optional : 可以不填；不填就不写进代码。
    drop_empty : 先去掉空着的行（没有回复的问卷）；只用于 "numbers"。
    sample : 演示时填的值；不给就用默认值。
    """

    name: str
    label: str
    kind: str
    default: Any = None
    choices: tuple[tuple[str, Any], ...] = ()
    optional: bool = False
    drop_empty: bool = False
    sample: Any = None

    @property
    def shown(self) -> Any:
        """演示时填的值。"""
        return self.default if self.sample is None else self.sample

    @property
    def is_column(self) -> bool:
        """要从表里选列。"""
        return self.kind in COLUMN_KINDS


@dataclass(frozen=True)
class Tool:
    """工作台上的一个工具。

    Parameters
    ----------
    function : 函数在 ccomlib 里的名字，如 "control_chart.p_chart"。
    title : 它回答的问题。
    group : 归在哪一类。
    fields : 要填的格，按次序。
    positional : 前几格按位置写，其余写参数名。
    takes_table : 第一个参数是整张表。
    labelled : 可以选一列作每行的名字（日期、工号……），写成表的索引。
    example : 演示用的虚拟中心表名，默认值里的列都在里面。
    only : 演示前只看哪些行：（列，值）。
    grouped : 演示前怎样汇总：``Source.grouped`` 的参数。
    spread : 演示前怎样摊开：``Source.spread`` 的参数。
    prepare : 演示前还要写的代码：虚拟中心没有现成的列时，由 table 算出来。
    label : 演示时作行名的列。
    """

    function: str
    title: str
    group: str
    fields: tuple[Field, ...]
    positional: int = 1
    takes_table: bool = False
    labelled: bool = False
    example: str = ""
    only: tuple[str, str] | None = None
    grouped: tuple[str, ...] | None = None
    spread: tuple[str, str, str] | None = None
    prepare: str = ""
    label: str | None = None

    @property
    def module(self) -> str:
        """函数所在的模块。"""
        return self.function.split(".")[0]

    def code(self, values: Mapping[str, Any], label: str | None = None) -> str:
        """填好的格变成一行代码。

        Parameters
        ----------
        values : {参数名: 填的值}。
        label : 作行名的列；没有就不写。

        Raises
        ------
        ValueError
            有必填的格还空着；消息写明是哪一格。

        Examples
        --------
        >>> tool = Tool(
        ...     "control_chart.p_chart",
        ...     "比例失控了吗？",
        ...     "控制图",
        ...     (Field("count", "不合格数", "numbers"), Field("n", "总数", "numbers")),
        ...     positional=2,
        ... )
        >>> tool.code({"count": "差错", "n": "抽检"}, label="日期")
        'control_chart.p_chart(table.set_index("日期")["差错"], table.set_index("日期")["抽检"])'
        """
        table = f"table.set_index({literal(label)})" if label else "table"
        arguments = [table] if self.takes_table else []
        for place, field in enumerate(self.fields):
            value = values.get(field.name)
            if value is None or value == "" or value == ():
                if not field.optional:
                    raise ValueError(f"「{field.label}」还没有填：请选好再运行。")
                continue
            if field.optional and not field.is_column and value == field.default:
                continue
            written = _written(field, value, table)
            arguments.append(written if place < self.positional else f"{field.name}={written}")
        return f"{self.function}({', '.join(arguments)})"


def _written(field: Field, value: Any, table: str) -> str:
    if field.kind in {"numbers", "labels"}:
        return f"{table}[{literal(value)}]{'.dropna()' if field.drop_empty else ''}"
    if field.kind in {"several", "ratings", "names"}:
        names = f"[{', '.join(map(literal, value))}]"
        return names if field.kind == "names" else f"{table}[{names}]"
    if field.kind in {"number", "integer", "value"} and isinstance(value, str):
        return literal(_number(field, value.strip()))
    return literal(value)


def _number(field: Field, text: str) -> float | str:
    """格子里打的字：是数就变成数；该是数而不是数，就说出是哪一格。"""
    for read in (int,) if field.kind == "integer" else (int, float):
        try:
            number = read(text)
        except ValueError:
            continue
        if math.isfinite(number):
            return number
    if field.kind == "value":
        return text
    what = "整数" if field.kind == "integer" else "数"
    raise ValueError(f"「{field.label}」是 {text!r}，不是{what}：请改成{what}。")


def literal(value: Any) -> str:
    """值写成代码：文字用双引号，里面的引号与换行都转义。

    >>> print(literal('他说"好"'), literal(0.8))
    "他说\\"好\\"" 0.8
    """
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
