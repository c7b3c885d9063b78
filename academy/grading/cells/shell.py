"""How does a cell run without a kernel?  An IPython shell whose outputs are notebook outputs."""

from __future__ import annotations

import builtins
import sys
import traceback
import zlib
from typing import ClassVar

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets import Type
from traitlets.config import Config

from academy.grading.cells.capture import Capture, Outputs, json_ready, text_of
from academy.grading.cells.commands import Commands, replace_commands

__all__ = ["INLINE", "Shell", "make_shell", "prepare_shell"]

INLINE = "module://matplotlib_inline.backend_inline"


class _Publisher(DisplayPublisher):
    outputs: ClassVar[Outputs]

    def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs) -> None:
        display_id = (transient or {}).get("display_id")
        self.outputs.display(json_ready(data), json_ready(metadata or {}), display_id, update)

    def clear_output(self, wait=False) -> None:
        self.outputs.clear(wait)


class _Hook(DisplayHook):
    outputs: ClassVar[Outputs]

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict, md_dict=None) -> None:
        self.outputs.add(
            {
                "output_type": "execute_result",
                "execution_count": self.prompt_count,
                "data": json_ready(format_dict),
                "metadata": json_ready(md_dict or {}),
            }
        )

    def finish_displayhook(self) -> None:
        pass


class _Compiler(CachingCompiler):
    """Names cells as ipykernel does; tracebacks and warnings show or look for that name."""

    def get_code_name(self, raw_code, code, number) -> str:
        return f"/tmp/ipykernel_1/{zlib.crc32(raw_code.encode('utf-8', 'replace'))}.py"


class Shell(Commands, InteractiveShell):
    """IPython as ipykernel sets it up, without a kernel, a history or a terminal."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    compiler_class = Type(_Compiler)
    plain_tracebacks = False

    def run_as(self, count: int, source: str, render: bool = True) -> ExecutionResult:
        """Run a cell under a number; without `render` nothing is drawn or laid out for it."""
        self.execution_count = count
        formatter = self.display_formatter
        kept = list(formatter.active_types)
        if not render:
            formatter.active_types = ["text/plain"]
        try:
            return self.run_cell(source, store_history=True)
        finally:
            if not render:
                formatter.active_types = kept

    def enable_gui(self, gui=None) -> None:
        """Only the inline backend draws here; there is no event loop to start."""

    def ask_exit(self) -> None:
        """``exit`` in a cell ends nothing."""

    def init_virtualenv(self) -> None:
        """The interpreter is the grader's; nothing to look for."""

    def init_io(self) -> None:
        """The streams are set by `make_shell`."""

    def init_profile_dir(self, profile_dir) -> None:
        """No profile: nothing of the grader's is read, nothing is written."""
        self.profile_dir = ProfileDir()

    def _format_exception_for_storage(self, exception, *args, **kwargs) -> dict:
        """No history, so no second traceback for it."""
        return {}

    def showtraceback(self, exc_tuple=None, *args, **kwargs) -> None:
        """IPython's own traceback, or Python's plain one, which is fifty times faster."""
        if not self.plain_tracebacks:
            super().showtraceback(exc_tuple, *args, **kwargs)
            return
        kind, value, trace = exc_tuple or sys.exc_info()
        lines = traceback.format_exception(kind, value, _own_frames(trace), limit=-6)
        self._showtraceback(kind, value, "".join(lines).splitlines())

    def showsyntaxerror(self, *args, **kwargs) -> None:
        """As `showtraceback`."""
        if self.plain_tracebacks:
            self.showtraceback()
        else:
            super().showsyntaxerror(*args, **kwargs)

    def _showtraceback(self, etype, evalue, stb) -> None:
        self.display_pub.outputs.add(
            {
                "output_type": "error",
                "ename": str(etype.__name__),
                "evalue": text_of(evalue),
                "traceback": [str(line) for line in stb],
            }
        )


def prepare_shell() -> Shell:
    """The shell that this process and its forks will use; made once, it takes long."""
    if Shell.initialized():
        return Shell.instance()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.cache_size = 1000
    shell = Shell.instance(config=config)
    # a prompt's answer can never come
    builtins.input = _no_input
    if "matplotlib" in sys.modules:
        import matplotlib
        from matplotlib_inline import backend_inline

        matplotlib.rcParams["backend"] = INLINE
        backend_inline._enable_matplotlib_integration()
    return shell


def make_shell(limit: int, plain_tracebacks: bool = False) -> tuple[Shell, Outputs, Capture]:
    """The shell of this process; stdout and stderr become outputs, the inline backend draws."""
    outputs = Outputs(limit)
    _Publisher.outputs = _Hook.outputs = outputs
    capture = Capture(outputs)
    shell = prepare_shell()
    shell.plain_tracebacks = plain_tracebacks
    replace_commands(shell)
    return shell, outputs, capture


def _no_input(prompt: object = "") -> str:
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )


def _own_frames(trace):
    """Leave out IPython's own frames at the top."""
    first = trace
    while first is not None and "IPython" in first.tb_frame.f_code.co_filename:
        first = first.tb_next
    return first or trace
