"""What does the zygote fork?  Children that are graded in, and templates that fork such children."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

from academy.grading.cage import remove_tree, scratch_bytes
from academy.grading.errors import RefereeError
from academy.grading.wire.channel import Channel, ChannelClosed, ChannelTimeout

if TYPE_CHECKING:
    from academy.grading.warm.nursery import Nursery

__all__ = ["BROKEN", "Child", "Template"]

BROKEN = "评分的预热进程中断了：请重新评分。"


class Child:
    """A forked process and the parent's end of its socket."""

    def __init__(
        self,
        nursery: Nursery,
        role: str,
        number: int,
        channel: Channel,
        scratch: Path,
        scratch_limit: int,
    ) -> None:
        self.role, self.number, self.channel, self.scratch = role, number, channel, scratch
        self._nursery = nursery
        self.level = self.folder = ""
        self.held: list[str] = []
        self._scratch_bytes = scratch_limit

    def wait_ready(self, seconds: float = 30) -> None:
        """Wait until the child has locked itself in."""
        if self.level:
            return
        try:
            head, _ = self.channel.receive(time.monotonic() + seconds)
        except (ChannelClosed, ChannelTimeout):
            raise RefereeError(BROKEN) from None
        self.level, self.held, self.folder = head["level"], head["held"], head["folder"]

    @property
    def watched(self) -> bool:
        """Whether nothing but its parent bounds what it writes."""
        return bool(self.level) and "disk" not in self.held

    def overfull(self) -> bool:
        """Whether more than allowed lies in its folder."""
        return scratch_bytes(self.scratch) > self._scratch_bytes

    def end(self) -> None:
        """Kill the process and remove its folder."""
        self._nursery.end(self.number)
        if "mounts" in self.level.split("+"):
            # nothing could be written to the folder itself
            self._nursery.take_back(self.role, self.scratch)
            return
        with contextlib.suppress(OSError):
            remove_tree(self.scratch)


class Template:
    """A process that has run a notebook's leading cells and forks behind them."""

    def __init__(self, nursery: Nursery, number: int, channel: Channel, deadline: float) -> None:
        self.channel = channel
        self._nursery, self._number, self._deadline = nursery, number, deadline
        self.fine: bool | None = None

    def ready(self) -> bool:
        """Whether children can be forked from it; waits until its cells have run."""
        if self.fine is None:
            try:
                self.fine = self.channel.receive(self._deadline)[0]["fine"] is True
            except (ChannelClosed, ChannelTimeout):
                self.fine = False
        return self.fine

    def end(self) -> None:
        """Kill the process; its children have ended."""
        self._nursery.end(self._number)
