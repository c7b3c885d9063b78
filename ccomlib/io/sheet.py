"""活的一页：哪些列是公式、哪一行是合计、旁边写哪些输入，Excel 里改一个数别的跟着变？"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Places", "Sheet", "excel_formula", "formula_values", "total_formula", "total_value"]

REFERENCE = re.compile(r"(?P<over>合计|累计|平均)?\[(?P<column>[^\[\]]+)\]|\{(?P<input>[^{}]+)\}")
WEIGHTED = re.compile(r"加权\[([^\[\]]+)\]")
SUM, MEAN = "合计", "平均"
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ROUNDUP": lambda x, digits=0: np.ceil(x * 10**digits - 1e-9) / 10**digits,
    "ROUND": lambda x, digits=0: np.floor(x * 10**digits + 0.5) / 10**digits,
    "MAX": np.maximum,
    "MIN": np.minimum,
    "SQRT": np.sqrt,
    "ABS": np.abs,
}
ALLOWED = (
    *(ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Constant, ast.Load),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.UAdd),
)


@dataclass(frozen=True, eq=False)
class Sheet:
    """一页活的 Excel：表、公式、合计、输入与图。交给 ``write_excel``。

    Parameters
    ----------
    table : 表，或一个结果（它自己的公式与输入一并带上）。
    formulas : {列名: 式子}。``[列名]`` 是同一行的那一列，``合计[列名]``、``平均[列名]`` 是整列，
        ``累计[列名]`` 是加到这一行，``{名字}`` 是旁边的一个输入；可用 + - * / ( ) 与
        ROUND、ROUNDUP、MAX、MIN、ABS、SQRT。没有的列添在最后，已有的换成公式。
    totals : 合计行里写哪些列：一列列名，或 {列名: "合计"、"平均" 或 "加权[接起量]"}。
        公式的列在合计行照样用公式算，所以率是合计除以合计。
    inputs : {名字: 值}，写在表的右边；式子用 ``{名字}`` 引用它，改了它别的跟着变。
    units : {列名: 单位}，先于已知的单位；``"%"`` 把 0.44 写成 44%。
    picture : 放在右边的图。
    sentence : 第一行的那句话；结果不写就用它自己的。

    Raises
    ------
    ValueError
        式子里的列、输入不存在，或写得不合规矩。

    Examples
    --------
    >>> table = pd.DataFrame({"队列": ["咨询", "报修"], "呼入量": [90, 10], "放弃量": [9, 2]})
    >>> page = Sheet(table, formulas={"放弃率": "[放弃量] / [呼入量]"}, totals=["呼入量", "放弃量"])
    >>> page.frame()["放弃率"].tolist()
    [0.1, 0.2]
    """

    table: pd.DataFrame | Result
    formulas: Mapping[str, str] = field(default_factory=dict)
    totals: Sequence[str] | Mapping[str, str] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    picture: Axes | Figure | None = None
    sentence: str = ""

    def __post_init__(self) -> None:
        own = self.table.excel() if isinstance(self.table, Result) else {}
        settings = {
            "formulas": {**own.get("formulas", {}), **self.formulas},
            "inputs": {**own.get("inputs", {}), **self.inputs},
            "units": {**own.get("units", {}), **self.units},
            "totals": _as_mapping(self.totals or own.get("totals", ())),
        }
        if isinstance(self.table, Result) and not self.sentence:
            settings["sentence"] = str(self.table)
        for name, value in settings.items():
            object.__setattr__(self, name, value)
        self._check()

    def frame(self) -> pd.DataFrame:
        """表的各列，公式的列已经算好。"""
        table = self.table.summary() if isinstance(self.table, Result) else self.table
        table = table.copy()
        for name, expression in self.formulas.items():
            table[name] = formula_values(expression, table, self.inputs)
        return table

    def _check(self) -> None:
        table = self.table.summary() if isinstance(self.table, Result) else self.table
        if not isinstance(table, pd.DataFrame):
            raise ValueError(f"要存的是 {type(table).__name__}：请给一张表或一个结果。")
        known = [str(column) for column in table.columns]
        for name, expression in self.formulas.items():
            for found in REFERENCE.finditer(expression):
                column, given = found["column"], found["input"]
                if column and column not in known:
                    raise ValueError(
                        f"「{name}」的式子里有 [{column}]，表里没有这一列；有：{'、'.join(known)}。"
                    )
                if given and given not in self.inputs:
                    raise ValueError(
                        f"「{name}」的式子里有 {{{given}}}，inputs 里没有：请写 inputs={{'{given}': 值}}。"
                    )
            _parsed(expression, name)
            known.append(name)
        for name, how in self.totals.items():
            weight = WEIGHTED.fullmatch(how)
            if name not in known or (weight and weight[1] not in known):
                raise ValueError(f"合计里有「{name}：{how}」，表里没有这一列：请核对列名。")
            if not weight and how not in (SUM, MEAN):
                raise ValueError(
                    f"「{name}」怎样合是 {how!r}：请写 合计、平均 或 加权[列名]（如 加权[接起量]）。"
                )


@dataclass(frozen=True)
class Places:
    """各列、各输入在 Excel 里的位置。

    ``columns`` 列名 → 列字母；``first``、``last`` 是数据的首行与末行；``inputs`` 名字 → ``$H$3``。
    """

    columns: Mapping[str, str]
    first: int
    last: int
    inputs: Mapping[str, str] = field(default_factory=dict)


def excel_formula(expression: str, row: int, places: Places) -> str:
    """式子在第 ``row`` 行的 Excel 公式；合计行里的 累计 就是合计。

    >>> places = Places({"件数": "B"}, 2, 7)
    >>> excel_formula("累计[件数] / 合计[件数]", 3, places)
    '=SUM(B$2:B3)/SUM(B$2:B$7)'
    """

    def put(found: re.Match[str]) -> str:
        if found["input"]:
            return places.inputs[found["input"]]
        letter = places.columns[found["column"]]
        whole = f"{letter}${places.first}:{letter}${places.last}"
        if found["over"] == SUM:
            return f"SUM({whole})"
        if found["over"] == MEAN:
            return f"AVERAGE({whole})"
        if found["over"]:
            end = min(row, places.last)
            return f"SUM({letter}${places.first}:{letter}{end})"
        return f"{letter}{row}"

    text = REFERENCE.sub(put, expression)
    return "=" + re.sub(r"\s+", "", text)


def total_formula(how: str, column: str, places: Places) -> str:
    """合计行里一格的 Excel 公式。

    >>> total_formula("加权[接起量]", "时长", Places({"时长": "C", "接起量": "B"}, 2, 3))
    '=SUMPRODUCT(C2:C3,B2:B3)/SUM(B2:B3)'
    """
    mine = f"{places.columns[column]}{places.first}:{places.columns[column]}{places.last}"
    weight = WEIGHTED.fullmatch(how)
    if weight:
        other = places.columns[weight[1]]
        weights = f"{other}{places.first}:{other}{places.last}"
        return f"=SUMPRODUCT({mine},{weights})/SUM({weights})"
    return f"={'SUM' if how == SUM else 'AVERAGE'}({mine})"


def total_value(how: str, column: str, table: pd.DataFrame) -> float:
    """合计行里一格的值。"""
    weight = WEIGHTED.fullmatch(how)
    if weight:
        values, weights = table[column].astype(float), table[weight[1]].astype(float)
        return float((values * weights).sum() / weights.sum())
    return float(table[column].sum() if how == SUM else table[column].mean())


def formula_values(
    expression: str, table: pd.DataFrame, inputs: Mapping[str, Any], sums: pd.Series | None = None
) -> pd.Series:
    """式子在每一行的值；除以零是空值。

    Parameters
    ----------
    sums : 合计行各列的值；给了就只算合计行。
    """
    names: dict[str, Any] = {}

    def put(found: re.Match[str]) -> str:
        name = f"_{len(names)}"
        if found["input"]:
            names[name] = float(inputs[found["input"]])
            return name
        column = table[found["column"]].astype(float)
        if found["over"] == SUM:
            names[name] = column.sum()
        elif found["over"] == MEAN:
            names[name] = column.mean()
        elif sums is not None:
            names[name] = column.sum() if found["over"] else sums.get(found["column"], math.nan)
        else:
            names[name] = column.cumsum() if found["over"] else column
        return name

    code = compile(ast.parse(REFERENCE.sub(put, expression), mode="eval"), "式子", "eval")
    with np.errstate(divide="ignore", invalid="ignore"):
        index = table.index if sums is None else [0]
        names = {key: np.asarray(value, float) for key, value in names.items()}
        value = eval(code, {"__builtins__": {}}, {**FUNCTIONS, **names})
        result = pd.Series(np.broadcast_to(np.asarray(value, float), len(index)), index)
    return result.where(np.isfinite(result))


def _parsed(expression: str, name: str) -> None:
    """式子只能是四则与几个函数。"""
    try:
        tree = ast.parse(REFERENCE.sub("_0", expression).strip(), mode="eval")
    except SyntaxError:
        raise ValueError(f"「{name}」的式子 {expression} 读不懂：请核对括号与运算符。") from None
    for node in ast.walk(tree):
        known = isinstance(node, ALLOWED)
        if isinstance(node, ast.Name):
            known = node.id == "_0" or node.id in FUNCTIONS
        if not known:
            raise ValueError(
                f"「{name}」的式子 {expression} 里有不能用的写法：列名写在方括号里，"
                f"函数只有 {'、'.join(FUNCTIONS)}。"
            )


def _as_mapping(totals: Sequence[str] | Mapping[str, str]) -> dict[str, str]:
    return dict(totals) if isinstance(totals, Mapping) else dict.fromkeys(totals, SUM)
