"""Lines, patches, images and texts that went over answer as those that were drawn."""

import matplotlib.patches as shapes
import numpy as np
import pytest
from matplotlib.container import BarContainer

PATCHES = {
    "bars": lambda ax: ax.bar(
        ["甲", "乙"], [3, 4], label="数", color="red", edgecolor="blue", hatch="/"
    ),
    "barh": lambda ax: ax.barh([1, 2], [3, 4]),
    "hist": lambda ax: ax.hist([1, 1, 2], bins=3),
    "step hist": lambda ax: ax.hist([1, 1, 2], bins=3, histtype="step", label="阶"),
    "filled step hist": lambda ax: ax.hist([1, 1, 2], bins=3, histtype="stepfilled"),
    "pie": lambda ax: ax.pie([1, 2, 3], labels=["a", "b", "c"]),
    "ring": lambda ax: ax.pie([1, 2], wedgeprops={"width": 0.3}),
    "axvspan": lambda ax: ax.axvspan(1, 2, alpha=0.3),
    "fill": lambda ax: ax.fill([0, 1, 1], [0, 0, 1]),
    "stairs": lambda ax: ax.stairs([1, 2, 3]),
    "boxes": lambda ax: ax.boxplot([[1, 2, 3, 9]], patch_artist=True),
    "circle": lambda ax: ax.add_patch(shapes.Circle((1, 2), 3)),
    "ellipse": lambda ax: ax.add_patch(shapes.Ellipse((1, 2), 3, 4, angle=30)),
    "turned box": lambda ax: ax.add_patch(shapes.Rectangle((1, 2), 3, 4, angle=45)),
    "arrow": lambda ax: ax.arrow(0, 0, 1, 1),
    "fancy arrow": lambda ax: ax.add_patch(shapes.FancyArrowPatch((0, 0), (1, 1))),
}
# a patch of these kinds keeps its outline, not its class
OUTLINES = {"stairs", "fancy arrow", "arrow"}


def outline(patch):
    path = patch.get_patch_transform().transform_path(patch.get_path())
    return path.vertices.round(9).tolist()


@pytest.mark.parametrize("kind", PATCHES)
def test_each_kind_of_patch_keeps_its_outline_and_looks(over, kind):
    there, here = over(PATCHES[kind])

    assert len(here.patches) == len(there.patches) > 0
    for one, other in zip(there.patches, here.patches, strict=True):
        if kind not in OUTLINES:
            assert type(other) is type(one)
        if kind != "fancy arrow":
            assert outline(other) == outline(one)
        assert other.get_label() == one.get_label()
        assert other.get_facecolor() == one.get_facecolor()
        assert other.get_edgecolor() == one.get_edgecolor()
        assert other.get_hatch() == one.get_hatch()
        assert other.get_fill() == one.get_fill()


def test_bars_stay_together(over):
    _, here = over(PATCHES["bars"])

    (bars,) = here.containers
    assert isinstance(bars, BarContainer)
    assert bars.get_label() == "数"
    assert [bar.get_height() for bar in bars] == [3, 4]


def test_lines_keep_their_points_and_looks(over):
    def draw(ax):
        ax.plot([1, 2], [3, 4], "r--o", linewidth=3, markersize=9, alpha=0.5, label="线")
        ax.step([1, 2, 3], [1, 2, 3], where="mid")

    _, here = over(draw)

    line, step = here.lines
    assert line.get_xydata().tolist() == [[1, 3], [2, 4]]
    assert (line.get_linestyle(), line.get_marker(), line.get_markersize()) == ("--", "o", 9)
    assert (line.get_linewidth(), line.get_alpha(), line.get_label()) == (3, 0.5, "线")
    assert step.get_drawstyle() == "steps-mid"


@pytest.mark.parametrize("origin", ["upper", "lower"])
def test_images_keep_their_numbers(over, origin):
    shown = np.arange(6.0).reshape(2, 3)

    def draw(ax):
        ax.imshow(
            shown, origin=origin, extent=(0, 3, 0, 2), cmap="gray", vmin=1, interpolation="bilinear"
        )

    there, here = over(draw)

    (image,) = here.images
    np.testing.assert_array_equal(image.get_array(), shown)
    assert list(image.get_extent()) == [0, 3, 0, 2]
    assert (image.origin, image.get_interpolation(), image.get_clim()) == (
        origin,
        "bilinear",
        (1, 5),
    )
    assert here.get_ylim() == there.get_ylim()
    assert here.get_aspect() == there.get_aspect() == 1


def test_pictures_in_colour_go_over(over):
    picture = np.zeros((2, 2, 3), np.uint8)

    np.testing.assert_array_equal(
        over(lambda ax: ax.imshow(picture))[1].images[0].get_array(), picture
    )


def test_texts_keep_place_and_turn_and_notes_their_target(over):
    def draw(ax):
        ax.text(0.2, 0.3, "字", rotation=30)
        ax.annotate("注", (1, 2), (3, 4), arrowprops={"arrowstyle": "->"})

    _, here = over(draw)

    text, note = here.texts
    assert (text.get_text(), text.get_position(), text.get_rotation()) == ("字", (0.2, 0.3), 30)
    assert (note.get_text(), note.xy, note.get_position()) == ("注", (1, 2), (3, 4))
