"""What starts a child in milliseconds?  A warm process that has imported everything, and forks.

It is told names of modules, never a cell's text; on its one unnamed socket its parent orders
children, each with the socket that is to be the child's. When it closes, all of them end.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
import threading
import traceback

from academy.grading.channel import Channel, ChannelClosed, receive_order
from academy.grading.child import run_child

__all__ = ["STACK", "main"]

STACK = (
    "numpy",
    "pandas",
    "academy.grading.codec.arrays",
    "academy.grading.codec.frames",
    "matplotlib",
    "matplotlib.pyplot",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "IPython.core.pylabtools",
    "IPython.core.magics",
    "IPython.core.completer",
)


def main(descriptor: int) -> None:
    """Serve the parent on the inherited socket."""
    parent = socket.socket(fileno=descriptor)
    channel = Channel(parent)
    children: dict[int, int] = {}
    try:
        order, _ = channel.receive()
        missing = _preload(order["modules"])
        channel.send({"op": "ready", "missing": missing, "threads": threading.active_count()})
        gc.collect()
        gc.freeze()
        while True:
            order, number, end = receive_order(parent)
            if order == "fork":
                children[number] = _fork(socket.socket(fileno=end))
            elif order == "end":
                _end(children.pop(number))
            elif order == "ping":
                channel.send({"op": "alive"})
    except ChannelClosed:
        pass
    finally:
        for pid in children.values():
            _end(pid)


def _preload(modules: list[str]) -> list[str]:
    missing = []
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception:
            missing.append(name)
    if "matplotlib" in sys.modules:
        _warm_matplotlib()
    _warm_shell_parts()
    return missing


def _warm_matplotlib() -> None:
    """Fonts found and one chart drawn, so that no child does it again."""
    import io

    from matplotlib.figure import Figure

    figure = Figure()
    figure.subplots().plot([0, 1])
    figure.savefig(io.BytesIO(), format="png")


def _warm_shell_parts() -> None:
    """Formatters and parsers that IPython imports on first use."""
    for name in (
        "IPython.core.formatters",
        "IPython.core.inputtransformer2",
        "IPython.core.ultratb",
    ):
        importlib.import_module(name)


def _fork(theirs: socket.socket) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            _close_all_but(theirs.fileno())
            run_child(theirs)
            status = 0
        except BaseException:
            with contextlib.suppress(BaseException):
                traceback.print_exc()
        finally:
            os._exit(status)
    theirs.close()
    return pid


def _close_all_but(kept: int) -> None:
    os.closerange(3, kept)
    os.closerange(kept + 1, 4096)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(pid: int) -> None:
    """Kill the child with whatever it has started."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(OSError):
            kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
