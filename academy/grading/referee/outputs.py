"""Are these notebook outputs?  Keeps what the notebook format knows, within a size."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["interruption", "parse", "read_outputs", "sane_outputs"]

MAX_PARTS = 1_000_000
# of displays and their metadata: whoever writes or shows the notebook goes down that deep
MAX_DEPTH = 40
TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


def sane_outputs(outputs: Any, limit: int) -> list[dict[str, Any]]:
    """Outputs of a process that may have written anything, reduced to what nbformat allows.

    Parameters
    ----------
    limit : characters kept of all outputs together.
    """
    if not isinstance(outputs, list):
        raise TypeError("outputs")
    kept = []
    left = limit + 100_000
    for output in outputs:
        clean = _sane(output) if isinstance(output, dict) else None
        if clean is None:
            continue
        left -= len(str(clean))
        if left < 0:
            break
        kept.append(clean)
    return kept


def parse(body: bytes, limit: int) -> Any:
    """JSON of unknown origin, refused when its parts would fill the memory.

    Raises
    ------
    ValueError
    """
    # six bytes for a letter that JSON writes as \\u0000
    if len(body) > 6 * limit + 1_000_000:
        raise ValueError("too long")
    if _parts(body) > MAX_PARTS and _parts(TEXT.sub(b"", body)) > MAX_PARTS:
        raise ValueError("too many parts")
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("too deep") from None


def _parts(body: bytes) -> int:
    """What may become an object of its own; in a text, commas and brackets are letters."""
    return body.count(b"[") + body.count(b"{") + body.count(b",") // 5


def read_outputs(body: bytes, limit: int) -> list[dict[str, Any]]:
    """What a test cell put out; a notice where that is not to be read."""
    try:
        return sane_outputs(parse(body, limit), limit)
    except (ValueError, TypeError, RecursionError):
        return [interruption("输出读不出来，没有保留。")]


def interruption(message: str) -> dict[str, Any]:
    """The output of a cell that did not come to its end."""
    return {
        "output_type": "error",
        "ename": "运行中断",
        "evalue": message,
        "traceback": [f"运行中断：{message}"],
    }


def _sane(output: dict[str, Any]) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream" and output.get("name") in ("stdout", "stderr"):
        return {"output_type": kind, "name": output["name"], "text": _text(output.get("text"))}
    if kind == "error":
        trace = output.get("traceback")
        return {
            "output_type": kind,
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "traceback": [_text(line) for line in trace] if isinstance(trace, list) else [],
        }
    if kind in ("display_data", "execute_result"):
        data, metadata = output.get("data"), output.get("metadata")
        clean = {
            "output_type": kind,
            "data": _bundle(data) if isinstance(data, dict) else {},
            "metadata": metadata if isinstance(metadata, dict) and _is_shallow(metadata) else {},
        }
        if kind == "execute_result":
            count = output.get("execution_count")
            clean["execution_count"] = count if type(count) is int and count >= 0 else None
        return clean
    return None


def _bundle(data: dict[str, Any]) -> dict[str, Any]:
    return {
        mime: value if "json" in mime else _text(value)
        for mime, value in data.items()
        if "/" in mime and _is_shallow(value)
    }


def _is_shallow(value: Any) -> bool:
    """Whether everything lies at most `MAX_DEPTH` below."""
    level = [value]
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        level = inner
        if not level:
            return True
    return False


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8")
