"""What does the learner's process do?  Runs the learner's cells, and answers the examiner."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import sys
import types
import warnings
from typing import Any

from academy.grading.cells.capture import Capture, Outputs
from academy.grading.cells.shell import Shell
from academy.grading.learner.handles import Handles, describe_exception, run_coroutine
from academy.grading.learner.room import Room
from academy.grading.wire.channel import Channel
from academy.grading.wire.codec import NotPlain, Ready
from academy.grading.wire.codec.bases import base_content
from academy.grading.wire.files import (
    changed_files,
    look_for_files,
    unpack_files,
    write_files,
)
from academy.grading.wire.things import plain_fields

__all__ = ["Learner"]

IMMUTABLE = (type(None), bool, int, float, complex, str, bytes, frozenset, type(...))


class Learner:
    """Serves one socket until it is closed."""

    def __init__(self, channel: Channel, shell: Shell, outputs: Outputs, capture: Capture) -> None:
        self.channel, self.shell, self.outputs, self.capture = channel, shell, outputs, capture
        self.handles = Handles(self._call_examiner)
        self._room: Room | None = None
        self._token: Any = None
        self._seeded = b""

    def serve(self) -> None:
        """Answer frame after frame."""
        while True:
            head, body = self.channel.receive()
            self._answer(head, body)

    def _answer(self, head: dict[str, Any], body: bytes) -> None:
        self._token = head.get("token")
        if head["op"] == "cell":
            self._reply("done", _json(self._run(head)))
        elif head["op"] == "ask":
            self._reply("reply", self._ask(body))
        elif head["op"] == "test":
            self._reply("done", _json(self._test(head)))
        elif head["op"] == "stage":
            self._room = Room(self.shell, head["keeps"])
        elif head["op"] == "files":
            write_files(unpack_files(body))
        elif head["op"] == "survey":
            self._reply("done", _json(self._survey()))

    def _reply(self, op: str, body: bytes) -> None:
        self.channel.send({"op": op, "token": self._token}, body)

    def _run(self, head: dict[str, Any]) -> dict[str, Any]:
        keeps = head.get("keeps")
        masters = self._room is not None and keeps is not None
        with self._room.keeping(keeps) if masters else contextlib.nullcontext():
            result = self.shell.run_as(head["count"], head["source"], head.get("render", True))
        self.capture.collect()
        return {"outputs": self.outputs.take(), "ok": bool(result.success)}

    def _test(self, head: dict[str, Any]) -> dict[str, Any]:
        assert self._room is not None
        told = self._room.test(head)
        self.capture.collect()
        return {"outputs": self.outputs.take(), **told}

    def _ask(self, body: bytes) -> bytes:
        question = self.handles.codec.loads(body)
        state, files, operation, *arguments = question
        write_files(files)
        if state is not None and state != self._seeded:
            _set_random_state(self.handles.codec.loads(state))
            self._seeded = state
        held = self.outputs.take()
        watched, before = self._watched(operation, arguments)
        caught: list[warnings.WarningMessage]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                answer = ("ok", getattr(self, f"_do_{operation}")(*arguments))
            except BaseException as error:
                answer = ("raise", describe_exception(error, self.handles))
        self.capture.collect()
        said = self.outputs.take()
        self.outputs.items = held
        heard = [(o["name"], o["text"]) for o in said if o["output_type"] == "stream"]
        shown = [(w.category.__module__, w.category.__name__, str(w.message)) for w in caught[:100]]
        try:
            return self.handles.codec.dumps((*answer, self._changed(watched, before), heard, shown))
        except NotPlain as refusal:
            return self.handles.codec.dumps(("refused", refusal.kind, {}, heard, shown))
        finally:
            _drop_figures()

    def _watched(self, operation: str, arguments: list[Any]) -> tuple[dict, dict]:
        """Arguments that a call might change in place, and how they look before it."""
        if operation == "call":
            _, positional, by_name = arguments
        elif operation == "special":
            _, _, positional, by_name = arguments
        else:
            return {}, {}
        named = {**dict(enumerate(positional)), **by_name}
        watched = {k: v for k, v in named.items() if type(v) not in IMMUTABLE and not callable(v)}
        return watched, {key: self._form(value) for key, value in watched.items()}

    def _changed(self, watched: dict, before: dict) -> dict[Any, Any]:
        return {k: v for k, v in watched.items() if before[k] and self._form(v) != before[k]}

    def _form(self, value: Any) -> bytes | None:
        try:
            return self.handles.codec.dumps(value)
        except NotPlain:
            return None

    def _do_fetch(self, names: list[str]) -> dict[str, Any]:
        fetched = {}
        for name in names:
            if name not in self.shell.user_ns:
                continue
            try:
                fetched[name] = (True, self.handles.codec.dumps(self.shell.user_ns[name]))
            except NotPlain as refusal:
                fetched[name] = (False, refusal.kind)
            except Exception:
                # a class that answers falsely about itself
                fetched[name] = (False, type(self.shell.user_ns[name]).__name__)
        return fetched

    def _do_files(self, known: dict[str, str]) -> tuple[dict[str, bytes], str]:
        names, left_out = look_for_files()
        return changed_files(known, names), left_out

    def _do_call(self, number: int, args: tuple, kwargs: dict) -> Any:
        return self.handles[number](*args, **kwargs)

    def _do_special(self, number: int, name: str, args: tuple, kwargs: dict) -> Any:
        thing = self.handles[number]
        return getattr(type(thing), name)(thing, *args, **kwargs)

    def _do_getattr(self, number: int, name: str) -> Any:
        return getattr(self.handles[number], name)

    def _do_setattr(self, number: int, name: str, value: Any) -> None:
        setattr(self.handles[number], name, value)

    def _do_delattr(self, number: int, name: str) -> None:
        delattr(self.handles[number], name)

    def _do_content(self, number: int) -> Any:
        thing = self.handles[number]
        fields = plain_fields(thing)
        return base_content(thing) if fields is None else Ready(fields)

    def _do_next(self, number: int) -> tuple[bool, Any]:
        try:
            return True, next(self.handles[number])
        except StopIteration:
            return False, None

    def _do_await(self, number: int) -> Any:
        return run_coroutine(self.handles[number])

    def _call_examiner(self, number: int, args: tuple, kwargs: dict) -> Any:
        token = self._token
        question = self.handles.codec.dumps((number, tuple(args), kwargs))
        self.channel.send({"op": "callback", "token": token}, question)
        while True:
            head, body = self.channel.receive()
            if head["op"] == "answer":
                self._token = token
                fine, value = self.handles.codec.loads(body)
                if fine:
                    return value
                raise _local_exception(*value)
            self._answer(head, body)

    def _survey(self) -> dict[str, Any]:
        """All names with identity and form; asked of the master's own run only."""
        hidden = self.shell.user_ns_hidden
        found = {}
        for name, value in list(self.shell.user_ns.items()):
            if name in hidden and hidden[name] is value:
                continue
            form = None if type(value) is types.ModuleType else self._form(value)
            found[name] = {
                "id": id(value),
                "form": hashlib.sha256(form).hexdigest() if form else None,
            }
        return {"names": found, "modules": list(sys.modules)}


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def _local_exception(name: str, text: str) -> Exception:
    import builtins

    kind = getattr(builtins, name, None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            return kind(text)
        except TypeError:
            return RuntimeError(text)
    return RuntimeError(f"{name}: {text}")


def _set_random_state(state: tuple[Any, Any]) -> None:
    random.setstate(state[0])
    if "numpy" in sys.modules and state[1] is not None:
        import numpy as np

        np.random.set_state(state[1])  # noqa: NPY002 - the state that the test has seeded


def _drop_figures() -> None:
    """Charts drawn while answering a question belong to no cell."""
    if "matplotlib.pyplot" not in sys.modules:
        return
    import matplotlib.pyplot as plt

    if plt.get_fignums():
        plt.close("all")
    inline = sys.modules.get("matplotlib_inline.backend_inline")
    if inline is not None:
        inline.show._to_draw, inline.show._draw_called = [], False
