"""academy.pictures：图进得了网页，画完就关。"""

import base64

import matplotlib.pyplot as plt

from academy.pictures import embedded


def test_drawing_becomes_a_png_with_its_text_and_is_closed():
    ax = plt.subplots()[1]
    found = embedded(ax, "说明")
    assert base64.b64decode(found["data"]).startswith(b"\x89PNG")
    assert found["text"] == "说明"
    assert plt.get_fignums() == []
