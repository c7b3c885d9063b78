"""What must the learner's machine install?  Ranges, and tested versions with hashes, from the project's own."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable
from functools import cached_property
from importlib.metadata import packages_distributions
from pathlib import Path

from academy.errors import CourseError
from academy.package.lessons import modules_imported

__all__ = ["Project", "read_project"]

# not imported by anything: the room where the lessons are read
ROOM = ("jupyterlab", "jupyterlab-language-pack-zh-CN")
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


class Project:
    """The checkout's pyproject.toml and its lock.

    Parameters
    ----------
    checkout : folder with pyproject.toml, requirements.txt and ccomlib/.
    """

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout
        self.settings = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
        project = self.settings["project"]
        self.version: str = project["version"]
        self.python: str = project["requires-python"]
        self.ranges = {_key(line): line for line in project["dependencies"]}
        self.lock = (checkout / "requirements.txt").read_text(encoding="utf-8")

    @cached_property
    def library(self) -> list[str]:
        """Ranges of what ccomlib itself imports."""
        files = sorted((self.checkout / "ccomlib").rglob("*.py"))
        return self.needed_by(ast.parse(path.read_text(encoding="utf-8")) for path in files)

    def needed_by(self, trees: Iterable[ast.AST]) -> list[str]:
        """The project's requirements whose packages the code imports."""
        homes = packages_distributions()
        wanted = {
            _key(distribution)
            for module in modules_imported(trees)
            for distribution in homes.get(module, ())
        }
        return [line for key, line in self.ranges.items() if key in wanted]

    def room(self) -> list[str]:
        """Ranges of JupyterLab and its Chinese."""
        return [self.ranges[_key(name)] for name in ROOM]

    def locked(self, ranges: Iterable[str]) -> str:
        """The part of the lock that `ranges` and everything they need stand in.

        The lock says behind each package whom it is there for (``# via``); it holds for
        every system, and so does its part.
        """
        blocks = re.split(r"^(?=[A-Za-z0-9])", self.lock, flags=re.MULTILINE)[1:]
        asked = {_key(block): _via(block) for block in blocks}
        wanted = {_key(line) for line in ranges}
        missing = sorted(wanted - set(asked))
        if missing:
            raise CourseError(
                f"锁定文件 requirements.txt 里没有 {'、'.join(missing)}：请运行 make lock，再打包。"
            )
        while more := {key for key, by in asked.items() if key not in wanted and by & wanted}:
            wanted |= more
        kept = [
            re.sub(r"^ +#.*\n", "", block, flags=re.MULTILINE)
            for block in blocks
            if _key(block) in wanted
        ]
        return "".join(kept)


def read_project(checkout: Path) -> Project:
    """The project of a checkout.

    Raises
    ------
    CourseError
        The folder is no checkout of the courseware.
    """
    for name in ("pyproject.toml", "requirements.txt", "ccomlib/__init__.py"):
        if not (checkout / name).exists():
            raise CourseError(
                f"{checkout} 里没有 {name}：学员包要从课程的代码仓库里打，请到仓库里运行 make，再用 .venv/bin/ccom package。"
            )
    return Project(checkout)


def _via(block: str) -> set[str]:
    """Whom the lock says a package is there for."""
    comments = re.findall(r"^ +#(.*)$", block, re.MULTILINE)
    words = (comment.strip().removeprefix("via").strip() for comment in comments)
    return {_key(word) for word in words if word}


def _key(text: str) -> str:
    """The normal form of a package's name, whatever follows it."""
    return re.sub(r"[-_.]+", "-", NAME.match(text)[0]).lower()
