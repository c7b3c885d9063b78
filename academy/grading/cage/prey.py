"""What do the attempts go after, and did they get it?  A folder, listeners, a descriptor.

Everything lies in a temporary folder that others may read, or listens on the loopback only.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from academy.grading.cage.attempts import Target

__all__ = ["Prey"]

_SECRET = "隐藏测试的答案".encode()


class Prey:
    """Context manager; ``target`` says where everything is.

    Parameters
    ----------
    folder : an empty folder of the grader.
    other_scratch : the scratch folder of another worker.
    """

    def __init__(self, folder: Path, other_scratch: Path) -> None:
        self.folder, self.other_scratch = folder, other_scratch
        self._stack = ExitStack()

    def __enter__(self) -> Prey:
        os.chmod(self.folder, 0o755)
        abstract = f"cage-{os.getpid()}-{os.urandom(4).hex()}"
        unix_path = str(self.folder / "socket")
        self._tcp = self._listener(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        self._udp = self._listener(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self._unix = self._listener(socket.AF_UNIX, socket.SOCK_STREAM, unix_path)
        os.chmod(unix_path, 0o777)
        self._abstract = None
        if sys.platform == "linux":
            address = f"\0{abstract}"
            self._abstract = self._listener(socket.AF_UNIX, socket.SOCK_STREAM, address)
        self._inbox, self._descriptor = os.pipe()
        os.set_blocking(self._inbox, False)
        self.target = Target(
            folder=str(self.folder),
            secret=str(self.folder / "secret"),
            victim=str(self.folder / "victim"),
            other_scratch=str(self.other_scratch),
            unix_socket=unix_path,
            abstract_name=abstract,
            tcp_port=self._tcp.getsockname()[1],
            udp_port=self._udp.getsockname()[1],
            descriptor=self._descriptor,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        os.close(self._inbox)
        os.close(self._descriptor)

    def _listener(self, family: int, kind: int, address: object) -> socket.socket:
        listener = self._stack.enter_context(socket.socket(family, kind))
        listener.bind(address)
        if kind == socket.SOCK_STREAM:
            listener.listen(8)
        listener.setblocking(False)
        return listener

    def lay_out(self) -> None:
        """Put everything back as it was before any attempt."""
        for name in ("created", "renamed", "linked"):
            (self.folder / name).unlink(missing_ok=True)
        for name in ("secret", "victim", "delete-me", "rename-me", "chmod-me", "utime-me"):
            (self.folder / name).write_bytes(_SECRET)
            os.chmod(self.folder / name, 0o644)
        for listener in (self._tcp, self._unix, self._abstract):
            while listener is not None and _accepted(listener):
                pass
        while _received(self._udp):
            pass
        self._leaked()

    def evidence(self) -> frozenset[str]:
        """Names of the attempts whose effect is seen here, whatever the attempts say themselves."""
        seen: dict[str, Callable[[], bool]] = {
            "改写外面的文件": lambda: (self.folder / "victim").read_bytes() != _SECRET,
            "在外面新建文件": (self.folder / "created").exists,
            "删除外面的文件": lambda: not (self.folder / "delete-me").exists(),
            "给外面的文件改名": (self.folder / "renamed").exists,
            "给外面的文件建硬链接": (self.folder / "linked").exists,
            "改外面文件的权限": lambda: os.stat(self.folder / "chmod-me").st_mode & 0o777 != 0o644,
            "改外面文件的时间": lambda: os.stat(self.folder / "utime-me").st_mtime == 0,
            "TCP 连接": lambda: _accepted(self._tcp),
            "UDP 发送": lambda: _received(self._udp),
            "连接 Unix 套接字": lambda: _accepted(self._unix),
            "连接抽象套接字": lambda: self._abstract is not None and _accepted(self._abstract),
            "写继承来的描述符": self._leaked,
        }
        return frozenset(name for name, found in seen.items() if found())

    def _leaked(self) -> bool:
        with suppress(BlockingIOError):
            return bool(os.read(self._inbox, 4096))
        return False


def _accepted(listener: socket.socket) -> bool:
    try:
        connection, _ = listener.accept()
    except BlockingIOError:
        return False
    connection.close()
    return True


def _received(listener: socket.socket) -> bool:
    try:
        return bool(listener.recv(4096))
    except BlockingIOError:
        return False
