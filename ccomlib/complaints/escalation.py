"""越级投诉：哪些首接的人手上越级多，什么征兆最灵？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import MAX_ROWS, interval_chart
from ccomlib.proportions import wilson_limits, z_value
from ccomlib.reading import read_flags, read_labels, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS
from ccomlib.validation import require_range

from .linking import link_repeats
from .response import response_hours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Escalations", "escalations"]


@dataclass(frozen=True, eq=False)
class Escalations(Result):
    """越级投诉，算在首件的首接人头上。由 ``escalations`` 得到。"""

    table: pd.DataFrame
    """一个首接的人（组）一行，列：组、件数、越级、越级率、下限、上限、判断。"""
    levels: pd.Series
    """越到哪一级各有几件。"""
    signs: pd.DataFrame
    """一个征兆一行，列：征兆、有（件）、有的越级率、没有的越级率、倍数、倍数下限、倍数上限。"""
    cases: pd.DataFrame
    """越级的工单，列：工单号、首件、首接、渠道层级。"""
    n: int
    escalated: int
    owner: str
    min_n: int

    @property
    def rate(self) -> float:
        """越级率 = 越级件数 ÷ 全部投诉。"""
        return self.escalated / self.n

    def summary(self) -> pd.DataFrame:
        """逐个首接的人（组）列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """越级率与区间；件数不足的是灰色。最多画 30 组。"""
        table = self.table.head(MAX_ROWS)
        colours = {"明显高": COLOURS["bad"], "明显低": COLOURS["good"], "样本不足": "#BDBDBD"}
        return interval_chart(
            ax,
            [f"{row['组']}（{row['件数']} 件）" for _, row in table.iterrows()],
            table["越级率"],
            table["下限"],
            table["上限"],
            title=f"越级率与 95% 区间，按{self.owner}（灰色：不足 {self.min_n} 件，不比较）",
            xlabel="越级率",
            colours=[colours.get(word, COLOURS["main"]) for word in table["判断"]],
            percent=True,
            reference=(self.rate, f"总体 {self.rate:.1%}"),
        )

    def __str__(self) -> str:
        text = f"{self.n} 件投诉里越级 {self.escalated} 件，越级率 {self.rate:.1%}"
        sure = self.signs[self.signs["倍数下限"] > 1]
        if len(sure):
            top = sure.iloc[0]
            text += (
                f"；最灵的征兆是{top['征兆']}，越级的可能是没有时的 {top['倍数']:.1f} 倍"
                f"（{top['倍数下限']:.1f} 到 {top['倍数上限']:.1f}）"
            )
        high = self.table.loc[self.table["判断"] == "明显高", "组"]
        if len(high):
            names = "、".join(high.head(5)) + ("等" if len(high) > 5 else "")
            text += f"；{names}手上明显高"
        small = int((self.table["判断"] == "样本不足").sum())
        if small:
            text += f"；{small} 个{self.owner}不足 {self.min_n} 件（教学约定），不比较"
        return text + "；重复来的算在首件的首接头上，接的件难易不同时不等于做得不好。"


