"""单位与起点不改变结论：分、秒、元换成多大多小的单位，p、t、F、r 与判定都一样。

乘 2 的幂在浮点里没有误差，结果应当逐位相同；加上很大的数会丢掉末几位，容差放宽。
"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import (
    calibration,
    capability,
    comparison,
    competency,
    control_chart,
    correlation,
    forecast,
    item_analysis,
    performance,
    regression,
    root_cause,
    survey,
    training,
)
from ccomlib.validation import rounding, varies

RNG = np.random.default_rng(1)
X = RNG.normal(80, 5, 12).round(1)
Y = (X + RNG.normal(1, 2, 12)).round(1)
Z = RNG.normal(85, 5, 12).round(1)
TEAMS = list("甲甲甲乙乙乙丙丙丙丁丁丁")
THREE = pd.DataFrame({"a": X, "b": Y, "c": Z})
CURVE = np.array([498, 452, 418, 393, 370, 352, 343, 332, 325, 318, 316, 312.0])


def teams(values):
    return pd.DataFrame({"数": values, "班组": TEAMS})


def panel(values):
    """6 人 4 期，前 3 人试点。"""
    return pd.DataFrame(
        {
            "工号": list("ABCDEF") * 4,
            "组别": [*["试点"] * 3, *["对照"] * 3] * 4,
            "周": np.repeat([1, 2, 3, 4], 6),
            "分": values,
        }
    )


def process(k, o):
    first, later = (
        pd.DataFrame({"工号": range(12), "通话": a * k + o, "话后": b * k + o})
        for a, b in ((X, Y), (Y, Z))
    )
    return performance.process_decomposition(first, later, ["通话", "话后"], weight=None).table[
        "p（Holm）"
    ]


# 名字 -> (k, o) 下与单位无关的数
SAME = {
    "xmr": lambda k, o: control_chart.xmr(X * k + o).z,
    "special_causes": lambda k, o: control_chart.special_causes(
        X * k + o, 80 * k + o, 2 * k
    ).signals["序号"],
    "xbar_r": lambda k, o: control_chart.xbar_r((X * k + o).reshape(-1, 3)).z,
    "xbar_s": lambda k, o: control_chart.xbar_s((X * k + o).reshape(-1, 3)).z,
    "capability": lambda k, o: [
        (found := capability.capability(X * k + o, 60 * k + o, 100 * k + o)).cpk,
        found.ppk,
        found.normal_p,
    ],
    "correlate": lambda k, o: [
        (found := correlation.correlate(X * k + o, Y * k + o, group=TEAMS)).r,
        found.p,
        found.within_r,
    ],
    "correlation_matrix": lambda k, o: correlation.correlation_matrix(THREE * k + o).table["r"],
    "item_total": lambda k, o: correlation.item_total(THREE * k + o, list("abc")).table[
        "扣除自己后 r"
    ],
    "ttest 配对": lambda k, o: calibration.ttest(X * k + o, Y * k + o).p,
    "ttest 等方差": lambda k, o: calibration.ttest(X * k + o, Z * k + o, 2, 2).p,
    "ttest Welch": lambda k, o: calibration.ttest(X * k + o, Z * k + o, 2, 3).p,
    "signed_rank": lambda k, o: calibration.signed_rank(X * k + o, Y * k + o).p,
    "tost": lambda k, o: calibration.tost(X * k + o, Y * k + o, 3 * k).p,
    "icc": lambda k, o: calibration.icc(THREE * k + o).table["ICC"],
    "compare_raters": lambda k, o: calibration.compare_raters(THREE * k + o).f,
    "calibrate": lambda k, o: calibration.calibrate(THREE * k + o, tolerance=3 * k).table["p"],
    "variance_split": lambda k, o: [
        (found := comparison.variance_split(teams(X * k + o), "数")).f,
        found.icc1,
    ],
    "equal_variance": lambda k, o: comparison.equal_variance(teams(X * k + o), "数").p,
    "anova": lambda k, o: comparison.anova(teams(X * k + o), "数").pairs["p"],
    "anova Welch": lambda k, o: comparison.anova(teams(X * k + o), "数", equal_var=False).f,
    "minimum_variance": lambda k, o: comparison.minimum_variance(
        teams(X * k + o), indicators=["数"]
    ).tests["p"],
    "sd_quadrants": lambda k, o: [
        len(comparison.sd_quadrants(teams(X * k + o), "数").names(name))
        for name in ("标杆", "挖潜")
    ],
    "step_shares": lambda k, o: comparison.step_shares(THREE * k + o, list("abc")).table.loc[
        list("abc"), "方差份额"
    ],
    "cronbach_alpha": lambda k, o: item_analysis.cronbach_alpha(THREE * k + o).alpha,
    "paired_effect": lambda k, o: training.paired_effect(X * k + o, Y * k + o, full=120 * k + o).p,
    "difference_in_differences": lambda k, o: (
        training.difference_in_differences(panel(np.r_[X, Z] * k + o), value="分", start=3).p
    ),
    "known_groups": lambda k, o: competency.known_groups(
        pd.DataFrame({"绩效组": ["绩优"] * 6 + ["一般"] * 6, "倾听": X * k + o}), ["倾听"]
    ).table["d"],
    "process_decomposition": process,
    "set_target": lambda k, o: performance.set_target(X * k + o).reached,
    "residual_validity": lambda k, o: forecast.residual_validity(X * k + o).shapiro_p,
    "regression": lambda k, o: regression.fit(THREE * k + o, "a", ["b", "c"]).diagnostics["统计量"],
    "post_stratify": lambda k, o: (
        survey.post_stratify(X * k + o, list("甲乙") * 6, {"甲": 5, "乙": 9}).design_effect
    ),
    "learning_curve": lambda k, o: (
        training.fit_learning_curve(range(1, 13), CURVE * k + o, standard=330 * k + o).weeks
    ),
}


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("k", [2.0**40, 2.0**-40, 2.0**100, 2.0**-100])
def test_a_unit_of_any_size_gives_the_same(name, k):
    assert list(np.atleast_1d(SAME[name](k, 0))) == pytest.approx(
        list(np.atleast_1d(SAME[name](1, 0))), rel=1e-6, abs=1e-9, nan_ok=True
    )


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("o", [1e7, 2e11])
def test_far_from_zero_gives_the_same(name, o):
    """数在一千万、两千亿上下而差别还是几分几秒：不是“没有变化”。"""
    assert list(np.atleast_1d(SAME[name](1, o))) == pytest.approx(
        list(np.atleast_1d(SAME[name](1, 0))), rel=2e-3, abs=2e-4, nan_ok=True
    )


TENTH = [0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2, 0.3, 0.3]
STILL = {
    "xmr": lambda: control_chart.xmr(TENTH),
    "laney_p": lambda: control_chart.laney_p([10, 20, 30, 40], [100, 200, 300, 400]),
    "correlate": lambda: correlation.correlate(TENTH, range(6)),
    "ttest 配对": lambda: calibration.ttest(
        [1e6 + 0.1, 2e6 + 0.2, 3e6 + 0.3], [1e6, 2e6 + 0.1, 3e6 + 0.2]
    ),
    "ttest Welch": lambda: calibration.ttest(TENTH, TENTH, 2, 3),
    "variance_split": lambda: comparison.variance_split(
        pd.DataFrame({"数": [*TENTH, *[0.7] * 6], "班组": ["甲"] * 6 + ["乙"] * 6}), "数"
    ),
    "equal_variance": lambda: comparison.equal_variance(
        pd.DataFrame({"数": [*TENTH, *[0.7] * 6], "班组": ["甲"] * 6 + ["乙"] * 6}), "数"
    ),
    "step_shares": lambda: comparison.step_shares(
        pd.DataFrame({"a": [0.1, 0.2, 0.3], "b": [0.5, 0.4, 0.3]}), ["a", "b"]
    ),
    "icc": lambda: calibration.icc([[0.3, 0.5], [0.1 + 0.2, 0.5], [0.3, 0.5]]),
    "compare_raters": lambda: calibration.compare_raters(
        [[80.1, 80.2, 80.3], [90.1, 90.2, 90.3], [70.1, 70.2, 70.3]]
    ),
    "cronbach_alpha": lambda: item_analysis.cronbach_alpha(
        pd.DataFrame({"a": [0.1, 0.2, 0.3], "b": [0.3, 0.2, 0.1]})
    ),
    "paired_effect": lambda: training.paired_effect([70.1, 80.2, 60.3], [70.4, 80.5, 60.6]),
    "difference_in_differences": lambda: training.difference_in_differences(
        panel([70.1, 80.2, 60.3, 70.1, 80.2, 60.3] * 2 + [70.4, 80.5, 60.6, 70.2, 80.3, 60.4] * 2),
        value="分",
        start=3,
    ),
    "residual_validity": lambda: forecast.residual_validity(TENTH * 2),
    "contribution": lambda: root_cause.contribution(
        {"甲": 1, "乙": 2}, {"甲": 2, "乙": 4}, exposure=(0.1, 0.2)
    ),
}


@pytest.mark.parametrize("name", STILL)
def test_rounding_is_no_variation(name):
    """0.1 + 0.2 与 0.3 只差浮点误差：没有变化的数据照样说没有变化，而不是算出一个 p。"""
    with pytest.raises(ValueError, match="一样|全是|都是|没有|不变|相同|都提高|处处相等"):
        STILL[name]()


@pytest.mark.parametrize("size", [1e-300, 1e-13, 1.0, 1e12, 1e300])
def test_varies_at_every_size(size):
    assert varies([size, size * (1 + 1e-13)])
    assert not varies([size, size * (1 + 3e-16)])
    assert not varies([size] * 5)
    assert rounding(size) == pytest.approx(16 * 2**-52 * size)


def test_nothing_and_a_single_number_do_not_vary():
    assert not varies([])
    assert not varies([3.0])
    assert not varies([0.0, 0.0])
