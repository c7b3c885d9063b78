"""Scales keep their name and numbers; a function's values are those of its table."""

import numpy as np
import pytest

SCALES = {
    "linear": ("linear", {}),
    "log": ("log", {"base": 2}),
    "symlog": ("symlog", {"linthresh": 3}),
    "asinh": ("asinh", {"linear_width": 2}),
    "logit": ("logit", {}),
}


@pytest.mark.parametrize(("name", "numbers"), SCALES.values(), ids=SCALES)
def test_a_scale_goes_over(over, name, numbers):
    def draw(ax):
        ax.plot([0.1, 0.5], [0.2, 0.9])
        ax.set_xscale(name, **numbers)

    there, here = over(draw)

    assert here.get_xscale() == name
    assert here.get_yscale() == "linear"
    places = np.array([0.2, 0.4])
    for ax in (there, here):
        ax.values = ax.xaxis.get_transform().transform(places)
    np.testing.assert_allclose(here.values, there.values)


FUNCTIONS = {
    "rising": (lambda x: x**3, np.cbrt),
    "falling": (lambda x: -x, lambda x: -x),
}


@pytest.mark.parametrize("functions", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_function_goes_over_as_its_values(over, functions):
    def draw(ax):
        ax.plot([1, 2, 3], [1, 4, 9])
        ax.set_yscale("function", functions=functions)

    _, here = over(draw)

    assert here.get_yscale() == "function"
    places = np.array([2.0, 5.0, 8.0])
    mapped = here.yaxis.get_transform().transform(places)
    np.testing.assert_allclose(mapped, functions[0](places), rtol=1e-3)
    np.testing.assert_allclose(
        here.yaxis.get_transform().inverted().transform(mapped), places, rtol=1e-3
    )
