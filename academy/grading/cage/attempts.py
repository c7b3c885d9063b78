"""Which ways out does a submission try?  One function each, bounded, and only on this machine.

An attempt returns one Chinese line when it got through and raises when it did not. What it did
outside (a changed file, a connection) is looked for there as well: see ``prey``.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ATTEMPTS", "DEVICE", "Attempt", "Target", "open_device"]

DEVICE = "打开设备文件"
MEMORY_BYTES = 192 * 1024**2
SCRATCH_BYTES = 4 * 1024**2
_TOO_MUCH_MEMORY = 2 * MEMORY_BYTES
_TOO_MUCH_SHARED = 4 * 1024**3
_TOO_MANY_FILES = 3000
_TOO_MANY_THREADS = 300
_DEVICES = ("mem", "port", "sda", "vda", "nvme0n1", "kmsg", "fuse", "ptmx")


@dataclass(frozen=True)
class Target:
    """Where the attempts find what they are after; plain text and numbers, it travels as JSON."""

    folder: str
    secret: str
    victim: str
    other_scratch: str
    unix_socket: str
    abstract_name: str
    tcp_port: int
    udp_port: int
    descriptor: int

    def path(self, name: str) -> Path:
        """A file in the folder outside."""
        return Path(self.folder, name)


@dataclass(frozen=True)
class Attempt:
    """One way out: Chinese name, the guarantee that it would break, the deed."""

    name: str
    guarantee: str
    act: Callable[[Target], str]
    linux_only: bool = False


def _read_outside(target: Target) -> str:
    return f"读到 {len(Path(target.secret).read_bytes())} 字节"


def _list_outside(target: Target) -> str:
    return f"看到 {len(os.listdir(target.folder))} 个文件名"


def _write_outside(target: Target) -> str:
    Path(target.victim).write_bytes(b"changed")
    return "改写了"


def _create_outside(target: Target) -> str:
    target.path("created").write_bytes(b"new")
    return "新建了"


def _delete_outside(target: Target) -> str:
    target.path("delete-me").unlink()
    return "删除了"


def _rename_outside(target: Target) -> str:
    target.path("rename-me").rename(target.path("renamed"))
    return "改了名"


def _link_outside(target: Target) -> str:
    os.link(target.secret, target.path("linked"))
    return "建了硬链接"


def _chmod_outside(target: Target) -> str:
    os.chmod(target.path("chmod-me"), 0o777)
    mode = os.stat(target.path("chmod-me")).st_mode & 0o777
    if mode != 0o777:
        raise PermissionError("没有改成")
    return "改了权限"


def _utime_outside(target: Target) -> str:
    os.utime(target.path("utime-me"), (0, 0))
    if os.stat(target.path("utime-me")).st_mtime:
        raise PermissionError("没有改成")
    return "改了时间"


def _other_scratch(target: Target) -> str:
    return f"读到 {len(Path(target.other_scratch, 'answer.txt').read_bytes())} 字节"


def _shared_memory_file(target: Target) -> str:
    path = Path("/dev/shm", target.abstract_name)
    path.write_bytes(b"note")
    path.unlink()
    return "写进了共享内存"


def _parent_environment(_: Target) -> str:
    with open(f"/proc/{os.getppid()}/environ", "rb") as file:
        return f"读到 {len(file.read())} 字节"


def _parent_memory(_: Target) -> str:
    with open(f"/proc/{os.getppid()}/maps", encoding="utf-8") as file:
        return f"读到 {len(file.readlines())} 行"


def _trace(_: Target) -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(0, 0, None, None) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return "可以跟踪"


def _tcp(target: Target) -> str:
    with socket.create_connection(("127.0.0.1", target.tcp_port), timeout=2):
        return "连上了"


def _udp(target: Target) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"leak", ("127.0.0.1", target.udp_port))
    return "发出去了"


def _listen(_: Target) -> str:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        return "在端口上监听了"


def _unix_socket(target: Target) -> str:
    with socket.socket(socket.AF_UNIX) as sender:
        sender.settimeout(2)
        sender.connect(target.unix_socket)
    return "连上了"


def _abstract_socket(target: Target) -> str:
    with socket.socket(socket.AF_UNIX) as sender:
        sender.settimeout(2)
        sender.connect(f"\0{target.abstract_name}")
    return "连上了"


def _signal_parent(_: Target) -> str:
    os.kill(os.getppid(), signal.SIGUSR1)
    return "发出去了"


def _fork(_: Target) -> str:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "分出了一个进程"


def _execute(_: Target) -> str:
    program = shutil.which("true", path="/usr/bin:/bin")
    os.execv(program, [program])
    return "换成了另一个程序"


def _threads(_: Target) -> str:
    stop = threading.Event()
    threads = []
    threading.stack_size(64 * 1024)
    try:
        for _ in range(_TOO_MANY_THREADS):
            thread = threading.Thread(target=stop.wait, daemon=True)
            thread.start()
            threads.append(thread)
    finally:
        stop.set()
    return f"开了 {len(threads)} 个线程"


def _memory(_: Target) -> str:
    block = bytearray(_TOO_MUCH_MEMORY)
    block[:: mmap.PAGESIZE] = b"x" * len(range(0, len(block), mmap.PAGESIZE))
    return f"占了 {len(block) >> 20} MB"


def _shared_memory(_: Target) -> str:
    with mmap.mmap(-1, _TOO_MUCH_SHARED) as block:
        return f"得到 {len(block) >> 20} MB"


def _one_big_file(_: Target) -> str:
    with open("big", "wb") as file:
        file.write(bytes(SCRATCH_BYTES + 1))
    return f"写了 {SCRATCH_BYTES + 1} 字节"


def _disk(_: Target) -> str:
    for number in range(4):
        Path(f"part{number}").write_bytes(bytes(SCRATCH_BYTES // 2))
    return f"写了 {2 * SCRATCH_BYTES} 字节"


def _many_files(_: Target) -> str:
    Path("many").mkdir()
    for number in range(_TOO_MANY_FILES):
        Path("many", str(number)).touch()
    return f"建了 {_TOO_MANY_FILES} 个文件"


def _set_user_id(_: Target) -> str:
    os.close(os.open("setuid", os.O_CREAT | os.O_WRONLY, 0o4755))
    if not os.stat("setuid").st_mode & 0o4000:
        os.chmod("setuid", 0o4755)
    if not os.stat("setuid").st_mode & 0o4000:
        raise PermissionError("没有设上")
    return "设上了"


def _symbolic_link(target: Target) -> str:
    os.symlink(target.secret, "report.csv")
    return "建了指向外面的符号链接"


def open_device() -> str | None:
    """A device (memory, disk, kernel log) that this user can open; None if there is none."""
    for name in _DEVICES:
        with suppress(OSError):
            os.close(os.open(f"/dev/{name}", os.O_RDONLY))
            return name
    return None


def _device(_: Target) -> str:
    name = open_device()
    if name is None:
        raise PermissionError("一个也打不开")
    return f"打开了 {name}"


def _descriptor(target: Target) -> str:
    os.write(target.descriptor, b"leak")
    return "写进去了"


ATTEMPTS = tuple(
    attempt
    for attempt in (
        Attempt("读外面的文件", "files", _read_outside),
        Attempt("列外面的文件夹", "files", _list_outside),
        Attempt("改写外面的文件", "files", _write_outside),
        Attempt("在外面新建文件", "files", _create_outside),
        Attempt("删除外面的文件", "files", _delete_outside),
        Attempt("给外面的文件改名", "files", _rename_outside),
        Attempt("给外面的文件建硬链接", "files", _link_outside),
        Attempt("改外面文件的权限", "files", _chmod_outside),
        Attempt("改外面文件的时间", "files", _utime_outside),
        Attempt("读另一位学员的草稿", "files", _other_scratch),
        Attempt("写共享内存文件", "files", _shared_memory_file, linux_only=True),
        Attempt("在草稿里建符号链接", "files", _symbolic_link),
        Attempt("建带 setuid 位的文件", "files", _set_user_id),
        Attempt(DEVICE, "files", _device),
        Attempt("写继承来的描述符", "files", _descriptor),
        Attempt("读父进程的环境变量", "introspection", _parent_environment, linux_only=True),
        Attempt("读父进程的内存布局", "introspection", _parent_memory, linux_only=True),
        Attempt("跟踪进程（ptrace）", "introspection", _trace, linux_only=True),
        Attempt("TCP 连接", "network", _tcp),
        Attempt("UDP 发送", "network", _udp),
        Attempt("在端口上监听", "network", _listen),
        Attempt("连接 Unix 套接字", "sockets", _unix_socket),
        Attempt("连接抽象套接字", "sockets", _abstract_socket, linux_only=True),
        Attempt("给父进程发信号", "signals", _signal_parent),
        Attempt("分身（fork）", "processes", _fork),
        Attempt("启动程序（exec）", "processes", _execute),
        Attempt("开大量线程", "memory", _threads),
        Attempt("占大量内存", "memory", _memory),
        Attempt("占大量共享内存", "memory", _shared_memory),
        Attempt("写一个大文件", "disk", _one_big_file),
        Attempt("写满草稿文件夹", "disk", _disk),
        Attempt("建大量文件", "disk", _many_files),
    )
    if sys.platform == "linux" or not attempt.linux_only
)
