"""准确度：预测与实际差多少，是偏了还是散了？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, label_dates, new_axes
from ccomlib.validation import as_series, require_range, rounding, same_rows, varies

from .series import read_series, whole_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccomlib.io import Sheet

__all__ = ["Accuracy", "accuracy", "naive_scale"]


@dataclass(frozen=True, eq=False)
class Accuracy(Result):
    """预测的准确度。由 ``accuracy`` 得到。比例都是小数（0.08 即 8%）。"""

    wape: float
    """Σ|A−F| / ΣA。"""
    accuracy_rate: float
    """准确率 = 1 − WAPE。"""
    mape: float
    """|A−F|/A 的平均，不含实际为 0 的期。"""
    bias: float
    """Σ(F−A) / ΣA；正为报多了。"""
    mae: float
    rmse: float
    mase: float | None
    """平均绝对误差 ÷ 历史上季节朴素的平均绝对误差；没有给历史时为 None。"""
    correlation: float | None
    """预测与实际的相关系数；有一列全相等时为 None。"""
    zero_rows: int
    """实际为 0、没有算进 MAPE 的期数。"""
    trap: bool
    """相关很高而偏差很大：形状对了，水平错了。"""
    table: pd.DataFrame
    """逐期，列：实际、预测、误差（预测 − 实际）。"""

    def summary(self) -> pd.DataFrame:
        """各项指标与读法。"""
        rows = [
            ("WAPE", self.wape, "总误差占总量的比例，越小越好"),
            ("准确率", self.accuracy_rate, "1 − WAPE"),
            ("偏差", self.bias, "正为报多，负为报少"),
            ("MAPE", self.mape, f"逐期比例的平均；{self.zero_rows} 期实际为 0，未计入"),
            ("MAE", self.mae, "平均每期差多少"),
            ("RMSE", self.rmse, "大误差加重计"),
            ("MASE", self.mase, "小于 1 胜过历史上的季节朴素"),
            ("相关系数", self.correlation, "只看形状，看不出偏差"),
        ]
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """实际与预测两条线。"""
        ax = new_axes(ax)
        dated = isinstance(self.table.index, pd.DatetimeIndex)
        x = self.table.index if dated else np.arange(len(self.table))
        ax.plot(x, self.table["实际"], color=COLOURS["grey"], label="实际")
        ax.plot(x, self.table["预测"], color=COLOURS["main"], label="预测")
        ax.set(
            title=f"实际与预测：WAPE {self.wape:.1%}，偏差 {self.bias:+.1%}",
            xlabel="日期" if dated else "期（从 0 数）",
            ylabel="数量（每期）",
        )
        if dated:
            label_dates(ax, self.table.index)
        ax.set_ylim(bottom=min(0, ax.get_ylim()[0]))
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def page(self) -> Sheet:
        """存成 Excel 的一页：一天一行，误差是活的公式；合计行的误差率就是偏差与 WAPE。"""
        from ccomlib.io import Sheet

        table = self.table[["实际", "预测"]]
        if isinstance(table.index, pd.DatetimeIndex):
            table = table.resample("D").sum().rename_axis("日期")
        return Sheet(
            table.reset_index(),
            formulas={
                "误差": "[预测] - [实际]",
                "绝对误差": "ABS([误差])",
                "误差率": "[误差] / [实际]",
                "绝对误差率": "[绝对误差] / [实际]",
            },
            totals=["实际", "预测", "误差", "绝对误差"],
            sentence=str(self),
        )

    def __str__(self) -> str:
        side = "报多" if self.bias > 0 else "报少"
        level = f"总体{side} {abs(self.bias):.1%}" if round(self.bias, 3) else "总体不偏"
        text = f"准确率 {self.accuracy_rate:.1%}（WAPE {self.wape:.1%}），{level}"
        if self.mase is not None:
            better = "胜过" if self.mase < 1 else "没有胜过"
            text += f"，{better}历史上的季节朴素（MASE {self.mase:.2f}）"
        if self.trap:
            text += (
                f"；相关系数高达 {self.correlation:.2f}，但它看不出整体报高报低，不能拿来说预测准"
            )
        return text + f"；这是 {len(self.table)} 期的结果，汇总到更粗的时段误差会互相抵消而变小。"


def accuracy(
    actual: Any,
    forecast: Any,
    *,
    history: Any = None,
    season: int = 1,
    high_correlation: float = 0.9,
    large_bias: float = 0.05,
) -> Accuracy:
    """一次预测准不准：误差、偏差，以及相关系数的陷阱。

    Parameters
    ----------
    actual, forecast : 实际与预测，一样长；都有日期索引（或时段标签）时要一一对应。
    history : 预测所依据的历史，给了才有 MASE。
    season : 一个周期有几期，用于 MASE。
    high_correlation, large_bias : 相关高于前者而偏差大于后者时提醒（教学约定）。

    Returns
    -------
    Accuracy
        各项指标。

    Raises
    ------
    ValueError
        长短不一、日期对不上、空值、实际为负或合计为 0、历史不足一个周期或没有变化。

    Notes
    -----
    WAPE = Σ|A−F|/ΣA；偏差 = Σ(F−A)/ΣA；MASE = MAE ÷ 历史 |A(t)−A(t−season)| 的平均。

    References
    ----------
    Hyndman & Koehler (2006), Another look at measures of forecast accuracy, IJF 22: 679–688。

    Examples
    --------
    >>> result = accuracy([100, 200, 0], [110, 180, 5])
    >>> round(result.wape, 4), round(result.bias, 4), result.zero_rows
    (0.1167, -0.0167, 1)
    """
    a, f = _aligned(actual, forecast)
    require_range(a, "实际", 0)
    total = a.sum()
    if total == 0:
        raise ValueError("实际的合计是 0，WAPE 与偏差没有意义：请换一段有来电的时间。")
    error = (f - a).to_numpy()
    mae = float(np.abs(error).mean())
    some = a.to_numpy() > 0
    bias = float(error.sum() / total)
    varied = varies(a) and varies(f)
    correlation = float(np.corrcoef(a, f)[0, 1]) if varied else None
    wape = float(np.abs(error).sum() / total)
    return Accuracy(
        wape=wape,
        accuracy_rate=1 - wape,
        mape=float((np.abs(error[some]) / a.to_numpy()[some]).mean()),
        bias=bias,
        mae=mae,
        rmse=float(np.sqrt(np.square(error).mean())),
        mase=None if history is None else mae / naive_scale(history, season),
        correlation=correlation,
        zero_rows=int((~some).sum()),
        trap=correlation is not None and correlation >= high_correlation and abs(bias) > large_bias,
        table=pd.DataFrame({"实际": a, "预测": f, "误差": error}),
    )


def naive_scale(history: Any, season: int) -> float:
    """历史上季节朴素的平均绝对误差，MASE 的分母。"""
    season = whole_number(season, "season")
    y = read_series(history).to_numpy()
    if len(y) <= season:
        raise ValueError(
            f"历史只有 {len(y)} 期，不多于一个周期（{season} 期），算不出 MASE：请用更长的历史。"
        )
    scale = float(np.abs(y[season:] - y[:-season]).mean())
    if scale <= rounding(y):
        raise ValueError(
            "历史每个周期完全一样，季节朴素没有误差，MASE 没有意义：请用真实的历史，或不给 history。"
        )
    return scale


def _aligned(actual: Any, forecast: Any) -> tuple[pd.Series, pd.Series]:
    """两列对齐：都有日期索引、或都有文字标签（时段）时逐行核对，否则按次序。"""
    a, f = as_series(actual, "实际"), as_series(forecast, "预测")
    if len(a) != len(f):
        raise ValueError(f"实际有 {len(a)} 期，预测有 {len(f)} 期：请取同样的时段。")
    if a.empty:
        raise ValueError("实际与预测是空的：请检查筛选条件。")
    if isinstance(a.index, pd.DatetimeIndex) and isinstance(f.index, pd.DatetimeIndex):
        differ = np.flatnonzero(a.index != f.index)
        if len(differ):
            row = int(differ[0])
            raise ValueError(
                f"第 {row + 1} 期实际是 {a.index[row]}，预测是 {f.index[row]}，日期对不上："
                "请取同样的日期并排好序。"
            )
    elif pd.api.types.is_string_dtype(a.index) and pd.api.types.is_string_dtype(f.index):
        same_rows(("实际", a), ("预测", f))
    labels = a.index if isinstance(a.index, pd.DatetimeIndex) else f.index
    if not isinstance(labels, pd.DatetimeIndex):
        labels = a.index
    return a.set_axis(labels), f.set_axis(labels)
