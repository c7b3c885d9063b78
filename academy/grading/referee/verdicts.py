"""How many points does a test cell give?  Only what the examiner's process proves."""

from __future__ import annotations

import builtins
import contextlib
from typing import Any

from academy.grading.wire.files import LEFT_OUT
from academy.grading.work.python_text import to_python
from academy.grading.work.record import CellRecord
from academy.grading.work.text import clean_text
from ccomlib.notebook import explain_error

__all__ = ["SAME_ROOM", "WAITING", "judge", "manual_record", "own_error", "told_to_learner"]

WAITING = "等待人工评分。"
BLANK = "还没有作答。"
UNFINISHED = "没有答完：答案里还有 ... 没有换掉，或没有值。"
OWN = "作答格没有运行成功："
# the reference's run has shown that the test itself lacks no name
NO_VALUE = "题目要的名字没有值（NameError）：是不是改了名字，或删了那一行？"
# a process that answers for a test that did not come to its end
UNPROVED = "评分格没有运行到底。"
SAME_ROOM = "同室评的：测试与作答在同一个进程里，分数靠作答的进程说的话。"
STDERR = "评分格有警告或写到 stderr 的内容：按 nbgrader 的规矩，这一格没有分。"
# what the referee says itself; of the others, only that a builtin exception was raised is told
OWN_VERDICTS = {"not_attempted", "died", "timeout", "unreadable"}
BUILTIN = {name for name in dir(builtins) if name.endswith("Error")}
HARMLESS = {NO_VALUE, STDERR, UNPROVED}
HARMLESS |= {f"测试时出错（{name}）。{why}" for name in BUILTIN for why in ("", *LEFT_OUT.values())}
# the parent reads a learner's text here; longer cells are no slips of the keyboard
LONGEST_SOURCE = 4000
LONGEST_MESSAGE = 500
LONGEST_REASON = 200


def judge(
    grade_id: str,
    points: float,
    report: dict[str, Any],
    trouble: str,
    attempted: bool,
    own: str = "",
    *,
    other_result: bool = False,
    stderr: bool = False,
    same_room: bool = False,
) -> CellRecord:
    """The record of one test cell.

    Parameters
    ----------
    report : what the examiner's process said; empty when it said nothing.
    trouble : "died", "timeout" or "unreadable" when one of the processes got into it meanwhile.
    attempted : False when the answer cells behind the test are as the learner received them.
    own : why an answer cell behind the test did not run to its end (`own_error`); it came first,
        so it is what the record says.
    other_result : whether a result that is no number counts as none, as nbgrader has it.
    stderr : whether the test wrote to stderr where that costs its points, as nbgrader has it.
    same_room : whether the report comes from the learner's own process.
    """
    score, verdict, message = 0.0, *_verdict(points, report, trouble, other_result)
    if stderr and verdict in ("passed", "partial"):
        verdict, message = "error", STDERR
    if verdict in ("passed", "partial"):
        score = report.get("value", {}).get("number", points) if report else 0.0
    elif not attempted and verdict in ("failed", "error", "not_attempted"):
        verdict, message = "not_attempted", BLANK
    elif own and verdict in ("failed", "error", "not_attempted"):
        verdict, message = "failed" if verdict == "failed" else "error", f"{OWN}{own}。"
    return CellRecord(grade_id, float(score), float(points), verdict, message, same_room)


def manual_record(grade_id: str, points: float, attempted: bool) -> CellRecord:
    """The record of a cell that a person marks: untouched, or waiting."""
    verdict, message = ("partial", WAITING) if attempted else ("not_attempted", BLANK)
    return CellRecord(grade_id, 0.0, float(points), verdict, message)


def own_error(source: str, outputs: list[dict[str, Any]], stopped: str = "") -> str:
    """Why an answer cell did not run to its end; empty if it did.

    Says only fixed words and what stands in the cell itself: a learner's process may know by now
    what hidden tests have called its functions with.

    Parameters
    ----------
    source, outputs : of the cell.
    stopped : the reason why the referee stopped it.
    """
    if stopped:
        return stopped
    error = next((output for output in outputs if output["output_type"] == "error"), None)
    # nbgrader's own stub raises NotImplementedError
    if error is None or error["ename"] == "NotImplementedError":
        return ""
    kind, known = error["ename"], None
    if len(source) <= LONGEST_SOURCE:
        # whatever a text does to the reading of it, its verdict stands
        with contextlib.suppress(Exception):
            known = explain_error(to_python(source), kind, error["evalue"][:LONGEST_MESSAGE])
    return clean_text(known or (f"出错（{kind}）" if kind in BUILTIN else "出错"), LONGEST_REASON)


def told_to_learner(verdict: str, message: str) -> str:
    """The part of a record's message that can't come from a hidden test."""
    told = verdict in OWN_VERDICTS or message in HARMLESS or message.startswith(OWN)
    return message if told else ""


def _verdict(
    points: float, report: dict[str, Any], trouble: str, other_result: bool
) -> tuple[str, str]:
    if report.get("unreadable"):
        return "unreadable", f"答案读不出来：{clean_text(report['unreadable'])}，请改成普通的数据。"
    if trouble == "timeout":
        return "timeout", "运行超时。"
    if trouble == "unreadable":
        return "unreadable", "答案读不出来：作答的进程送来的数据无法辨认。"
    if trouble or not report or report.get("gone"):
        return "died", "作答的程序中途退出了。"
    if report["status"] == "error":
        return _failure(report)
    if report["status"] == "unproved":
        return "error", UNPROVED
    if report["status"] != "ok":
        return "unreadable", "答案读不出来。"
    value = report.get("value")
    if value is None or (other_result and "other" in value):
        return "passed", ""
    number = value.get("number")
    if number is None:
        return "error", f"评分格的结果是 {clean_text(value.get('other'))}，不是分数。"
    if number < 0 or number > points:
        return "error", f"评分格的结果 {number:g} 不在 0 到 {points:g} 之间。"
    if number == points:
        return "passed", ""
    return ("partial", f"得到部分分数 {number:g}。") if number > 0 else ("failed", "没有通过。")


def _failure(report: dict[str, Any]) -> tuple[str, str]:
    name = clean_text(report.get("ename"))
    if name in ("NotAttempted", "NotImplementedError"):
        return "not_attempted", UNFINISHED
    if report.get("assertion"):
        return "failed", "没有通过。"
    if name == "NameError":
        return "error", NO_VALUE
    return "error", f"测试时出错（{name}）。{LEFT_OUT.get(report.get('left_out', ''), '')}"
