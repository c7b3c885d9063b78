"""两列要逐行对应：列表、数组、带标签的 Series 说的一样；标签对不上就拒绝，不悄悄错位。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import (
    attrition,
    calibration,
    capacity,
    control_chart,
    correlation,
    erlang,
    evaluation,
    forecast,
    intraday,
    reserve,
    scheduling,
    survey,
    training,
)

X = [82.1, 79.4, 88.0, 91.3, 76.5, 85.2, 83.3, 90.8]
Y = [80.2, 80.1, 85.5, 92.0, 74.1, 86.6, 81.0, 93.9]
CALLS = [120, 80, 95, 130, 60, 75, 110, 90]
FAST = [100, 70, 80, 99, 55, 70, 90, 75]
TEAM = list("甲甲乙乙甲甲乙乙")

# 名字 -> （函数，第一列，第二列）
PAIRS = {
    "ttest": (lambda a, b: calibration.ttest(a, b).p, X, Y),
    "tost": (lambda a, b: calibration.tost(a, b, 3).p, X, Y),
    "signed_rank": (lambda a, b: calibration.signed_rank(a, b).p, X, Y),
    "cohen_kappa": (lambda a, b: calibration.cohen_kappa(a, b).kappa, TEAM, TEAM[::-1]),
    "calibrate": (
        lambda a, b: calibration.calibrate(pd.Series(a).to_frame("甲"), standard=b).differences.sum(
            axis=None
        ),
        X,
        Y,
    ),
    "correlate": (lambda a, b: correlation.correlate(a, b).r, X, Y),
    "correlate 分组": (lambda a, b: correlation.correlate(a, Y, group=b).within_r, X, TEAM),
    "special_causes 中心": (
        lambda a, b: control_chart.special_causes(a, b, 1).signals["序号"].tolist(),
        X,
        Y,
    ),
    "special_causes σ": (
        lambda a, b: control_chart.special_causes(a, 80, b).signals["序号"].tolist(),
        X,
        [1, 9, 1, 9, 1, 9, 1, 9],
    ),
    "xmr 基期": (
        lambda a, b: control_chart.xmr(a, baseline=b).limits.center,
        X,
        [True, True, True, False, True, True, False, True],
    ),
    "p_chart": (lambda a, b: control_chart.p_chart(a, b).limits.center, FAST, CALLS),
    "u_chart": (lambda a, b: control_chart.u_chart(a, b).limits.center, FAST, CALLS),
    "log_rank 事件": (
        lambda a, b: attrition.log_rank(a, b, TEAM)[0],
        CALLS,
        [1, 0, 1, 1, 0, 1, 1, 0],
    ),
    "log_rank 分组": (lambda a, b: attrition.log_rank(a, [1] * 8, b)[0], CALLS, TEAM),
    "estimate_patience": (
        lambda a, b: erlang.estimate_patience(a, b).mean,
        CALLS,
        [1, 0, 1, 1, 0, 1, 1, 0],
    ),
    "required_agents": (
        lambda a, b: erlang.required_agents(a, b).agents.tolist(),
        CALLS,
        [200, 190, 180, 210, 200, 220, 180, 190],
    ),
    "service_level": (
        lambda a, b: evaluation.service_level(a, a, b).mean_of_intervals,
        CALLS,
        FAST,
    ),
    "rolling_service_level": (
        lambda a, b: intraday.rolling_service_level(a, b).table["滚动服务水平"].tolist(),
        CALLS,
        FAST,
    ),
    "reforecast": (
        lambda a, b: (
            intraday.reforecast(a, b.iloc[:5] if isinstance(b, pd.Series) else b[:5]).total
        ),
        CALLS,
        FAST,
    ),
    "accuracy": (lambda a, b: forecast.accuracy(a, b).wape, CALLS, FAST),
    "fit": (lambda a, b: scheduling.fit(pd.Series(a), pd.Series(b)).fit, CALLS, FAST),
    "shrinkage": (lambda a, b: capacity.shrinkage(a, b).rate, CALLS, FAST),
    "reserve_size": (
        lambda a, b: reserve.reserve_size(a, b, 240, quantile=0.5).bias,
        CALLS,
        FAST,
    ),
    "post_stratify": (
        lambda a, b: survey.post_stratify(a, b, {"甲": 30, "乙": 10}).mean,
        X,
        TEAM,
    ),
    "paired_effect": (lambda a, b: training.paired_effect(a, b).p, X, Y),
    "learning_curve": (
        lambda a, b: training.fit_learning_curve(a, b).a,
        [1, 2, 3, 4, 5, 6, 7, 8],
        [500, 450, 418, 393, 370, 352, 343, 332],
    ),
    "forgetting_curve": (
        lambda a, b: training.forgetting_curve(a, b).stability,
        [1, 3, 7, 14, 30, 40, 50, 60],
        [0.96, 0.9, 0.78, 0.62, 0.36, 0.3, 0.2, 0.15],
    ),
}
NAMES = [f"R{k}" for k in range(8)]


@pytest.mark.parametrize("name", PAIRS)
def test_lists_arrays_and_labelled_columns_say_the_same(name):
    call, first, second = PAIRS[name]
    plain = call(first, second)

    for make in (np.array, pd.Series, lambda column: pd.Series(column, NAMES)):
        assert call(make(first), make(second)) == pytest.approx(plain)


@pytest.mark.parametrize("name", PAIRS)
def test_columns_whose_rows_do_not_match_are_refused(name):
    call, first, second = PAIRS[name]
    with pytest.raises(ValueError, match="标签|对不上|第 1 行|第 1 个时段"):
        call(pd.Series(first, NAMES), pd.Series(second, NAMES[::-1]))


@pytest.mark.parametrize("kind", ["列表", "数组", "Series", "可空", "整数", "小数", "是否"])
def test_a_baseline_of_flags_may_be_written_any_way(kind):
    """第 3、6 点查明了原因，不进基期。"""
    keep = [1, 1, 0, 1, 1, 0, 1, 1]
    written = {
        "列表": [bool(one) for one in keep],
        "数组": np.array(keep, dtype=bool),
        "Series": pd.Series([bool(one) for one in keep], NAMES),
        "可空": pd.Series([bool(one) for one in keep], dtype="boolean"),
        "整数": keep,
        "小数": np.array(keep, dtype=float),
        "是否": ["是" if one else "否" for one in keep],
    }[kind]
    chart = control_chart.xmr(pd.Series(X, NAMES), baseline=written)

    assert chart.baseline.tolist() == [bool(one) for one in keep]
    assert chart.limits.center == pytest.approx(np.mean([X[k] for k in (0, 1, 3, 4, 6, 7)]))


@pytest.mark.parametrize(
    ("baseline", "message"),
    [
        ([1, 1, 0], "或 8 个真假"),
        ([1, 1, 0, 2, 1, 1, 1, 1], "baseline第 4 个是 2"),
        ([True, True, None, True, True, True, True, True], "baseline第 3 个是空值"),
        ("11011011", "或 8 个真假"),
        ([0] * 7 + [1], "基期只有 1 点"),
    ],
)
def test_a_baseline_that_is_no_flags_is_refused(baseline, message):
    with pytest.raises(ValueError, match=message):
        control_chart.xmr(X, baseline=baseline)
