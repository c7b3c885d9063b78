"""流失的外部参照：Freireich 白血病数据、statsmodels 的 survdiff、手算的月表。"""

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import survdiff

from ccomlib import attrition

# Freireich et al. (1963)，Kleinbaum & Klein 第 2 章：6-MP 组（+ 为删失）与安慰剂组的缓解周数
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
TREATED_EVENT = [1] * 9 + [0] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
WEEKS = [*TREATED, *PLACEBO]
EVENT = [*TREATED_EVENT, *[1] * 21]
ARM = ["6-MP"] * 21 + ["安慰剂"] * 21


def shapes(events):
    """同一列 0/1 事件的各种写法。"""
    labels = [f"A{k}" for k in range(len(events))][::-1]
    yield "列表", list(events)
    yield "真假的列表", [bool(one) for one in events]
    yield "整数数组", np.array(events)
    yield "小数数组", np.array(events, dtype=float)
    yield "真假数组", np.array(events, dtype=bool)
    yield "Series", pd.Series(events)
    yield "带标签的 Series", pd.Series(events, labels)
    yield "可空的真假", pd.Series([bool(one) for one in events], dtype="boolean")
    yield "可空的整数", pd.Series(events, dtype="Int64")
    yield "是否", ["是" if one else "否" for one in events]


@pytest.mark.parametrize(
    "event", [value for _, value in shapes(EVENT)], ids=[name for name, _ in shapes(EVENT)]
)
def test_log_rank_of_the_leukaemia_trial_however_events_are_written(event):
    """Kleinbaum & Klein 表 2.3：对数秩 16.793，p = 0.0000417；整数不能当作下标。"""
    chi, p = attrition.log_rank(WEEKS, event, ARM)

    assert chi == pytest.approx(16.793, abs=5e-4)
    assert p == pytest.approx(4.17e-5, rel=2e-3)


def leukaemia():
    start = pd.Timestamp("2024-01-01")
    left = [start + pd.Timedelta(days=w) if e else None for w, e in zip(WEEKS, EVENT, strict=True)]
    # 删失的人：入职晚，到统计日恰好在册这么久
    last = start + pd.Timedelta(days=60)
    hired = [start if e else last - pd.Timedelta(days=w) for w, e in zip(WEEKS, EVENT, strict=True)]
    return pd.DataFrame(
        {"工号": [f"A{k}" for k in range(42)], "入职日期": hired, "离职日期": left, "组": ARM}
    ), last


@pytest.mark.parametrize(
    ("week", "survival"),
    [(6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448)],
)
def test_kaplan_meier_of_the_treated_arm(week, survival):
    """Kleinbaum & Klein 第 2 章，6-MP 组的 S(t)。"""
    staff, last = leukaemia()
    result = attrition.tenure_survival(staff, last, by="组", points=[week])

    assert result.at(week, "6-MP") == pytest.approx(survival, abs=6e-4)


def test_medians_of_both_arms():
    """同上：中位 23 周与 8 周；对数秩与直接算的相同。"""
    staff, last = leukaemia()
    result = attrition.tenure_survival(staff, last, by="组")

    assert result.groups.set_index("组")["中位在职天数"].to_dict() == {"6-MP": 23, "安慰剂": 8}
    assert result.chi_square == pytest.approx(attrition.log_rank(WEEKS, EVENT, ARM)[0])


@pytest.mark.parametrize("arms", [2, 3, 4])
@pytest.mark.parametrize("seed", range(3))
def test_log_rank_equals_statsmodels_with_ties_and_several_groups(arms, seed):
    rng = np.random.default_rng(seed)
    days = rng.integers(1, 25, 60)
    event = rng.integers(0, 2, 60)
    group = rng.integers(0, arms, 60)
    chi, p = survdiff(days, event, group)

    assert attrition.log_rank(days, event, group) == pytest.approx((chi, p))


@pytest.mark.parametrize(
    ("days", "event", "group", "message"),
    [
        ([1, 2, 3], [1, 0, 2], list("aab"), "event第 3 个是 2"),
        ([1, 2, 3], [1, 0, None], list("aab"), "event第 3 个是空值"),
        ([1, 2, 3], [1, 0, 0.5], list("aab"), "event第 3 个是 0.5"),
        ([1, 2, 3], [1, 0], list("aab"), "days有 3 个，event有 2 个"),
        ([1, 2, 3], "101", list("aab"), "event应是一列"),
        ([1, 2, -3], [1, 0, 1], list("aab"), "days第 3 个是 -3"),
        ([1, None, 3], [1, 0, 1], list("aab"), "days第 2 个是空值"),
        ([1, 2, 3], [1, 0, 1], list("aaa"), "只有一组"),
        ([1, 2, 3], [0, 0, 0], list("aab"), "没有人离职"),
        ([1, 2, 3], [1, 0, 1], ["a", "a", None], "group第 3 个是空值"),
        (
            pd.Series([1, 2, 3], list("xyz")),
            pd.Series([1, 0, 1], list("zyx")),
            list("aab"),
            "第 1 行的标签不同（days是 x，event是 z）",
        ),
    ],
)
def test_log_rank_refuses_in_words(days, event, group, message):
    with pytest.raises(ValueError, match=message):
        attrition.log_rank(days, event, group)


