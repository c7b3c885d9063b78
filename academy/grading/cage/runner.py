"""A small zygote that forks a child for every attempt: run by ``checking``.

``python -m academy.grading.cage.runner``: a JSON order on its input, a JSON line per attempt out.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from pathlib import Path

from academy.grading.cage.attempts import ATTEMPTS, MEMORY_BYTES, SCRATCH_BYTES, Attempt, Target
from academy.grading.cage.entering import enter, prepare
from academy.grading.cage.policy import Policy

__all__ = ["main"]

_SECONDS = 20
_SIGNALLED: list[int] = []


def _child(
    attempt: Attempt, target: Target, policy: Policy, caged: bool, report: int, gate: int
) -> None:
    """Enter the cage or not, tell the level, try, tell the result; never returns."""
    status = 1
    try:
        if caged:
            level = enter(policy)
            _tell(report, {"held": dict(level.held), "name": level.name})
        else:
            os.chdir(policy.scratch)
        os.read(gate, 1)
        signal.alarm(_SECONDS)
        try:
            _tell(report, {"through": True, "detail": attempt.act(target)})
        except BaseException as error:
            _tell(report, {"through": False, "detail": f"{type(error).__name__}: {error}"})
        status = 0
    finally:
        os._exit(status)


def _tell(report: int, message: dict[str, object]) -> None:
    os.write(report, json.dumps(message).encode() + b"\n")


def _try(attempt: Attempt, target: Target, policy: Policy, caged: bool) -> dict[str, object]:
    """One attempt in a child of its own."""
    reading, report = os.pipe()
    gate, opening = os.pipe()
    _SIGNALLED.clear()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.close(opening)
        kept = Policy(
            policy.scratch,
            policy.memory_bytes,
            policy.file_bytes,
            uid=policy.uid,
            keep_fds=(report, gate),
        )
        _child(attempt, target, kept, caged, report, gate)
    os.close(report)
    os.close(gate)
    os.write(opening, b"g")
    told = b""
    while True:
        ready, _, _ = select.select([reading], [], [], 2 * _SECONDS)
        piece = os.read(reading, 65536) if ready else b""
        if not piece:
            break
        told += piece
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    os.close(opening)
    found: dict[str, object] = {"name": attempt.name, "through": False, "detail": "", "held": {}}
    for line in told.splitlines():
        heard = json.loads(line)
        found.update({"level": heard.pop("name")} if "name" in heard else {}, **heard)
    code = os.waitstatus_to_exitcode(status)
    if not found["detail"]:
        # exec replaced the child, which ended well without a word; or it was killed
        found["through"] = code == 0
        found["detail"] = "换成了另一个程序" if code == 0 else f"进程被结束（{code}）"
    if _SIGNALLED:
        found["through"] = True
    return found


def main() -> int:
    """Carry out the order."""
    order = json.loads(sys.stdin.readline())
    target = Target(**order["target"])
    policy = Policy(Path(order["scratch"]), MEMORY_BYTES, SCRATCH_BYTES, uid=order["uid"])
    signal.signal(signal.SIGUSR1, lambda number, _: _SIGNALLED.append(number))
    prepare()
    for attempt in ATTEMPTS:
        if attempt.name in order["attempts"]:
            print(json.dumps(_try(attempt, target, policy, order["caged"])), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
