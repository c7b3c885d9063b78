"""Who owns the warm zygote?  Starts it, orders children from it, ends them."""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from academy.grading.cage import (
    forget,
    make_scratch,
    remove_tree,
    require_platform,
    self_test,
    worker_group,
    worker_uid,
    wrap_zygote,
    zygote_environment,
)
from academy.grading.errors import RefereeError
from academy.grading.warm.offspring import BROKEN, Child, Template
from academy.grading.warm.workplace import give_back, make_folder, take_slot
from academy.grading.wire.channel import Channel, ChannelClosed, ChannelTimeout, send_order
from academy.grading.work.record import Limits

__all__ = ["STACK", "Nursery"]

STACK = (
    "numpy",
    "pandas",
    "academy.grading.wire.codec.arrays",
    "academy.grading.wire.codec.frames",
    "matplotlib",
    "matplotlib.pyplot",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "IPython.core.pylabtools",
    "IPython.core.magics",
    "IPython.core.completer",
)
START_SECONDS = 120
# a frame carries outputs, or values up to the codec's own limit
HEAD_BYTES = {"learner": 4096, "examiner": 1 << 24}
FRAME_BYTES = 80 * 1024 * 1024
# both processes of a pair, and a second pair that is made ready meanwhile
PROCESSES_OF_A_WORKER = 4


