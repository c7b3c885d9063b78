"""What may a caged process read, and which environment does it see?"""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

__all__ = ["DEVICES", "default_readable", "environment", "interpreter_paths", "zygote_environment"]

_PACKAGES = Path(__file__).resolve().parents[3]
_OWN_CODE = (_PACKAGES / "academy", _PACKAGES / "ccomlib")
_SYSTEM = (
    "/usr",
    "/bin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/matplotlibrc",
    "/etc/mime.types",
    "/etc/timezone",
    "/sys/devices/system/cpu",
)
DEVICES = tuple(Path("/dev", name) for name in ("null", "zero", "full", "random", "urandom"))


@cache
def interpreter_paths() -> tuple[Path, ...]:
    """Folders without which this Python cannot import: prefixes, packages, our own code."""
    return tuple(_outermost(_interpreter_paths()))


def _interpreter_paths() -> Iterator[Path]:
    home = _home()
    executable = Path(sys.executable).resolve()
    prefixes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    for prefix in (*map(Path, sorted(prefixes)), executable.parent.parent):
        if home.is_relative_to(prefix):
            # the whole machine or home: only what an installation of Python has there
            yield from (prefix / name for name in ("bin", "lib", "lib64", "share"))
        else:
            yield prefix
    for entry in sys.path:
        # never the folder that Python was started in: it may be the course, answers and all
        if _holds_packages(entry):
            yield Path(entry)
    yield from _OWN_CODE


def _home() -> Path:
    """The user's home as the machine knows it; HOME is the zygote's own folder there."""
    try:
        import pwd

        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except (ImportError, KeyError):
        return Path(os.path.expanduser("~"))


@cache
def default_readable() -> tuple[Path, ...]:
    """Everything that honest work reads: Python, packages, system libraries, fonts, time zones."""
    wanted = [*interpreter_paths(), *map(Path, _SYSTEM)]
    return tuple(path for path in _outermost(wanted) if os.path.exists(path))


def _outermost(paths: Iterable[Path | str]) -> list[Path]:
    """Absolute paths without those that lie below another one."""
    kept: list[Path] = []
    for path in sorted({Path(os.path.abspath(path)) for path in paths}):
        if not any(path.is_relative_to(other) for other in kept):
            kept.append(path)
    return kept


def environment(
    home: Path, temporary: Path, more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The whole environment of a caged process.

    Parameters
    ----------
    home : folder for what programs write about their user: settings, caches.
    temporary : folder for temporary files.
    more : further variables.
    """
    folder = os.fspath(home)
    return {
        **_common(),
        "HOME": folder,
        "TMPDIR": os.fspath(temporary),
        "MPLCONFIGDIR": folder,
        "XDG_CACHE_HOME": folder,
        "XDG_CONFIG_HOME": folder,
        "IPYTHONDIR": folder,
        **(more or {}),
    }


def zygote_environment(
    home: Path = Path("/tmp"), more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment to start a zygote with: nothing of the grader's own.

    One thread a process, so that forking is safe; few malloc arenas, so that threads reserve little.

    Parameters
    ----------
    home : a folder that the zygote may write to (caches of imported packages). Inside bubblewrap,
        ``/tmp`` is the zygote's alone.
    more : further variables.
    """
    return {
        **_common(),
        **_own_packages(),
        "HOME": os.fspath(home),
        "TMPDIR": os.fspath(home),
        "MPLCONFIGDIR": os.path.join(home, "matplotlib"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONSAFEPATH": "1",
        **(more or {}),
    }


def _own_packages() -> dict[str, str]:
    """Where the zygote finds packages that are not in Python's own folders, as the grader does."""
    added = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [os.fspath(_PACKAGES), *filter(_holds_packages, added)]
    found = {"PYTHONPATH": os.pathsep.join(paths)}
    if site.ENABLE_USER_SITE:
        found["PYTHONUSERBASE"] = site.getuserbase()
    else:
        found["PYTHONNOUSERSITE"] = "1"
    return found


def _holds_packages(entry: str) -> bool:
    return Path(entry).name in ("site-packages", "dist-packages")


def _common() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("TZ",) if name in os.environ}
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "USER": "learner",
        "LOGNAME": "learner",
        "MPLBACKEND": "Agg",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "NUMEXPR_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        **kept,
    }
