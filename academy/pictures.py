"""How does a picture get into a page that is a single file?"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["embedded"]


def embedded(ax: Axes, text: str) -> dict[str, str]:
    """The drawing as PNG in base64 ("data") with its alternative text ("text"); it is closed."""
    import matplotlib.pyplot as plt

    buffer = io.BytesIO()
    ax.figure.savefig(buffer, dpi=120)
    plt.close(ax.figure)
    return {"data": base64.b64encode(buffer.getvalue()).decode(), "text": text}
