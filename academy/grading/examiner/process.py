"""What does the examiner's process do?  Runs setup and test cells; never a line of the learner's."""

from __future__ import annotations

import json
import math
import os
import random
import sys
import warnings
from typing import Any

from academy.grading.cells.capture import Capture, Outputs, text_of
from academy.grading.cells.shell import Shell
from academy.grading.examiner.failures import Steering, Unreadable
from academy.grading.examiner.permits import Permits
from academy.grading.examiner.proxies import Proxies
from academy.grading.examiner.stands import trusted
from academy.grading.examiner.wording import UNKNOWN, name_kind, name_place
from academy.grading.wire.channel import Channel
from academy.grading.wire.codec import Codec, NotPlain, Undecodable
from academy.grading.wire.files import (
    LEFT_OUT,
    changed_files,
    file_digest,
    file_digests,
    is_data_name,
    list_files,
    unpack_files,
    write_files,
)
from academy.grading.wire.inplace import restore

__all__ = ["Examiner", "LearnerGone"]


class LearnerGone(BaseException):
    """The learner's process ended or was stopped while it was asked."""


class Examiner:
    """Serves one socket until it is closed.

    Parameters
    ----------
    packages : names of packages whose result dataclasses may come over by field.
    """

    def __init__(
        self,
        channel: Channel,
        shell: Shell,
        outputs: Outputs,
        capture: Capture,
        packages: frozenset[str],
    ) -> None:
        self.channel, self.shell, self.outputs, self.capture = channel, shell, outputs, capture
        self.proxies = Proxies(self._ask, packages)
        self._plain = Codec()
        self._fetched: set[str] = set()
        self._epoch = 0
        self._push_random = False
        self._share_files = False
        self._pushed = b""
        self._files: dict[str, str] = {}
        self._learners_files: dict[str, str] = {}
        self._unreadable = ""
        self._steered = ""
        self._gone = False
        self._left_out = ""

    def serve(self) -> None:
        """Answer frame after frame."""
        while True:
            head, body = self.channel.receive()
            if head["op"] == "files":
                os.environ.update(head["environment"])
                write_files(unpack_files(body))
                continue
            if head["op"] == "modules":
                self.channel.send({"op": "done", "modules": list(sys.modules)})
                continue
            report = self._run(head)
            outputs = json.dumps(self.outputs.take()).encode()
            self.channel.send({"op": "done", **report}, outputs)

    def _run(self, head: dict[str, Any]) -> dict[str, Any]:
        if head["epoch"] != self._epoch:
            self._epoch = head["epoch"]
            self.proxies.forget()
        self.proxies.permits = Permits(head["allowed"], head["source"])
        self._push_random, self._share_files = head["random"], head["files"]
        self._pushed = self._random_state() if self._push_random else b""
        self._unreadable, self._steered, self._gone, self._left_out = "", "", False, ""
        report: dict[str, Any] = {}
        try:
            self._bind(head["names"])
        except (Unreadable, LearnerGone) as error:
            return {"status": "unread", **self._state(error)}
        if self._share_files:
            self._files = file_digests()
        result = self.shell.run_as(head["count"], head["source"], head["render"])
        self.capture.collect()
        error = result.error_before_exec or result.error_in_exec
        report["status"] = "ok" if result.success else "error"
        if error is not None:
            report["ename"] = type(error).__name__
            report["evalue"] = text_of(error)[:2000]
            report["assertion"] = isinstance(error, AssertionError)
        elif result.result is not None:
            report["value"] = _number(result.result)
        if self._steered:
            # whatever the test made of it
            report |= {"status": "error", "ename": self._steered, "assertion": False}
        return report | self._state(error)

    def _state(self, error: BaseException | None) -> dict[str, Any]:
        if isinstance(error, Unreadable) and not isinstance(error, Steering):
            self._unreadable = self._unreadable or name_kind(error.kind)
        return {
            "unreadable": self._unreadable[:200],
            "gone": self._gone,
            "left_out": self._left_out,
            "allowed": sorted(self.proxies.permits.noted),
        }

    def _bind(self, names: list[str]) -> None:
        namespace = self.shell.user_ns
        if self._share_files:
            self._take_files()
        if not names:
            return
        fetched = self._fetch(names)
        for name in names:
            if name in self._fetched:
                namespace.pop(name, None)
            if name not in fetched:
                namespace.pop(name, None)
                continue
            namespace[name] = self._read(name, fetched[name])
            self._fetched.add(name)

    def _fetch(self, names: list[str]) -> dict[str, Any]:
        try:
            fetched = self._ask("fetch", names)
        except Exception:
            raise self._mark(UNKNOWN) from None
        if type(fetched) is not dict:
            raise self._mark(UNKNOWN)
        return fetched

    def _read(self, name: str, answer: Any) -> Any:
        try:
            fine, content = answer
            if fine is not True:
                raise Unreadable(str(content))
            with self.proxies.reading(name):
                return self.proxies.codec.loads(content)
        except Unreadable as refusal:
            raise self._mark(refusal.kind, name) from None
        except (Undecodable, ValueError, TypeError):
            raise self._mark(UNKNOWN, name) from None

    def _take_files(self) -> None:
        """Files that the learner's cells wrote, except what could be run here or is ours."""
        own = set(list_files())
        try:
            changed, left_out = self._ask("files", self._learners_files)
        except Exception:
            raise self._mark(UNKNOWN) from None
        if type(left_out) is str and left_out in LEFT_OUT:
            self._left_out = left_out
        for name, content in changed.items() if type(changed) is dict else ():
            if type(content) is not bytes or not is_data_name(name):
                continue
            if name in own and name not in self._learners_files:
                continue
            self._learners_files[name] = self._files[name] = file_digest(content)
            write_files({name: content})

    def _mark(self, kind: str, name: str = "") -> Unreadable:
        kind = name_kind(kind)
        self._unreadable = self._unreadable or (f"{name} 是 {kind}" if name else kind)
        return Unreadable(self._unreadable)

    def _ask(self, operation: str, *arguments: Any) -> Any:
        state = self._new_random_state()
        files = changed_files(self._files) if self._share_files else {}
        self._files |= {name: file_digest(content) for name, content in files.items()}
        try:
            question = self.proxies.codec.dumps((state, files, operation, *arguments))
        except NotPlain as refusal:
            raise TypeError(f"{refusal.kind} 不能交给学员的函数：只能交普通数据。") from None
        self.channel.send({"op": "ask"}, question)
        while True:
            head, body = self.channel.receive()
            if head["op"] == "gone":
                self._gone = True
                raise LearnerGone(head.get("reason", ""))
            if head["op"] == "callback":
                self.channel.send({"op": "answer"}, self._callback(body))
                continue
            return self._answer(body, operation, arguments)

    def _answer(self, body: bytes, operation: str, arguments: tuple[Any, ...]) -> Any:
        sources = self.proxies.sources(operation, arguments)
        try:
            with self.proxies.reading(*sources):
                status, value, changed, heard, shown = self.proxies.codec.loads(body)
                error = None
                if status == "raise":
                    error = self.proxies.exception(value, operation, arguments)
            if status == "refused":
                raise Unreadable(str(value))
            self._restore(changed, arguments)
            self._hear(heard, shown)
            if self._share_files and operation in ("call", "special", "next"):
                self._take_files()
        except Steering as refusal:
            self._steered = self._steered or refusal.kind
            raise
        except Unreadable as refusal:
            raise self._mark(refusal.kind, name_place(sources)) from None
        except (Undecodable, ValueError, TypeError, AttributeError, LookupError, RecursionError):
            raise self._mark(UNKNOWN) from None
        if error is not None:
            raise error
        return value

    def _restore(self, changed: dict[Any, Any], arguments: tuple[Any, ...]) -> None:
        """Arguments that the call changed in place are changed here too."""
        if not changed:
            return
        *_, positional, by_name = arguments
        for key, new in changed.items():
            old = positional[key] if type(key) is int else by_name[key]
            restore(old, new)

    def _hear(self, heard: list[Any], shown: list[Any]) -> None:
        for name, text in heard:
            (sys.stderr if name == "stderr" else sys.stdout).write(text)
        for module, name, text in shown:
            kind = trusted(module, name)
            if not (isinstance(kind, type) and issubclass(kind, Warning)):
                kind = UserWarning
            warnings.warn_explicit(text, kind, "<learner>", 1)

    def _callback(self, body: bytes) -> bytes:
        try:
            with self.proxies.reading("callback"):
                number, args, kwargs = self.proxies.codec.loads(body)
            value = self.proxies.callbacks[number](*args, **kwargs)
            return self.proxies.codec.dumps((True, value))
        except Exception as error:
            return self._plain.dumps((False, (type(error).__name__, text_of(error)[:1000])))

    def _new_random_state(self) -> bytes | None:
        """The generators' state, if the test has seeded them since the last call."""
        if not self._push_random:
            return None
        state = self._random_state()
        if state == self._pushed:
            return None
        self._pushed = state
        return state

    def _random_state(self) -> bytes:
        numbers = None
        if "numpy" in sys.modules:
            import numpy as np

            numbers = np.random.get_state()  # noqa: NPY002 - the state that the test seeds
        return self._plain.dumps((random.getstate(), numbers))


def _number(value: Any) -> dict[str, Any]:
    """A result for partial credit: a number, or what it is instead."""
    if hasattr(value, "item") and type(value).__module__ == "numpy":
        try:
            value = value.item()
        except ValueError:
            return {"other": "数组"}
    if type(value) in (int, float) and math.isfinite(value):
        return {"number": float(value)}
    return {"other": type(value).__name__[:80]}
