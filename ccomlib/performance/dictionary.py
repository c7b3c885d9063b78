"""指标字典：每个指标写清楚了吗，谁来看都会算出同一个数吗？"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.cells import cell_text
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns

from .direction import HIGH, LOW, WORDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FIELDS", "DictionaryCheck", "check_dictionary"]

FIELDS = ("定义", "公式", "数据源", "频率", "责任人", "目标", "方向", "权重")
PROBLEMS = (
    "缺字段",
    "定义空泛",
    "分母不清",
    "数据源不可查",
    "频率不明",
    "责任不清",
    "目标不可量化",
    "方向不明",
    "方向可疑",
    "权重不对",
    "重复",
    "不可控",
)
WHOLE = "全表"
LOWER_IS_BETTER = "不合格|差错|错误|放弃|投诉|流失|离职|缺勤|旷工|迟到|重复来电|转接率|等待|排队|时长|应答速度|偏差"
HIGHER_IS_BETTER = "满意|合格|解决率|接通|接起|服务水平|准确|遵守|达成|及时|通过率|质检分|推荐"
BEYOND_ONE_AGENT = (
    "呼入量|来电量|话务量|服务水平|接通率|放弃率|占用率|排队|系统|营收|净推荐|离职率|流失率"
)
FRONT_LINE = "坐席|座席|员工本人|个人|客服代表|话务员|专员"
EVERYBODY = "大家|全体|所有人|各部门|相关|若干|待定"
UNCHECKABLE = "估计|印象|主观|感觉|口头|待定|手工回忆"
PERIODS = "实时|时段|小时|班|日|天|周|旬|月|季|年"
VAGUE_BASE = "总数|总量|总计|总体|合计|全部|全量|基数|总"
RATIO = "(?<![效频])率|占比|比例|人均|平均|均值"
DIVISION = r"[÷/／]|除以|占|的比例"


@dataclass(frozen=True, eq=False)
class DictionaryCheck(Result):
    """指标字典的毛病。由 ``check_dictionary`` 生成，不直接构造。"""

    flaws: pd.DataFrame
    """一行一个毛病，列：行、指标、字段、问题、现状、改法；关于全表的，行写“全表”。"""
    indicators: tuple[str, ...]

    @property
    def clean(self) -> tuple[str, ...]:
        """没有毛病的指标。"""
        bad = set(self.flaws["指标"])
        return tuple(name for name in self.indicators if name not in bad)

    def summary(self) -> pd.DataFrame:
        """逐条列出毛病与改法。"""
        return self.flaws

    def plot(self, ax: Axes | None = None) -> Axes:
        """指标 × 问题：有色的格子要改。"""
        kinds = [kind for kind in PROBLEMS if kind in set(self.flaws["问题"])] or ["缺字段"]
        names = list(dict.fromkeys([*self.indicators, *self.flaws["指标"]]))
        grid = np.zeros((len(names), len(kinds)))
        for name, kind in self.flaws[["指标", "问题"]].itertuples(index=False):
            grid[names.index(name), kinds.index(kind)] = 1
        ax = new_axes(ax, figsize=(2.4 + 0.85 * len(kinds), 1.6 + 0.36 * len(names)))
        ax.imshow(np.ones(grid.shape), cmap="Greys", vmin=0, vmax=12, aspect="auto")
        for row, column in zip(*np.nonzero(grid), strict=True):
            box = (column - 0.45, row - 0.45)
            ax.add_patch(_square(box, COLOURS["bad"]))
        ax.set_xticks(range(len(kinds)), kinds, rotation=35, ha="right", rotation_mode="anchor")
        ax.set_yticks(range(len(names)), names)
        ax.grid(False)
        ax.set(title=f"指标字典：{len(self.flaws)} 处要改（橙红为要改）", xlabel="问题")
        ax.set_ylabel("指标")
        return ax

    def __str__(self) -> str:
        if self.flaws.empty:
            return (
                f"{len(self.indicators)} 个指标没有查出毛病；"
                "程序只查写法，指标该不该考核仍要由业务判断。"
            )
        counts = self.flaws["问题"].value_counts(sort=False)
        listed = "、".join(f"{kind} {counts[kind]}" for kind in PROBLEMS if kind in counts)
        return (
            f"{len(self.indicators)} 个指标查出 {len(self.flaws)} 处要改（{listed}），"
            f"{len(self.clean)} 个指标没有毛病；方向可疑与不可控是按用词猜的，要人来定。"
        )


def _square(corner: tuple[float, float], colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle(corner, 0.9, 0.9, color=colour)


def check_dictionary(
    table: pd.DataFrame,
    *,
    indicator: str = "指标",
    fields: Sequence[str] = FIELDS,
    group: str | None = None,
    controllable: str = "可控",
    total_weight: float = 100,
) -> DictionaryCheck:
    """指标字典里哪一行、哪一格要改，怎么改？

    Parameters
    ----------
    table : 一行一个指标；列为 指标 与 ``fields`` 里的各项。
    indicator : 指标名称的列。
    fields : 必须填写的列；某列整列没有，算全表的一处毛病。
    group : 岗位的列；给了就按岗位分别查重复与权重合计，不给则全表合为一套。
    controllable : 写明责任人能否左右的列（是、否）；没有这列就按用词判断。
    total_weight : 权重应合计到多少，默认 100。

    Returns
    -------
    DictionaryCheck
        每处毛病的行、现状与改法。

    Raises
    ------
    ValueError
        没有指标列、没有行、指标名称有空的。

    Notes
    -----
    查：缺字段、定义空泛、分母不清、数据源不可查、频率不明、责任不清、目标不可量化、
    方向不明、方向可疑（与名称里的词相反）、权重不对、重复（同名或同公式）、不可控。

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "指标": ["质检分", "放弃率"], "定义": ["抽检录音的平均分", "客户挂断的比例"],
    ...     "公式": ["得分合计 ÷ 抽检通数", "放弃量 ÷ 总数"], "数据源": ["质检系统", "话务平台"],
    ...     "频率": ["每月", "每日"], "责任人": ["班组长", "座席"], "目标": ["90 分", "5%"],
    ...     "方向": ["越高越好", "越高越好"], "权重": [60, 30]})
    >>> check_dictionary(table).flaws["问题"].tolist()
    ['分母不清', '方向可疑', '不可控', '权重不对']
    """
    require_columns(table, [indicator, *([group] if group else [])], "指标字典")
    if table.empty:
        raise ValueError("指标字典没有行：请至少写一个指标。")
    if not np.isfinite(total_weight) or total_weight <= 0:
        raise ValueError(f"total_weight 是 {total_weight!r}，应是正数，如 100。")
    names = table[indicator]
    blank = np.flatnonzero([cell_text(value) == "" for value in names])
    if len(blank):
        raise ValueError(f"{indicator}第 {blank[0] + 1} 个是空的：请写上指标名称。")
    flaws = [
        (WHOLE, WHOLE, field, "缺字段", "没有这一列", f"加一列“{field}”，逐个指标填写")
        for field in fields
        if field not in table.columns
    ]
    for label, (_, row) in zip(_labels(table), table.iterrows(), strict=True):
        entry = {field: cell_text(row[field]) for field in fields if field in table.columns}
        control = cell_text(row[controllable]) if controllable in table.columns else ""
        name = cell_text(row[indicator])
        flaws += [(label, name, *found) for found in _row_flaws(name, entry, control)]
    parts = table.groupby(table[group].astype(str), sort=False) if group else [("", table)]
    for title, part in parts:
        flaws += _repeated(part, indicator, table)
        if "权重" in fields and "权重" in table.columns:
            flaws += _weight_total(part["权重"], str(title), total_weight)
    columns = ["行", "指标", "字段", "问题", "现状", "改法"]
    return DictionaryCheck(
        pd.DataFrame(flaws, columns=columns), tuple(cell_text(name) for name in names)
    )


def _labels(table: pd.DataFrame) -> list[str]:
    numbered = isinstance(table.index, pd.RangeIndex)
    return [
        f"第 {row} 行" if numbered else str(label) for row, label in enumerate(table.index, start=1)
    ]


def _row_flaws(name: str, entry: dict[str, str], control: str) -> Iterator[tuple]:
    """一个指标自己的毛病。"""
    for field, text in entry.items():
        if text == "":
            yield field, "缺字段", "空", f"补上{field}"
    say = {field: text for field, text in entry.items() if text}
    if say.get("定义") == name:
        yield "定义", "定义空泛", say["定义"], "定义不要重复名称，写明统计谁、什么算、什么不算"
    yield from _formula_flaws(name, say.get("公式", ""))
    checks = (
        ("数据源", "数据源不可查", UNCHECKABLE, True, "写出哪个系统的哪张报表，别人能再取一遍"),
        ("频率", "频率不明", PERIODS, False, "写明每日、每周、每月或每季"),
        ("责任人", "责任不清", EVERYBODY, True, "只写一个岗位负责"),
        ("目标", "目标不可量化", r"\d|[零一二三四五六七八九十百]", False, "写成带单位的数，如 85%"),
    )
    for field, problem, pattern, bad_if_found, remedy in checks:
        if field in say and bool(re.search(pattern, say[field])) == bad_if_found:
            yield field, problem, say[field], remedy
    if "目标" in say and re.search("率|占比", name):
        found = re.search(r"(\d+(?:\.\d+)?)\s*[%％]", say["目标"])
        if found and float(found[1]) > 100 and not re.search("增长|达成|完成", name):
            yield "目标", "目标不可量化", say["目标"], "比率不会超过 100%，请核对目标"
    if "方向" in say:
        yield from _direction_flaws(name, say["方向"])
    if "权重" in say:
        yield from _weight_flaws(say["权重"])
    if control in {"否", "不可控", "不能", "False"}:
        yield (
            "责任人",
            "不可控",
            f"可控：{control}",
            "换成责任人能左右的过程指标，或改由管得着的人负责",
        )
    elif not control and _beyond(name, say.get("责任人", "")):
        yield (
            "责任人",
            "不可控",
            f"{name}由{say['责任人']}负责",
            "一个座席左右不了它：改由排班或主管负责，或换成他能左右的过程指标",
        )


def _beyond(name: str, owner: str) -> bool:
    return bool(re.search(BEYOND_ONE_AGENT, name) and re.search(FRONT_LINE, owner))


def _formula_flaws(name: str, formula: str) -> Iterator[tuple]:
    if not formula or not re.search(RATIO, name):
        return
    if not re.search(DIVISION, formula):
        yield "公式", "分母不清", formula, "它是比率或平均，写成“分子 ÷ 分母”"
        return
    base = re.sub(r"[\s（()）]|[×*]\s*100\s*[%％]?", "", re.split(r"[÷/／]|除以", formula)[-1])
    if re.fullmatch(VAGUE_BASE, base) or base == "":
        yield (
            "公式",
            "分母不清",
            formula,
            "写明分母是什么的总数，剔除什么（如“呼入量，剔除 5 秒内短放弃”）",
        )


def _direction_flaws(name: str, text: str) -> Iterator[tuple]:
    if text not in WORDS:
        yield (
            "方向",
            "方向不明",
            text,
            f"只写“{HIGH}”或“{LOW}”；有合适区间的，拆成上限与下限两个指标",
        )
        return
    usual = 0
    if re.search(LOWER_IS_BETTER, name):
        usual = -1
    elif re.search(HIGHER_IS_BETTER, name):
        usual = 1
    if usual and WORDS[text] != usual:
        better = HIGH if usual > 0 else LOW
        yield "方向", "方向可疑", text, f"“{name}”通常{better}，请核对"


def _weight_flaws(text: str) -> Iterator[tuple]:
    number = _number(text)
    if number is None or number <= 0:
        yield "权重", "权重不对", text, "写成正数；不计分的指标从字典里移到监控清单"


def _number(text: str) -> float | None:
    try:
        return float(text.rstrip("%％分 "))
    except ValueError:
        return None


def _weight_total(weights: pd.Series, title: str, wanted: float) -> list[tuple]:
    numbers = [_number(cell_text(value)) for value in weights]
    total = sum(number for number in numbers if number is not None)
    if abs(total - wanted) <= 1e-6 * wanted:
        return []
    where = f"{title}的权重" if title else "权重"
    remedy = (
        f"{where}合计应为 {wanted:g}，{'多' if total > wanted else '少'}了 {abs(total - wanted):g}"
    )
    if abs(total * 100 - wanted) <= 1e-6 * wanted:
        remedy = f"像是写成了小数：各乘以 100，合计才是 {wanted:g}"
    return [(WHOLE, WHOLE, "权重", "权重不对", f"合计 {total:g}", remedy)]


def _repeated(part: pd.DataFrame, indicator: str, whole: pd.DataFrame) -> list[tuple]:
    """同名，或名字不同而公式一样。"""
    labels = dict(zip(whole.index, _labels(whole), strict=True))
    rows, found = [], set()
    for field in (indicator, "公式"):
        if field not in part.columns:
            continue
        seen: dict[str, Any] = {}
        for index, value in part[field].items():
            key = re.sub(r"[\s（）()]", "", cell_text(value)).lower()
            if key and key in seen and index not in found:
                found.add(index)
                name = cell_text(part.loc[index, indicator])
                first = f"与{labels[seen[key]]}相同"
                rows.append(
                    (
                        labels[index],
                        name,
                        field,
                        "重复",
                        f"{first}：{cell_text(value)}",
                        "删去一个，权重并到另一个",
                    )
                )
            seen.setdefault(key, index)
    return rows
