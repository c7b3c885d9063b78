"""A small zygote that forks one caged child and prints what it found: run by ``availability``.

``python -m academy.grading.cage.trial SCRATCH UID``: prints an empty line when it is ready and waits
for one before it forks.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
import traceback
from pathlib import Path

from academy.grading.cage.entering import enter
from academy.grading.cage.policy import Policy

__all__ = ["main", "unseen_modules"]

_MEMORY, _FILE = 512 * 1024**2, 4 * 1024**2
# small modules that nothing imports by itself: of the standard library, compiled, and installed
_UNSEEN = ("colorsys", "fileinput", "_zoneinfo", "_queue", "cycler", "six", "packaging")


def unseen_modules() -> list[str]:
    """Modules that are installed here and that this process has not imported."""
    return [name for name in _UNSEEN if name not in sys.modules and importlib.util.find_spec(name)]


def _caged(scratch: Path, uid: int | None) -> dict[str, object]:
    names = unseen_modules()
    level = enter(Policy(scratch, _MEMORY, _FILE, uid=uid))
    problems = []
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            problems.append(f"隔离之后无法导入 {name}（{type(error).__name__}: {error}）")
    return {
        "held": dict(level.held),
        "mechanisms": level.mechanisms,
        "notes": level.notes,
        "problems": problems,
    }


def main() -> int:
    """Fork, cage, print; the exit status says whether the child got that far."""
    scratch, uid = Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2] else None
    print(flush=True)
    sys.stdin.readline()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            print(json.dumps(_caged(scratch, uid)), flush=True)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 0


if __name__ == "__main__":
    raise SystemExit(main())
