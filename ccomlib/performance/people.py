"""总分：每个人各项得分加权，得多少、排第几，样本够不够？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_columns, require_range

from .scoring import score

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Scorecard", "score_people"]

MOST_BARS = 30
CROWDED = 0.3
UNRANKED = "样本不足，不排名"


@dataclass(frozen=True, eq=False)
class Scorecard(Result):
    """每个人的得分、总分与名次。由 ``score_people`` 得到，不直接构造。"""

    table: pd.DataFrame
    """一行一人：工号、各指标得分、计分权重、总分、名次、说明；样本不足的得分为空。"""
    weights: pd.Series
    """各指标的权重，合计 100。"""
    person: str
    capped: pd.Series
    """各指标得分顶到最高分的人数比例。"""
    floored: pd.Series
    """各指标得分落到最低分的人数比例。"""

    @property
    def ranked(self) -> pd.DataFrame:
        """参加排名的人，名次在前的在前。"""
        good = self.table[self.table["名次"].notna()]
        return good.sort_values("名次", kind="stable").reset_index(drop=True)

    @property
    def crowded(self) -> tuple[str, ...]:
        """三成以上的人封顶或封底的指标（教学约定），分不出高下。"""
        share = pd.concat([self.capped, self.floored], axis=1).max(axis=1)
        return tuple(share.index[share > CROWDED])

    def summary(self) -> pd.DataFrame:
        """一行一人，原来的次序。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """人少时每人一条、按指标分段；人多时画总分的分布。"""
        good = self.ranked
        if good.empty:
            good = self.table.iloc[:0]
        return self._bars(ax, good) if len(good) <= MOST_BARS else self._histogram(ax, good)

    def _bars(self, ax: Axes | None, good: pd.DataFrame) -> Axes:
        ax = new_axes(ax, figsize=(8.5, 1.8 + 0.3 * len(good)))
        rows, left = np.arange(len(good)), np.zeros(len(good))
        palette = list(COLOURS.values())
        for number, (name, weight) in enumerate(self.weights.items()):
            share = good[name].notna() * weight
            part = (good[name].fillna(0) * share / good["计分权重"]).to_numpy()
            colour = palette[number % len(palette)]
            ax.barh(rows, part, left=left, color=colour, label=f"{name}（{weight:g}）")
            left += part
        ax.set_yticks(
            rows,
            [
                f"{person}　第 {rank:g} 名"
                for person, rank in good[[self.person, "名次"]].itertuples(index=False)
            ],
        )
        for row, total in zip(rows, good["总分"], strict=True):
            ax.annotate(
                f"{total:.1f}", (total, row), xytext=(4, 0), textcoords="offset points", va="center"
            )
        ax.invert_yaxis()
        ax.margins(x=0.1)
        ax.grid(axis="y", visible=False)
        ax.set(title="总分由哪些指标得来", xlabel="加权得分（分）", ylabel=self.person)
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), title="指标（权重）")
        return ax

    def _histogram(self, ax: Axes | None, good: pd.DataFrame) -> Axes:
        ax = new_axes(ax)
        ax.hist(good["总分"], bins="auto", color=COLOURS["light"], edgecolor="white")
        middle = good["总分"].median()
        ax.axvline(middle, color=COLOURS["bad"], ls="--", label=f"中位数 {middle:.1f}")
        ax.axvline(100, color=COLOURS["grey"], label="各项都正好达标：100")
        ax.set(title=f"{len(good)} 人的总分", xlabel="总分（分）", ylabel="人数（人）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        good = self.ranked
        if good.empty:
            return f"{len(self.table)} 人样本都不足，没有一人可以排名：请拉长考核期。"
        best, last = good.iloc[0], good.iloc[-1]
        text = (
            f"{len(good)} 人计分，平均 {good['总分'].mean():.1f} 分，"
            f"最高 {best[self.person]} {best['总分']:.1f} 分，最低 {last[self.person]} {last['总分']:.1f} 分"
        )
        thin = int((self.table["说明"] != "").sum())
        if thin:
            out = len(self.table) - len(good)
            text += f"；{thin} 人有指标样本不足" + (f"，其中 {out} 人不排名" if out else "")
        if self.crowded:
            text += f"；{'、'.join(self.crowded)}有三成以上的人封顶或封底，分不出高下（教学约定）"
        return text + "；名次相邻的人未必真有高下，要看样本量与各期是否一贯。"


def score_people(
    table: pd.DataFrame,
    plan: pd.DataFrame,
    *,
    person: str = "工号",
    least_weight: float = 60,
    lowest: float = 0,
    full: float = 100,
    highest: float = 120,
) -> Scorecard:
    """按绩效公式给每个人算总分与名次；样本不够的指标不计，权重摊给其余。

    Parameters
    ----------
    table : 一行一人，列有 person 与 plan 里的各指标。
    plan : 绩效公式，一行一个指标，列 指标、权重、底线、目标、挑战，可有 方向、
        样本列（table 里哪一列是样本量）、最少样本。
    person : 人的列，不能重复。
    least_weight : 计得了分的权重合计低于它（满 100）就不排名，教学约定。
    lowest, full, highest : 底线、目标、挑战各得几分。

    Returns
    -------
    Scorecard
        各项得分、总分与名次；同分同名次。

    Raises
    ------
    ValueError
        缺列、权重合计不是 100、三个值次序不对、样本够而指标值是空的、人重复。

    Notes
    -----
    总分 = Σ w·得分 ÷ Σ w，只加样本够的指标。样本不够的人少了一项，总分的把握也小。

    Examples
    --------
    >>> plan = pd.DataFrame({"指标": ["质检分", "处理时长"], "权重": [60, 40],
    ...                      "底线": [70, 360], "目标": [85, 300], "挑战": [95, 270]})
    >>> team = pd.DataFrame({"工号": ["A1", "A2"], "质检分": [85, 95], "处理时长": [330, 300]})
    >>> score_people(team, plan).table[["工号", "总分", "名次"]].to_numpy().tolist()
    [['A1', 80.0, 2.0], ['A2', 112.0, 1.0]]
    """
    require_columns(plan, ["指标", "权重", "底线", "目标", "挑战"], "绩效公式（plan）")
    names = [str(name) for name in plan["指标"]]
    if not names:
        raise ValueError("绩效公式（plan）没有行：请至少写一个指标。")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"绩效公式（plan）里 {twice} 写了两次：请删去一行。")
    require_columns(table, [person, *names], "绩效表")
    if table.empty:
        raise ValueError("绩效表没有行：请至少给一个人。")
    people = table[person]
    if people.isna().any() or people.duplicated().any():
        row = int(np.flatnonzero(people.isna() | people.duplicated())[0])
        raise ValueError(
            f"{person}第 {row + 1} 个是 {people.iloc[row]!r}，空着或重复：一人只写一行。"
        )
    weight = require_range(plan["权重"].set_axis(names), "权重", 0, above=True)
    if abs(weight.sum() - 100) > 1e-6:
        raise ValueError(f"权重合计是 {weight.sum():g}，应是 100：请调整各指标的权重。")
    require_range(least_weight, "least_weight", 0, 100)
    scores = pd.DataFrame(index=range(len(table)))
    notes = np.full(len(table), "", dtype=object)
    for name, (_, line) in zip(names, plan.iterrows(), strict=True):
        thin = _too_few(table, line, people)
        values = pd.Series(table[name].to_numpy(), index=people.astype(str)).astype(object)
        values[thin] = line["目标"]
        found = score(
            as_numbers(values, name),
            *(line[key] for key in ("底线", "目标", "挑战")),
            direction=line["方向"] if "方向" in plan.columns else None,
            lowest=lowest,
            full=full,
            highest=highest,
        )
        scores[name] = np.where(thin, np.nan, found)
        notes[thin] += np.where(notes[thin] == "", "", "、") + name
    used = scores.notna().to_numpy() @ weight
    enough = used >= max(least_weight, 1e-9)
    total = np.where(
        enough, scores.fillna(0).to_numpy() @ weight / np.where(enough, used, 1), np.nan
    )
    result = pd.concat([people.reset_index(drop=True), scores], axis=1)
    result["计分权重"] = used
    result["总分"] = total
    result["名次"] = pd.Series(np.round(total, 9)).rank(ascending=False, method="min")
    said = np.where(notes == "", "", notes + "样本不足")
    result["说明"] = np.where(enough, said, UNRANKED + "（" + notes + "）")
    return Scorecard(
        table=result,
        weights=pd.Series(weight, index=names, name="权重"),
        person=person,
        capped=(scores >= highest).sum() / scores.notna().sum().clip(lower=1),
        floored=(scores <= lowest).sum() / scores.notna().sum().clip(lower=1),
    )


def _too_few(table: pd.DataFrame, line: pd.Series, people: pd.Series) -> np.ndarray:
    """这个指标样本不够的人；没有写样本列就都够。"""
    column: Any = line.get("样本列")
    if column is None or column != column or str(column).strip() == "":
        return np.zeros(len(table), dtype=bool)
    require_columns(table, [column], "绩效表")
    least = float(require_range(line.get("最少样本"), f"{line['指标']}的最少样本", 0))
    count = pd.Series(table[column].to_numpy(), index=people.astype(str))
    return require_range(count, str(column), 0) < least
