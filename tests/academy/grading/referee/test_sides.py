"""Where the machine does not bound what a process writes, its parent looks."""

import socket
import threading
import time

import pytest

from academy.grading.referee.sides import ExaminerSide, ProcessLost
from academy.grading.warm.offspring import Child
from academy.grading.wire.channel import Channel


@pytest.fixture
def ends(tmp_path):
    """(孩子, 它那一头)；没有挂载，上限 1000 字节。"""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        child = Child(None, "learner", 0, Channel(ours), tmp_path, 1000)
        child.level = "rlimits"
        yield child, Channel(theirs)


def test_a_process_that_writes_too_much_is_stopped_while_it_runs(ends, tmp_path):
    child, _ = ends
    timer = threading.Timer(0.1, lambda: (tmp_path / "big").write_bytes(bytes(1001)))
    timer.start()
    started = time.monotonic()

    with pytest.raises(ProcessLost, match="disk"):
        ExaminerSide(child).receive(time.monotonic() + 30)

    assert time.monotonic() - started < 10
    timer.join()


def test_it_is_stopped_too_when_it_has_already_answered(ends, tmp_path):
    child, other = ends
    (tmp_path / "big").write_bytes(bytes(1001))
    other.send({"op": "done"})

    with pytest.raises(ProcessLost, match="disk"):
        ExaminerSide(child).receive(time.monotonic() + 30)


def test_within_the_limit_answers_and_deadlines_are_as_ever(ends, tmp_path):
    child, other = ends
    (tmp_path / "small").write_bytes(bytes(1000))
    other.send({"op": "done"}, b"x")
    side = ExaminerSide(child)

    assert side.receive(time.monotonic() + 30) == ({"op": "done"}, b"x")
    with pytest.raises(ProcessLost, match="timeout"):
        side.receive(time.monotonic() + 0.3)


def test_where_the_disk_is_bounded_nobody_looks(ends, tmp_path):
    child, other = ends
    child.held = ["disk"]
    (tmp_path / "big").write_bytes(bytes(1001))
    other.send({"op": "done"})

    assert ExaminerSide(child).receive(time.monotonic() + 30)[0] == {"op": "done"}
