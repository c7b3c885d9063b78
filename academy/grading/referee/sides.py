"""How does the parent drive the two processes of a submission, whatever they do?

Every byte from the learner's process is hostile: frames without the token of the pending request
are dropped, everything has a deadline, and answers for the examiner are passed on unopened.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable
from typing import Any

from academy.grading.referee.outputs import parse, sane_outputs
from academy.grading.referee.room_report import room_report
from academy.grading.warm.offspring import Child
from academy.grading.wire.channel import ChannelClosed, ChannelTimeout, Garbled
from academy.grading.wire.files import pack_files
from academy.grading.work.record import Limits

__all__ = ["Clock", "ExaminerSide", "LearnerSide", "ProcessLost"]

# how often to look, where no mechanism bounds what a process writes
LOOK_SECONDS = 0.2


class ProcessLost(Exception):
    """A process was lost; ``kind`` is the verdict: died, timeout, unreadable, or disk (full)."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Clock:
    """The time left for a submission."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = time.monotonic() + limits.total_seconds

    def ours(self) -> float:
        """Deadline of what is the referee's own business; no learner's time runs out over it."""
        return time.monotonic() + self.limits.cell_seconds

    @property
    def expired(self) -> bool:
        """Whether nothing is left."""
        return time.monotonic() >= self._end

    def cell(self) -> float:
        """Deadline of a cell that starts now."""
        return min(self._end, time.monotonic() + self.limits.cell_seconds)

    def call(self) -> float:
        """Deadline of a call that starts now."""
        return min(self._end, time.monotonic() + self.limits.call_seconds)


class _Side:
    """One process, with its ways to fail turned into `ProcessLost`."""

    garbled = "unreadable"

    def __init__(self, child: Child) -> None:
        self.child = child

    def send(self, head: dict[str, Any], body: bytes, deadline: float) -> None:
        """Send a frame."""
        try:
            self.child.channel.send(head, body, deadline)
        except ChannelTimeout:
            raise ProcessLost("timeout") from None
        except ChannelClosed:
            raise ProcessLost("died") from None

    def receive(self, deadline: float) -> tuple[dict[str, Any], bytes]:
        """The next frame."""
        try:
            if self.child.watched:
                self._wait(deadline)
            return self.child.channel.receive(deadline)
        except ChannelTimeout:
            raise ProcessLost("timeout") from None
        except ChannelClosed:
            raise ProcessLost("died") from None
        except Garbled:
            raise ProcessLost(self.garbled) from None

    def _wait(self, deadline: float) -> None:
        """Wait for the next frame with an eye on what the process writes meanwhile."""
        waiting = True
        while waiting:
            left = deadline - time.monotonic()
            waiting = left > 0 and not self.child.channel.wait(min(left, LOOK_SECONDS))
            if self.child.overfull():
                raise ProcessLost("disk")


class LearnerSide(_Side):
    """The parent's view of one learner process."""

    def __init__(self, child: Child, output_bytes: int) -> None:
        super().__init__(child)
        self.output_bytes = output_bytes
        self._tokens: list[str] = []

    def give_files(self, files: dict[str, bytes], deadline: float) -> None:
        """Put files into the process's folder."""
        self.send({"op": "files"}, pack_files(files), deadline)

    def stage(self, keeps: Iterable[str], deadline: float) -> None:
        """Let the process note how things are before any line of the learner's.

        Parameters
        ----------
        keeps : names that the master's own cells have given a value by now.
        """
        self.send({"op": "stage", "keeps": list(keeps)}, b"", deadline)

    def start(
        self,
        source: str,
        count: int,
        render: bool,
        deadline: float,
        keeps: Iterable[str] | None = None,
    ) -> str:
        """Begin a cell; `finish` waits for it.

        Parameters
        ----------
        keeps : names that this cell gives to tests in the same room; None for a learner's cell.
        """
        token = secrets.token_hex(8)
        head = {"op": "cell", "token": token, "source": source, "count": count, "render": render}
        self.send({**head, "keeps": None if keeps is None else list(keeps)}, b"", deadline)
        return token

    def finish(self, token: str, deadline: float) -> tuple[list[dict[str, Any]], bool]:
        """Outputs of the cell, and whether it ran without an error."""
        content, outputs = self._finish(token, deadline)
        return outputs, content.get("ok") is True

    def test(
        self, source: str, count: int, render: bool, own: Iterable[str], deadline: float
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Run a test of the master's in the learner's own process: report and outputs.

        That it came to its end is proved by a number that stands in its last line and nowhere
        else; see `academy.grading.learner.room` for what that is worth.
        """
        token, proof = secrets.token_hex(8), secrets.token_hex(16)
        head = {"op": "test", "token": token, "source": source, "count": count, "render": render}
        self.send({**head, "own": list(own), "proof": proof}, b"", deadline)
        content, outputs = self._finish(token, deadline)
        return room_report(content, outputs, proof), outputs

    def _finish(self, token: str, deadline: float) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        while True:
            head, body = self.receive(deadline)
            if head.get("op") == "done" and head.get("token") == token:
                break
        try:
            content = parse(body, self.output_bytes)
            outputs = sane_outputs(content["outputs"], self.output_bytes)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise ProcessLost("unreadable") from None
        self.output_bytes -= sum(len(str(output)) for output in outputs)
        return content, outputs

    def survey(self, deadline: float) -> dict[str, Any]:
        """All names of the process; for the master's own run."""
        token = secrets.token_hex(8)
        self.send({"op": "survey", "token": token}, b"", deadline)
        return json.loads(self.receive(deadline)[1])

    def ask(self, body: bytes, deadline: float) -> tuple[str, bytes]:
        """Pass a question on; what comes back is ("reply" or "callback", body)."""
        token = secrets.token_hex(8)
        self._tokens.append(token)
        self.send({"op": "ask", "token": token}, body, deadline)
        return self._hear(deadline)

    def answer(self, body: bytes, deadline: float) -> tuple[str, bytes]:
        """Pass the answer to a callback on; as `ask`."""
        self.send({"op": "answer"}, body, deadline)
        return self._hear(deadline)

    def _hear(self, deadline: float) -> tuple[str, bytes]:
        while True:
            head, body = self.receive(deadline)
            if head.get("token") != self._tokens[-1]:
                continue
            if head.get("op") == "reply":
                self._tokens.pop()
                return "reply", body
            if head.get("op") == "callback":
                return "callback", body


class ExaminerSide(_Side):
    """The parent's view of one examiner process."""

    garbled = "died"

    def give_files(
        self, files: dict[str, bytes], environment: dict[str, str], deadline: float
    ) -> None:
        """Put files and variables into the process."""
        self.send({"op": "files", "environment": environment}, pack_files(files), deadline)
