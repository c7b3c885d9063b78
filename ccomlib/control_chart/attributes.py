"""计数的控制图：投诉、放弃、差错这类数出来的数，过程稳不稳？"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .chart import ControlChart, make_chart
from .limits import Limits
from .rules import Rule

__all__ = ["c_chart", "laney_p", "laney_u", "np_chart", "p_chart", "u_chart"]

Rules = str | Rule | Iterable[Rule]


def p_chart(
    count: Any,
    n: Any,
    *,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: Rules = "68135",
    name: str | None = None,
) -> ControlChart:
    """比例稳不稳：n 个里有几个（放弃率、不合格率），每个只算是或不是。

    Parameters
    ----------
    count : 每期有几件，整数。
    n : 每期一共几个，可以各期不同；一个数就是各期一样。
    baseline, limits, rules, name : 同 ``xmr``；现成的界限是 ``Limits("p", 平均比例)``。

    Returns
    -------
    ControlChart
        界限随 n 变化，截在 0 与 1 之间；判规则用各点自己的 σ。

    Raises
    ------
    ValueError
        件数不是整数、为负或多于总数；总数不大于 0；基期一件也没有或每件都是。

    Notes
    -----
    p̄ = Σ件数 ÷ Σ总数，σᵢ = √(p̄(1−p̄)/nᵢ)，界限 = p̄ ± 3σᵢ。
    n 很大时界限会太窄，那时用 ``laney_p``；规则 3、5 在计数的图上只是近似。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 7.2。

    Examples
    --------
    >>> chart = p_chart([5, 4, 6, 25], [100, 100, 100, 100])
    >>> round(chart.limits.center, 3), chart.signals["规则"].tolist()
    (0.1, ['1'])
    """
    return make_chart("p", count, n, baseline=baseline, limits=limits, rules=rules, name=name)


def np_chart(
    count: Any,
    n: Any,
    *,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: Rules = "68135",
    name: str | None = None,
) -> ControlChart:
    """每期抽一样多时，不合格的个数稳不稳。

    Parameters
    ----------
    count : 每期有几件，整数。
    n : 每期一共几个，一般是一个数；各期不同时中心线也会变，改用 ``p_chart`` 更好读。
    baseline, limits, rules, name : 同 ``p_chart``；现成的界限是 ``Limits("np", 平均比例)``。

    Returns
    -------
    ControlChart
        画的是个数；中心线 n·p̄。

    Raises
    ------
    ValueError
        同 ``p_chart``。

    Notes
    -----
    σ = √(n·p̄(1−p̄))，界限 = n·p̄ ± 3σ，下限不小于 0。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 7.2.1。

    Examples
    --------
    >>> chart = np_chart([5, 4, 6, 5], 100)
    >>> float(chart.center.iloc[0]), round(float(chart.upper.iloc[0]), 2)
    (5.0, 11.54)
    """
    return make_chart("np", count, n, baseline=baseline, limits=limits, rules=rules, name=name)


def c_chart(
    count: Any,
    *,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: Rules = "68135",
    name: str | None = None,
) -> ControlChart:
    """每期机会一样多时，件数稳不稳（如来电量平稳时的每日投诉数）。

    Parameters
    ----------
    count : 每期几件，整数。
    baseline, limits, rules, name : 同 ``xmr``；现成的界限是 ``Limits("c", 平均件数)``。

    Returns
    -------
    ControlChart
        画的是件数。

    Raises
    ------
    ValueError
        件数不是整数或为负；基期一件也没有。

    Notes
    -----
    σ = √c̄，界限 = c̄ ± 3√c̄，下限不小于 0。各期的量差得多时用 ``u_chart``。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 7.3。

    Examples
    --------
    >>> chart = c_chart([16, 14, 28, 16, 12, 20, 10, 12])
    >>> float(chart.limits.center), round(float(chart.upper.iloc[0]), 2)
    (16.0, 28.0)
    """
    return make_chart("c", count, baseline=baseline, limits=limits, rules=rules, name=name)


def u_chart(
    count: Any,
    n: Any,
    *,
    per: float = 1,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: Rules = "68135",
    name: str | None = None,
) -> ControlChart:
    """每单位的件数稳不稳：投诉 ÷ 来电，一个对象可以有几件。

    Parameters
    ----------
    count : 每期几件，整数。
    n : 每期的机会（来电量、工时），大于 0。
    per : 按多少个为一份，如 10000 即“每万通”。
    baseline, limits, rules, name : 同 ``xmr``；现成的界限是 ``Limits("u", 平均件数, per=10000)``。

    Returns
    -------
    ControlChart
        画的是每份的件数；界限随 n 变化。

    Raises
    ------
    ValueError
        件数不是整数或为负；n 不大于 0；基期一件也没有。

    Notes
    -----
    ū = Σ件数 ÷ Σn，σᵢ = √(ū/nᵢ)，界限 = ū ± 3σᵢ，下限不小于 0。n 很大时用 ``laney_u``。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 7.3.2。

    Examples
    --------
    >>> chart = u_chart([30, 41, 25, 44], [12000, 13500, 12800, 14000], per=10000)
    >>> round(chart.limits.center, 2), [round(high, 1) for high in chart.upper]
    (26.77, [40.9, 40.1, 40.5, 39.9])
    """
    return make_chart(
        "u", count, n, per=per, baseline=baseline, limits=limits, rules=rules, name=name
    )


def laney_p(
    count: Any,
    n: Any,
    *,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: Rules = "68135",
    name: str | None = None,
) -> ControlChart:
    """n 很大时比例稳不稳：把期与期之间本来就有的波动也算进界限（Laney p′）。

    Parameters
    ----------
    count, n : 同 ``p_chart``。
    baseline, limits, rules, name : 同 ``xmr``；现成的界限是 ``Limits("laney_p", p̄, sigma_z=σz)``。

    Returns
    -------
    ControlChart
        ``limits.sigma_z`` 是 σz；等于 1 就与 p 图一样。

    Raises
    ------
    ValueError
        同 ``p_chart``；各点的 z 完全一样。

    Notes
    -----
    zᵢ = (pᵢ−p̄)/σᵢ，σz = 相邻 z 之差的平均 ÷ 1.128，界限 = p̄ ± 3σᵢσz。
    用 z 的标准差代替移动极差不是 Laney 的方法。

    References
    ----------
    Laney (2002), Improved Control Charts for Attributes, Quality Engineering 14: 531–537。

    Examples
    --------
    >>> chart = laney_p([30, 41, 25, 44, 36, 27], [1200, 1350, 1280, 1400, 1310, 1250])
    >>> round(chart.limits.sigma_z, 3), chart.in_control
    (1.535, True)
    """
    return make_chart("laney_p", count, n, baseline=baseline, limits=limits, rules=rules, name=name)


def laney_u(
    count: Any,
    n: Any,
    *,
    per: float = 1,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: Rules = "68135",
    name: str | None = None,
) -> ControlChart:
    """n 很大时每单位的件数稳不稳：期与期之间的波动也算进界限（Laney u′）。

    Parameters
    ----------
    count, n, per : 同 ``u_chart``。
    baseline, limits, rules, name : 同 ``xmr``；现成的界限是 ``Limits("laney_u", ū, sigma_z=σz)``。

    Returns
    -------
    ControlChart
        ``limits.sigma_z`` 是 σz；等于 1 就与 u 图一样。

    Raises
    ------
    ValueError
        同 ``u_chart``；各点的 z 完全一样。

    Notes
    -----
    zᵢ = (uᵢ−ū)/√(ū/nᵢ)，σz = 相邻 z 之差的平均 ÷ 1.128，界限 = ū ± 3σᵢσz。

    References
    ----------
    Laney (2002), Improved Control Charts for Attributes, Quality Engineering 14: 531–537。

    Examples
    --------
    >>> chart = laney_u([30, 41, 25, 44, 36, 27], [1200, 1350, 1280, 1400, 1310, 1250], per=100)
    >>> round(chart.limits.center, 3), round(chart.limits.sigma_z, 3)
    (2.606, 1.515)
    """
    return make_chart(
        "laney_u", count, n, per=per, baseline=baseline, limits=limits, rules=rules, name=name
    )
