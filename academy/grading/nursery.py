"""Who owns the warm zygote?  Starts it, orders children from it, ends them."""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from academy.grading.cage import (
    make_scratch,
    remove_scratch,
    require_platform,
    worker_group,
    worker_uid,
    wrap_zygote,
    zygote_environment,
)
from academy.grading.channel import Channel, ChannelClosed, ChannelTimeout, send_order
from academy.grading.record import Limits
from academy.grading.zygote import STACK

__all__ = ["Child", "Nursery", "RefereeError"]

BROKEN = "评分的预热进程中断了：请重新评分。"
START_SECONDS = 120
# a frame carries outputs, or values up to the codec's own limit
HEAD_BYTES = {"learner": 4096, "examiner": 1 << 24}
FRAME_BYTES = 80 * 1024 * 1024
# both processes of a pair, and a second pair that is made ready meanwhile
PROCESSES_OF_A_WORKER = 4


class RefereeError(RuntimeError):
    """The referee itself cannot work; one Chinese line with the remedy."""


class Child:
    """A forked process and the parent's end of its socket."""

    def __init__(self, nursery: Nursery, number: int, channel: Channel, scratch: Path) -> None:
        self.number, self.channel, self.scratch = number, channel, scratch
        self._nursery = nursery
        self.level = ""
        self.held: list[str] = []

    def wait_ready(self, seconds: float = 30) -> None:
        """Wait until the child has locked itself in."""
        if self.level:
            return
        try:
            head, _ = self.channel.receive(time.monotonic() + seconds)
        except (ChannelClosed, ChannelTimeout):
            raise RefereeError(BROKEN) from None
        self.level, self.held = head["level"], head["held"]

    def end(self) -> None:
        """Kill the process and remove its folder."""
        self._nursery.end(self.number)
        with contextlib.suppress(OSError):
            remove_scratch(self.scratch)


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
        self._slot, self._lock = _take_slot()
        self._folder = Path(tempfile.mkdtemp(prefix="referee-"))
        self._group = worker_group(
            limits.memory_bytes * PROCESSES_OF_A_WORKER, 64 * PROCESSES_OF_A_WORKER
        )
        self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        home = self._folder / "home"
        home.mkdir(exist_ok=True)
        environment = zygote_environment(home, {"PYTHONHASHSEED": "0"})
        command = wrap_zygote(
            [sys.executable, "-m", "academy.grading.zygote", str(theirs.fileno())],
            writable=[self._folder],
            readable=map(Path, self.readable),
            environment=environment,
        )
        self._process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        if self._group is not None:
            self._group.add(self._process.pid)
        self._channel = Channel(ours)
        self._channel.send({"modules": self._modules})
        try:
            head, _ = self._channel.receive(time.monotonic() + START_SECONDS)
        except (ChannelClosed, ChannelTimeout):
            self.close()
            raise RefereeError("评分的预热进程没有启动：请看上面的报错，修好再评。") from None
        if head["threads"] != 1:
            self.close()
            raise RefereeError("预热的模块里有的开了线程，无法分身：请把它从母本的 import 里去掉。")
        self.missing = head["missing"]

    def spawn(self, role: str, seed: int, limits: Limits, packages: list[str]) -> Child:
        """A new child that is locking itself in; `Child.wait_ready` says when it has."""
        uid = None if self._slot is None else worker_uid(2 * self._slot + (role == "examiner"))
        scratch = make_scratch(self._folder, limits.scratch_bytes, uid)
        ours, theirs = socket.socketpair()
        number = next(self._numbers)
        with theirs, contextlib.ExitStack() as undo:
            undo.callback(ours.close)
            self._order("fork", number, theirs.fileno())
            undo.pop_all()
        channel = self._channels[number] = Channel(
            ours, 3 * limits.output_bytes + FRAME_BYTES, HEAD_BYTES[role]
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
            }
        )
        return Child(self, number, channel, scratch)

    def end(self, number: int) -> None:
        """Have the zygote kill a child."""
        self._channels.pop(number).close()
        self._order("end", number)

    def check(self) -> None:
        """Make sure that the zygote lives: without it, children end through no fault of theirs.

        Raises
        ------
        RefereeError
            It does not answer.
        """
        self._order("ping", 0)
        try:
            self._channel.receive(time.monotonic() + 30)
        except (ChannelClosed, ChannelTimeout):
            raise RefereeError(BROKEN) from None

    def _order(self, word: str, number: int, descriptor: int | None = None) -> None:
        try:
            send_order(self._channel.end, word, number, descriptor)
        except ChannelClosed:
            raise RefereeError(BROKEN) from None

    def close(self) -> None:
        """End the zygote and all its children, remove their folders."""
        for channel in (self._channel, *self._channels.values()):
            channel.close()
        self._channels.clear()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for scratch in self._folder.glob("scratch-*"):
            with contextlib.suppress(OSError):
                remove_scratch(scratch)
        with contextlib.suppress(OSError):
            remove_scratch(self._folder)
        if self._group is not None:
            self._group.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _take_slot() -> tuple[int | None, int | None]:
    """A worker number that no other worker of this machine has, as long as the lock is open."""
    if worker_uid(0) is None:
        return None, None
    folder = Path(tempfile.gettempdir(), "referee-slots")
    folder.mkdir(mode=0o700, exist_ok=True)
    for slot in itertools.count():
        lock = os.open(folder / str(slot), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            continue
        return slot, lock
    raise AssertionError
