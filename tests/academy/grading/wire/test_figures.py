"""A chart that went over as a description answers the usual questions of a test."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from academy.grading.wire.figures import describe, rebuild, redraw


@pytest.fixture
def drawn():
    figure, (left, right) = plt.subplots(1, 2, figsize=(6, 3))
    left.plot([1, 2, 3], [4, 5, 6], "r--o", label="实际")
    left.axhline(5)
    left.set(title="标题", xlabel="日", ylabel="通", xlim=(0, 4))
    left.legend(title="图例")
    right.bar(["甲", "乙"], [3, 4])
    right.scatter([0, 1], [1, 2])
    right.set_yscale("log")
    figure.suptitle("总")
    return figure


def test_figure_is_drawn_again(drawn):
    figure = rebuild(*describe(drawn))

    left, right = figure.axes
    assert figure.get_suptitle() == "总"
    assert (left.get_title(), left.get_xlabel(), left.get_ylabel()) == ("标题", "日", "通")
    assert left.get_xlim() == (0, 4)
    np.testing.assert_array_equal(left.lines[0].get_xydata(), [[1, 4], [2, 5], [3, 6]])
    assert (left.lines[0].get_linestyle(), left.lines[0].get_marker()) == ("--", "o")
    assert [t.get_text() for t in left.get_legend().get_texts()] == ["实际"]
    assert [p.get_height() for p in right.patches] == [3, 4]
    assert [t.get_text() for t in right.get_xticklabels()] == ["甲", "乙"]
    assert right.collections[0].get_offsets().tolist() == [[0, 1], [1, 2]]
    assert right.get_yscale() == "log"


def test_axes_keep_their_figure(drawn):
    ax = rebuild(*describe(drawn.axes[1]))

    assert ax is ax.figure.axes[1]
    assert len(ax.patches) == 2


def test_redrawing_changes_the_same_axes(drawn):
    _, ax = plt.subplots()

    redraw(ax, drawn.axes[0])

    assert ax.get_title() == "标题"


def test_other_values_are_no_charts():
    assert describe(3) is None
    assert rebuild("unknown", ()) is None
