"""What starts a child in milliseconds?  A warm process that has imported everything, and forks.

It is told names of modules, never a cell's text; on its one unnamed socket its parent orders
children, each with the socket that is to be the child's. When it closes, all of them end.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import random
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable

from academy.grading.cage import prepare
from academy.grading.cells.shell import prepare_shell
from academy.grading.warm.child import run_child
from academy.grading.warm.template import run_leading_cells
from academy.grading.wire.channel import Channel, ChannelClosed, receive_order

__all__ = ["main", "preload"]


def main(descriptor: int) -> None:
    """Serve the parent on the inherited socket."""
    parent = socket.socket(fileno=descriptor)
    channel = Channel(parent)
    with contextlib.suppress(ChannelClosed):
        order, _ = channel.receive()
        missing = preload(order["modules"])
        prepare()
        channel.send({"op": "ready", "missing": missing, "threads": threading.active_count()})
        _serve(channel)


def _serve(channel: Channel) -> None:
    """Fork and end children as ordered; when the parent closes the socket, all of them end."""
    gc.collect()
    # a collection in a child would copy every page of what was imported
    gc.freeze()
    children: dict[int, int] = {}
    try:
        while True:
            order, number, end = receive_order(channel.end)
            if order == "fork":
                children[number] = _fork(socket.socket(fileno=end), run_child)
            elif order == "plant":
                children[number] = _fork(socket.socket(fileno=end), _grow)
            elif order == "end":
                _end(children.pop(number))
            elif order == "ping":
                channel.send({"op": "alive"})
    finally:
        for pid in children.values():
            _end(pid)


def _grow(end: socket.socket) -> None:
    """Run a notebook's leading cells, then fork from there."""
    channel = Channel(end)
    with contextlib.suppress(ChannelClosed):
        run_leading_cells(channel)
        _serve(channel)


def preload(modules: list[str]) -> list[str]:
    """Import the modules and what else cells use first; returns those that can't be imported."""
    missing = []
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception:
            missing.append(name)
    if "matplotlib" in sys.modules:
        _warm_matplotlib()
    if "pandas" in sys.modules:
        _warm_pandas()
    _warm_shell()
    return missing


def _warm_matplotlib() -> None:
    """Fonts found and one chart drawn, so that no child does it again."""
    import matplotlib.pyplot as plt
    from IPython.core.pylabtools import print_figure

    figure, axes = plt.subplots()
    axes.plot([0, 1])
    axes.set_title("a")
    print_figure(figure)
    plt.close(figure)


def _warm_pandas() -> None:
    """What pandas sets up when it first computes and shows a table."""
    import pandas as pd

    table = pd.DataFrame({"number": [1.0, 2.0], "text": ["a", "b"], "whole": [1, 2]})
    for one in (table, table.describe(), table.groupby("text", as_index=False)["whole"].sum()):
        repr(one)
        one.to_html()


def _warm_shell() -> None:
    """Parsers and formatters that IPython sets up with its first cell."""
    shell = prepare_shell()
    shell.run_cell("pass", silent=True)
    try:
        raise ValueError
    except ValueError:
        # the first traceback looks up the file of every module
        shell.InteractiveTB.structured_traceback(*sys.exc_info())


def _fork(theirs: socket.socket, live: Callable[[socket.socket], None]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    drawn = random.getstate()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            # Python seeds anew after a fork; leading cells may have set the generator
            random.setstate(drawn)
            _close_all_but(theirs.fileno())
            live(theirs)
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
