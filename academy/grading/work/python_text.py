"""How is a cell's text read as Python?  With IPython's magics turned into calls."""

from __future__ import annotations

from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

__all__ = ["to_python"]


@lru_cache(maxsize=1024)
def to_python(source: str) -> str:
    """The cell's text as Python; what is none stays as it is."""
    try:
        return TransformerManager().transform_cell(source)
    except SyntaxError:
        return source
