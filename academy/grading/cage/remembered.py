"""What was tried out since this machine started?  It holds until it starts again, or something here changes.

Trying starts processes, half a second each. Only what is as good as it can be is kept: a machine on
which something was missing is asked again. Nobody relies on it alone: each caged process tries its
own doors when it has been shut in.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from academy.grading.cage.scratch import is_private

__all__ = ["forget", "remembered"]

_BOOT = Path("/proc/sys/kernel/random/boot_id")
# who this process is for the kernel, and what it may do; the rest of its status changes all the time
_STATUS = ("Uid:", "Gid:", "CapEff:", "CapBnd:", "NoNewPrivs:", "Seccomp:")
_FILES = (
    "/proc/self/uid_map",
    "/proc/sys/kernel/unprivileged_userns_clone",
    "/proc/sys/kernel/osrelease",
)


def remembered(name: str, find_out: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """What `find_out` returned on this machine before, or returns now.

    Parameters
    ----------
    name : of the question.
    find_out : tries it; returns what JSON can hold.
    good : whether an answer is one to keep.
    """
    path = _path(name)
    if path is None:
        return find_out()
    with suppress(OSError, ValueError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(descriptor, encoding="utf-8") as file:
            return json.load(file)
    found = find_out()
    if good(found):
        with suppress(OSError):
            fresh, made = tempfile.mkstemp(dir=path.parent)
            with open(fresh, "w", encoding="utf-8") as file:
                json.dump(found, file)
            os.replace(made, path)
    return found


def forget() -> None:
    """Have everything tried again."""
    folder = _folder()
    if folder is not None:
        for path in folder.iterdir():
            path.unlink(missing_ok=True)
        with suppress(OSError):
            # another program may be keeping an answer at this moment
            folder.rmdir()


def _path(name: str) -> Path | None:
    folder, circumstances = _folder(), _circumstances()
    if folder is None or circumstances is None:
        return None
    digest = hashlib.sha256(f"{circumstances}\0{name}".encode("utf-8", "surrogateescape"))
    return folder / digest.hexdigest()


def _folder() -> Path | None:
    """A folder that nobody else can write to; None where there is none to be had."""
    if sys.platform != "linux":
        return None
    folder = Path(tempfile.gettempdir(), f"referee-checks-{os.geteuid()}")
    try:
        return folder if is_private(folder) else None
    except OSError:
        return None


@cache
def _circumstances() -> str | None:
    """All on which an answer depends; None where the start of the machine has no name."""
    try:
        parts = [_BOOT.read_text(encoding="utf-8")]
    except OSError:
        return None
    with suppress(OSError), open("/proc/self/status", encoding="utf-8") as lines:
        parts += [line for line in lines if line.startswith(_STATUS)]
    for name in _FILES:
        with suppress(OSError):
            parts.append(Path(name).read_text(encoding="utf-8"))
    for namespace in ("mnt", "user", "pid", "net"):
        with suppress(OSError):
            parts.append(os.readlink(f"/proc/self/ns/{namespace}"))
    for path in (shutil.which("bwrap"), sys.executable, sys.prefix, *sys.path):
        with suppress(OSError):
            status = os.stat(path or "")
            parts.append(f"{path} {status.st_mtime_ns} {status.st_ino}")
    for path in sorted(Path(__file__).parent.glob("*.py")):
        parts.append(hashlib.sha256(path.read_bytes()).hexdigest())
    return "\n".join([*parts, sys.version, os.environ.get("PYTHONPATH", "")])
