"""How many points does a test cell give?  Only what the examiner's process proves."""

from __future__ import annotations

from typing import Any

from academy.grading.work.record import CellRecord
from academy.grading.work.text import clean_text

__all__ = ["WAITING", "judge", "manual_record"]

WAITING = "等待人工评分。"


def judge(
    grade_id: str, points: float, report: dict[str, Any], trouble: str, attempted: bool
) -> CellRecord:
    """The record of one test cell.

    Parameters
    ----------
    report : what the examiner's process said; empty when it said nothing.
    trouble : "died", "timeout" or "unreadable" when one of the processes got into it meanwhile.
    attempted : False when the answer cells behind the test are as the learner received them.
    """
    score, verdict, message = 0.0, *_verdict(points, report, trouble)
    if verdict in ("passed", "partial"):
        score = report.get("value", {}).get("number", points) if report else 0.0
    elif not attempted and verdict in ("failed", "error"):
        verdict, message = "not_attempted", "还没有作答。"
    return CellRecord(grade_id, float(score), float(points), verdict, message)


def manual_record(grade_id: str, points: float, attempted: bool) -> CellRecord:
    """The record of a cell that a person marks: untouched, or waiting."""
    verdict, message = ("partial", WAITING) if attempted else ("not_attempted", "还没有作答。")
    return CellRecord(grade_id, 0.0, float(points), verdict, message)


def _verdict(points: float, report: dict[str, Any], trouble: str) -> tuple[str, str]:
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
    if report["status"] != "ok":
        return "unreadable", "答案读不出来。"
    value = report.get("value")
    if value is None:
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
        return "not_attempted", "还没有作答。"
    if report.get("assertion"):
        return "failed", "没有通过。"
    return "error", f"测试时出错（{name}）。"
