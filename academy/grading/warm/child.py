"""What does a forked child do first?  Locks itself in, then serves as learner or examiner."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import sys
from pathlib import Path
from typing import Any

from academy.grading.cage import Level, Policy, enter
from academy.grading.cells.shell import INLINE, make_shell
from academy.grading.examiner.process import Examiner
from academy.grading.learner.process import Learner
from academy.grading.wire.channel import Channel, ChannelClosed

__all__ = ["VARIABLES", "reseed", "run_child"]

VARIABLES = {"MPLBACKEND": INLINE, "NBGRADER_EXECUTION": "autograde"}


def run_child(end: socket.socket) -> None:
    """The whole life of a child; returns when the other end closes."""
    channel = Channel(end)
    with contextlib.suppress(ChannelClosed):
        order, _ = channel.receive()
        if not order["planted"]:
            reseed(order["seed"])
        shell, outputs, capture = make_shell(
            order["output_bytes"], plain_tracebacks=order["role"] == "examiner"
        )
        level = _enter_cage(order, end.fileno())
        held = {"level": level.name, "held": sorted(level.held), "notes": level.notes}
        channel.send({"op": "ready", "folder": os.getcwd(), **held})
        sys.path[:] = ["", *(entry for entry in sys.path if entry)]
        if order["role"] == "learner":
            Learner(channel, shell, outputs, capture).serve()
        else:
            Examiner(channel, shell, outputs, capture, frozenset(order["packages"])).serve()


def _enter_cage(order: dict[str, Any], descriptor: int) -> Level:
    policy = Policy(
        scratch=Path(order["scratch"]),
        memory_bytes=order["memory_bytes"],
        file_bytes=order["scratch_bytes"],
        readable=tuple(map(Path, order["readable"])),
        uid=order["uid"],
        scratch_bytes=order["scratch_bytes"],
        keep_fds=(descriptor,),
        environment=VARIABLES,
    )
    return enter(policy)


def reseed(seed: int) -> None:
    """The same submission sees the same random numbers whenever it is graded."""
    random.seed(seed)
    if "numpy" in sys.modules:
        import numpy as np

        np.random.seed(seed % 2**32)  # noqa: NPY002 - the generator that learners use unseeded
