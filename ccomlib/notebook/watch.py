"""笔记本里出了错，怎样用一句中文说出来？检查格怎样知道上一格没有运行成功？

装在内核里（``install``）：出错时只显示一句话，整个调用过程用 ``%tb`` 看；
没有运行成功的格本来要给哪些名字新的值，记在这里，检查格据此不拿旧的值说话。
评分的进程里不装：那里看的是值，不是话。
"""

from __future__ import annotations

import linecache
import os
import sys
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Any

from ccomlib.notebook.errors import NO_INPUT, explain_error
from ccomlib.notebook.names import BLANK_NAME, binds, first_names, unfilled, unwritten

__all__ = ["Past", "install", "past_of"]

VERBS = frozenset({"answered", "expect"})
FAILED = "✗ 没有运行成功"
BEFORE = "✗ 上一格没有运行成功"
NOT_WRITTEN = "✗ 没有填进答案"
NOT_RUN = "○ 上一格还没有运行"
UNANSWERED = "○ 还没有作答"
CHINESE_START = "\u4e00"


@dataclass(frozen=True)
class Past:
    """检查格看的名字，来历有没有毛病。

    Attributes
    ----------
    failed : 该给它值的那一格为什么没有运行成功；运行成功就是空的。
    unwritten : 写了答案、却没有填进去，是怎么回事；没有这回事就是空的。
    blank : 该给它值的那一格还有 ____ 没有填。
    """

    failed: str = ""
    unwritten: str = ""
    blank: bool = False


class Watch:
    """看着一个内核里每一格的运行。

    Parameters
    ----------
    shell : 内核的 IPython。
    """

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.failed: dict[str, str] = {}
        self.unwritten: dict[str, str] = {}
        self.blank: set[str] = set()
        self._source = ""
        self._said = ""

    def start(self) -> None:
        """从现在起看着。"""
        self.shell.events.register("pre_run_cell", self.before)
        self.shell.events.register("post_run_cell", self.after)
        self.shell.set_custom_exc((Exception, KeyboardInterrupt), self.show)

    def before(self, info: Any) -> None:
        """一格将要运行。"""
        self._source, self._said = self._python(info.raw_cell), ""

    def after(self, result: Any) -> None:
        """一格运行过了：成功就给了新的值，没有成功就没有。"""
        names = binds(self._source)
        self.blank -= names
        if result.success:
            for name in names:
                self.failed.pop(name, None)
                self.unwritten.pop(name, None)
            self.unwritten |= unwritten(self._source)
        elif unfilled(self._source):
            self.blank |= names
        else:
            names |= unwritten(self._source).keys()
            self.failed |= dict.fromkeys(names, self._said or "运行没有到底")

    def past(self, line: int) -> Past:
        """正在运行的检查格，第 `line` 行看的名字来历如何。"""
        names = sorted(first_names(self._source, line, VERBS))
        return Past(
            next((self.failed[name] for name in names if name in self.failed), ""),
            next((says for name in names if (says := self._unwritten(name))), ""),
            not self.blank.isdisjoint(names),
        )

    def _unwritten(self, name: str) -> str:
        if name in self.unwritten:
            return self.unwritten[name]
        others = [other for other in self.shell.user_ns if other.casefold() == name.casefold()]
        other = next((o for o in others if o != name and self.shell.user_ns[o] is not ...), None)
        return f"填进了 {other}，应是 {name}：大小写要一样" if other else ""

    def show(
        self,
        shell: Any,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
        tb_offset: int | None = None,
    ) -> None:
        """显示一次出错；``%tb`` 仍看得到整个过程。"""
        shell._get_exc_info((kind, error, trace))
        line = unfilled(self._source)
        if line is not None:
            # 有地方没填，算到哪里停下都不是错
            lines = [
                f"{UNANSWERED}：第 {line} 行还有 {BLANK_NAME} 没有填：换成你的答案，再运行这一格。"
            ]
        elif hasattr(error, "_render_traceback_"):
            lines = error._render_traceback_()
            self._said = str(error)
        elif kind.__module__.startswith("IPython") and kind.__name__ == "UsageError":
            shell.show_usage_error(error)
            return
        else:
            heading, self._said = self._words(kind, error, trace)
            lines = [f"{heading}：{self._said}"]
        shell._showtraceback(kind, error, lines)

    def _words(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> tuple[str, str]:
        name = getattr(error, "name", None) if kind is NameError else None
        if name in first_names(self._source, None, VERBS):
            if name in self.blank:
                return UNANSWERED, f"把上一格的 {BLANK_NAME} 换成你的答案，运行上一格，再运行这一格"
            if name in self.failed:
                return BEFORE, f"{self.failed[name]}；改好、运行上一格，再运行这一格"
            elsewhere = self._unwritten(name)
            if elsewhere:
                return NOT_WRITTEN, elsewhere
            return NOT_RUN, f"先运行写 {name} 的那一格，再运行这一格"
        source, line = self._where(trace)
        says = explain_error(
            source or self._source, kind.__name__, str(error), line, self.shell.user_ns, echo=True
        )
        if says is None:
            text = str(error).partition("\n")[0]
            chinese = any(char >= CHINESE_START for char in text)
            where = f"第 {line} 行：" if line else ""
            says = where + (
                text if chinese else f"{kind.__name__}：{text}" if text else kind.__name__
            )
        return FAILED, says

    def _where(self, trace: TracebackType | None) -> tuple[str, int | None]:
        """正在运行的一格与出错的那一行；一行都没有运行就没有。"""
        cell, line = None, None
        while trace is not None:
            code = trace.tb_frame.f_code
            if trace.tb_frame.f_globals is self.shell.user_global_ns and cell in (
                None,
                code.co_filename,
            ):
                cell, line = code.co_filename, trace.tb_lineno
            trace = trace.tb_next
        return "".join(linecache.getlines(cell)) if cell else "", line

    def _python(self, cell: str) -> str:
        try:
            return self.shell.transform_cell(cell)
        except Exception:
            return cell


_watches: dict[int, Watch] = {}


def install(*, refuse_input: bool = False) -> None:
    """在学员的笔记本里装好；不在内核里，或在评分，什么都不做。

    Parameters
    ----------
    refuse_input : 考试里不能用 ``input()``，评分时没有人回答。
    """
    shell = _kernel_shell()
    if shell is None:
        return
    if id(shell) not in _watches:
        _watches[id(shell)] = Watch(shell)
        _watches[id(shell)].start()
    if refuse_input:
        # 内核在每一格之前都换上自己的 input，只有放进学员的名字里才留得住
        shell.push({"input": _refuse_input}, interactive=False)


def past_of(frame: FrameType) -> Past:
    """`frame` 里正在运行的检查，它看的名字来历如何；没有装就没有毛病可说。"""
    shell = _kernel_shell()
    watch = _watches.get(id(shell)) if shell is not None else None
    in_cell = frame.f_code.co_name == "<module>" and watch is not None
    if not in_cell or frame.f_globals is not shell.user_global_ns:
        return Past()
    return watch.past(frame.f_lineno)


def _kernel_shell() -> Any:
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None else None
    if shell is None or not hasattr(shell, "kernel") or "NBGRADER_EXECUTION" in os.environ:
        return None
    return shell


def _refuse_input(prompt: object = "") -> str:
    from IPython.core.error import StdinNotImplementedError

    raise StdinNotImplementedError(NO_INPUT)
