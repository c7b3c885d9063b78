"""对比：四象限、组间组内、标准差检验、步骤份额与标准差过程分析法。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.comparison import (
    benchmark_gap,
    equal_variance,
    sd_analysis,
    sd_quadrants,
    step_shares,
    variance_split,
)

# NIST StRD SiRstv：五台仪器测硅片电阻率
SIRSTV = [
    [196.3052, 196.1240, 196.1890, 196.2569, 196.3403],
    [196.3042, 196.3825, 196.1669, 196.3257, 196.0422],
    [196.1303, 196.2005, 196.2889, 196.0343, 196.1811],
    [196.2795, 196.1748, 196.1494, 196.1485, 195.9885],
    [196.2119, 196.1051, 196.1850, 196.0052, 196.2090],
]
# R 自带的 InsectSprays：六种药各 12 块地的虫数
SPRAYS = {
    "A": [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13],
    "B": [11, 17, 21, 11, 16, 14, 17, 17, 19, 21, 7, 13],
    "C": [0, 1, 7, 2, 3, 1, 2, 1, 3, 0, 1, 4],
    "D": [3, 5, 12, 6, 4, 3, 5, 5, 5, 5, 2, 4],
    "E": [3, 5, 3, 5, 3, 6, 1, 1, 3, 2, 6, 4],
    "F": [11, 9, 15, 22, 15, 16, 13, 10, 26, 26, 24, 13],
}


def long_table(groups, group="班组", value="分"):
    rows = [(name, one) for name, part in dict(groups).items() for one in part]
    return pd.DataFrame(rows, columns=[group, value])


FOUR = long_table({"甲": [91, 92, 93], "乙": [80, 92, 104], "丙": [79, 80, 81], "丁": [70, 80, 90]})
tables = st.lists(
    st.lists(st.integers(0, 100), min_size=2, max_size=8), min_size=2, max_size=6
).filter(lambda groups: any(len(set(part)) > 1 for part in groups))


def test_the_four_quadrants_have_their_names():
    """domain.md 2.5：高均低差标杆、高均高差挖潜、低均低差系统性、低均高差个体辅导。"""
    result = sd_quadrants(FOUR, "分")

    assert result.table["象限"].to_dict() == {
        "甲": "标杆",
        "乙": "挖潜",
        "丙": "系统性",
        "丁": "个体辅导",
    }
    assert result.names("标杆") == ["甲"]


def test_the_good_direction_can_be_low():
    """处理时长越小越好：甲、乙慢，丙、丁快。"""
    result = sd_quadrants(FOUR, "分", good="low")

    assert result.table["象限"].tolist() == ["系统性", "个体辅导", "标杆", "挖潜"]


def test_lines_are_the_grand_mean_and_the_pooled_sd():
    """均值 86；合并方差 (2·1 + 2·144 + 2·1 + 2·100)/8 = 61.5。"""
    result = sd_quadrants(FOUR, "分")

    assert result.mean_line == 86
    assert result.sd_line == pytest.approx(61.5**0.5)


def test_lines_can_be_set_and_on_the_line_is_good_and_steady():
    result = sd_quadrants(FOUR, "分", mean_line=92, sd_line=1)

    assert result.table["象限"].tolist() == ["标杆", "挖潜", "系统性", "个体辅导"]


def test_unit_averages_each_person_first():
    """甲组两人的平均是 81、91：组的标准差是人与人之间的 7.07。"""
    table = pd.DataFrame(
        {
            "班组": list("甲甲甲甲乙乙乙乙"),
            "工号": [1, 1, 2, 2, 3, 3, 4, 4],
            "分": [80, 82, 90, 92, 85, 85, 86, 86],
        }
    )
    result = sd_quadrants(table, "分", unit="工号")

    assert result.table["n"].tolist() == [2, 2]
    assert result.table.loc["甲", "标准差"] == pytest.approx(50**0.5)


def test_f_agrees_with_nist_to_twelve_digits():
    """NIST StRD SiRstv 认证值：F = 1.18046237440255，组间平方和 5.11462616E-02，组内 2.16636560E-01。"""
    split = variance_split(long_table(enumerate(SIRSTV), "仪器", "电阻率"), "电阻率", "仪器")

    assert split.f == pytest.approx(1.18046237440255, rel=1e-10)
    assert split.between == pytest.approx(5.11462616e-02, rel=1e-8)
    assert split.within == pytest.approx(2.16636560e-01, rel=1e-8)
    assert (split.df_between, split.df_within) == (4, 20)


def test_icc1_agrees_with_the_hand_calculation():
    """MSB = 96，MSW = 4，每组 3 个：ICC1 = 92 ÷ 104；组间方差分量 = 92 ÷ 3。"""
    split = variance_split(long_table({"甲": [80, 82, 84], "乙": [88, 90, 92]}), "分")

    assert split.icc1 == pytest.approx(92 / 104)
    assert split.variance_between == pytest.approx(92 / 3)
    assert "差异是大头，先找组与组做法上的不同" in str(split)


def test_icc1_of_unequal_groups_uses_the_effective_size():
    """各组 2、4 个：n₀ = (6 − 20/6) ÷ 1 = 2.6667。组均值 1、4，MSB = 12，MSW = (2+10)/4 = 3。"""
    split = variance_split(long_table({"甲": [0, 2], "乙": [2, 3, 5, 6]}), "分")

    assert split.icc1 == pytest.approx((12 - 3) / (12 + (8 / 3 - 1) * 3))


@given(tables)
def test_total_is_between_plus_within(groups):
    table = long_table(enumerate(groups))
    total = ((table["分"] - table["分"].mean()) ** 2).sum()
    try:
        split = variance_split(table, "分")
    except ValueError:
        return

    assert split.between + split.within == pytest.approx(total)
    assert 0 <= split.share_between <= 1
    assert split.icc1 <= 1


@given(tables, st.integers(1, 9), st.integers(-50, 50))
def test_quadrants_do_not_depend_on_the_unit(groups, scale, move):
    table = long_table(enumerate(groups))
    one = sd_quadrants(table, "分")
    other = sd_quadrants(table.assign(分=table["分"] * scale + move), "分", mean_line=None)
    near = (one.table["均值"] - one.mean_line).abs().min() < 1e-9
    near |= (one.table["标准差"] - one.sd_line).abs().min() < 1e-9

    assert near or other.table["象限"].tolist() == one.table["象限"].tolist()


def test_brown_forsythe_agrees_with_r():
    """R：anova(lm(|count − 中位数| ~ spray))，InsectSprays，F = 3.82136，p = 0.0042228。"""
    result = equal_variance(long_table(SPRAYS), "分")

    assert result.statistic == pytest.approx(3.82136, abs=5e-6)
    assert result.p == pytest.approx(0.0042228, abs=5e-8)
    assert (result.df_between, result.df_within) == (5, 66)
    assert result.table.index[0] == "F"
    assert result.different


def test_shares_add_up_when_steps_are_uncorrelated():
    """方差 4 与 1、协方差 0：份额 80% 与 20%。"""
    table = pd.DataFrame({"通话": [2, 2, 6, 6], "话后": [1, 3, 1, 3], "合计": [3, 5, 7, 9]})
    shares = step_shares(table, ["通话", "话后"], total="合计")

    assert shares.table["方差份额"].to_dict() == pytest.approx({"通话": 0.8, "话后": 0.2})
    assert shares.total_sd == pytest.approx(table["合计"].std())


def test_a_step_that_makes_up_for_another_has_a_negative_share():
    shares = step_shares(
        pd.DataFrame({"查询": [10, 20, 30, 40], "等待": [9, 8, 5, 4]}), ["查询", "等待"]
    )

    assert shares.table.loc["等待", "方差份额"] < 0
    assert shares.table["方差份额"].sum() == pytest.approx(1)


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 90), st.integers(0, 200)),
        min_size=2,
        max_size=30,
    )
)
def test_shares_always_sum_to_one(rows):
    table = pd.DataFrame(rows, columns=["甲", "乙", "丙"])
    if table.sum(axis=1).nunique() == 1:
        with pytest.raises(ValueError, match="合计没有差异"):
            step_shares(table, ["甲", "乙", "丙"])
        return
    shares = step_shares(table, ["甲", "乙", "丙"])

    assert shares.table["方差份额"].sum() == pytest.approx(1)
    assert shares.table["均值份额"].sum() == pytest.approx(1)


def test_the_longest_step_need_not_be_the_one_that_varies():
    table = pd.DataFrame({"通话秒": [300, 305, 295, 300], "话后秒": [10, 80, 30, 120]})

    assert "用时最多的却是通话秒" in str(step_shares(table, ["通话秒", "话后秒"]))


def test_the_whole_method_in_one_call():
    calls = pd.DataFrame(
        {
            "班组": ["甲"] * 6 + ["乙"] * 6,
            "通话秒": [180, 182, 181, 183, 180, 182, 180, 220, 150, 240, 170, 260],
            "话后秒": [20, 21, 19, 20, 22, 20, 30, 25, 28, 31, 27, 29],
        }
    )
    calls["处理时长"] = calls["通话秒"] + calls["话后秒"]
    result = sd_analysis(calls, "处理时长", good="low", steps=["通话秒", "话后秒"])

    assert result.quadrants.table["象限"].tolist() == ["标杆", "个体辅导"]
    assert result.spread.different
    assert result.steps.largest == "通话秒"
    assert result.summary()["步骤"].tolist() == [
        "1 均值 × 标准差",
        "2 组间与组内",
        "3 标准差检验",
        "4 过程步骤",
    ]
    assert "教学约定" in str(result)
    assert len(sd_analysis(calls, "处理时长").summary()) == 3


def test_every_result_draws_a_chart_with_title_and_units():
    calls = pd.DataFrame({"通话秒": [180, 190, 185], "话后秒": [20, 90, 40]})
    drawn = [
        sd_quadrants(FOUR, "分"),
        variance_split(FOUR, "分"),
        equal_variance(FOUR, "分"),
        step_shares(calls, ["通话秒", "话后秒"]),
        sd_analysis(FOUR, "分"),
    ]

    for result in drawn:
        ax = result.plot()
        assert ax.get_title()
        assert ax.get_xlabel()
        assert "<table" in result._repr_html_()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: sd_quadrants(FOUR, "质检分"), "缺少列：质检分"),
        (lambda: sd_quadrants(FOUR.iloc[:3], "分"), "班组只有 1 组"),
        (lambda: sd_quadrants(FOUR.iloc[:4], "分"), "班组 乙 只有 1 行，至少要 2 行"),
        (lambda: sd_quadrants(FOUR.iloc[:0], "分"), "数据表是空的"),
        (lambda: sd_quadrants(FOUR, "分", good="big"), "good 是 'big'"),
        (lambda: sd_quadrants(FOUR.assign(分=5), "分"), "分处处一样"),
        (lambda: sd_quadrants(FOUR, "分", sd_line=-1), "标准差线是 -1，应不小于 0"),
        (lambda: sd_quadrants(FOUR, "分").names("明星"), "没有象限 '明星'"),
        (
            lambda: sd_quadrants(FOUR.assign(班组=[None, *FOUR["班组"][1:]]), "分"),
            "班组第 1 行（0）是空值",
        ),
        (
            lambda: sd_quadrants(FOUR.assign(分=[np.nan, *FOUR["分"][1:]]), "分"),
            "分第 1 个是空值",
        ),
        (lambda: variance_split(long_table({"甲": [1, 1], "乙": [2, 2]}), "分"), "组内没有差异"),
        (lambda: equal_variance(long_table({"甲": [1, 2], "乙": [2, 3]}), "分"), "至少要 3 行"),
        (
            lambda: equal_variance(long_table({"甲": [1, 1, 1], "乙": [2, 2, 2]}), "分"),
            "离中位数都一样远",
        ),
        (lambda: step_shares(pd.DataFrame({"甲": [1, 2]}), ["甲"]), "至少两个不同的列名"),
        (
            lambda: step_shares(pd.DataFrame({"甲": [1, 2], "乙": [-1, 2]}), ["甲", "乙"]),
            "乙第 1 个是 -1",
        ),
        (
            lambda: step_shares(
                pd.DataFrame({"甲": [1, 2], "乙": [1, 2], "和": [2, 5]}), ["甲", "乙"], total="和"
            ),
            "第 2 行（1）和是 5，各步骤之和是 4",
        ),
        (lambda: step_shares(pd.DataFrame({"甲": [1], "乙": [2]}), ["甲", "乙"]), "只有 1 行"),
    ],
)
def test_bad_input_names_the_row_and_the_remedy(make, message):
    with pytest.raises(ValueError, match=message.replace("(", r"\(").replace(")", r"\)")):
        make()


def test_a_benchmark_of_zero_has_no_share_of_it():
    """标杆是 0 时没有百分之几：句子里不出现 nan，差 0 也不写成 −0。"""
    errors = pd.DataFrame({"班组": ["甲"] * 3 + ["乙"] * 3, "差错": [0, 0, 0, 1, 2, 3]})
    text = str(benchmark_gap(errors, "差错", good="low", benchmark="best", least=3))

    assert "nan" not in text
    assert "差得最多的是乙，差 2；" in text
    assert "-0" not in text
