"""回归结果：系数怎样读，怎样预测，图怎样看？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import label_points
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.wording import p_text

from .design import INTERCEPT, build

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Regression"]

LABELLED = 8


@dataclass(frozen=True, eq=False)
class Regression(Result):
    """一次最小二乘回归。由 ``fit`` 得到。"""

    target: str
    predictors: tuple[str, ...]
    levels: Mapping[str, tuple]
    """文字列的各组，第一组为基准。"""
    coefficients: pd.DataFrame
    """列：变量、系数、标准误、t、p、下限、上限、标准化系数、稳健标准误、稳健 p、VIF。"""
    covariance: pd.DataFrame
    r2: float
    adjusted_r2: float
    f: float
    f_df: tuple[int, int]
    f_p: float
    sigma: float
    """残差标准差，与结果列同单位。"""
    n: int
    confidence: float
    diagnostics: pd.DataFrame
    """列：检验、统计量、p、通过、读法。"""
    rows: pd.DataFrame
    """逐行，列：实际、拟合、残差、学生化残差、杠杆、Cook 距离、超限。"""
    influential: pd.DataFrame
    """Cook 距离或学生化残差超限的行。"""
    ranges: pd.DataFrame
    """数字自变量的最小与最大，预测超出它就是外推。"""
    data: pd.DataFrame
    few_rows: bool
    """平均每个系数的行数太少。"""

    def coefficient(self, name: str) -> float:
        """一个变量的系数，``"截距"`` 也可以。"""
        found = self.coefficients.loc[self.coefficients["变量"] == name, "系数"]
        if found.empty:
            have = "、".join(self.coefficients["变量"])
            raise ValueError(f"没有变量 {name!r}；有：{have}。请改成其中一个。")
        return float(found.iloc[0])

    @property
    def failed(self) -> tuple[str, ...]:
        """没有通过的诊断。"""
        return tuple(self.diagnostics.loc[self.diagnostics["通过"].eq(False), "检验"])

    def summary(self) -> pd.DataFrame:
        """系数表。"""
        return self.coefficients.drop(columns="稳健标准误")

    def predict(self, table: pd.DataFrame) -> pd.DataFrame:
        """新的几行会是多少：预测、平均的区间、个别一行的区间、是不是外推。

        Parameters
        ----------
        table : 含全部自变量列的表。

        Returns
        -------
        pandas.DataFrame
            列：预测、平均下限、平均上限、个别下限、个别上限、外推。

        Raises
        ------
        ValueError
            缺列、空值、没有见过的分组。
        """
        from scipy.stats import t as student

        design = build(table, self.predictors, self.levels)
        centre = design.to_numpy() @ self.coefficients["系数"].to_numpy()
        spread = np.einsum(
            "ij,jk,ik->i", design.to_numpy(), self.covariance.to_numpy(), design.to_numpy()
        )
        spread = np.maximum(spread, 0)
        t = float(student.isf((1 - self.confidence) / 2, self.f_df[1]))
        mean, single = t * np.sqrt(spread), t * np.sqrt(spread + self.sigma**2)
        outside = np.zeros(len(table), dtype=bool)
        for name in self.ranges:
            value = design[name]
            outside |= (value < self.ranges[name].min()) | (value > self.ranges[name].max())
        return pd.DataFrame(
            {
                "预测": centre,
                "平均下限": centre - mean,
                "平均上限": centre + mean,
                "个别下限": centre - single,
                "个别上限": centre + single,
                "外推": outside,
            },
            index=table.index,
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """一个数字自变量画散点与区间，几个自变量画标准化系数。"""
        one = len(self.predictors) == 1 and not self.levels
        return self._line(ax) if one else self._forest(ax)

    def plot_residuals(self, ax: Axes | None = None) -> Axes:
        """残差对拟合值：应当无规律地散在 0 两边；超限的行写出标签。"""
        ax = new_axes(ax, figsize=(8, 4.5))
        ax.axhline(0, color=COLOURS["grey"])
        ax.scatter(self.rows["拟合"], self.rows["残差"], s=24, alpha=0.7, color=COLOURS["main"])
        flagged = self.rows[self.rows["超限"]]
        ax.scatter(flagged["拟合"], flagged["残差"], s=60, marker="D", color=COLOURS["bad"])
        ax.set(
            title=f"残差图：{self.target}（标出的是超限的行）",
            xlabel=f"拟合的{self.target}",
            ylabel="残差（实际 − 拟合）",
        )
        ax.margins(0.08)
        ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
        shown = self.influential.iloc[:LABELLED]
        label_points(ax, shown["拟合"], shown["残差"], [str(label) for label in shown.index])
        return ax

    def _line(self, ax: Axes | None) -> Axes:
        ax = new_axes(ax, figsize=(8, 5))
        name = self.predictors[0]
        x = self.data[name].astype(float)
        grid = pd.DataFrame({name: np.linspace(x.min(), x.max(), 60)})
        found = self.predict(grid)
        ax.fill_between(
            grid[name],
            found["个别下限"],
            found["个别上限"],
            color=COLOURS["light"],
            alpha=0.2,
            label=f"个别一行的 {self.confidence:.0%} 区间",
        )
        ax.fill_between(
            grid[name],
            found["平均下限"],
            found["平均上限"],
            color=COLOURS["main"],
            alpha=0.3,
            label=f"平均的 {self.confidence:.0%} 区间",
        )
        ax.plot(grid[name], found["预测"], color=COLOURS["main"], label="拟合线")
        ax.scatter(x, self.rows["实际"], s=24, color=COLOURS["grey"], label="实际")
        over = self.rows["超限"].to_numpy()
        ax.scatter(x[over], self.rows["实际"][over], s=60, marker="D", color=COLOURS["bad"])
        b0, b1 = self.coefficient(INTERCEPT), self.coefficient(name)
        sign = "+" if b1 >= 0 else "−"
        ax.set(
            title=f"{self.target} = {b0:.4g} {sign} {abs(b1):.4g} × {name}，R² = {self.r2:.2f}",
            xlabel=name,
            ylabel=self.target,
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
        shown = np.flatnonzero(over)[:LABELLED]
        names = [str(self.rows.index[row]) for row in shown]
        label_points(ax, x.iloc[shown], self.rows["实际"].iloc[shown], names)
        return ax

    def _forest(self, ax: Axes | None) -> Axes:
        table = self.coefficients.iloc[1:].copy()
        ratio = table["标准化系数"] / table["系数"]
        table["低"], table["高"] = table["下限"] * ratio, table["上限"] * ratio
        order = table["标准化系数"].abs().sort_values(kind="stable").index
        table = table.loc[order]
        ax = new_axes(ax, figsize=(8, 1.6 + 0.42 * len(table)))
        ax.axvline(0, color=COLOURS["grey"])
        for row, (_, line) in enumerate(table.iterrows()):
            sure = line["p"] < 1 - self.confidence
            color = COLOURS["main"] if sure else COLOURS["grey"]
            ax.plot([line["低"], line["高"]], [row, row], color=color, linewidth=2.5)
            ax.plot(line["标准化系数"], row, "o", color=color)
        ax.set_yticks(range(len(table)), table["变量"])
        ax.set(
            title=f"谁在解释{self.target}：R² = {self.r2:.2f}（蓝为显著，n = {self.n}）",
            xlabel=f"标准化系数与 {self.confidence:.0%} 区间（都以标准差为单位）",
            ylim=(-0.6, len(table) - 0.4),
        )
        return ax

    def __str__(self) -> str:
        together = "合起来" if len(self.predictors) > 1 else ""
        text = (
            f"{'、'.join(self.predictors)}{together}解释了{self.target}差异的 {self.r2:.0%}"
            f"（R² = {self.r2:.2f}，调整后 {self.adjusted_r2:.2f}，n = {self.n}，"
            f"F 检验 {p_text(self.f_p)}）"
        )
        body = self.coefficients.iloc[1:]
        column = "稳健 p" if any("Breusch" in name for name in self.failed) else "p"
        sure = body[body[column] < 1 - self.confidence]
        if sure.empty:
            text += "；没有一个系数显著"
        else:
            top = sure.loc[sure["标准化系数"].abs().idxmax()]
            alone = "" if len(body) == 1 else "其余不变时，"
            text += f"；{alone}{self._effect(top)}"
            if len(body) > 1:
                text += f"，分量最大（标准化系数 {top['标准化系数']:.2f}）"
            unsure = [name for name in body["变量"] if name not in set(sure["变量"])]
            if unsure:
                text += f"；{'、'.join(unsure)}不显著"
        if self.failed:
            failed = self.diagnostics[self.diagnostics["通过"].eq(False)]
            text += "。当心：" + "；".join(failed["读法"])
        if self.few_rows:
            text += f"。只有 {self.n} 行估 {len(body)} 个系数，换一批人多半解释不了这么多"
        return text + "。回归说的是伴随变化，不等于因果；自变量超出原来的范围就是外推，不可靠。"

    def _effect(self, line: Any) -> str:
        """一个系数用话说。"""
        name, b = line["变量"], line["系数"]
        side = "多" if b > 0 else "少"
        ends = sorted([abs(line["下限"]), abs(line["上限"])])
        spread = f"（{self.confidence:.0%} 区间 {ends[0]:.3g} 到 {ends[1]:.3g}）"
        if line["下限"] * line["上限"] < 0:
            spread = ""
        for factor, groups in self.levels.items():
            if name.startswith(f"{factor}="):
                level = name[len(factor) + 1 :]
                return f"{level}比{groups[0]}平均{side} {abs(b):.3g}{spread}"
        return f"{name}每多 1，{self.target}平均{side} {abs(b):.3g}{spread}"
