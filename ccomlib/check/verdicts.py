"""检查有哪几种结果？学员看到的都只有一句话。"""

from __future__ import annotations

__all__ = ["Incorrect", "NotAttempted", "NotRun", "NotWritten", "Verdict"]


class Verdict(AssertionError):
    """学员看到的只有一句话，不带程序的调用过程。"""

    heading = ""

    def _render_traceback_(self) -> list[str]:
        return [f"{self.heading}：{self}"]


class NotAttempted(Verdict):
    """还没有作答。"""

    heading = "○ 还没有作答"


class Incorrect(Verdict):
    """作答了，但不对。"""

    heading = "✗ 不对"


class NotRun(Verdict):
    """写答案的那一格没有运行成功，名字里还是旧的值，或没有值。"""

    heading = "✗ 上一格没有运行成功"


class NotWritten(Verdict):
    """写了答案，却没有填进名字里。"""

    heading = "✗ 没有填进答案"
