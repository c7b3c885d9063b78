"""What does a notebook's file say?  Its JSON, at a cost that is known before it is read."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["parse_notebook"]

MAX_BYTES = 400_000_000  # of memory for what the JSON becomes
# bytes of memory for a part of its text: an object with one key, a list, what a comma parts, a string
PER_OBJECT, PER_LIST, PER_ITEM, PER_STRING = 240, 90, 40, 60
# possessive: never tried a second time, whatever stands there
STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
AGAIN = "请学员在 JupyterLab 里打开、存好再交"


def parse_notebook(raw: bytes) -> Any:
    """The content of a notebook's file.

    Raises
    ------
    ValueError
        It is none, is not UTF-8, or has too many parts; says so in Chinese, to stand after the
        file's name.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(_other_encoding(raw)) from None
    if _memory(raw) > MAX_BYTES and _memory_outside_strings(raw) > MAX_BYTES:
        raise ValueError("里的括号与逗号太多，读它要太多内存：请学员清除输出后重交")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        if b"\0" in raw[:100]:
            raise ValueError(_other_encoding(raw)) from None
        raise ValueError("不是完好的笔记本文件") from None


def _memory(raw: bytes, start: int = 0, end: int | None = None) -> int:
    """At most so many bytes of memory for what stands there, strings left aside."""
    return (
        PER_OBJECT * raw.count(b"{", start, end)
        + PER_LIST * raw.count(b"[", start, end)
        + PER_ITEM * raw.count(b",", start, end)
    )


def _memory_outside_strings(raw: bytes) -> int:
    """The same without what stands in strings, as in what a cell has printed; ends when it is too much."""
    total = place = 0
    for found in STRINGS.finditer(raw):
        total += PER_STRING + _memory(raw, place, found.start())
        place = found.end()
        if total > MAX_BYTES:
            return total
    return total + _memory(raw, place)


def _other_encoding(raw: bytes) -> str:
    for mark, name in MARKS:
        if raw.startswith(mark):
            return f"是 {name} 编码，不是 UTF-8：{AGAIN}"
    if b"\0" in raw[:100]:
        return f"是 UTF-16 编码，不是 UTF-8：{AGAIN}"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "不是完好的笔记本文件"
    return f"是 GBK 编码，不是 UTF-8：{AGAIN}"
