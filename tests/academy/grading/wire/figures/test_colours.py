"""Maps of colours and norms go over; what is hidden on a chart is equal to nothing there."""

import numpy as np
import pytest
from matplotlib import colors

SHOWN = np.array([[1.0, 2.0], [3.0, 4.0]])
NORMS = {
    "linear": colors.Normalize(0, 9),
    "log": colors.LogNorm(1, 9),
    "two slopes": colors.TwoSlopeNorm(2, 0, 9),
    "power": colors.PowerNorm(0.5, 0, 9),
    "boundary": colors.BoundaryNorm([0, 2, 9], 256),
}


@pytest.mark.parametrize("norm", NORMS.values(), ids=NORMS)
def test_a_norm_gives_the_same_colours(over, norm):
    there, here = over(lambda ax: ax.imshow(SHOWN, norm=norm))

    one, other = there.images[0], here.images[0]
    assert type(other.norm) is type(one.norm)
    np.testing.assert_allclose(other.to_rgba(SHOWN), one.to_rgba(SHOWN))


def test_colours_of_ones_own_go_over(over):
    own = colors.ListedColormap(["red", "blue"], "own")
    there, here = over(lambda ax: ax.imshow(SHOWN, cmap=own))

    np.testing.assert_allclose(here.images[0].to_rgba(SHOWN), there.images[0].to_rgba(SHOWN))


HIDDEN = {
    "masked": np.ma.masked_all((2, 2)),
    "nan": np.full((2, 2), np.nan),
    "one": np.ma.array(SHOWN, mask=[[True, False], [False, False]]),
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("kind", ["imshow", "pcolormesh"])
def test_hidden_numbers_are_not_equal_to_what_a_test_expects(over, hidden, kind):
    _, here = over(lambda ax: getattr(ax, kind)(hidden, vmin=0, vmax=1))

    drawn = (here.images or here.collections)[0]
    with pytest.raises(AssertionError):
        np.testing.assert_array_equal(drawn.get_array(), SHOWN)
