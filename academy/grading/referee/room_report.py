"""What may be believed of a test that ran in the learner's own process?  Little; this much.

The process can say anything. Without the proof that stood in the test's last line it gets nothing,
an error among the outputs counts whatever else it says, and a result is a number or it is none.
"""

from __future__ import annotations

import hmac
import math
from typing import Any

__all__ = ["room_report"]

LONGEST_NAME, LONGEST_TEXT = 80, 2000


def room_report(
    content: dict[str, Any], outputs: list[dict[str, Any]], proof: str
) -> dict[str, Any]:
    """A report as the examiner's process gives it, from what a learner's process says."""
    error = next((one for one in outputs if one["output_type"] == "error"), None)
    if error is not None or content.get("ok") is not True:
        name = error["ename"] if error else _text(content.get("ename"), LONGEST_NAME)
        text = error["evalue"] if error else ""
        return {
            "status": "error",
            "ename": name[:LONGEST_NAME],
            "evalue": text[:LONGEST_TEXT],
            "assertion": content.get("assertion") is True,
        }
    said = content.get("proof")
    if not (
        isinstance(said, str) and hmac.compare_digest(said.encode(errors="replace"), proof.encode())
    ):
        return {"status": "unproved"}
    return {"status": "ok"} | _value(content.get("value"))


def _value(said: Any) -> dict[str, Any]:
    if said is None:
        return {}
    number = said.get("number") if isinstance(said, dict) else None
    if type(number) in (int, float) and math.isfinite(number):
        return {"value": {"number": float(number)}}
    other = said.get("other") if isinstance(said, dict) else None
    return {"value": {"other": _text(other, LONGEST_NAME)}}


def _text(said: Any, longest: int) -> str:
    return said[:longest] if isinstance(said, str) else ""
