"""ccomlib.root_cause：贡献与分解恰好相加，下钻找得到埋下的源头，图画得下长标签。"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib import centre, root_cause

COUNTS = {"收费不符": 50, "未按约上门": 30, "服务态度": 12, "其他": 8}
GROUPS = st.sampled_from(["咨询", "报修", "订单", "投诉"])
ROWS = st.lists(st.tuples(GROUPS, st.integers(0, 50), st.integers(1, 100)), min_size=1, max_size=12)


def cases(rows):
    """[(原因, 渠道, 节点, 件数)] 展开成一件一行。"""
    return pd.DataFrame(
        [row[:3] for row in rows for _ in range(row[3])], columns=["原因", "渠道", "节点"]
    )


@pytest.fixture
def planted():
    """后一段多出 60 件，其中 50 件是 收费 → 门店 → 收银。"""
    usual = [
        ("收费", "门店", "收银", 10),
        ("收费", "电话", "上门", 10),
        ("态度", "电话", "上门", 20),
    ]
    extra = [("收费", "门店", "收银", 50), ("收费", "电话", "上门", 4), ("态度", "电话", "上门", 6)]
    return cases(usual), cases(usual + extra)


def frame(rows):
    return pd.DataFrame(rows, columns=["组", "件", "量"])


def test_pareto_by_hand():
    """50、30、12、8：累计 50%、80%、92%、100%；恰到 80% 的两类是关键。"""
    result = root_cause.pareto(COUNTS)

    assert result.vital == ("收费不符", "未按约上门")
    assert result.table["累计"].tolist() == pytest.approx([0.5, 0.8, 0.92, 1.0])
    assert result.concentrated


def test_labels_and_counts_give_the_same():
    labels = [name for name, count in COUNTS.items() for _ in range(count)]

    by_label, by_count = root_cause.pareto(pd.Series(labels)), root_cause.pareto(pd.Series(COUNTS))

    assert by_label.table.equals(by_count.table)


def test_even_categories_are_not_called_concentrated():
    result = root_cause.pareto(dict.fromkeys("甲乙丙丁戊", 20))

    assert not result.concentrated
    assert "没有少数占大头" in str(result)


@given(
    st.dictionaries(
        st.text("甲乙丙丁戊己", min_size=1, max_size=3), st.integers(0, 100), min_size=1
    ),
    st.floats(0.05, 0.95),
)
def test_the_vital_few_are_the_fewest_that_reach_the_threshold(counts, threshold):
    if not sum(counts.values()):
        return
    result = root_cause.pareto(counts, threshold=threshold)
    total, k = sum(counts.values()), len(result.vital)
    largest = sorted(counts.values(), reverse=True)

    assert result.table["占比"].sum() == pytest.approx(1)
    assert sum(largest[:k]) / total >= threshold - 1e-9
    assert sum(largest[: k - 1]) / total < threshold


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "data是空的"),
        (["收费", None], "data第 2 个是空值"),
        ({"收费": -1}, "data的 收费 是 -1，不是不为负的整数"),
        ({"收费": 0}, "件数合计是 0"),
        (pd.Series([1, 2]), "没有类别作标签"),
        ("收费", "data应是一列类别"),
    ],
)
def test_pareto_refuses(data, message):
    with pytest.raises(ValueError, match=message):
        root_cause.pareto(data)


def test_threshold_is_a_share():
    with pytest.raises(ValueError, match="threshold 是 80，应大于 0 且小于 1"):
        root_cause.pareto(COUNTS, threshold=80)


def test_contribution_by_hand():
    """收费 +30、态度 +10，净增 40：贡献 75%、25%；z = 30/√70。"""
    result = root_cause.contribution({"收费": 20, "态度": 30}, {"收费": 50, "态度": 40})

    assert result.table["贡献"].tolist() == [0.75, 0.25]
    assert result.table["z"].iloc[0] == pytest.approx(30 / np.sqrt(70))
    assert result.change == 40


def test_different_lengths_are_scaled_first():
    """前 10 天 100 件、后 5 天 60 件：每天 10 → 12。"""
    result = root_cause.contribution({"收费": 100}, {"收费": 60}, exposure=(10, 5))

    assert (result.before, result.after) == (10, 12)
    assert "偶然波动" in str(result)


def test_cancelling_changes_are_warned_of():
    result = root_cause.contribution({"甲": 50, "乙": 50}, {"甲": 90, "乙": 20})

    assert result.cancelling == 7
    assert "互相抵消（7.0 倍）" in str(result)


@given(
    st.dictionaries(GROUPS, st.integers(0, 90), min_size=1),
    st.dictionaries(GROUPS, st.integers(0, 90), min_size=1),
)
def test_contributions_add_up_to_one(before, after):
    if sum(before.values()) == sum(after.values()):
        with pytest.raises(ValueError, match="净变化为 0"):
            root_cause.contribution(before, after)
        return
    result = root_cause.contribution(before, after)

    assert result.table["贡献"].sum() == pytest.approx(1)
    assert result.table["变化"].sum() == pytest.approx(result.change)


@pytest.mark.parametrize("exposure", [(0, 1), (1, -2), (1, 2, 3)])
def test_exposure_must_be_two_positive_numbers(exposure):
    with pytest.raises(ValueError, match="exposure"):
        root_cause.contribution({"甲": 1}, {"甲": 2}, exposure=exposure)


def test_rate_mix_by_hand():
    """各组的率不变（.1、.2），投诉的比重从 .2 升到 .4：Δ = .12 → .14，全是结构。"""
    before = frame([("咨询", 80, 800), ("投诉", 40, 200)])
    after = frame([("咨询", 60, 600), ("投诉", 80, 400)])
    result = root_cause.rate_mix(before, after, group="组", count="件", total="量")
    row = result.table.set_index("组")

    assert (result.before, result.after) == pytest.approx((0.12, 0.14))
    assert result.rate_effect == pytest.approx(0)
    assert result.mix_effect == pytest.approx(0.02)
    assert row.loc["投诉", "结构效应"] == pytest.approx(0.2 * 0.2)
    assert row.loc["投诉", "结构贡献"] == pytest.approx((0.2 - 0.13) * 0.2)


def test_simpson_is_named():
    """两组的率都降了（.1→.09、.2→.195），总率却从 .12 升到 .132。"""
    before = frame([("咨询", 80, 800), ("投诉", 40, 200)])
    after = frame([("咨询", 54, 600), ("投诉", 78, 400)])
    result = root_cause.rate_mix(before, after, group="组", count="件", total="量")

    assert result.simpson
    assert "全是比重变了" in str(result)


@given(ROWS, ROWS)
def test_rate_and_mix_add_up_exactly(before, after):
    """Δ = Σ w̄·Δr + Σ r̄·Δw；对平均的结构贡献合计相同。"""
    result = root_cause.rate_mix(frame(before), frame(after), group="组", count="件", total="量")
    table = result.table

    assert result.rate_effect + result.mix_effect == pytest.approx(result.change, abs=1e-12)
    assert table["合计"].sum() == pytest.approx(result.change, abs=1e-12)
    assert table["结构贡献"].sum() == pytest.approx(result.mix_effect, abs=1e-12)
    assert result.before == pytest.approx(sum(r[1] for r in before) / sum(r[2] for r in before))


@given(ROWS, ROWS)
def test_swapping_the_periods_flips_both_effects(before, after):
    options = {"group": "组", "count": "件", "total": "量"}
    forward = root_cause.rate_mix(frame(before), frame(after), **options)
    back = root_cause.rate_mix(frame(after), frame(before), **options)

    assert back.rate_effect == pytest.approx(-forward.rate_effect, abs=1e-12)
    assert back.mix_effect == pytest.approx(-forward.mix_effect, abs=1e-12)


def test_a_new_group_is_all_mix():
    """丙只在后一段出现：率没有变过，全算结构。"""
    before, after = frame([("甲", 10, 100)]), frame([("甲", 10, 100), ("丙", 50, 100)])
    row = root_cause.rate_mix(before, after, group="组", count="件", total="量").table

    assert row.set_index("组").loc["丙", "率的效应"] == 0


def test_means_of_scores_need_no_total():
    before = pd.DataFrame({"队列": ["咨询", "咨询", "投诉"], "满意度": [5, 4, 2]})
    after = pd.DataFrame({"队列": ["咨询", "投诉", "投诉"], "满意度": [5, 2, 1]})
    result = root_cause.rate_mix(before, after, group="队列", count="满意度")

    assert (result.before, result.after) == pytest.approx((11 / 3, 8 / 3))


@pytest.mark.parametrize(
    ("after", "message"),
    [
        (frame([("甲", 5, 0)]), "after里 甲 的分母是 0，分子却是 5"),
        (frame([("甲", 0, 0)]), "after的分母合计是 0"),
        (frame([("甲", 5, -1)]), "after的量第 1 个是 -1"),
        (frame([]), "after没有行"),
        (pd.DataFrame({"组": ["甲"]}), "after缺少列：件、量"),
    ],
)
def test_rate_mix_refuses(after, message):
    with pytest.raises(ValueError, match=message):
        root_cause.rate_mix(frame([("甲", 1, 10)]), after, group="组", count="件", total="量")


def test_drill_down_walks_to_the_planted_source(planted):
    """收费占 54/60，门店占 50/54，收银 50/50；源头占总变化 50/60。"""
    result = root_cause.drill_down(*planted, ["原因", "渠道", "节点"])

    assert result.path == (("原因", "收费"), ("渠道", "门店"), ("节点", "收银"))
    assert result.steps["占本层"].tolist() == pytest.approx([54 / 60, 50 / 54, 1])
    assert result.share_of_total == pytest.approx(50 / 60)
    assert result.source == "收银"


def test_drill_down_stops_where_the_change_spreads():
    before = cases([("收费", f"渠道{i}", "上门", 5) for i in range(4)])
    after = cases([("收费", f"渠道{i}", "上门", 25) for i in range(4)])
    result = root_cause.drill_down(before, after, ["原因", "渠道", "节点"])

    assert result.path == (("原因", "收费"),)
    assert result.steps["判断"].tolist() == ["集中", "不再集中"]
    assert "停在这里" in str(result)


def test_drill_down_does_not_chase_noise():
    before = cases([("收费", "电话", "上门", 50), ("态度", "电话", "上门", 50)])
    after = cases([("收费", "电话", "上门", 56), ("态度", "电话", "上门", 50)])
    result = root_cause.drill_down(before, after, ["原因"])

    assert result.path == ()
    assert "变化在偶然波动之内" in str(result)


def test_drill_down_follows_a_decrease_too(planted):
    before, after = planted
    result = root_cause.drill_down(after, before, ["原因", "渠道", "节点"])

    assert result.change == -60
    assert result.source == "收银"
    assert "减少" in str(result)


def test_counts_and_rows_drill_alike(planted):
    before, after = planted
    levels = ["原因", "渠道", "节点"]
    counted = [data.groupby(levels).size().rename("件数").reset_index() for data in planted]

    by_row = root_cause.drill_down(before, after, levels)
    by_count = root_cause.drill_down(*counted, levels, count="件数")

    assert by_row.steps.equals(by_count.steps)


def test_siblings_of_a_level_add_up_to_the_parent(planted):
    result = root_cause.drill_down(*planted, ["原因", "渠道", "节点"])

    for table in result.branches.values():
        assert table["占本层"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("levels", "change", "message"),
    [
        ([], {}, "levels 是空的"),
        (["原因", "原因"], {}, "levels 里有重复的列"),
        (["产品"], {}, "before缺少列：产品"),
        (["原因"], {"concentrate": 50}, "concentrate 是 50，应大于 0 且小于 1"),
    ],
)
def test_drill_down_refuses(planted, levels, change, message):
    with pytest.raises(ValueError, match=message):
        root_cause.drill_down(*planted, levels, **change)


def test_nothing_changed_is_nothing_to_drill(planted):
    with pytest.raises(ValueError, match="没有变化可追"):
        root_cause.drill_down(planted[0], planted[0], ["原因"])


def test_fishbone_lists_every_cause():
    chart = root_cause.fishbone(
        "收费投诉翻倍",
        {"人": ["新人不懂价目"], "系统": ["价目没有锁定", "没有拦截"]},
        confirmed=["没有拦截"],
    )

    assert chart.count == 3
    assert chart.summary()["已证实"].tolist() == [False, False, True]
    assert "已用数据证实 1 个" in str(chart)


@pytest.mark.parametrize(
    ("causes", "confirmed", "message"),
    [
        ({}, [], "causes 应是 大类"),
        ({"人": []}, [], "causes 的 人 应是原因的列表"),
        ({"人": "新人"}, [], "causes 的 人 应是原因的列表"),
        ({"人": ["新人"], "法": ["新人"]}, [], "原因 新人 出现不止一次"),
        ({"人": ["新人"]}, ["老人"], "confirmed 里的 老人 不在原因里"),
        ({f"类{i}": [f"因{i}"] for i in range(11)}, [], "causes 有 11 类，多于 10 类"),
    ],
)
def test_fishbone_refuses(causes, confirmed, message):
    with pytest.raises(ValueError, match=message):
        root_cause.fishbone("投诉多", causes, confirmed=confirmed)


@settings(max_examples=15)
@given(st.lists(st.lists(st.integers(2, 40), min_size=1, max_size=6), min_size=1, max_size=8))
def test_fishbone_texts_never_overlap(bones):
    """长短不一的原因，任两段字都不相叠。"""
    causes = {
        f"大类{i}": [f"{i}{j}" + "长" * size for j, size in enumerate(sizes)]
        for i, sizes in enumerate(bones)
    }
    ax = root_cause.fishbone("四月收费类投诉翻倍", causes).plot()
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent().padded(-1) for text in ax.texts if text.get_text()]
    overlapping = [
        (i, j) for i in range(len(boxes)) for j in range(i) if boxes[i].overlaps(boxes[j])
    ]
    plt.close(ax.figure)

    assert overlapping == []


def test_five_whys_point_out_what_is_wrong():
    shallow = root_cause.five_why("投诉翻倍", ["多收了费", "师傅责任心不强"])
    good = root_cause.five_why(
        "投诉翻倍", {"多收了费": "24 张单", "价目没更新": "日志", "发布没有核对": "流程第 7 版"}
    )

    assert [text[:4] for text in shallow.problems] == ["只问了 ", "「师傅责", "每一步都"]
    assert good.problems == ()
    assert good.root == "发布没有核对"
    assert good.summary()["为什么"].tolist()[1] == "为什么多收了费？"


def test_a_missing_proof_is_named():
    result = root_cause.five_why(
        "投诉翻倍", {"多收了费": "24 张单", "价目没更新": "", "没有核对": "文件"}
    )

    assert result.problems == ("「价目没更新」等 1 步没有证据",)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([], "answers 是空的"),
        ("价目", "answers 应是一列回答"),
        (["价目", "投诉翻倍"], "「投诉翻倍」出现不止一次，绕圈了"),
        ([f"因{i}" for i in range(11)], "answers 有 11 个，多于 10 个"),
        (["价目", " "], "answers第 2 个是空值"),
    ],
)
def test_five_whys_refuse(answers, message):
    with pytest.raises(ValueError, match=message):
        root_cause.five_why("投诉翻倍", answers)


@pytest.mark.parametrize("seed", [1, 2025])
def test_the_centres_planted_root_is_found(seed):
    """投诉变多的 35 天与此前 35 天：原因 → 渠道 → 节点 → 网点 → 人，正是埋下的那个根源。"""
    hub = centre.open_centre(seed)
    cases, root = hub.table("complaints"), hub.truth.complaints.root
    opened, length = cases["受理时间"], root.end - root.start
    before = cases[(opened >= root.start - length) & (opened < root.start)]
    after = cases[(opened >= root.start) & (opened < root.end)]

    path = root_cause.drill_down(before, after).path

    assert [value for _, value in path] == [
        root.reason,
        root.channel,
        root.node,
        root.station,
        root.person,
    ]


def test_every_result_reads_as_sentence_table_and_chart(planted):
    long = {f"名字相当长的投诉原因第 {i} 类": 40 - i for i in range(20)}
    results = [
        root_cause.pareto(long),
        root_cause.contribution(COUNTS, {**COUNTS, "收费不符": 90}),
        root_cause.rate_mix(
            frame([("甲", 1, 10), ("乙", 5, 10)]),
            frame([("甲", 2, 10), ("乙", 5, 30)]),
            group="组",
            count="件",
            total="量",
        ),
        root_cause.drill_down(*planted, ["原因", "渠道", "节点"]),
        root_cause.fishbone("投诉多", {"人": ["新人"]}),
        root_cause.five_why("投诉多", ["新人多", "没有带教"]),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty
        assert str(result).endswith("。")
        assert "<table" in result._repr_html_()
