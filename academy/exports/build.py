"""Which sample files does each role get?  Reads course/exports.yml and makes them of the centre."""

from __future__ import annotations

import contextlib
import inspect
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from academy.errors import CourseError
from academy.exports.shapes import SHAPES
from ccomlib import centre

__all__ = ["FOLDER", "LIST", "learners_folder", "role_files"]

LIST = "course/exports.yml"
FOLDER = "文件"


def role_files(root: Path) -> dict[str, bytes]:
    """Sample files of every role that has lessons, by path below the course folder.

    Raises
    ------
    CourseError
        The list names a shape, a setting or a column that is not there.
    """
    path = root / LIST
    if not path.exists():
        return {}
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    hub = centre.open_centre(listed["seed"])
    return {
        f"course/{role}/{FOLDER}/{name}": content
        for role, entries in listed["roles"].items()
        if (root / "text/course" / role).is_dir()
        for name, content in _made(hub, entries, f"{LIST} 的 {role}")
    }


@contextlib.contextmanager
def learners_folder(course: Path) -> Iterator[Path]:
    """A scratch folder with a role's sample files, as a learner's is: what a lesson saves stays there.

    Parameters
    ----------
    course : the role's folder below course/.
    """
    with tempfile.TemporaryDirectory() as scratch:
        if (course / FOLDER).is_dir():
            shutil.copytree(course / FOLDER, Path(scratch) / FOLDER)
        yield Path(scratch)


def _made(
    hub: centre.Centre, entries: list[Mapping[str, Any]], where: str
) -> Iterator[tuple[str, bytes]]:
    for entry in entries:
        settings = dict(entry)
        name, shape = settings.pop("file", None), settings.pop("shape", None)
        if shape not in SHAPES or not name:
            raise CourseError(
                f"{where}：{dict(entry)} 要有 file 与 shape，shape 是 {'、'.join(SHAPES)} 之一。"
            )
        try:
            inspect.signature(SHAPES[shape]).bind(hub, **settings)
        except TypeError as error:
            raise CourseError(
                f"{where}「{name}」的写法不对（{error}）：请照同样的 shape 改。"
            ) from None
        try:
            yield name, SHAPES[shape](hub, **settings)
        except (KeyError, AttributeError) as error:
            raise CourseError(
                f"{where}「{name}」：虚拟中心里没有 {error}；表改了，academy/exports/shapes.py 也要改。"
            ) from None