def months(**columns):
    return pd.DataFrame({"月份": ["2026-01", "2026-02"], **columns})


@pytest.mark.parametrize(
    ("columns", "options", "joined", "rates"),
    [
        # 100 − 5 走 − 5 调出 + 0 来 = 90；90 + 2 来 − 2 走 = 90
        (
            {"月初人数": [100, 90], "月末人数": [90, 90], "离职人数": [5, 2], "调出": [5, 0]},
            {"transfers_out": "调出"},
            [0, 2],
            [5 / 95, 2 / 90],
        ),
        # 调入 8 人顶了编制：100 + 8 − 4 = 104，没有新招
        (
            {"月初人数": [100, 104], "月末人数": [104, 104], "离职人数": [4, 3], "调入": [8, 0]},
            {"transfers_in": "调入"},
            [0, 3],
            [4 / 102, 3 / 104],
        ),
        # 有进有出：100 + 6 + 3 − 4 − 5 = 100
        (
            {
                "月初人数": [100, 100],
                "月末人数": [100, 100],
                "离职人数": [4, 0],
                "调入": [3, 0],
                "调出": [5, 0],
            },
            {"transfers_in": "调入", "transfers_out": "调出"},
            [6, 0],
            [0.04, 0],
        ),
        # 只用月初作分母
        (
            {"月初人数": [100, 90], "月末人数": [90, 90], "离职人数": [5, 2], "调出": [5, 0]},
            {"transfers_out": "调出", "denominator": "opening"},
            [0, 2],
            [0.05, 2 / 90],
        ),
    ],
)
def test_transfers_are_no_attrition(columns, options, joined, rates):
    result = attrition.monthly_counts(months(**columns), **options)

    assert result.table["入职"].tolist() == joined
    assert result.table["流失率"].tolist() == pytest.approx(rates)
    assert "内部调动，不算流失" in str(result)


def test_transfers_between_teams_cancel_within_the_month():
    """甲组调出 3 人到乙组：合起来没有人离开。"""
    table = pd.DataFrame(
        {
            "月份": ["2026-01"] * 2,
            "月初人数": [20, 20],
            "月末人数": [17, 23],
            "离职人数": [0, 0],
            "调入": [0, 3],
            "调出": [3, 0],
        }
    )
    result = attrition.monthly_counts(table, transfers_in="调入", transfers_out="调出")

    assert result.table[["入职", "调入", "离职", "调出"]].to_numpy().tolist() == [[0, 3, 0, 3]]
    assert result.average == 0


def test_months_without_a_transfer_show_no_such_column():
    columns = {"月初人数": [100, 95], "月末人数": [95, 93], "离职人数": [5, 2], "调出": [0, 0]}
    result = attrition.monthly_counts(months(**columns), transfers_out="调出")

    assert "调出" not in result.table
    assert "调动" not in str(result)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {}, "另有 5 人离开没有记下.*transfers_out"),
        ({"调出": [4, 0]}, {"transfers_out": "调出"}, "另有 1 人离开没有记下"),
        ({"调出": [-5, 0]}, {"transfers_out": "调出"}, "调出第 1 个是 -5"),
        ({"调出": [None, 0]}, {"transfers_out": "调出"}, "调出第 1 个是空值"),
        ({}, {"transfers_out": "调出人数"}, "缺少列：调出人数"),
        ({"月份": ["2026-01", None]}, {}, "月份是空值"),
    ],
)
def test_months_that_do_not_balance_are_refused_in_words(change, options, message):
    table = months(**{"月初人数": [100, 90], "月末人数": [90, 90], "离职人数": [5, 2]})
    with pytest.raises(ValueError, match=message):
        attrition.monthly_counts(table.assign(**change), **options)


def test_part_time_heads_do_not_trip_over_the_last_digit():
    """10.3 + 0 − 0.2 − 0.1 = 10.0：浮点里差一点点，不是有人没记下。"""
    table = months(月初人数=[10.3, 10.0], 月末人数=[10.0, 10.0], 离职人数=[0.2, 0.0], 调出=[0.1, 0])

    assert attrition.monthly_counts(table, transfers_out="调出").table["入职"].tolist() == [0, 0]
