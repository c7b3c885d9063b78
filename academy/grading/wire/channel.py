"""How do the processes talk?  Length-prefixed frames on a socket that has no name.

A frame is a small JSON head and an opaque body. The reader in the parent process bounds the length,
the head's form and the time, because the other end may be a learner's code.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any

__all__ = ["Channel", "ChannelClosed", "ChannelTimeout", "Garbled", "receive_order", "send_order"]

LENGTHS = struct.Struct("<II")
CHUNK = 1 << 20
ORDER_BYTES = 32


class ChannelClosed(ConnectionError):
    """The other end is gone."""


class ChannelTimeout(TimeoutError):
    """Nothing complete came in time."""


class Garbled(ValueError):
    """What came is no frame."""


class Channel:
    """One end of a socketpair.

    Parameters
    ----------
    end : the socket, owned by the channel from now on.
    limit, head_limit : longest body and head accepted, in bytes.
    """

    def __init__(self, end: socket.socket, limit: int = 1 << 30, head_limit: int = 1 << 26) -> None:
        self.end, self.limit, self.head_limit = end, limit, head_limit
        self._poll = select.poll()
        self._poll.register(end, select.POLLIN)

    def send(self, head: dict[str, Any], body: bytes = b"", deadline: float | None = None) -> None:
        """Send one frame; `deadline` is a `time.monotonic` moment."""
        text = json.dumps(head, ensure_ascii=False).encode("utf-8", "replace")
        data = memoryview(LENGTHS.pack(len(text), len(body)) + text + body)
        try:
            if deadline is None:
                self.end.sendall(data)
                return
            while data:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise ChannelTimeout
                self.end.settimeout(left)
                data = data[self.end.send(data[:CHUNK]) :]
        except TimeoutError:
            raise ChannelTimeout from None
        except OSError as error:
            raise ChannelClosed(str(error)) from None
        finally:
            if deadline is not None:
                self.end.settimeout(None)

    def receive(self, deadline: float | None = None) -> tuple[dict[str, Any], bytes]:
        """The next frame.

        Raises
        ------
        ChannelClosed, ChannelTimeout, Garbled
        """
        head_size, body_size = LENGTHS.unpack(self._exactly(LENGTHS.size, deadline))
        if head_size > self.head_limit or body_size > self.limit:
            raise Garbled(f"frame of {head_size} + {body_size} bytes")
        text = self._exactly(head_size, deadline)
        body = self._exactly(body_size, deadline)
        try:
            head = json.loads(text)
        except (ValueError, RecursionError):
            raise Garbled("head is not JSON") from None
        if type(head) is not dict:
            raise Garbled("head is not an object")
        return head, body

    def wait(self, seconds: float) -> bool:
        """Whether something comes within the time."""
        return bool(self._poll.poll(seconds * 1000))

    def _exactly(self, count: int, deadline: float | None) -> bytes:
        parts = []
        while count:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0 or not self._poll.poll(left * 1000):
                    raise ChannelTimeout
            try:
                part = self.end.recv(min(count, CHUNK))
            except OSError as error:
                raise ChannelClosed(str(error)) from None
            if not part:
                raise ChannelClosed("end of stream")
            parts.append(part)
            count -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def close(self) -> None:
        """Close this end."""
        self.end.close()


def send_order(end: socket.socket, order: str, number: int, descriptor: int | None = None) -> None:
    """Send one word and a number, with an open descriptor if there is one."""
    text = f"{order} {number}".encode().ljust(ORDER_BYTES)
    try:
        socket.send_fds(end, [text], [] if descriptor is None else [descriptor])
    except OSError as error:
        raise ChannelClosed(str(error)) from None


def receive_order(end: socket.socket) -> tuple[str, int, int | None]:
    """Word, number and descriptor of `send_order`."""
    text, descriptors = b"", []
    while len(text) < ORDER_BYTES:
        part, received, _, _ = socket.recv_fds(end, ORDER_BYTES - len(text), 1)
        if not part:
            raise ChannelClosed("end of stream")
        text += part
        descriptors += received
    order, number = text.split()
    return order.decode(), int(number), descriptors[0] if descriptors else None
