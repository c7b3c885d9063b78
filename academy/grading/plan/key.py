"""Until when does a plan hold?  Until the master, the referee or a library under them changes."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata, util
from pathlib import Path

from academy.grading.plan.advice import imported
from academy.grading.work.assignment import Assignment

__all__ = ["plan_key"]

GRADING = Path(__file__).resolve().parents[1]
# what runs the cells, draws, computes and carries values over, or reads the master
LIBRARIES = ("ipython", "matplotlib", "matplotlib-inline", "nbgrader", "numpy", "pandas")
# changes with every working copy while its version stays; the distribution says what it needs
OWN_LIBRARY, OWN_DISTRIBUTION = "ccomlib", "ccom-courseware"


def plan_key(assignment: Assignment) -> str:
    """Digest of everything that a dry run of the assignment depends on.

    That is: the master; every module of this package, whatever its room; Python and the libraries
    that the referee uses; ccomlib with what it is built on; whatever else the master imports.
    """
    parts = [
        f"master {assignment.digest}",
        f"grading {_tree_digest(GRADING)}",
        f"python {sys.version}",
        f"{OWN_LIBRARY} {_own_library()}",
        *_versions({*LIBRARIES, *_declared(), *_roots(imported(assignment))}),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _own_library() -> str:
    spec = util.find_spec(OWN_LIBRARY)
    folders = spec.submodule_search_locations if spec else []
    return ", ".join(_tree_digest(Path(folder)) for folder in folders)


def _roots(modules: Iterable[str]) -> set[str]:
    roots = {name.partition(".")[0] for name in modules}
    return roots - sys.stdlib_module_names - {OWN_LIBRARY}


def _declared() -> Iterator[str]:
    """What this project says that it needs; nothing where it is not installed."""
    try:
        requirements = metadata.requires(OWN_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return
    for requirement in requirements:
        if "extra ==" not in requirement:
            yield re.match(r"[\w.-]+", requirement).group()


def _versions(names: Iterable[str]) -> Iterator[str]:
    for name in sorted(names):
        yield f"{name} {_version(name)}"


def _version(root: str) -> str:
    """Version of the distribution of that name, or of those that hold the module of that name."""
    try:
        return metadata.version(root)
    except metadata.PackageNotFoundError:
        names = sorted(set(_distributions().get(root, ())))
        return ", ".join(f"{name} {metadata.version(name)}" for name in names)


@cache
def _distributions() -> dict[str, list[str]]:
    return dict(metadata.packages_distributions())


def _tree_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of all modules below a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
