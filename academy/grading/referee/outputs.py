"""Are these notebook outputs?  Keeps what the notebook format knows, within a size."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["interruption", "parse", "sane_outputs"]

MAX_PARTS = 1_000_000


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
    if len(body) > 3 * limit + 1_000_000 or body.count(b"[") + body.count(b"{") > MAX_PARTS:
        raise ValueError("too much")
    if body.count(b",") > 5 * MAX_PARTS:
        raise ValueError("too many")
    return json.loads(body)


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
            "metadata": metadata if isinstance(metadata, dict) else {},
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
        if "/" in mime
    }


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8")
