"""Does the cage hold?  Every escape is tried outside it, where it must work, and then inside."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from academy.grading.cage.attempts import ATTEMPTS, DEVICE, Target, open_device
from academy.grading.cage.bubblewrap import wrap_zygote
from academy.grading.cage.identity import worker_uid
from academy.grading.cage.policy import CageError, require_platform
from academy.grading.cage.prey import Prey
from academy.grading.cage.remembered import forget
from academy.grading.cage.scratch import make_scratch
from academy.grading.cage.surroundings import zygote_environment

__all__ = ["Probe", "check_containment"]

_SLOT = 996
_SECONDS = 300


@dataclass(frozen=True)
class Probe:
    """One escape: Chinese name, whether the cage held, through what, and what happened.

    ``held`` is true only where the same attempt worked outside the cage.
    """

    attempt: str
    held: bool
    mechanism: str
    detail: str

    def __str__(self) -> str:
        return f"{'守住' if self.held else '没守住'}　{self.attempt}（{self.mechanism}）：{self.detail}"


def check_containment() -> list[Probe]:
    """Try every way out in probe children, on this machine only; takes a few seconds.

    Raises
    ------
    CageError
        On Windows, or where the probes did not come up.
    """
    require_platform()
    # whoever checks wants it tried, not told what was found before
    forget()
    wanted = [a for a in ATTEMPTS if a.name != DEVICE or open_device()]
    with tempfile.TemporaryDirectory(prefix="cage-") as name:
        outside, inside, free = (Path(name, part) for part in ("outside", "inside", "free"))
        for folder in (outside, inside, free):
            folder.mkdir()
        Path(name).chmod(0o711)
        uid = worker_uid(_SLOT)
        other = make_scratch(inside, 1, worker_uid(_SLOT + 1))
        (other / "answer.txt").write_text("q1 = 'B'", encoding="utf-8")
        with Prey(outside, other) as prey:
            names = [attempt.name for attempt in wanted]
            prey.lay_out()
            control = _run(prey.target, names, make_scratch(free, 1), None, False, free)
            seen_outside = prey.evidence()
            prey.lay_out()
            caged = _run(prey.target, names, make_scratch(inside, 1, uid), uid, True, inside)
            seen_inside = prey.evidence()
    return [
        _probe(a.name, a.guarantee, control[a.name], caged[a.name], seen_outside, seen_inside)
        for a in wanted
    ]


def _probe(
    name: str,
    guarantee: str,
    control: dict,
    caged: dict,
    seen_outside: Iterable[str],
    seen_inside: Iterable[str],
) -> Probe:
    works = control["through"] or name in seen_outside
    escaped = caged["through"] or name in seen_inside
    detail = f"隔离外：{control['detail']}；隔离内：{caged['detail']}"
    if not works:
        detail = f"隔离外也没有做成（{control['detail']}），说明不了什么"
    mechanism = caged["held"].get(guarantee) or caged.get("level", "none")
    return Probe(name, works and not escaped, mechanism, detail)


def _run(
    target: Target, names: list[str], scratch: Path, uid: int | None, caged: bool, folder: Path
) -> dict[str, dict]:
    """The runner's findings by attempt."""
    command = [sys.executable, "-m", "academy.grading.cage.runner"]
    if caged:
        command = wrap_zygote(command, writable=[folder])
    order = {
        "target": asdict(target),
        "attempts": names,
        "scratch": str(scratch),
        "uid": uid,
        "caged": caged,
    }
    try:
        done = subprocess.run(
            command,
            input=json.dumps(order) + "\n",
            env=zygote_environment(folder),
            pass_fds=(target.descriptor,),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CageError(f"隔离检查 {_SECONDS} 秒没有做完。") from None
    found = {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}
    if set(found) != set(names):
        last = done.stderr.strip().splitlines()[-1:] or ["没有说明"]
        raise CageError(f"隔离检查中断：{last[0]}")
    return found
