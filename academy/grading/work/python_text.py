"""How is a cell's text read as Python?  With IPython's magics turned into calls."""

from __future__ import annotations

import re
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

__all__ = ["to_python"]

# cell magics whose text is Python that runs among the other cells' names
PYTHON_MAGIC = re.compile(r"\s*%%(?:time|timeit|capture|prun)\b[^\n]*\n")


@lru_cache(maxsize=1024)
def to_python(source: str) -> str:
    """The cell's text as Python; what is none stays as it is."""
    source = PYTHON_MAGIC.sub("", source, count=1) if source.lstrip()[:2] == "%%" else source
    try:
        return TransformerManager().transform_cell(source)
    except SyntaxError:
        return source