class Nursery:
    """The zygote of one worker.

    Parameters
    ----------
    limits : of one submission; bound the memory of all children together.
    modules : to import before forking, besides the scientific stack.
    readable : more for the children to read.
    """

    def __init__(
        self,
        limits: Limits,
        modules: Iterable[str] = (),
        readable: Iterable[Path] = (),
    ) -> None:
        require_platform()
        self.limits = limits
        self.readable = [os.fspath(path) for path in readable]
        self._modules = list(dict.fromkeys((*STACK, *modules)))
        self._numbers = itertools.count()
        self._channels: dict[int, Channel] = {}
        self._parents: dict[int, Channel] = {}
        self._templates: dict[int, Template] = {}
        self._folders: dict[str, list[Path]] = {"learner": [], "examiner": []}
        self._process: subprocess.Popen[bytes] | None = None
        self._open = contextlib.ExitStack()
        try:
            self._slot, lock = take_slot()
            self._folder, folder_lock = make_folder()
            self._open.callback(give_back, self._folder, lock, folder_lock)
            self._group = worker_group(
                limits.memory_bytes * PROCESSES_OF_A_WORKER, 64 * PROCESSES_OF_A_WORKER
            )
            if self._group is not None:
                self._open.callback(self._group.close)
            self._start()
        except OSError as error:
            self.close()
            raise RefereeError(
                f"评分的预热进程启动不了（{error}）：请看磁盘空间、临时文件夹的权限，"
                f"以及这个用户能不能运行 {sys.executable}。"
            ) from None
        except BaseException:
            self.close()
            raise

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours)
        with theirs:
            self._process = self._launch(theirs)
        if self._group is not None:
            self._group.add(self._process.pid)
        try:
            self._channel.send({"modules": self._modules})
            # meanwhile: can anything run in the cage at all?
            problems = self_test()
            head, _ = self._channel.receive(time.monotonic() + START_SECONDS)
        except (ChannelClosed, ChannelTimeout):
            # what was found out about this machine before may be so no more
            forget()
            raise RefereeError(
                "评分的预热进程没有启动：请看上面的报错，再看这个用户能不能运行评分的 Python。"
            ) from None
        if problems:
            raise RefereeError(f"隔离以后做不了正当的事（{problems[0]}）：请先修好这台机器的环境。")
        if head["threads"] != 1:
            raise RefereeError("预热的模块里有的开了线程，无法分身：请把它从母本的 import 里去掉。")
        self.missing = head["missing"]

    def _launch(self, theirs: socket.socket) -> subprocess.Popen[bytes]:
        home = self._folder / "home"
        home.mkdir(exist_ok=True)
        environment = zygote_environment(home, {"PYTHONHASHSEED": "0"})
        command = wrap_zygote(
            [sys.executable, "-m", "academy.grading.warm.zygote", str(theirs.fileno())],
            writable=[self._folder],
            readable=map(Path, self.readable),
            environment=environment,
        )
        return subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def is_for(self, limits: Limits, modules: Iterable[str]) -> bool:
        """Whether it is what would be made for these limits and modules."""
        return self.limits == limits and self._modules == list(dict.fromkeys((*STACK, *modules)))

    def plant(
        self, role: str, seed: int, limits: Limits, files: bytes, cells: list[Any]
    ) -> Template:
        """A process that runs a notebook's leading cells; `Template.ready` says whether it could.

        Parameters
        ----------
        files : the assignment's data, packed.
        cells : (count, source) of each.
        """
        number, channel = self._birth("plant", self._channel)
        order = {"role": role, "seed": seed, "cells": cells}
        channel.send({**order, "output_bytes": limits.output_bytes}, files)
        template = Template(self, number, channel, time.monotonic() + limits.cell_seconds)
        self._templates[number] = template
        return template

    def _birth(self, order: str, parent: Channel, *sizes: int) -> tuple[int, Channel]:
        ours, theirs = socket.socketpair()
        number = next(self._numbers)
        with theirs, contextlib.ExitStack() as undo:
            undo.callback(ours.close)
            _order(parent, order, number, theirs.fileno())
            undo.pop_all()
        channel = self._channels[number] = Channel(ours, *sizes)
        self._parents[number] = parent
        return number, channel

    def spawn(
        self,
        role: str,
        seed: int,
        limits: Limits,
        packages: list[str],
        template: Template | None = None,
    ) -> Child:
        """A new child that is locking itself in; `Child.wait_ready` says when it has."""
        uid = None if self._slot is None else worker_uid(2 * self._slot + (role == "examiner"))
        if self._folders[role]:
            scratch = self._folders[role].pop()
        else:
            scratch = make_scratch(self._folder, limits.scratch_bytes, uid)
        number, channel = self._birth(
            "fork",
            template.channel if template else self._channel,
            3 * limits.output_bytes + FRAME_BYTES,
            HEAD_BYTES[role],
        )
        channel.send(
            {
                "role": role,
                "seed": seed,
                "scratch": os.fspath(scratch),
                "uid": uid,
                "memory_bytes": limits.memory_bytes,
                "scratch_bytes": limits.scratch_bytes,
                "output_bytes": limits.output_bytes,
                "readable": self.readable,
                "packages": packages,
                "planted": template is not None,
            }
        )
        return Child(self, role, number, channel, scratch, limits.scratch_bytes)

    def end(self, number: int) -> None:
        """Have the zygote kill a child."""
        self._channels.pop(number).close()
        self._templates.pop(number, None)
        _order(self._parents.pop(number), "end", number)

    def take_back(self, role: str, scratch: Path) -> None:
        """Keep a folder in which nothing is for the next child; removing it takes milliseconds."""
        with contextlib.suppress(OSError):
            if os.listdir(scratch):
                remove_tree(scratch)
            else:
                self._folders[role].append(scratch)

    def check(self) -> None:
        """Make sure that zygote and templates live: without them, children end through no fault of theirs.

        Raises
        ------
        RefereeError
            It does not answer.
        """
        for channel in (
            self._channel,
            *(one.channel for one in self._templates.values() if one.fine),
        ):
            _order(channel, "ping", 0)
            try:
                channel.receive(time.monotonic() + 30)
            except (ChannelClosed, ChannelTimeout):
                raise RefereeError(BROKEN) from None

    def close(self) -> None:
        """End the zygote and all its children, remove their folders."""
        for channel in (self._channel, *self._channels.values()):
            channel.close()
        self._channels.clear()
        if self._process is not None:
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._open.close()


def _order(channel: Channel, word: str, number: int, descriptor: int | None = None) -> None:
    try:
        send_order(channel.end, word, number, descriptor)
    except ChannelClosed:
        raise RefereeError(BROKEN) from None
