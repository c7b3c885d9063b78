"""Charts with a third dimension keep it."""

import numpy as np
import pytest

X, Y = np.meshgrid(np.arange(3.0), np.arange(4.0))
Z = X + Y


def test_lines_and_points_keep_three_coordinates(over):
    def draw(ax):
        ax.plot([1, 2], [3, 4], [5, 6], "r--", label="线")
        ax.scatter([1, 2], [3, 4], [7, 8], label="点")
        ax.text(1, 2, 3, "字")
        ax.set(zlabel="高", zlim=(0, 9), title="题")
        ax.view_init(10, 20)

    _, here = over(draw, projection="3d")

    assert here.name == "3d"
    assert [part.tolist() for part in map(np.asarray, here.lines[0].get_data_3d())] == [
        [1, 2],
        [3, 4],
        [5, 6],
    ]
    assert (here.lines[0].get_linestyle(), here.lines[0].get_label()) == ("--", "线")
    (points,) = here.collections
    assert [np.asarray(part).tolist() for part in points._offsets3d] == [[1, 2], [3, 4], [7, 8]]
    assert points.get_label() == "点"
    assert (here.get_zlabel(), here.get_zlim(), here.get_title()) == ("高", (0, 9), "题")
    assert (here.elev, here.azim) == (10, 20)
    assert here.texts[0].get_position_3d() == (1, 2, 3)


SOLIDS = {
    "surface": lambda ax: ax.plot_surface(X, Y, Z, cmap="viridis"),
    "triangles": lambda ax: ax.plot_trisurf([0, 1, 0], [0, 0, 1], [1, 2, 3]),
    "wires": lambda ax: ax.plot_wireframe(X, Y, Z),
    "bars": lambda ax: ax.bar3d([0, 1], [0, 1], 0, 1, 1, [2, 3]),
}


@pytest.mark.parametrize("kind", SOLIDS)
def test_surfaces_keep_their_corners(over, kind):
    there, here = over(SOLIDS[kind], projection="3d")

    one, other = there.collections[0], here.collections[0]
    assert type(other) is type(one)
    held = "_segments3d" if kind == "wires" else "_faces"
    for face, drawn in zip(getattr(one, held), getattr(other, held), strict=True):
        np.testing.assert_allclose(np.asarray(drawn), np.asarray(face))
    assert here.get_zlim() == there.get_zlim()
