"""Which text do these bytes hold?  Files come through Excel, chats and old editors."""

from __future__ import annotations

import json

__all__ = ["decoded"]


def decoded(content: bytes) -> str:
    """The text of UTF-8, UTF-16 or UTF-32 (with or without a mark) or GB18030 bytes.

    Raises
    ------
    UnicodeDecodeError
        They are none of these.

    Examples
    --------
    >>> decoded("学号".encode("gb18030")), decoded("学号".encode("utf-16"))
    ('学号', '学号')
    """
    # told by the mark, else by where the zero bytes of ASCII stand (RFC 4627, section 3)
    name = json.detect_encoding(content)
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        if not name.startswith("utf-8"):
            raise
    return content.decode("gb18030")
