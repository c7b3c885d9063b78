"""What does a command of the system's do, where none can be run?  It says so, and the cell goes on.

``!ls``, ``%pip install``, ``os.system`` and ``subprocess`` behave as if the command had been there
and had failed; an installation as if it had succeeded, because what a course needs is installed on
the machine that grades. Nothing is executed: the cage refuses it whatever stands here.
"""

from __future__ import annotations

import inspect
import os
import re
import subprocess
from collections.abc import Callable
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import LSString, SList

__all__ = ["FAILED", "Commands", "replace_commands", "sentence", "status_of"]

# what a shell answers for a command that it found and could not run
FAILED = 126
INSTALLS = re.compile(
    r"\b(?:pip3?|conda|mamba|micromamba|uv|apt|apt-get)\b.*\binstall\b", re.DOTALL
)
INSTALLERS = ("pip", "conda", "mamba", "micromamba", "uv")
SCRIPTS = ("bash", "sh", "perl", "ruby", "script", "cmd", "pypy", "python2", "python3")
LONGEST = 60


def sentence(command: str) -> str:
    """What the learner reads in the place of the command's output."""
    said = " ".join(command.split())
    said = said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
    if INSTALLS.search(command):
        return f"评分时不安装：{said}（要用的库须先装在评分的机器上），后面照常运行。"
    return f"评分时不能运行系统命令：{said}，后面照常运行；要用文件请改用 Python 读写。"


def status_of(command: str) -> int:
    """The exit status that the command gets."""
    return 0 if INSTALLS.search(command) else FAILED


def replace_commands(shell: InteractiveShell) -> None:
    """Let all ways to run a command in this process answer with the sentence."""
    subprocess.Popen = _NoProcess
    os.system = _system
    for name in INSTALLERS:
        shell.register_magic_function(_no_installer(name), "line", name)
    for name in SCRIPTS:
        shell.register_magic_function(_no_script(name), "cell", name)


class Commands:
    """What a shell does with lines that begin with ``!``; goes before IPython's own."""

    user_ns: dict[str, Any]
    var_expand: Callable[..., str]

    def system(self, cmd: str) -> None:
        """``!command``"""
        command = self.var_expand(cmd, depth=1)
        print(sentence(command))
        self.user_ns["_exit_code"] = status_of(command)

    # IPython and its magics call it by all of these names
    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | LSString:
        """``lines = !command``"""
        command = self.var_expand(cmd, depth=depth + 1)
        print(sentence(command))
        self.user_ns["_exit_code"] = status_of(command)
        return SList() if split else LSString("")


def _system(command: Any) -> int:
    print(sentence(os.fsdecode(command)))
    return status_of(os.fsdecode(command)) << 8


class _NoProcess(subprocess.Popen):
    """A process that has ended before it began; what it would have said is empty."""

    def _execute_child(self, args: Any, *rest: Any) -> None:
        command = _words(args)
        print(sentence(command))
        given = EXECUTE_CHILD.bind(self, args, *rest).arguments
        self._close_pipe_fds(*(given[name] for name in THEIR_ENDS))
        self._child_created, self.pid, self.returncode = True, 0, status_of(command)


EXECUTE_CHILD = inspect.signature(subprocess.Popen._execute_child)
THEIR_ENDS = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")


def _words(args: Any) -> str:
    if isinstance(args, (str, bytes, os.PathLike)):
        return os.fsdecode(args)
    return " ".join(os.fsdecode(one) for one in args)


def _no_installer(name: str) -> Callable[[str], None]:
    """The line magic of an installer."""

    def run(line: str) -> None:
        print(sentence(f"{name} {line}"))

    return run


def _no_script(name: str) -> Callable[[str, str], None]:
    """The cell magic of an interpreter that is not there."""

    def run(line: str, cell: str) -> None:
        print(sentence(f"%%{name} {line} {cell}"))

    return run
