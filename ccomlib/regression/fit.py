"""最小二乘：一张表、一个结果列、几个自变量列，拟合出什么？"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ccomlib.validation import as_numbers, require_columns, require_range, varies

from .design import INTERCEPT, build, design_levels, require_full_rank
from .diagnostics import diagnose, influential, points, variance_inflation
from .result import Regression

__all__ = ["fit"]


def fit(
    table: pd.DataFrame,
    target: str,
    predictors: Sequence[str] | str,
    *,
    confidence: float = 0.95,
    ordered: bool = False,
    vif: float = 10,
    durbin_watson: tuple[float, float] = (1.5, 2.5),
    residual: float | None = None,
    cook: float = 0.5,
    rows_each: int = 10,
) -> Regression:
    """哪些因素解释得了这个结果，各占多大分量，模型站得住吗？

    Parameters
    ----------
    table : 一行一个人（或一天）的表；用到的列不能有空值。
    target : 结果列，如 ``"满意度"``。
    predictors : 一个或几个自变量列；文字列（如班组）当作分组，与先出现的一组相比。
    confidence : 区间的置信水平；显著性水平是 1 − confidence。
    ordered : 各行按时间先后排列时为 True，才判断前后独立。
    vif, durbin_watson, cook : 诊断的界限，都是教学约定。
    residual : 学生化残差超过它算离群；缺省按行数定，n 行里碰巧有一行超过的机会是显著性水平。
    rows_each : 平均每个系数的行数少于它要提醒（教学约定）。

    Returns
    -------
    Regression
        系数、R²、诊断与预测。

    Raises
    ------
    ValueError
        缺列、空值、行数不够、某列没有变化、某列可由其他列算出、结果是自变量的精确算式。

    Notes
    -----
    y = Xb，b = (X′X)⁻¹X′y；标准化系数 = b·s(x)/s(y)；稳健标准误为 HC3。
    诊断：RESET（平方与立方）、学生化的 Breusch-Pagan、Durbin-Watson、Shapiro、VIF、Cook 距离。

    References
    ----------
    Fox (2016), Applied Regression Analysis and Generalized Linear Models。

    Examples
    --------
    >>> team = pd.DataFrame({"质检分": [80, 82, 85, 88, 90, 93], "满意度": [4.0, 4.2, 4.1, 4.4, 4.5, 4.6]})
    >>> result = fit(team, "满意度", "质检分")
    >>> round(result.coefficient("质检分"), 4), round(result.r2, 3)
    (0.0453, 0.89)
    """
    import statsmodels.api as sm
    from scipy.stats import t as student

    predictors = [predictors] if isinstance(predictors, str) else list(predictors)
    if not predictors:
        raise ValueError("predictors 是空的：请至少给一个自变量列。")
    if len(set(predictors)) < len(predictors) or target in predictors:
        raise ValueError("predictors 里有重复的列，或含有结果列自己：请各列只写一次。")
    require_columns(table, [target, *predictors])
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    y = pd.Series(as_numbers(table[target], target), index=table.index, name=target)
    levels = design_levels(table, predictors)
    design = build(table, predictors, levels)
    n, count = design.shape
    if n < count + 3:
        raise ValueError(
            f"只有 {n} 行，要估 {count} 个系数（含截距），至少要 {count + 3} 行：请增加数据或减少自变量。"
        )
    if not varies(y):
        raise ValueError(f"{target}全是 {y.iloc[0]:g}，没有变化就没有什么可解释：请换一列。")
    require_full_rank(design)
    # 先标准化再拟合，各列单位相差很大时也不损失精度，随后换回原单位
    centre = np.r_[0.0, design.iloc[:, 1:].mean()]
    scale = np.r_[1.0, design.iloc[:, 1:].std(ddof=0)]
    inner = (design.to_numpy() - centre) / scale
    model = sm.OLS(y.to_numpy(), inner).fit()
    if model.rsquared > 1 - 1e-12:
        raise ValueError(
            f"残差全是 0：{target}就是这些列的精确算式（如总分由各项加权而来），不需要回归。"
        )
    back = np.diag(1 / scale)
    back[0, 1:] = -centre[1:] / scale[1:]
    coefficients = back @ model.params
    covariance = back @ model.cov_params() @ back.T
    alpha = 1 - confidence
    if residual is None:
        residual = float(student.isf(alpha / 2 / n, model.df_resid - 1))
    detail = points(model, y, residual, cook)
    robust = back @ _hc3(inner, detail) @ back.T
    table_of = _coefficients(
        coefficients, covariance, robust, model.df_resid, design, y, confidence
    )
    checks = diagnose(
        model,
        design,
        detail,
        numeric=len(levels) < len(predictors),
        ordered=ordered,
        alpha=alpha,
        vif=vif,
        durbin_watson=durbin_watson,
        limits_text=f"Cook 距离超过 {cook:g}（教学约定）或学生化残差超过 {residual:.2f}",
    )
    names = list(design.columns)
    return Regression(
        target=target,
        predictors=tuple(predictors),
        levels=levels,
        coefficients=table_of,
        covariance=pd.DataFrame(covariance, index=names, columns=names),
        r2=float(model.rsquared),
        adjusted_r2=float(model.rsquared_adj),
        f=float(model.fvalue),
        f_df=(int(model.df_model), int(model.df_resid)),
        f_p=float(model.f_pvalue),
        sigma=float(np.sqrt(model.scale)),
        n=n,
        confidence=float(confidence),
        diagnostics=checks,
        rows=detail,
        influential=influential(detail),
        ranges=pd.DataFrame(
            {
                name: (table[name].astype(float).min(), table[name].astype(float).max())
                for name in predictors
                if name not in levels
            },
            index=["最小", "最大"],
        ),
        data=table[[target, *predictors]].copy(),
        few_rows=n < rows_each * (count - 1),
    )


def _hc3(x: np.ndarray, rows: pd.DataFrame) -> np.ndarray:
    """误差不匀也成立的协方差；独占一组的行残差为 0，不计。"""
    slack = 1 - rows["杠杆"].to_numpy()
    alone = slack < 1e-9
    error = np.where(alone, 0.0, rows["残差"].to_numpy() / np.where(alone, 1.0, slack))
    bread = np.linalg.inv(x.T @ x)
    return bread @ (x.T * error**2) @ x @ bread


def _coefficients(
    b: np.ndarray,
    covariance: np.ndarray,
    robust: np.ndarray,
    df: float,
    design: pd.DataFrame,
    y: pd.Series,
    confidence: float,
) -> pd.DataFrame:
    """系数表：原单位的系数、区间、标准化系数、稳健 p 与 VIF。"""
    from scipy.stats import t as student

    error = np.sqrt(np.diag(covariance))
    sturdy = np.sqrt(np.maximum(np.diag(robust), 0))
    # 每行都独占一组时没有残差可用，稳健的就用通常的
    sturdy = np.where(sturdy < 1e-9 * error, error, sturdy)
    half = float(student.isf((1 - confidence) / 2, df)) * error
    standard = b * design.std(ddof=1).to_numpy() / y.std(ddof=1)
    standard[0] = np.nan
    return pd.DataFrame(
        {
            "变量": [INTERCEPT, *design.columns[1:]],
            "系数": b,
            "标准误": error,
            "t": b / error,
            "p": 2 * student.sf(np.abs(b / error), df),
            "下限": b - half,
            "上限": b + half,
            "标准化系数": standard,
            "稳健标准误": sturdy,
            "稳健 p": 2 * student.sf(np.abs(b / sturdy), df),
            "VIF": variance_inflation(design),
        }
    )
