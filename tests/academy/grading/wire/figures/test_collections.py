"""Points, areas, grids and contours that went over answer as those that were drawn."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.contour import ContourSet

X, Y = np.meshgrid(np.arange(4.0), np.arange(3.0))
Z = X * Y
KINDS = {
    "scatter": (lambda ax: ax.scatter([1, 2], [3, 4], s=[5, 6], c=[7.0, 8.0]), PathCollection),
    "fill_between": (lambda ax: ax.fill_between([1, 2, 3], [4, 5, 6], 1), PolyCollection),
    "fill_betweenx": (lambda ax: ax.fill_betweenx([1, 2, 3], [4, 5, 6]), PolyCollection),
    "stackplot": (
        lambda ax: ax.stackplot([1, 2], [1, 2], [3, 4], labels=["甲", "乙"]),
        PolyCollection,
    ),
    "violinplot": (lambda ax: ax.violinplot([[1, 2, 3], [2, 3, 9]]), PolyCollection),
    "hexbin": (lambda ax: ax.hexbin([1, 2, 3, 3], [1, 2, 3, 3], gridsize=4), PolyCollection),
    "pcolor": (lambda ax: ax.pcolor(X, Y, Z[:-1, :-1]), PolyCollection),
    "pcolormesh": (lambda ax: ax.pcolormesh(X, Y, Z, shading="gouraud"), QuadMesh),
    "pcolormesh flat": (
        lambda ax: ax.pcolormesh(X, Y, Z[:-1, :-1], cmap="magma", vmax=3),
        QuadMesh,
    ),
    "contour": (lambda ax: ax.contour(X, Y, Z, levels=[1, 2, 3]), ContourSet),
    "contourf": (lambda ax: ax.contourf(X, Y, Z, levels=4, cmap="viridis"), ContourSet),
    "tricontourf": (
        lambda ax: ax.tricontourf([0, 1, 0, 1], [0, 0, 1, 1], [1, 2, 3, 4]),
        ContourSet,
    ),
    "vlines": (lambda ax: ax.vlines([1, 2], 0, [3, 4]), LineCollection),
    "eventplot": (lambda ax: ax.eventplot([1, 2, 5]), LineCollection),
    "errorbar": (lambda ax: ax.errorbar([1, 2], [3, 4], yerr=1), LineCollection),
}


def pieces(collection):
    return [path.vertices.round(9).tolist() for path in collection.get_paths()]


@pytest.mark.parametrize(("draw", "kind"), KINDS.values(), ids=KINDS)
def test_each_kind_keeps_its_data(over, draw, kind):
    there, here = over(draw)

    assert len(here.collections) == len(there.collections) > 0
    assert any(isinstance(one, kind) for one in here.collections)
    for one, other in zip(there.collections, here.collections, strict=True):
        assert pieces(other) == pieces(one)
        assert other.get_label() == one.get_label()
        np.testing.assert_allclose(other.get_offsets(), one.get_offsets())
        np.testing.assert_allclose(other.get_facecolor(), one.get_facecolor(), atol=1e-6)
        np.testing.assert_allclose(other.get_linewidth(), one.get_linewidth())
        assert (other.get_array() is None) == (one.get_array() is None)
        if one.get_array() is not None:
            np.testing.assert_allclose(other.get_array(), one.get_array())
            assert other.get_clim() == one.get_clim()
            assert other.get_cmap().name == one.get_cmap().name
    assert here.get_xlim() == there.get_xlim()
    assert here.get_ylim() == there.get_ylim()


def test_contours_keep_their_levels(over):
    _, here = over(lambda ax: ax.contour(X, Y, Z, levels=[1, 2, 3]))

    assert here.collections[0].levels.tolist() == [1, 2, 3]
    assert not here.collections[0].filled
    assert over(lambda ax: ax.contourf(X, Y, Z))[1].collections[0].filled


def test_a_mesh_keeps_its_corners(over):
    _, here = over(lambda ax: ax.pcolormesh(X, Y, Z[:-1, :-1]))

    np.testing.assert_array_equal(here.collections[0].get_coordinates(), np.dstack([X, Y]))
    assert here.collections[0].get_array().shape == (2, 3)


def test_sizes_of_points_go_over(over):
    assert over(lambda ax: ax.scatter([1], [2], s=[50]))[1].collections[0].get_sizes() == [50]
