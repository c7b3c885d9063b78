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


def test_polar_axes_stay_polar(over):
    def draw(ax):
        ax.plot([0, 1, 2], [1, 2, 3])
        ax.bar([0, 1], [1, 2])
        ax.set_theta_zero_location("N")
        ax.set_theta_direction(-1)
        ax.set_rmax(5)

    there, here = over(draw, projection="polar")

    assert here.name == "polar"
    assert here.lines[0].get_xydata().tolist() == [[0, 1], [1, 2], [2, 3]]
    assert (here.get_theta_offset(), here.get_theta_direction()) == (
        there.get_theta_offset(),
        -1,
    )
    assert here.get_rmax() == 5


def test_frame_grid_and_turned_labels_go_over(over):
    def draw(ax):
        ax.grid(True, axis="y")
        ax.tick_params(axis="x", rotation=45)
        ax.set_axis_off()
        ax.set_facecolor("red")
        ax.invert_yaxis()

    there, here = over(draw)

    assert [axis.get_tick_params()["gridOn"] for axis in (here.xaxis, here.yaxis)] == [False, True]
    assert here.get_xticklabels()[0].get_rotation() == 45
    assert not here.axison
    assert here.get_facecolor() == there.get_facecolor()
    assert here.yaxis_inverted()


def test_a_colour_bar_and_twins_are_axes_too(over):
    def draw(ax):
        image = ax.imshow([[1, 2], [3, 4]])
        ax.figure.colorbar(image, label="色")
        ax.twinx().plot([1, 2])
        ax.figure.supxlabel("共")

    there, here = over(draw)

    assert len(here.figure.axes) == len(there.figure.axes) == 3
    assert here.figure.axes[1].get_ylabel() == "色"
    assert here.figure.get_supxlabel() == "共"


def test_axes_of_a_learners_class_are_axes(over):
    import matplotlib.axes

    figure = plt.figure()
    own = type("Own", (matplotlib.axes.Axes,), {})(figure, (0, 0, 1, 1))
    figure.add_axes(own)
    own.set_title("题")

    assert type(rebuild(*describe(own))) is matplotlib.axes.Axes
    assert rebuild(*describe(own)).get_title() == "题"
