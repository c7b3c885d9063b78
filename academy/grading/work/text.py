"""How is text of unknown origin shown to staff?"""

from __future__ import annotations

__all__ = ["clean_text", "is_text"]


def clean_text(text: object, longest: int = 80) -> str:
    """Text of unknown origin on one line: printable and short."""
    line = "".join(ch if ch.isprintable() else "?" for ch in str(text))
    return line if len(line) <= longest else line[: longest - 1] + "…"


def is_text(text: str) -> bool:
    """Whether the text can be written anywhere: no half of a pair of surrogates in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
