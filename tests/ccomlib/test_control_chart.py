"""控制图：界限与课本、NIST、qcc 一致；基期的界限用到以后的数据上。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.control_chart import (
    Limits,
    Rule,
    c_chart,
    laney_p,
    laney_u,
    np_chart,
    p_chart,
    u_chart,
    xbar_r,
    xbar_s,
    xmr,
)

GOLDEN = [52, 48, 55, 50, 47, 53, 49, 51, 58, 46]
# NIST/SEMATECH e-Handbook 6.3.2.2，液体流量
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# Montgomery 7e 表 7.1：橙汁罐，每组 50 罐
ORANGE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11]
ORANGE += [20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# Montgomery 7e 表 7.7：印刷电路板，26 组
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18]
BOARDS += [39, 30, 24, 16, 19, 17, 15]
# domain.md 4.6：投诉件数与来电量
COMPLAINTS = [30, 41, 25, 44, 36, 27, 50, 38, 29, 33, 47, 35]
CALLS = [1200, 1350, 1280, 1400, 1310, 1250, 1390, 1420, 1330, 1290, 1360, 1405]
# qcc 2.7 的 pistonrings（出自 Montgomery 的活塞环例）：活塞环内径，74 毫米以上几微米；前 25 组是第一阶段
RINGS = """
30 2 19 -8 8|-5 -8 1 11 4|-12 24 21 5 2|2 -4 -7 15 9|-8 7 15 -11 14|9 -6 -3 -15 -7|-5 6 -6 0 5
-15 3 -7 15 -12|8 -5 9 5 4|-2 0 -10 7 -5|-6 -2 -6 -5 -10|4 0 7 0 -4|-17 2 -2 -3 12|6 -33 -6 0 -16
12 14 -2 -1 7|0 -16 5 -2 -4|-6 12 -14 5 7|6 10 18 3 0|-16 2 3 5 -3|0 10 13 20 3|-12 1 9 5 -4
4 -1 -10 6 9|10 -11 -10 9 14|15 8 -7 0 10|-18 -16 -5 17 13|12 15 30 -14 0|-5 10 -10 15 1
-13 -1 -15 0 -10|8 10 3 -9 6|3 0 1 -14 -3|-6 3 15 20 4|8 2 18 -5 5|1 4 -10 -4 -2|15 0 16 25 0
30 5 0 16 12|1 -10 -5 10 24|15 20 24 5 19|35 10 12 15 26|17 13 36 25 26|10 5 29 0 20
"""
RINGS = np.array(
    [[float(one) for one in group.split()] for group in RINGS.strip().replace("\n", "|").split("|")]
)
RINGS = 74 + RINGS / 1000
# Montgomery 7e 表 6.1，25 组，每组 5 片（微米）
HARD_BAKE = np.array(
    [
        [1.3235, 1.4128, 1.6744, 1.4573, 1.6914],
        [1.4314, 1.3592, 1.6075, 1.4666, 1.6109],
        [1.4284, 1.4871, 1.4932, 1.4324, 1.5674],
        [1.5028, 1.6352, 1.3841, 1.2831, 1.5507],
        [1.5604, 1.2735, 1.5265, 1.4363, 1.6441],
        [1.5955, 1.5451, 1.3574, 1.3281, 1.4198],
        [1.6274, 1.5064, 1.8366, 1.4177, 1.5144],
        [1.4190, 1.4303, 1.6637, 1.6067, 1.5519],
        [1.3884, 1.7277, 1.5355, 1.5176, 1.3688],
        [1.4039, 1.6697, 1.5089, 1.4627, 1.5220],
        [1.4158, 1.7667, 1.4278, 1.5928, 1.4181],
        [1.5821, 1.3355, 1.5777, 1.3908, 1.7559],
        [1.2856, 1.4106, 1.4447, 1.6398, 1.1928],
        [1.4951, 1.4036, 1.5893, 1.6458, 1.4969],
        [1.3589, 1.2863, 1.5996, 1.2497, 1.5471],
        [1.5747, 1.5301, 1.5171, 1.1839, 1.8662],
        [1.3680, 1.7269, 1.3957, 1.5014, 1.4449],
        [1.4163, 1.3864, 1.3057, 1.6210, 1.5573],
        [1.5796, 1.4185, 1.6541, 1.5116, 1.7247],
        [1.7106, 1.4412, 1.2361, 1.3820, 1.7601],
        [1.4371, 1.5051, 1.3485, 1.5670, 1.4880],
        [1.4738, 1.5936, 1.6583, 1.4973, 1.4720],
        [1.5917, 1.4333, 1.5551, 1.5295, 1.6866],
        [1.6399, 1.5243, 1.5705, 1.5563, 1.5530],
        [1.5797, 1.3663, 1.6240, 1.3732, 1.6887],
    ]
)


def ends(chart):
    return [float(chart.lower.iloc[0]), float(chart.center.iloc[0]), float(chart.upper.iloc[0])]


def test_xmr_agrees_with_the_golden_values():
    """domain.md 4.6：x̄ = 50.9，MR̄ = 5.5556，65.678/36.122，移动极差上限 18.15（系数取 2.66）。"""
    chart = xmr(GOLDEN)

    assert ends(chart) == pytest.approx([36.122, 50.9, 65.678], rel=5e-4)
    assert ends(chart.companion) == pytest.approx([0, 5.5556, 18.15], rel=5e-4)
    assert len(chart.companion.points) == 9


def test_xmr_agrees_with_the_nist_handbook():
    """6.3.2.2：中心 50.81，界限 45.8159 到 55.8041，MR̄ = 1.8778，上限 6.1349。"""
    chart = xmr(FLOW)

    assert ends(chart) == pytest.approx([45.8159, 50.81, 55.8041], rel=5e-4)
    assert ends(chart.companion) == pytest.approx([0, 1.8778, 6.1349], rel=5e-4)


def test_median_moving_range_shrugs_off_one_wild_point():
    """移动极差 4、7、5、3、6、4、2、7、12 的中位数 5，σ = 5 ÷ 0.9539。"""
    chart = xmr(GOLDEN, median=True)
    wild = xmr([*GOLDEN[:5], 500, *GOLDEN[5:]], median=True)

    assert chart.limits.sigma == pytest.approx(5 / 0.95387, rel=1e-4)
    assert wild.limits.sigma < 1.5 * chart.limits.sigma


def test_xbar_r_agrees_with_qcc_on_piston_rings():
    """qcc 2.7：中心 74.00118，界限 73.98805 到 74.0143；R̄ = 0.02276，上限 0.04812。"""
    chart = xbar_r(RINGS, baseline=25)

    assert ends(chart) == pytest.approx([73.98805, 74.00118, 74.0143], abs=1e-5)
    assert ends(chart.companion) == pytest.approx([0, 0.02276, 0.04812], abs=1e-5)


def test_phase_two_of_piston_rings_signals_the_shift():
    """qcc 2.7：第二阶段第 12、13、14 组（全部的第 37 到 39 组）越出上限。"""
    chart = xbar_r(RINGS[:25]).extend(RINGS[25:])
    beyond = chart.signals.loc[chart.signals["规则"] == "1", "序号"].tolist()

    assert beyond == [37, 38, 39]
    assert chart.baseline.sum() == 25
    assert chart.points.index.tolist() == list(range(40))


def test_xbar_r_agrees_with_montgomerys_hard_bake():
    """例 6.1（表 6.1，晶圆上光刻胶的流宽）：x̄ = 1.5056，R̄ = 0.32521，均值图 1.3180 到 1.6932，
    极差图上限 0.68749。"""
    chart = xbar_r(HARD_BAKE)

    assert ends(chart) == pytest.approx([1.3180, 1.5056, 1.6932], abs=2e-4)
    assert ends(chart.companion) == pytest.approx([0, 0.32521, 0.68749], abs=3e-4)
    assert chart.in_control


def test_xbar_s_agrees_with_the_tabled_factors():
    """课本系数 A3 = 1.427、B4 = 2.089 乘 numpy 算的 S̄。"""
    chart = xbar_s(HARD_BAKE)
    middle, mean_s = HARD_BAKE.mean(), HARD_BAKE.std(axis=1, ddof=1).mean()

    assert ends(chart) == pytest.approx(
        [middle - 1.427 * mean_s, middle, middle + 1.427 * mean_s], abs=1e-4
    )
    assert ends(chart.companion) == pytest.approx([0, mean_s, 2.089 * mean_s], abs=1e-4)


def test_long_and_wide_tables_give_the_same_chart():
    wide = pd.DataFrame(RINGS, index=[f"第{k}组" for k in range(40)])
    long = wide.rename_axis("组").reset_index().melt("组", value_name="内径")
    one, other = xbar_r(wide), xbar_r(long, value="内径", subgroup="组")

    assert one.upper.tolist() == pytest.approx(other.upper.tolist())
    assert one.points.index.equals(other.points.index)
    assert other.name == "内径"


def test_subgroups_of_different_sizes_get_limits_of_their_own():
    """σ 不变，界限的宽窄与 √n 成反比；中心按个数加权。"""
    table = pd.DataFrame({"组": list("aaaabbcc"), "分": [1.0, 3, 2, 4, 5, 7, 6, 9]})
    chart = xbar_s(table, value="分", subgroup="组")
    width = (chart.upper - chart.center).tolist()

    assert width[1] / width[0] == pytest.approx(2**0.5)
    assert chart.limits.center == pytest.approx(table["分"].mean())


def test_p_chart_agrees_with_montgomery():
    """例 7.1：p̄ = 0.2313，0.0524 到 0.4102；第 15、23 组越出上限。"""
    chart = p_chart(ORANGE, 50, rules="1")

    assert ends(chart) == pytest.approx([0.0524, 0.2313, 0.4102], abs=1e-4)
    assert chart.signals["序号"].tolist() == [15, 23]


def test_leaving_out_explained_points_gives_montgomerys_revised_limits():
    """例 7.1 续：去掉第 15、23 组，p̄ = 0.2150，0.0407 到 0.3893；第 21 组接着越界。"""
    keep = np.ones(30, dtype=bool)
    keep[[14, 22]] = False
    chart = p_chart(ORANGE, 50, baseline=keep, rules="1")

    assert ends(chart) == pytest.approx([0.0407, 0.2150, 0.3893], abs=1e-4)
    assert chart.signals["序号"].tolist() == [15, 21, 23]


def test_np_chart_is_the_p_chart_times_n():
    one, other = np_chart(ORANGE, 50), p_chart(ORANGE, 50)

    assert ends(one) == pytest.approx([50 * value for value in ends(other)])
    assert one.signals["规则"].tolist() == other.signals["规则"].tolist()


def test_c_chart_agrees_with_montgomery():
    """例 7.3：c̄ = 516/26 = 19.85，6.48 到 33.22；第 6、20 组越界。"""
    chart = c_chart(BOARDS, rules="1")

    assert ends(chart) == pytest.approx([6.48, 19.85, 33.22], abs=1.1e-2)
    assert chart.signals["序号"].tolist() == [6, 20]


def test_u_chart_is_the_count_over_the_chances():
    """ū = 435 ÷ 15985，第 1 期上限 = ū + 3√(ū/1200)（手算 0.0414993）。"""
    chart = u_chart(COMPLAINTS, CALLS)
    per = u_chart(COMPLAINTS, CALLS, per=100)

    assert chart.limits.center == pytest.approx(435 / 15985)
    assert chart.upper.iloc[0] == pytest.approx(0.0414993, abs=1e-7)
    assert per.upper.tolist() == pytest.approx((100 * chart.upper).tolist())
    assert per.z.tolist() == pytest.approx(chart.z.tolist())


def test_laney_p_agrees_with_the_golden_values():
    """domain.md 4.6：p̄ = .0272130，σz = 1.60803，上限 .0413036 变成 .0498711（系数取 1.128）。"""
    plain, wide = p_chart(COMPLAINTS, CALLS), laney_p(COMPLAINTS, CALLS)

    assert plain.limits.center == pytest.approx(0.0272130, abs=5e-8)
    assert plain.upper.iloc[0] == pytest.approx(0.0413036, abs=5e-8)
    assert plain.lower.iloc[0] == pytest.approx(0.0131225, abs=5e-8)
    assert wide.limits.sigma_z == pytest.approx(1.60803, rel=5e-4)
    assert wide.upper.iloc[0] == pytest.approx(0.0498711, rel=5e-4)


def test_laney_u_is_the_u_chart_with_sigma_z():
    """σz 由 z 的移动极差直接算：mean|Δz| ÷ 1.128379。"""
    plain, wide = u_chart(COMPLAINTS, CALLS), laney_u(COMPLAINTS, CALLS)
    sigma_z = np.abs(np.diff(plain.z)).mean() / 1.1283791671

    assert wide.limits.sigma_z == pytest.approx(sigma_z)
    assert (wide.upper - wide.center).tolist() == pytest.approx(
        (sigma_z * (plain.upper - plain.center)).tolist()
    )


def test_lower_limit_is_clipped_but_zones_are_not():
    """c̄ = 4：下限截在 0，而 z 仍按 σ = 2 算，0 件是 −2σ。"""
    chart = c_chart([4, 4, 4, 0, 8], limits=Limits("c", 4))

    assert chart.lower.tolist() == [0] * 5
    assert chart.z.tolist() == [0, 0, 0, -2, 2]


def test_baseline_can_be_a_number_a_slice_dates_or_flags():
    days = pd.Series(np.arange(20) % 5 + 1.0, pd.date_range("2025-01-01", periods=20))
    flags = np.arange(20) < 10
    charts = [
        xmr(days, baseline=baseline)
        for baseline in (10, slice(0, 10), slice("2025-01-01", "2025-01-10"), flags)
    ]

    assert {chart.limits for chart in charts} == {charts[0].limits}
    assert charts[0].limits.size == 10


def test_moving_ranges_never_jump_over_a_left_out_point():
    """剔除第 3 点后只剩 1→2、4→5、5→6 三个极差：1、2、3。"""
    keep = [True, True, False, True, True, True]
    chart = xmr([1, 2, 99, 4, 6, 9], baseline=keep)

    assert chart.limits.sigma == pytest.approx(2 / 1.128379167)
    assert chart.limits.center == pytest.approx(22 / 5)


def test_limits_of_another_chart_are_taken_over_unchanged():
    old = xmr(GOLDEN)
    new = xmr([50, 70], limits=old)

    assert new.limits == old.limits
    assert not new.baseline.any()
    assert new.signals["序号"].tolist() == [2]


@given(st.lists(st.integers(0, 100), min_size=4, max_size=30), st.integers(2, 4))
def test_extending_equals_drawing_all_with_the_same_baseline(values, cut):
    if len(set(values[:cut])) == 1:
        values[0] = values[1] + 1
    step = xmr(values[:cut]).extend(values[cut:]) if len(values) > cut else xmr(values[:cut])
    whole = xmr(values, baseline=cut)

    assert step.limits == whole.limits
    assert step.signals.equals(whole.signals)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(50, 400)), min_size=3, max_size=25),
)
def test_share_limits_stay_inside_zero_and_one(rows):
    count, n = map(list, zip(*rows, strict=True))
    count[0] = min(max(count[0], 1), 49)
    chart = p_chart(count, n)

    assert (chart.lower >= 0).all()
    assert (chart.upper <= 1).all()
    assert chart.limits.center == pytest.approx(sum(count) / sum(n))


def test_labels_survive_into_signals_and_sentence():
    errors = pd.Series([5, 4, 6, 25], ["周一", "周二", "周三", "周四"], name="差错")
    chart = c_chart(errors, baseline=3, rules="1")

    assert chart.signals["点"].tolist() == ["周四"]
    assert "周四：规则 1" in str(chart)
    assert str(chart).startswith("c 图（差错）：4 点里有 1 点带特殊原因的信号")


def test_sentence_of_a_calm_chart_tells_the_false_alarms():
    text = str(xmr(GOLDEN))

    assert "都没有特殊原因的信号，只有日常波动" in text
    assert "五条规则一起用，受控的过程平均每 78 点也会误报约 1 次" in text
    assert "基期只有 10 点，界限还不稳" in text
    assert "run_length(rules)" in str(xmr(GOLDEN, rules=Rule("run", 7)))
    assert "只用这一条规则" in str(xmr(GOLDEN, rules="minitab_default"))


def test_overdispersion_points_to_laney():
    rng = np.random.default_rng(3)
    share = rng.normal(0.1, 0.02, 40)
    chart = p_chart(rng.binomial(5000, share), 5000)

    assert "请用 laney_p" in str(chart)
    assert "laney" not in str(p_chart(rng.binomial(5000, 0.1, 40), 5000))


def test_few_expected_items_are_warned_about():
    assert "不到 5 件" in str(c_chart([1, 2, 0, 3, 1, 2]))


def test_weekly_rhythm_is_warned_about():
    """周末少一半的来电，看得出每 7 点重复。"""
    calls = np.tile([100, 102, 98, 101, 99, 50, 48], 8) + np.arange(56) % 3

    assert "每 7 点重复一次" in str(xmr(calls))
    assert "每 7 点重复" not in str(xmr(np.random.default_rng(1).normal(100, 5, 56)))


def test_range_chart_out_of_control_is_told_first():
    table = RINGS[:25].copy()
    table[3, 0] += 0.08
    chart = xbar_r(table)

    assert not chart.companion.in_control
    assert not chart.in_control
    assert "极差图有信号（第 4 点），界限由它而来，先查它" in str(chart)


def test_rules_can_be_changed_afterwards():
    chart = xmr([*GOLDEN, 90], baseline=10)

    assert chart.with_rules("8").signals.empty
    assert chart.with_rules("1").signals["序号"].tolist() == [11]
    assert chart.companion.with_rules("western_electric").rules[0].label == "1"


def test_summary_lists_every_point_with_its_rules():
    table = xmr([*GOLDEN, 90], baseline=10).summary()

    assert table.columns.tolist() == ["数值", "中心线", "下限", "上限", "z", "规则", "基期"]
    assert table["规则"].tolist() == [""] * 10 + ["1"]
    assert table["基期"].tolist() == ["是"] * 10 + ["否"]


def test_signals_are_marked_with_the_rule_digit_on_the_chart():
    ax = xmr([*GOLDEN, 90], baseline=10).plot()

    assert ax.get_title() == "XmR 图：1 点有信号"
    assert {"1", "基期", "应用"} <= {text.get_text() for text in ax.texts}


def test_both_charts_share_one_figure():
    top, bottom = xbar_r(RINGS).plot_both()

    assert top.figure is bottom.figure
    assert bottom.get_title().startswith("极差图")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: xmr([5, 5, 5]), "基期没有波动（每个点都一样）"),
        (lambda: xmr([5, 5, 5, 6, 6, 6], median=True), "一半以上的相邻两点相等"),
        (lambda: xmr([1, None, 3]), "数值第 2 个是空值"),
        (lambda: xmr([]), "数值是空的"),
        (lambda: xmr([1, 2, 3], baseline=1), "基期是前 1 点，应在 2 与 3 之间"),
        (lambda: xmr([1, 2, 3], baseline=[True]), "baseline 应是整数、切片，或 3 个真假"),
        (lambda: xmr([1, 2, 3], baseline=[True, False, True]), "没有相邻的两点"),
        (lambda: xmr([1, 2, 3], baseline=slice("a", "b")), "行标签里没有 'a' 到 'b'"),
        (
            lambda: xmr([1, 2], baseline=2, limits=Limits("xmr", 1, 1)),
            "baseline 与 limits 只给一个",
        ),
        (lambda: xmr([1, 2], limits=Limits("c", 4)), "limits 是 c 图，这里要 XmR 图 的"),
        (lambda: xbar_r([[1, 2], [3, None]]), "数值第 4 个（1 第 2 个）是空值"),
        (lambda: xbar_r([[1], [2]]), "每期只有 1 个数请用 xmr"),
        (lambda: xbar_r([[1, 1], [2, 2]]), "每组里的数都一样"),
        (
            lambda: xbar_s(
                pd.DataFrame({"组": list("aab"), "分": [1, 2, 3]}), value="分", subgroup="组"
            ),
            "组 b 只有 1 个数",
        ),
        (
            lambda: xbar_s(pd.DataFrame({"组": ["a"], "分": [1]}), value="得分", subgroup="组"),
            "缺少列：得分",
        ),
        (lambda: xbar_s(pd.DataFrame({"组": ["a"]}), value="组"), "要同时给 value"),
        (lambda: p_chart([5], [0]), "总数第 1 个是 0，应大于 0"),
        (lambda: p_chart([11, 1], [10, 10]), "第 1 行（0）件数 11、总数 10"),
        (lambda: p_chart([-1, 2], [10, 10]), "件数第 1 个是 -1，应不小于 0"),
        (lambda: p_chart([0.5, 2], [10, 10]), "应是整数件"),
        (lambda: p_chart([0, 0], [10, 10]), "基期一件也没有"),
        (lambda: p_chart([10, 10], [10, 10]), "比例是 1"),
        (lambda: p_chart([1, 2], [10]), "件数有 2 个，总数有 1 个"),
        (
            lambda: p_chart(pd.Series([1, 2], ["甲", "乙"]), pd.Series([9, 9], ["甲", "丙"])),
            "第 2 行的件数是 乙，总数是 丙",
        ),
        (lambda: u_chart([1, 2], [1, 1], per=0), "per是 0，应大于 0"),
        (lambda: laney_p([5, 5, 5], 50), "各点的 z 完全一样"),
        (lambda: c_chart([4, 5]).plot_both(), "c 图没有配图"),
        (lambda: xmr([1, 2]).companion.extend([3]), "配图与给定界限的图不能接新数据"),
        (lambda: Limits("g", 1), "没有 'g' 这种控制图"),
        (lambda: Limits("xmr", 1), "界限的 sigma 是 None"),
        (lambda: Limits("p", 1.2), "平均比例是 1.2"),
        (lambda: Limits("laney_u", 1, sigma_z=0), "sigma_z 是 0，应大于 0"),
        (lambda: Limits("c", 0), "平均件数是 0"),
    ],
)
def test_bad_input_names_the_row_and_the_remedy(make, message):
    with pytest.raises(ValueError, match=message.replace("(", r"\(").replace(")", r"\)")):
        make()
