"""对比：方差分析与两两比较、标杆差距、最小方差。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib.comparison import anova, benchmark_gap, minimum_variance
from ccomlib.comparison.studentized import studentized_p, studentized_quantile

# R 自带的 PlantGrowth：三种处理的植株重量
PLANTS = {
    "ctrl": [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    "trt1": [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    "trt2": [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
}
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


def pair(result, one, other):
    found = result.pairs
    return found[(found["甲"] == one) & (found["乙"] == other)].iloc[0]


def test_anova_agrees_with_r():
    """R aov：F = 4.84609，p = 0.01591；η² = 3.76634/14.25843，ω² 手算 0.2041。"""
    result = anova(long_table(PLANTS), "分")

    assert result.f == pytest.approx(4.84609, abs=5e-6)
    assert result.p == pytest.approx(0.01591, abs=5e-6)
    assert result.eta_squared == pytest.approx(3.76634 / 14.25843, rel=1e-5)
    assert result.omega_squared == pytest.approx(
        (3.76634 - 2 * 0.388595926) / (14.25843 + 0.388595926), rel=1e-5
    )
    assert result.equal_var


@pytest.mark.parametrize(
    ("one", "other", "difference", "low", "high", "p"),
    [
        ("ctrl", "trt1", 0.371, -0.32021605141, 1.06221605141, 0.3908711442021),
        ("ctrl", "trt2", -0.494, -1.18521605141, 0.19721605141, 0.1979959912997),
        ("trt1", "trt2", -0.865, -1.55621605141, -0.17378394859, 0.0120064239795),
    ],
)
def test_tukey_agrees_with_r(one, other, difference, low, high, p):
    """R TukeyHSD（R 的差是后一组减前一组，这里反过来）。"""
    row = pair(anova(long_table(PLANTS), "分"), one, other)

    assert row["均值差"] == pytest.approx(difference)
    assert (row["下限"], row["上限"]) == pytest.approx((low, high), abs=1e-6)
    assert row["p"] == pytest.approx(p, abs=1e-6)


def test_tukey_kramer_of_unequal_groups_agrees_with_r():
    """R TukeyHSD，去掉 ctrl 的前三株：F = 4.77372，trt1−ctrl 的 p = 0.4207208109978。"""
    result = anova(long_table({**PLANTS, "ctrl": PLANTS["ctrl"][3:]}), "分")
    row = pair(result, "ctrl", "trt1")

    assert result.f == pytest.approx(4.77372, abs=5e-6)
    assert row["p"] == pytest.approx(0.4207208109978, abs=1e-6)
    assert row["上限"] == pytest.approx(1.165849651298, abs=1e-6)


def test_unequal_spread_switches_to_welch_and_games_howell():
    """R oneway.test(InsectSprays)：F = 36.06544389，df = 30.04256051，p = 7.99937946e-12；
    C 与 D 的 Games-Howell（ptukey、qtukey 手算）p = 0.0556677695101，−5.7146 到 0.0479。"""
    result = anova(long_table(SPRAYS), "分")
    row = pair(result, "C", "D")

    assert not result.equal_var
    assert result.f == pytest.approx(36.06544389)
    assert result.df_within == pytest.approx(30.04256051)
    assert result.p == pytest.approx(7.99937946e-12, rel=1e-6)
    assert row["p"] == pytest.approx(0.0556677695101, abs=1e-6)
    assert (row["下限"], row["上限"]) == pytest.approx((-5.7146068888, 0.0479402222), abs=1e-5)
    assert "Welch" in str(result)


@pytest.mark.parametrize(
    ("k", "freedom"), [(2, 2.0), (3, 12.0), (12, 236.0), (6, 17.25), (20, 5e3)]
)
def test_studentized_range_agrees_with_scipy(k, freedom):
    """scipy.stats.studentized_range 逐个积分的结果。"""
    from scipy.stats import studentized_range

    q = studentized_quantile(0.95, k, np.array([freedom]))

    assert q[0] == pytest.approx(studentized_range.ppf(0.95, k, freedom), rel=1e-6)
    assert studentized_p(q - 1, k, np.array([freedom]))[0] == pytest.approx(
        studentized_range.sf(q[0] - 1, k, freedom), abs=1e-8
    )


def test_two_groups_reduce_to_the_t_test():
    """k = 2 时 q = √2·t。"""
    from scipy.stats import t

    found = studentized_p(2**0.5 * np.array([2.1, 3.0]), 2, np.array([9.0, 4.0]))

    assert found == pytest.approx(2 * t.sf([2.1, 3.0], [9, 4]), rel=1e-8)


def test_the_kind_can_be_forced():
    assert anova(long_table(SPRAYS), "分", equal_var=True).df_within == 66
    assert anova(long_table(PLANTS), "分", equal_var=False).df_within < 27


def test_no_difference_forbids_rewards_by_rank():
    table = long_table({"甲": [80, 85, 90, 86], "乙": [81, 84, 91, 87], "丙": [79, 86, 89, 88]})

    assert "看不出各组的平均不同，不要按名次奖罚" in str(anova(table, "分"))


def test_a_difference_names_the_pairs():
    text = str(anova(long_table(PLANTS), "分"))

    assert "3 对里有 1 对不同：trt1低于trt2 0.865" in text


@settings(max_examples=20)
@given(
    st.lists(
        st.lists(st.integers(0, 60), min_size=3, max_size=8).filter(lambda x: len(set(x)) > 1),
        min_size=2,
        max_size=5,
    )
)
def test_two_groups_or_more_give_every_pair_once(groups):
    result = anova(long_table(enumerate(groups)), "分", equal_var=True)
    k = len(groups)

    assert len(result.pairs) == k * (k - 1) // 2
    assert (result.pairs["下限"] <= result.pairs["均值差"]).all()
    assert ((result.pairs["p"] < 0.05) == result.pairs["不同"]).all()


def test_gap_to_the_best_group():
    """甲 91、乙 82、丙 86，各 3 个：乙差 9、丙差 5；都追上，(91+82+86)/3 升到 91。"""
    table = long_table({"甲": [90, 91, 92], "乙": [80, 82, 84], "丙": [85, 86, 87]})
    gap = benchmark_gap(table, "分", benchmark="best", least=3)

    assert gap.table["差距"].to_dict() == pytest.approx({"乙": 9, "丙": 5, "甲": 0})
    assert gap.current == pytest.approx(259 / 3)
    assert gap.reachable == pytest.approx(91)
    assert gap.table["可提高"].sum() == pytest.approx(14 / 3)
    assert "最好的班组 甲" in str(gap)


def test_gap_when_low_is_good():
    """时长 200、240、280：好的四分位数 220，慢的两组差 20、60。"""
    table = long_table({"甲": [199, 201], "乙": [239, 241], "丙": [279, 281]})
    gap = benchmark_gap(table, "分", good="low", least=2)

    assert gap.level == pytest.approx(220)
    assert gap.table["差距"].to_dict() == pytest.approx({"丙": 60, "乙": 20, "甲": -20})
    assert gap.reachable == pytest.approx((200 + 220 + 220) / 3)
    assert "降低到" in str(gap)


def test_intervals_are_students_t():
    """R t.test(InsectSprays A)：11.5014369093 到 17.4985630907。"""
    gap = benchmark_gap(long_table(SPRAYS), "分", benchmark=20)

    assert gap.table.loc["A", ["下限", "上限"]].tolist() == pytest.approx(
        [11.5014369093, 17.4985630907]
    )
    assert gap.table.loc["A", "落后"]
    assert gap.source == "外部标杆"


def test_a_small_group_cannot_be_the_benchmark():
    table = long_table({"甲": [99, 99.5], "乙": [80, 82, 84], "丙": [85, 86, 87]})
    gap = benchmark_gap(table, "分", benchmark="best", least=3)

    assert gap.source == "最好的班组 丙"
    assert gap.small == ("甲",)
    assert "没有参评标杆：甲" in str(gap)


def test_a_named_group_can_be_the_benchmark():
    gap = benchmark_gap(long_table(SPRAYS), "分", benchmark="B")

    assert gap.level == pytest.approx(np.mean(SPRAYS["B"]))


@given(
    st.lists(st.lists(st.integers(0, 100), min_size=2, max_size=6), min_size=2, max_size=5).filter(
        lambda groups: len({len(set(g)) > 1 for g in groups}) >= 1
    ),
    st.sampled_from(["high", "low"]),
)
def test_catching_up_never_makes_it_worse(groups, good):
    gap = benchmark_gap(long_table(enumerate(groups)), "分", good=good, least=2)
    better = gap.reachable - gap.current if good == "high" else gap.current - gap.reachable

    assert better >= -1e-9


def test_same_mean_different_variance_is_ranked_by_the_variance():
    """雁行理论的例子：平均都是 200 秒，一个 180–220，一个 100–300。"""
    table = long_table({"甲": [180, 190, 200, 210, 220], "乙": [100, 150, 200, 250, 300]})
    result = minimum_variance(table, indicators=["分"])

    assert result.ranking.index.tolist() == ["甲", "乙"]
    assert result.table["均值"].tolist() == [200, 200]
    assert result.table["方差"].tolist() == pytest.approx([250, 6250])
    assert result.tests.loc["分", "倍数"] == pytest.approx(25)


def test_the_four_indicators_are_the_default():
    rng = np.random.default_rng(6)
    table = pd.DataFrame(
        {
            "班组": np.repeat(["甲", "乙", "丙"], 20),
            "服务水平": rng.normal(0.8, np.repeat([0.02, 0.10, 0.05], 20)),
            "工时利用率": rng.normal(0.69, np.repeat([0.02, 0.08, 0.05], 20)),
            "平均处理时长": rng.normal(200, np.repeat([10, 50, 25], 20)),
            "质检分": rng.normal(88, np.repeat([1, 4, 2], 20)),
        }
    )
    result = minimum_variance(table)

    assert result.ranking.index.tolist() == ["甲", "丙", "乙"]
    assert result.summary().columns.tolist()[:4] == [
        "平均名次",
        "服务水平均值",
        "服务水平方差",
        "服务水平名次",
    ]
    assert "确有差别的指标：服务水平、工时利用率、平均处理时长、质检分" in str(result)
    assert result.plot().get_title().startswith("最小方差")


def test_charts_have_titles_and_units():
    for result in (
        anova(long_table(PLANTS), "分"),
        benchmark_gap(long_table(PLANTS), "分"),
    ):
        ax = result.plot()
        assert ax.get_title()
        assert "分" in ax.get_xlabel() + ax.get_title()
        assert "<table" in result._repr_html_()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: anova(long_table({"甲": [1, 2], "乙": [3, 4, 5]}), "分"),
            "甲 只有 2 行，至少要 3",
        ),
        (
            lambda: anova(long_table({"甲": [1, 1, 1], "乙": [3, 4, 5]}), "分", equal_var=False),
            "Welch 方差分析算不了",
        ),
        (lambda: anova(long_table(PLANTS), "分", alpha=0), "alpha是 0，应大于 0 且小于 1"),
        (lambda: benchmark_gap(long_table(PLANTS), "分", benchmark="trt9"), "没有班组 'trt9'"),
        (lambda: benchmark_gap(long_table(PLANTS), "分", least=50), "没有一个班组够 50 个数"),
        (lambda: benchmark_gap(long_table(PLANTS), "分", good="up"), "good 是 'up'"),
        (lambda: minimum_variance(long_table(PLANTS)), "缺少列：服务水平"),
        (lambda: minimum_variance(long_table(PLANTS), indicators=[]), "请给一个或几个不同的列名"),
        (
            lambda: minimum_variance(long_table({"甲": [1] * 3, "乙": [2] * 3}), indicators=["分"]),
            "都没有变化",
        ),
    ],
)
def test_bad_input_is_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()
