"""ccomlib.charts：画图的零件把数放在该放的地方。"""

import numpy as np
import pytest

from ccomlib.charts import (
    correlation_axis,
    finding,
    interval_chart,
    label_bars,
    label_points,
    legend_outside,
    percent_axis,
    share_bars,
    slot_axis,
)
from ccomlib.pictures import describe
from ccomlib.style import new_axes


def test_intervals_are_drawn_from_low_to_high_with_the_first_group_on_top():
    ax = interval_chart(
        None, ["甲", "乙"], [0.8, 0.6], [0.7, 0.5], [0.9, 0.7], title="比例", xlabel="比例"
    )

    spans = [line.get_xdata().tolist() for line in ax.lines if len(line.get_xdata()) == 2]
    assert spans == [[0.7, 0.9], [0.5, 0.7]]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_the_reference_line_stands_at_its_value_and_is_named():
    ax = interval_chart(
        None, ["甲"], [0.8], [0.7], [0.9], title="比例", xlabel="比例", reference=(0.75, "目标")
    )

    assert ax.lines[-1].get_xdata()[0] == 0.75
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["目标"]


def test_an_axis_given_is_the_axis_returned():
    ax = new_axes()

    assert interval_chart(ax, ["甲"], [1], [0], [2], title="t", xlabel="x") is ax
    assert share_bars(ax, ["甲"], [1], [1], ("一", "二"), ["n"], title="t") is ax


def test_shares_are_bars_side_by_side():
    ax = share_bars(None, ["甲"], [0.6], [0.5], ("总体", "样本"), ["5 份"], title="分配")

    assert [bar.get_width() for bar in ax.patches] == [0.6, 0.5]


@pytest.mark.parametrize(("count", "rotation"), [(7, 0), (8, 35)])
def test_many_long_names_are_slanted(count, rotation):
    """七根以内折行，八根起斜着写。"""
    ax = new_axes()
    label_bars(ax, ["没有按约上门"] * count)

    assert ax.get_xticklabels()[0].get_rotation() == rotation


def test_a_long_slanted_name_is_cut_with_a_mark():
    ax = new_axes()
    label_bars(ax, ["一二三四五六七八九十甲乙", "一二三四五六七八九十甲乙丙"] * 4)

    assert [text.get_text() for text in ax.get_xticklabels()[:2]] == [
        "一二三四五六七八九十甲乙",
        "一二三四五六七八九十甲…",
    ]


def test_the_legend_stands_outside_on_the_right():
    ax = new_axes()
    ax.plot([0, 1], label="线")
    legend_outside(ax)
    ax.figure.draw_without_rendering()

    frame = ax.get_legend().get_window_extent()
    assert frame.x0 >= ax.get_window_extent().x1


def test_a_share_axis_reads_in_percent():
    ax = new_axes()
    percent_axis(ax.yaxis)

    assert ax.yaxis.get_major_formatter()(0.5) == "50%"


def test_the_range_without_significance_is_named():
    ax = new_axes()
    correlation_axis(ax, "相关系数 r", 0.361)

    assert ax.get_xlim() == (-1.02, 1.02)
    assert ax.patches[0].get_label() == "不显著（|r| < 0.361）"


def test_labels_of_crowded_points_do_not_overlap():
    """二十个挤在一起的点：各标签的框两两不交。"""
    rng = np.random.default_rng(7)
    ax = new_axes(figsize=(8, 6))
    x, y = rng.uniform(0.3, 0.7, (2, 20))
    ax.set(xlim=(0, 1), ylim=(0, 1))
    label_points(ax, x, y, [f"A{i:02d}" for i in range(20)])
    ax.figure.draw_without_rendering()

    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    overlaps = [(i, j) for i in range(20) for j in range(i) if boxes[i].overlaps(boxes[j])]
    assert overlaps == []


def test_no_points_need_no_labels():
    ax = new_axes()
    label_points(ax, [], [], [])

    assert not ax.texts


@pytest.mark.parametrize(("count", "every"), [(10, 1), (11, 2), (48, 5)])
def test_slots_are_written_upright_and_never_more_than_ten(count, every):
    ax = new_axes()
    slot_axis(ax, [f"{n // 2:02d}:{30 * (n % 2):02d}" for n in range(count)])

    ticks = ax.get_xticklabels()
    assert len(ticks) == -(-count // every) <= 10
    assert [text.get_text() for text in ticks[:2]][1] == f"{every // 2:02d}:{30 * (every % 2):02d}"
    assert {text.get_rotation() for text in ticks} == {0}


def test_a_slot_that_is_not_written_has_its_name_in_the_alt_text():
    ax = new_axes()
    ax.plot(range(24), [9 if n == 7 else 1 for n in range(24)], label="来电")
    slot_axis(ax, [f"{hour:02d}:00" for hour in range(24)])

    assert "最高 9（07:00）" in describe(ax.figure)


def test_the_title_says_the_finding_and_below_it_what_is_drawn():
    ax = new_axes()
    finding(ax, "最缺人的是 08:30，少 8 人", "需求与在岗")
    assert ax.get_title() == "最缺人的是 08:30，少 8 人\n（需求与在岗）"

    finding(ax, "长" * 40)
    assert ax.get_title().splitlines() == ["长" * 20] * 2
