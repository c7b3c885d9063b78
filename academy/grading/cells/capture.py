"""What does a cell put out?  Text, displays and results, gathered as notebook outputs."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import io
import os
import sys
import tempfile
from typing import Any

__all__ = ["Capture", "Outputs", "json_ready", "text_of"]

STREAMS = ("stdout", "stderr")
TRUNCATED = "\n……输出太多，其余从略。\n"


class Outputs:
    """The outputs of the running cell, as nbclient would have written them.

    Parameters
    ----------
    limit : bytes kept for all cells together.
    """

    def __init__(self, limit: int) -> None:
        self.left = limit
        self.items: list[dict[str, Any]] = []
        self._displays: dict[str, list[dict[str, Any]]] = {}
        self._waiting: dict[str, list[str]] = {name: [] for name in STREAMS}
        self._clear_next = False
        self._full = False

    def take(self) -> list[dict[str, Any]]:
        """What the cell has put out; the next cell starts empty."""
        self.flush()
        items, self.items, self._clear_next = self.items, [], False
        return items

    def stream(self, name: str, text: str) -> None:
        """Text on stdout or stderr; kept until something else comes, as a kernel does it."""
        text = self._fit(text)
        if text:
            self._waiting[name].append(text)

    def flush(self, *names: str) -> None:
        """Put out the waiting text of the streams, by default of both."""
        for name in names or STREAMS:
            text = "".join(self._waiting[name])
            self._waiting[name].clear()
            if text:
                self._put(name, text)

    def _put(self, name: str, text: str) -> None:
        self._clear_if_waiting()
        last = self.items[-1] if self.items else None
        if last and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.items.append({"output_type": "stream", "name": name, "text": text})

    def add(self, output: dict[str, Any]) -> None:
        """A result, a display or an error."""
        self.flush()
        size = sum(len(str(part)) for part in output.get("data", {}).values())
        size += sum(map(len, output.get("traceback", ())))
        if size > self.left and output["output_type"] != "error":
            self.stream("stderr", TRUNCATED)
            return
        self.left -= size
        self._clear_if_waiting()
        self.items.append(output)

    def display(
        self, data: dict[str, Any], metadata: dict[str, Any], display_id: str | None, update: bool
    ) -> None:
        """A display; with `update` the displays of that id are replaced."""
        if update:
            for shown in self._displays.get(display_id or "", []):
                shown["data"], shown["metadata"] = data, metadata
            return
        output = {"output_type": "display_data", "data": data, "metadata": metadata}
        self.add(output)
        if display_id:
            self._displays.setdefault(display_id, []).append(output)

    def clear(self, wait: bool) -> None:
        """Clear now, or before the next output."""
        self.flush()
        if wait:
            self._clear_next = True
        else:
            self.items = []

    def _clear_if_waiting(self) -> None:
        if self._clear_next:
            self.items, self._clear_next = [], False

    def _fit(self, text: str) -> str:
        if self._full:
            return ""
        if len(text) > self.left:
            text, self._full = text[: max(0, self.left)] + TRUNCATED, True
        self.left -= len(text)
        return text


class _Stream(io.TextIOBase):
    encoding = "UTF-8"
    errors = None

    def __init__(self, outputs: Outputs, name: str, descriptor: int) -> None:
        self._outputs, self.name, self._descriptor = outputs, f"<{name}>", descriptor
        self._stream = name

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.stream(self._stream, text)
        return len(text)

    def flush(self) -> None:
        self._outputs.flush(self._stream)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return False


class Capture:
    """sys.stdout, sys.stderr and what libraries write to descriptors 1 and 2 become outputs."""

    def __init__(self, outputs: Outputs) -> None:
        self.outputs = outputs
        self._files = {}
        for number, name in ((1, "stdout"), (2, "stderr")):
            descriptor = _anonymous_file(name)
            os.dup2(descriptor, number)
            os.close(descriptor)
            self._files[number] = name
            stream = _Stream(outputs, name, number)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)

    def collect(self) -> None:
        """Append what came in on the descriptors since the last call."""
        for number, name in self._files.items():
            with contextlib.suppress(OSError):
                size = os.fstat(number).st_size
                if size:
                    content = os.pread(number, min(size, self.outputs.left + 1), 0)
                    os.ftruncate(number, 0)
                    self.outputs.stream(name, content.decode("utf-8", "replace"))


def _anonymous_file(name: str) -> int:
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create(name, os.MFD_CLOEXEC)
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_APPEND)
    return descriptor


def text_of(value: object) -> str:
    """str() that always has an answer."""
    try:
        return str(value)
    except BaseException as error:
        return f"<{type(error).__name__}>"


def json_ready(value: Any) -> Any:
    """Only what JSON has, as ipykernel does it: bytes in base64, other objects as text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else repr(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {str(key): json_ready(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [json_ready(item) for item in value]
    return text_of(value)
