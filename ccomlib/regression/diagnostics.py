"""回归诊断：直线够用吗，误差匀不匀、独立不独立，有没有个别行左右结果？"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from statsmodels.regression.linear_model import RegressionResultsWrapper

__all__ = ["diagnose", "influential", "points", "variance_inflation"]

SHAPIRO_MOST = 5000


def variance_inflation(design: pd.DataFrame) -> np.ndarray:
    """各自变量的 VIF：相关矩阵之逆的对角线；截距为空。"""
    x = design.iloc[:, 1:].to_numpy()
    if x.shape[1] == 1:
        return np.array([np.nan, 1.0])
    return np.r_[np.nan, np.diag(np.linalg.inv(np.corrcoef(x, rowvar=False)))]


def points(
    model: RegressionResultsWrapper, target: pd.Series, residual: float, cook: float
) -> pd.DataFrame:
    """逐行：实际、拟合、残差、外学生化残差、杠杆、Cook 距离、超限。"""
    q, _ = np.linalg.qr(model.model.exog)
    leverage = np.einsum("ij,ij->i", q, q)
    error = np.asarray(model.resid)
    alone = leverage > 1 - 1e-9  # 独占一组的行，残差必为 0，谈不上离群
    slack = np.where(alone, 1.0, 1 - leverage)
    inner = np.where(alone, 0.0, error / np.sqrt(model.scale * slack))
    df = model.df_resid
    student = inner * np.sqrt((df - 1) / np.maximum(df - inner**2, 1e-12))
    distance = np.where(alone, 0.0, inner**2 * leverage / slack / q.shape[1])
    return pd.DataFrame(
        {
            "实际": target,
            "拟合": np.asarray(model.fittedvalues),
            "残差": error,
            "学生化残差": student,
            "杠杆": leverage,
            "Cook 距离": distance,
            "超限": (distance > cook) | (np.abs(student) > residual),
        },
        index=target.index,
    )


def diagnose(
    model: RegressionResultsWrapper,
    design: pd.DataFrame,
    table: pd.DataFrame,
    *,
    numeric: bool,
    ordered: bool,
    alpha: float,
    vif: float,
    durbin_watson: tuple[float, float],
    limits_text: str,
) -> pd.DataFrame:
    """六项诊断，一行一项；通过为空的是不适用。"""
    residual = table["残差"].to_numpy()
    rows = [
        _linear(model, numeric, alpha),
        _equal_variance(model, residual, alpha),
        _independent(residual, ordered, durbin_watson),
        _normal(residual, alpha),
        _collinear(design, vif),
        _influence(table, limits_text),
    ]
    result = pd.DataFrame(rows, columns=["检验", "统计量", "p", "通过", "读法"])
    return result.astype({"统计量": float, "p": float})


def _linear(model: Any, numeric: bool, alpha: float) -> tuple:
    """RESET：加上拟合值的平方与立方，能不能再解释一些；用标准化过的各列，与单位无关。"""
    import statsmodels.api as sm

    name = "直线够用（RESET）"
    if not numeric:
        return name, None, None, None, "自变量都是分组，不需要直线"
    if model.df_resid < 3:
        return name, None, None, None, "行数太少，检验不了"
    fitted = np.asarray(model.fittedvalues)
    if fitted.std() < 1e-9 * model.model.endog.std():
        return name, None, None, None, "自变量没有解释力，谈不上弯不弯"
    z = (fitted - fitted.mean()) / fitted.std()
    wider = np.column_stack([model.model.exog, z**2, z**3])
    spread = np.where(wider.std(axis=0) > 0, wider.std(axis=0), 1)
    if np.linalg.matrix_rank(wider / spread, tol=1e-8 * np.sqrt(len(wider))) < wider.shape[1]:
        return name, None, None, None, "自变量的不同取值太少，检验不了"
    f, p, _ = sm.OLS(model.model.endog, wider).fit().compare_f_test(model)
    reading = "看不出弯曲" if p >= alpha else "有弯曲或缺了因素：画残差图，试分段、取对数或加平方项"
    return name, f, p, bool(p >= alpha), reading


def _equal_variance(model: Any, residual: np.ndarray, alpha: float) -> tuple:
    from statsmodels.stats.diagnostic import het_breuschpagan

    scaled = residual / np.sqrt(np.mean(residual**2))
    value, p, _, _ = het_breuschpagan(scaled, model.model.exog)
    reading = "误差大小匀" if p >= alpha else "误差大小不匀：p 与区间改看稳健的那一列"
    return "误差匀（Breusch-Pagan）", value, p, bool(p >= alpha), reading


def _independent(residual: np.ndarray, ordered: bool, limits: tuple[float, float]) -> tuple:
    from statsmodels.stats.stattools import durbin_watson

    value = float(durbin_watson(residual))
    name = "前后独立（Durbin-Watson）"
    if not ordered:
        return name, value, None, None, "没有声明各行按时间排列，不判"
    good = bool(limits[0] <= value <= limits[1])
    reading = f"在 {limits[0]:g} 到 {limits[1]:g} 之间（教学约定），看不出前后牵连"
    if not good:
        side = "前后同向牵连，p 偏小" if value < limits[0] else "一高一低交替"
        reading = f"{side}：加上趋势、星期或滞后项"
    return name, value, None, good, reading


def _normal(residual: np.ndarray, alpha: float) -> tuple:
    from scipy.stats import jarque_bera, shapiro

    test, name = (shapiro, "Shapiro") if len(residual) <= SHAPIRO_MOST else (jarque_bera, "JB")
    value, p = test(residual / residual.std())
    good = bool(p >= alpha)
    reading = "像正态" if good else "不像正态：行数多时系数不受影响，个别预测的区间会不准"
    return f"残差正态（{name}）", value, p, good, reading


def _collinear(design: pd.DataFrame, limit: float) -> tuple:
    inflation = variance_inflation(design)[1:]
    most = int(np.argmax(inflation))
    good = bool(inflation[most] < limit)
    name = design.columns[1 + most]
    reading = f"最大的是{name}，不超过 {limit:g}（教学约定）"
    if not good:
        reading = f"{name}与其余几列几乎是一回事，单个系数不可信：去掉一列或合并"
    return "不重复（最大 VIF）", inflation[most], None, good, reading


def _influence(table: pd.DataFrame, limits_text: str) -> tuple:
    flagged = influential(table)
    value = float(table["Cook 距离"].max())
    if flagged.empty:
        reading = f"没有一行的 {limits_text}"
    else:
        names = "、".join(map(str, flagged.index[:6])) + ("等" if len(flagged) > 6 else "")
        reading = f"先核对这些行：{names}；去掉再拟合一次，看结论变不变"
    return "个别行（最大 Cook 距离）", value, None, flagged.empty, reading


def influential(table: pd.DataFrame) -> pd.DataFrame:
    """超限的行，影响大的在前。"""
    over = table[table["超限"]].drop(columns="超限")
    return over.sort_values("Cook 距离", ascending=False, kind="stable")
