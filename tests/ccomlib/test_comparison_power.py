"""ccomlib.comparison.mean_power 与 mean_sample_size：R、Cohen 的表、statsmodels、模拟。"""

from itertools import product

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import TTestIndPower, TTestPower

from ccomlib.comparison import mean_power, mean_sample_size


def test_r_documentation_of_power_t_test():
    """?power.t.test：n = 20、delta = 1：0.8689528；power = .90：n = 22.02；单侧 n = 17.85。"""
    assert mean_power(1, 1, 20).power == pytest.approx(0.8689528, abs=1e-6)
    assert mean_sample_size(1, 1, power=0.9).n1 == 23
    assert mean_sample_size(1, 1, power=0.9, tails=1).n1 == 18


@pytest.mark.parametrize(
    ("effect", "power", "paired", "n"),
    [
        # Cohen (1988) 表 2.4.1，双侧 α = .05：每组
        (0.2, 0.80, False, 394),
        (0.5, 0.80, False, 64),
        (0.8, 0.80, False, 26),
        (0.5, 0.90, False, 86),
        (0.8, 0.90, False, 34),
        (0.5, 0.95, False, 105),
        (1.0, 0.80, False, 17),
        # G*Power 3，配对
        (0.2, 0.80, True, 199),
        (0.5, 0.80, True, 34),
        (0.8, 0.80, True, 15),
    ],
)
def test_sample_sizes_of_the_usual_tables(effect, power, paired, n):
    """表里四舍五入的（d = 0.2 是 393）按向上取整：393 份的把握还不到 80%。"""
    assert mean_sample_size(effect, 1, power=power, paired=paired).n1 == n


@pytest.mark.parametrize("paired", [False, True])
@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.1])
@pytest.mark.parametrize("tails", [1, 2])
def test_power_equals_statsmodels(paired, alpha, tails):
    side = {1: "larger", 2: "two-sided"}[tails]
    for effect, n in product((0.05, 0.3, 0.9, 2.5), (2, 3, 7, 25, 300, 5000)):
        if paired:
            theirs = TTestPower().power(effect, n, alpha, alternative=side)
        else:
            theirs = TTestIndPower().power(effect, n, alpha, 1, alternative=side)
        found = mean_power(effect, 1, n, paired=paired, alpha=alpha, tails=tails)
        # 把握近于 1 时 statsmodels（scipy 的 nctdtr）给空值
        wanted = 1.0 if np.isnan(theirs) else theirs

        assert found.power == pytest.approx(wanted, abs=1e-8), (effect, n)


@pytest.mark.parametrize("ratio", [0.5, 1.5, 3])
def test_unequal_groups_equal_statsmodels(ratio):
    theirs = TTestIndPower().power(0.6, 30, 0.05, ratio)

    assert mean_power(0.6, 1, 30, ratio=ratio).power == pytest.approx(theirs, abs=1e-9)
    assert mean_power(0.6, 1, 30, ratio=ratio).n2 == 30 * ratio


@pytest.mark.parametrize("options", [{}, {"paired": True}, {"tails": 1}, {"ratio": 2}])
@pytest.mark.parametrize("effect", [0.02, 0.3, 1.2])
def test_one_fewer_is_not_enough(effect, options):
    found = mean_sample_size(effect, 1, **options)

    assert found.power >= 0.8
    assert found.at(found.n1) == found.power
    assert found.at(found.n1 - 1) < 0.8


def test_simulated_tests_are_significant_as_often_as_promised():
    rng = np.random.default_rng(5)
    a, b = rng.normal(0, 1, (4000, 64)), rng.normal(0.5, 1, (4000, 64))
    share = (stats.ttest_ind(a, b, axis=1).pvalue < 0.05).mean()

    assert share == pytest.approx(mean_power(0.5, 1, 64).power, abs=3 * 0.4 / 4000**0.5)


def test_correlation_of_the_two_occasions_gives_the_sd_of_the_difference():
    """相关 0.5 时差的标准差正好是单次的；0.8 时是 √0.4 倍。"""
    assert mean_sample_size(3, 6, paired=True, correlation=0.5).n1 == 34
    assert mean_sample_size(3, 6, paired=True, correlation=0.8).sd == pytest.approx(6 * 0.4**0.5)
    assert mean_sample_size(3, 6, paired=True, correlation=0.8).n1 == 15


def test_sign_and_unit_do_not_matter():
    assert mean_sample_size(-3, 6).n1 == mean_sample_size(3e9, 6e9).n1 == 64


def test_reads_as_table_chart_and_sentence():
    size, enough, thin = mean_sample_size(3, 6), mean_power(3, 6, 70), mean_power(3, 6, 20)

    assert "要有 80% 的把握看出来，至少要第一组 64 个、第二组 64 个（实得 80.1%）" in str(size)
    assert "标准差相同" in str(size)
    assert "至少要 34 对" in str(mean_sample_size(3, 6, paired=True))
    assert "把握不到 80%" in str(thin)
    assert "把握不到" not in str(enough)
    assert size.summary()["项目"].tolist()[-1] == "把握（功效）"
    assert size.plot().get_title() == "看出平均差 3（0.50 个标准差）的把握"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_sample_size(0, 6), "difference 是 0"),
        (lambda: mean_sample_size(3, 0), "sd是 0，应大于 0"),
        (lambda: mean_sample_size(None, 6), "difference是空值"),
        (lambda: mean_sample_size(3, 6, power=0.05), "power是 0.05，应大于 0.05"),
        (lambda: mean_sample_size(3, 6, power=1), "power是 1"),
        (lambda: mean_sample_size(1e-4, 1), "要 10,000,000 个以上"),
        (lambda: mean_sample_size(3, 6, tails=3), "tails 是 3"),
        (lambda: mean_sample_size(3, 6, correlation=0.5), "独立两组没有相关"),
        (lambda: mean_sample_size(3, 6, paired=True, correlation=1), "correlation是 1"),
        (lambda: mean_sample_size(3, 6, paired=True, ratio=2), "配对的两组一样多"),
        (lambda: mean_power(3, 6, 1), "n是 1，应不小于 2"),
        (lambda: mean_power(3, 6, 2.5), "n 是 2.5，应是整数"),
    ],
)
def test_refuses_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()
