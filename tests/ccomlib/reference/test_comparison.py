"""对比的外部参照：R 文档的数据集、NIST StRD 的方差分析、statsmodels 与 scipy。"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.oneway import anova_oneway

from ccomlib import comparison, performance, training

SPRAYS = {
    "A": [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13],
    "B": [11, 17, 21, 11, 16, 14, 17, 17, 19, 21, 7, 13],
    "C": [0, 1, 7, 2, 3, 1, 2, 1, 3, 0, 1, 4],
    "D": [3, 5, 12, 6, 4, 3, 5, 5, 5, 5, 2, 4],
    "E": [3, 5, 3, 5, 3, 6, 1, 1, 3, 2, 6, 4],
    "F": [11, 9, 15, 22, 15, 16, 13, 10, 26, 26, 24, 13],
}
PLANTS = {
    "ctrl": [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    "trt1": [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    "trt2": [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
}
# warpbreaks：羊毛 × 张力，各 9 次
BREAKS = {
    ("A", "L"): [26, 30, 54, 25, 70, 52, 51, 26, 67],
    ("A", "M"): [18, 21, 29, 17, 12, 18, 35, 30, 36],
    ("A", "H"): [36, 21, 24, 18, 10, 43, 28, 15, 26],
    ("B", "L"): [27, 14, 29, 19, 29, 31, 41, 20, 44],
    ("B", "M"): [42, 26, 19, 16, 39, 28, 21, 39, 29],
    ("B", "H"): [20, 21, 24, 17, 13, 15, 15, 16, 28],
}


def long(groups):
    return pd.DataFrame([(name, one) for name, part in groups.items() for one in part]).set_axis(
        ["组", "数"], axis=1
    )


@pytest.mark.parametrize(
    ("groups", "equal", "f", "df", "p"),
    [
        # R：summary(aov(count ~ spray, InsectSprays))、?oneway.test、summary(aov(weight ~ group, PlantGrowth))
        (SPRAYS, True, 34.70228, 66, 3.182584e-17),
        (SPRAYS, False, 36.06540, 30.04259, 7.999159e-12),
        (PLANTS, True, 4.846088, 27, 0.01590996),
        (PLANTS, False, 5.180972, 17.12843, 0.01739282),
    ],
)
def test_one_way_anova_of_the_r_data_sets(groups, equal, f, df, p):
    found = comparison.anova(long(groups), "数", "组", equal_var=equal)

    assert (found.f, found.df_within) == pytest.approx((f, df), rel=1e-5)
    assert found.p == pytest.approx(p, rel=1e-4)


def test_brown_forsythe_chooses_as_levenes_test_of_r():
    """R：car::leveneTest(count ~ spray) F = 3.8214, p = 0.004223；PlantGrowth F = 1.1192, p = 0.3412。"""
    sprays = comparison.equal_variance(long(SPRAYS), "数", "组")
    plants = comparison.equal_variance(long(PLANTS), "数", "组")

    assert (sprays.statistic, sprays.p) == pytest.approx((3.8214, 0.004223), rel=2e-4)
    assert (plants.statistic, plants.p) == pytest.approx((1.1192, 0.3412), rel=2e-4)
    assert comparison.anova(long(SPRAYS), "数", "组").equal_var is False
    assert comparison.anova(long(PLANTS), "数", "组").equal_var is True


def test_tukey_of_plant_growth():
    """R：TukeyHSD(aov(weight ~ group, PlantGrowth))；R 是后 − 前，这里是前 − 后。"""
    pairs = comparison.anova(long(PLANTS), "数", "组", equal_var=True).pairs
    expected = [
        (0.371, -0.3202161, 1.0622161, 0.3908711),
        (-0.494, -1.1852161, 0.1972161, 0.1979960),
        (-0.865, -1.5562161, -0.1737839, 0.0120064),
    ]

    assert pairs[["均值差", "下限", "上限", "p"]].to_numpy() == pytest.approx(
        np.array(expected), abs=2e-6
    )


def simon_lesage(level, count=21):
    """NIST StRD SmLs：9 个处理，各 count 个数，平均 level + 1.4、1.3、1.5……，上下交替 0.1。"""
    rows = []
    for number, tenth in enumerate([4, 3, 5, 3, 5, 3, 5, 3, 5]):
        steps = [0, *[-1, 1] * ((count - 1) // 2)]
        # 写成十进制小数再读，与数据文件里的一样
        rows += [(number, float(f"{level}.{tenth + step}")) for step in steps]
    return pd.DataFrame(rows, columns=["组", "数"])


@pytest.mark.parametrize(
    ("level", "rel"),
    # SmLs01、04、07；10¹² 处双精度只存得下 10⁻⁴，数据自己就只剩三四位
    [(1, 1e-12), (1_000_000, 1e-8), (1_000_000_000_000, 2e-3)],
    ids=["SmLs01", "SmLs04", "SmLs07"],
)
def test_nist_certified_analysis_of_variance(level, rel):
    """认证值：组间 1.68（8）、组内 1.80（180）、F = 21。"""
    found = comparison.variance_split(simon_lesage(level), "数", "组")

    assert (found.df_between, found.df_within) == (8, 180)
    assert (found.between, found.within) == pytest.approx((1.68, 1.80), rel=rel)
    assert found.f == pytest.approx(21, rel=rel)


@pytest.mark.parametrize("seed", range(3))
def test_welch_anova_equals_statsmodels(seed):
    rng = np.random.default_rng(seed)
    groups = {name: rng.normal(80, 2 + 3 * k, 8 + 4 * k) for k, name in enumerate("甲乙丙丁")}
    theirs = anova_oneway(list(groups.values()), use_var="unequal")
    found = comparison.anova(long(groups), "数", "组", equal_var=False)

    assert (found.f, found.p) == pytest.approx((theirs.statistic, theirs.pvalue))


def test_warp_breaks_two_way():
    """R：summary(aov(breaks ~ wool * tension, warpbreaks))。"""
    rows = [(wool, tension, one) for (wool, tension), part in BREAKS.items() for one in part]
    table = pd.DataFrame(rows, columns=["讲师", "课件", "训后"])
    found = training.trainer_courseware(table, score="训后", before=None).anova

    assert found["平方和"].tolist() == pytest.approx([450.67, 2034.26, 1002.78, 5745.11], abs=0.01)
    assert found["F"].tolist()[:3] == pytest.approx([3.765, 8.498, 4.189], abs=5e-4)
    assert found["p"].tolist()[:3] == pytest.approx([0.0582130, 0.0006926, 0.0210442], abs=5e-7)


@pytest.mark.parametrize("seed", range(3))
def test_unbalanced_two_way_equals_statsmodels_type_two(seed):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {"a": rng.choice(list("甲乙丙"), 50), "b": rng.choice(list("一二"), 50, p=[0.7, 0.3])}
    )
    table["y"] = rng.normal(10, 3, 50) + 2 * (table["a"] == "甲") + 1e6
    theirs = anova_lm(ols("y ~ C(a) * C(b)", table.assign(y=table["y"] - 1e6)).fit(), typ=2)
    found = training.trainer_courseware(
        table.rename(columns={"a": "讲师", "b": "课件", "y": "训后"}), score="训后", before=None
    ).anova

    assert found["平方和"].tolist() == pytest.approx(theirs["sum_sq"].tolist(), rel=1e-6)
    assert found["p"].tolist()[:3] == pytest.approx(theirs["PR(>F)"].tolist()[:3], rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_difference_in_differences_is_the_welch_test_of_the_changes(seed):
    rng = np.random.default_rng(seed)
    rows = [
        (f"P{who}", "试点" if who < 9 else "对照", week, rng.normal(80 + 3 * (week > 2), 4))
        for who in range(20)
        for week in (1, 2, 3, 4)
    ]
    table = pd.DataFrame(rows, columns=["工号", "组别", "周", "分"])
    wide = table.assign(late=table["周"] > 2).pivot_table("分", ["组别", "工号"], "late")
    change = wide[True] - wide[False]
    theirs = stats.ttest_ind(change["试点"], change["对照"], equal_var=False)
    found = training.difference_in_differences(table, value="分", start=3)

    assert (found.t, found.df, found.p) == pytest.approx(
        (theirs.statistic, theirs.df, theirs.pvalue)
    )


def test_variance_shares_are_the_covariances_with_the_total():
    """warpbreaks 当作三步：份额 = Cov(步骤, 合计) ÷ Var(合计)，用 numpy 另算。"""
    table = pd.DataFrame({k: BREAKS["A", k] for k in "LMH"} | {"多": BREAKS["B", "L"]}, dtype=float)
    whole = table.sum(axis=1)
    found = comparison.step_shares(table, list(table)).table["方差份额"]

    for name in table:
        cov = np.cov(table[name], whole)
        assert found[name] == pytest.approx(cov[0, 1] / cov[1, 1])


def test_improvement_z_of_people_who_all_score_alike_is_zero():
    """88.1 的平均在浮点里不是 88.1：人人同分时没有人落后。"""
    rows = [(who, month, 78.1) for who in "ABCDEFG" for month in (1, 2)]
    table = pd.DataFrame(rows, columns=["工号", "月份", "绩效总分"])
    found = performance.improvement_list(table, z=-0.5)

    assert found.table.empty
    assert found.watch["最近 z"].tolist() == [0] * 7