def escalations(
    table: pd.DataFrame,
    *,
    owner: str = "首接工号",
    escalated: str | None = "越级",
    level: str = "渠道层级",
    standing: str = "一线",
    first_response: str | None = "首次响应小时",
    slow_hours: float = 12,
    promise_met: str | None = "承诺兑现",
    transfers: str | None = "转办次数",
    many: int = 2,
    days: int = 30,
    min_n: int = 30,
    ticket: str = "工单号",
    customer: str = "客户号",
    reason: str = "二级原因",
    opened: str = "受理时间",
    closed: str = "办结时间",
) -> Escalations:
    """越级率算到首接的人（组），并找出越级之前的征兆。

    Parameters
    ----------
    table : 一件投诉一行。
    owner : 首接的人或组；重复与办结前再来的件，取首件的首接。
    escalated : 是否越级的列；给 None 就把渠道层级不是 ``standing`` 的算越级。
    level, standing : 渠道层级列，与平常受理的层级。
    first_response, slow_hours : 首次响应小时列，超过几小时算慢（教学约定 12）；空着的还没有回复，不算。
    promise_met, transfers, many : 承诺兑现列，转办次数列，几次算多（教学约定 2）。表里没有的列自动不查。
    days : 办结后几天内再来算重复（教学约定 30），用来追首件。
    min_n : 至少几件才比较（教学约定 30）。
    ticket, customer, reason, opened, closed : 列名。

    Returns
    -------
    Escalations

    Raises
    ------
    ValueError
        缺列、空值、没有一件越级。

    Notes
    -----
    倍数 = 有征兆的越级率 ÷ 没有的越级率，区间取对数（Katz）；四格里有 0 时各加 0.5。

    References
    ----------
    Katz et al. (1978), Biometrics 34: 469–474。

    Examples
    --------
    >>> cases = pd.DataFrame({"工单号": [f"T{i}" for i in range(8)], "客户号": list("ABCDEFGH"),
    ...     "二级原因": ["收费"] * 8, "受理时间": ["2026-01-01"] * 8, "办结时间": ["2026-01-02"] * 8,
    ...     "渠道层级": ["一线"] * 6 + ["总部"] * 2, "越级": [0] * 6 + [1] * 2,
    ...     "首接工号": ["A1"] * 4 + ["A2"] * 4, "首次响应小时": [1, 2, 1, 3, 20, 2, 30, 40]})
    >>> result = escalations(cases, min_n=4)
    >>> result.rate, result.signs["倍数"].round(1).tolist()
    (0.25, [7.5])
    """
    needed = [ticket, owner, level, *([escalated] if escalated else [])]
    read_rows(table, needed, "投诉表")
    links = link_repeats(
        table,
        days=days,
        ticket=ticket,
        customer=customer,
        reason=reason,
        opened=opened,
        closed=closed,
    )
    where = read_labels(table[level], level)
    up = read_flags(table[escalated], escalated) if escalated else where != standing
    up = up.to_numpy()
    if not up.any():
        raise ValueError(f"没有一件越级：请核对{escalated or level}列，或换一段时间。")
    first_owner = dict(zip(links["工单号"], read_labels(table[owner], owner), strict=True))
    person = links["首件"].map(first_owner).to_numpy()
    cases = pd.DataFrame(
        {
            "工单号": links["工单号"].to_numpy(),
            "首件": links["首件"].to_numpy(),
            "首接": person,
            "渠道层级": where.to_numpy(),
        }
    )[up]
    return Escalations(
        table=_by_owner(person, up, int(require_range(min_n, "min_n", 1))),
        levels=where[up].value_counts(),
        signs=_signs(table, up, first_response, slow_hours, promise_met, transfers, many),
        cases=cases.reset_index(drop=True),
        n=len(table),
        escalated=int(up.sum()),
        owner=owner,
        min_n=int(min_n),
    )


def _by_owner(person: np.ndarray, up: np.ndarray, min_n: int) -> pd.DataFrame:
    result = pd.Series(up).groupby(person).agg(件数="size", 越级="sum")
    result["越级率"] = result["越级"] / result["件数"]
    result["下限"], result["上限"] = wilson_limits(result["越级"], result["件数"])
    rate = up.mean()
    words = np.where(
        result["下限"] > rate, "明显高", np.where(result["上限"] < rate, "明显低", "分不开")
    )
    result["判断"] = np.where(result["件数"] < min_n, "样本不足", words)
    result["够"] = result["件数"] >= min_n
    result = result.rename_axis("组").reset_index()
    result = result.sort_values(
        ["够", "越级率", "件数", "组"], ascending=[False, False, False, True], ignore_index=True
    )
    return result.drop(columns="够")


def _signs(
    table: pd.DataFrame,
    up: np.ndarray,
    first_response: str | None,
    slow_hours: float,
    promise_met: str | None,
    transfers: str | None,
    many: int,
) -> pd.DataFrame:
    """表里有的征兆各与越级有没有关系；人人都有或都没有的征兆不列。"""
    found: list[tuple[str, np.ndarray]] = []
    if first_response in table.columns:
        hours = response_hours(table, first_response)
        found.append((f"首次响应超过 {slow_hours:g} 小时", hours > slow_hours))
    if promise_met in table.columns:
        found.append(("没有兑现承诺", ~read_flags(table[promise_met], promise_met).to_numpy()))
    if transfers in table.columns:
        times = require_range(table[transfers], transfers, 0)
        found.append((f"转办 {many:g} 次以上（含）", times >= many))
    rows = [
        (name, int(sign.sum()), up[sign].mean(), up[~sign].mean(), *_ratio(sign, up))
        for name, sign in found
        if 0 < sign.sum() < len(sign)
    ]
    result = pd.DataFrame(
        rows,
        columns=["征兆", "有", "有的越级率", "没有的越级率", "倍数", "倍数下限", "倍数上限"],
    )
    return result.sort_values("倍数下限", ascending=False, ignore_index=True)


def _ratio(sign: np.ndarray, up: np.ndarray) -> tuple[float, float, float]:
    a, b = float((sign & up).sum()), float((~sign & up).sum())
    n1, n0 = float(sign.sum()), float((~sign).sum())
    if 0 in (a, b, n1 - a, n0 - b):
        a, b, n1, n0 = a + 0.5, b + 0.5, n1 + 1, n0 + 1
    log = np.log((a / n1) / (b / n0))
    error = np.sqrt(1 / a - 1 / n1 + 1 / b - 1 / n0)
    half = z_value(0.95) * error
    return float(np.exp(log)), float(np.exp(log - half)), float(np.exp(log + half))
