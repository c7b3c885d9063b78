"""在职时间：新人多久走掉一半，哪一组走得快？"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import legend_outside, percent_axis
from ccomlib.proportions import z_value
from ccomlib.reading import one_moment, read_flags, read_labels, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, same_rows
from ccomlib.wording import p_text

from .staff import TRANSFER, last_date, read_staff, tenure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["TenureSurvival", "log_rank", "tenure_survival"]

POINTS = (30, 90, 180, 365)
EVERYONE = "全体"
MAX_LINES = 6


@dataclass(frozen=True, eq=False)
class TenureSurvival(Result):
    """在职时间的 Kaplan–Meier 曲线。由 ``tenure_survival`` 得到。"""

    curve: pd.DataFrame
    """一组一天一行，列：组、天数、在册、离职、留任率、下限、上限；没有离职的天数也列。"""
    points: pd.DataFrame
    """一组一个时点一行，列：组、天数、留任率、下限、上限；超出观察期的为空。"""
    groups: pd.DataFrame
    """一组一行，列：组、人数、离职、中位在职天数（不到一半离职时为空）。"""
    chi_square: float | None
    """各组相同的对数秩检验；只有一组时为 None。"""
    p: float | None
    excluded: int
    """早于 hired_from 入职、没有计入的人数。"""
    survivors_only: bool
    """有一批老员工入职时还没有离职记录：早走的人不在册，留任率偏高。"""
    as_of: pd.Timestamp
    confidence: float

    def at(self, days: float, group: str = EVERYONE) -> float:
        """某一天的留任率；超出观察期就报错。"""
        curve = self.curve[self.curve["组"] == group]
        if curve.empty:
            names = "、".join(self.groups["组"])
            raise ValueError(f"没有 {group!r} 这一组；有：{names}。")
        if days > curve["天数"].max():
            raise ValueError(
                f"{group}最长只观察到 {curve['天数'].max():g} 天，说不出第 {days:g} 天的留任率。"
            )
        before = curve[curve["天数"] <= days]
        return float(before["留任率"].iloc[-1]) if len(before) else 1.0

    def summary(self) -> pd.DataFrame:
        """各组在几个时点的留任率。"""
        return self.points

    def plot(self, ax: Axes | None = None) -> Axes:
        """留任率随在职天数下降的阶梯；只有一组时带区间。最多画 6 组。"""
        ax = new_axes(ax)
        colours = list(COLOURS.values())
        names = list(self.groups["组"])
        for name, colour in zip(names[:MAX_LINES], colours, strict=False):
            part = self.curve[self.curve["组"] == name]
            x = np.append(0, part["天数"])
            label = f"{name}（{self.groups.set_index('组').loc[name, '人数']} 人）"
            ax.step(
                x,
                np.append(1, part["留任率"]),
                where="post",
                color=colour,
                label=label,
                linewidth=2,
            )
            if len(names) == 1:
                known = part["下限"].notna()
                ax.fill_between(
                    part["天数"][known],
                    part["下限"][known].astype(float),
                    part["上限"][known].astype(float),
                    step="post",
                    color=colour,
                    alpha=0.2,
                    linewidth=0,
                    label=f"{self.confidence:.0%} 区间",
                )
        title = "在职时间的留任率（Kaplan–Meier）"
        if self.p is not None:
            title += f"，对数秩检验 {p_text(self.p)}"
        if len(names) > MAX_LINES:
            title += f"，只画人数最多的 {MAX_LINES} 组"
        ax.set(title=title, xlabel="在职天数", ylabel="仍在职的比例", ylim=(0, 1.02))
        ax.set_xlim(left=0)
        percent_axis(ax.yaxis)
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        people, gone = int(self.groups["人数"].sum()), int(self.groups["离职"].sum())
        text = f"{people} 人、离职 {gone} 人，统计到 {self.as_of:%Y-%m-%d}"
        if len(self.groups) == 1:
            known = self.points.dropna(subset=["留任率"])
            text += "".join(
                f"，满 {row['天数']:g} 天留任 {row['留任率']:.1%}" for _, row in known.iterrows()
            )
            median = self.groups["中位在职天数"].iloc[0]
            text += "，还没有走掉一半" if pd.isna(median) else f"，中位在职 {median:g} 天"
        else:
            verdict = "各组走得快慢不同" if self.p < 1 - self.confidence else "各组看不出快慢不同"
            text += (
                f"，{len(self.groups)} 组的对数秩检验 χ² = {self.chi_square:.2f}，"
                f"{p_text(self.p)}：{verdict}"
            )
        text += "；还在职的按删失处理，不当作永远不走"
        if self.excluded:
            text += f"；只看档案完整期入职的，{self.excluded} 名更早入职的没有计入"
        if self.survivors_only:
            text += "；花名册里没有早年离职的人，留任率偏高，请用 hired_from 只看此后入职的"
        return text + "。"


def tenure_survival(
    staff: pd.DataFrame,
    as_of: Any = None,
    *,
    by: str | None = None,
    hired_from: Any = None,
    points: Sequence[float] = POINTS,
    confidence: float = 0.95,
    person: str = "工号",
    hired: str = "入职日期",
    left: str = "离职日期",
    reason: str | None = None,
    transfers: Iterable[str] = TRANSFER,
) -> TenureSurvival:
    """新人能留多久：Kaplan–Meier 留任率与分组的对数秩检验。

    Parameters
    ----------
    staff : 一人一行，离职日期为空的是在册。
    as_of : 统计到哪一天；不给就是花名册里最晚的日期。之后入职的不计。
    by : 按哪一列分组比较（渠道、班组、培训批次）。
    hired_from : 只看这天以后入职的。花名册不含更早离职的人时必须给，否则只剩留下来的人。
    points : 列出哪几天的留任率。
    confidence : 置信水平。
    person, hired, left, reason : 列名。
    transfers : 哪些原因是内部调动，按删失。

    Returns
    -------
    TenureSurvival
        区间用 log-log 变换。

    Raises
    ------
    ValueError
        花名册有错、没有人离职、分组少于两组或有的组没有人。

    Notes
    -----
    S(t) = Π(1 − d_i/n_i)；k 组的对数秩检验 χ² = (O−E)ᵀV⁻¹(O−E)，自由度 k−1。

    References
    ----------
    Kaplan & Meier (1958), JASA 53: 457–481；Kalbfleisch & Prentice (2002)，第 1 章（log-log 区间）。

    Examples
    --------
    >>> staff = pd.DataFrame({"工号": list("ABCDEF"), "入职日期": ["2026-01-01"] * 6,
    ...     "离职日期": ["2026-01-11", None, "2026-01-21", None, "2026-01-31", None]})
    >>> result = tenure_survival(staff, "2026-03-02", points=[10, 30])
    >>> result.points["留任率"].round(3).tolist(), int(result.groups["离职"].iloc[0])
    ([0.833, 0.5], 3)
    """
    z_value(confidence)
    marks = np.unique(require_range(list(points), "points", 0, above=True))
    read_rows(staff, [by] if by else [], "花名册")
    data = read_staff(
        staff, person=person, hired=hired, left=left, reason=reason, transfers=transfers
    )
    last = last_date(data, as_of)
    data["组"] = read_labels(staff[by], by) if by else EVERYONE
    data = data[data["入职"] <= last]
    excluded = 0
    if hired_from is not None:
        young = data["入职"] >= one_moment(hired_from, "hired_from")
        excluded, data = int((~young).sum()), data[young]
    if data.empty:
        raise ValueError("没有人在所选的日期之内入职：请核对 hired_from 与 as_of。")
    days, event = tenure(data, last)
    if not event.any():
        raise ValueError("这些人里没有人离职，画不出留任曲线：请放宽日期。")
    group = data["组"].to_numpy()
    size = pd.Series(group).value_counts()
    if by and len(size) < 2:
        raise ValueError(f"{by}只有一组（{size.index[0]}），没有可比的：请换一列，或不给 by。")
    curves, spots, rows = [], [], []
    for name in size.index:
        mine = group == name
        curve = _kaplan_meier(days[mine], event[mine], confidence)
        curves.append(curve.assign(组=name))
        spots += [(name, mark, *_at(curve, mark)) for mark in marks]
        half = curve.loc[curve["留任率"] <= 0.5, "天数"]
        median = float(half.iloc[0]) if len(half) else None
        rows.append((name, int(mine.sum()), int(event[mine].sum()), median))
    columns = ["组", "天数", "在册", "离职", "留任率", "下限", "上限"]
    chi = p = None
    if by:
        chi, p = log_rank(days, event, group)
    return TenureSurvival(
        curve=pd.concat(curves, ignore_index=True)[columns],
        points=pd.DataFrame(spots, columns=["组", "天数", "留任率", "下限", "上限"]).astype(
            {"留任率": float, "下限": float, "上限": float}
        ),
        groups=pd.DataFrame(rows, columns=["组", "人数", "离职", "中位在职天数"]).astype(
            {"中位在职天数": float}
        ),
        chi_square=chi,
        p=p,
        excluded=excluded,
        survivors_only=_survivors_only(data),
        as_of=last,
        confidence=float(confidence),
    )


def log_rank(days: Any, event: Any, group: Any) -> tuple[float, float]:
    """k 组的对数秩检验：χ² 与 p；k = 2 时与 scipy.stats.logrank 相同。

    Parameters
    ----------
    days : 每个人的在职天数，不小于 0。
    event : 每个人是否离职（真假、1/0、是/否）；不是就是删失。
    group : 每个人的组；三列一样长，都带行标签时标签要相同。

    Raises
    ------
    ValueError
        长短不一、标签不同、空值、event 不是真假、只有一组、没有人离职，
        或没有一天能比较各组（离职时只剩一组的人）。

    Notes
    -----
    假定各人相互独立，删失与要不要走无关。

    References
    ----------
    Mantel (1966), Cancer Chemother. Rep. 50: 163–170；Kalbfleisch & Prentice (2002)，第 1 章。

    Examples
    --------
    >>> chi, p = log_rank([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1], list("aaabbb"))
    >>> round(chi, 3), round(p, 4)
    (5.052, 0.0246)
    """
    from scipy.stats import chi2

    same_rows(("days", days), ("event", event), ("group", group))
    days = require_range(days, "days", 0)
    event = read_flags(event, "event").to_numpy()
    group = read_labels(group, "group").to_numpy()
    names = pd.unique(group)
    if len(names) < 2:
        raise ValueError("group 只有一组（或没有人），没有可比的：请至少给两组。")
    if not event.any():
        raise ValueError("event 全是否，没有人离职，比不了快慢：请放宽日期。")
    times = np.unique(days[event])
    at_risk = np.array([(days[group == name][:, None] >= times).sum(axis=0) for name in names])
    gone = np.array(
        [((days == t) & event & (group == name)).sum() for name in names for t in times]
    ).reshape(len(names), len(times))
    n, d = at_risk.sum(axis=0), gone.sum(axis=0)
    gap = (gone - at_risk * d / n).sum(axis=1)
    share = at_risk / n
    scale = np.where(n > 1, d * (n - d) / np.maximum(n - 1, 1), 0.0)
    variance = np.diag((share * scale).sum(axis=1)) - (share * scale) @ share.T
    # 各组的差之和为 0，去掉一组再求逆
    kept = variance[:-1, :-1]
    if np.linalg.matrix_rank(kept) < len(kept):
        raise ValueError("有的组没有与别组同时在册的离职日，对数秩检验做不了：请合并小组。")
    chi = float(gap[:-1] @ np.linalg.solve(kept, gap[:-1]))
    return chi, float(chi2.sf(chi, len(names) - 1))


def _kaplan_meier(days: np.ndarray, event: np.ndarray, confidence: float) -> pd.DataFrame:
    from scipy.stats import CensoredData, ecdf

    curve = ecdf(CensoredData.right_censored(days, ~event)).sf
    times = curve.quantiles
    low = np.full(len(times), np.nan)
    high = low.copy()
    # 全在或全走时 log-log 区间没有定义，scipy 会警告；这几处留空
    inner = (curve.probabilities > 0) & (curve.probabilities < 1)
    if inner.any():
        import warnings

        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "The confidence interval is undefined")
            limits = curve.confidence_interval(confidence, method="log-log")
        low[inner] = limits.low.probabilities[inner]
        high[inner] = limits.high.probabilities[inner]
    return pd.DataFrame(
        {
            "天数": times,
            "在册": [(days >= t).sum() for t in times],
            "离职": [(event & (days == t)).sum() for t in times],
            "留任率": curve.probabilities,
            "下限": low,
            "上限": high,
        }
    )


def _at(curve: pd.DataFrame, day: float) -> tuple[float | None, float | None, float | None]:
    """某一天的留任率与区间；超出观察期为空。"""
    if day > curve["天数"].max():
        return None, None, None
    before = curve[curve["天数"] <= day]
    if before.empty:
        return 1.0, None, None
    return tuple(before[["留任率", "下限", "上限"]].iloc[-1])


def _survivors_only(data: pd.DataFrame) -> bool:
    """第一个人离职之前半年就已入职的人超过两成：多半是早年离职的人不在册。"""
    first = data["离职"].min()
    early = data["入职"] < first - pd.Timedelta(days=180)
    return bool(early.mean() > 0.2)
