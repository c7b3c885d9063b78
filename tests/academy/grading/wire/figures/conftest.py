"""Charts that go over and come back."""

import warnings

import matplotlib
import matplotlib.pyplot as plt
import pytest

from academy.grading.wire.codec import Codec, NotPlain, Undecodable
from academy.grading.wire.figures import describe, rebuild


@pytest.fixture(autouse=True)
def _plain_style():
    """别的测试设过的图的样式不带进来。"""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        yield


@pytest.fixture
def over():
    """over(draw, **kind): draw on new axes, send them over, give back (there, here)."""

    def export(value):
        record = describe(value)
        if record is None:
            raise NotPlain(type(value).__name__)
        return record

    def adopt(name, arguments):
        drawn = rebuild(name, arguments)
        if drawn is None:
            raise Undecodable(name)
        return drawn

    codec = Codec(export, adopt)

    def send(draw, **kind):
        _, ax = plt.subplots(subplot_kw=kind)
        draw(ax)
        back = codec.loads(codec.dumps(ax))
        # what was drawn again can be drawn, and both have chosen their colours
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph")
            ax.figure.canvas.draw()
            back.figure.canvas.draw()
        return ax, back

    yield send
    plt.close("all")
