"""How does ccomlib of this checkout become a wheel, without network and always the same bytes?"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from academy.errors import CourseError
from academy.package.requirements import Project

__all__ = ["build_wheel", "library_version"]

EPOCH = "315532800"  # 1980-01-01, the earliest time that a zip can say
BUILD = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"


def library_version(project: Project) -> str:
    """Version of the wheel: the project's, and which contents it holds.

    The second part makes pip install a changed library that has the same number.
    """
    digest = hashlib.sha256("\n".join(project.library).encode())
    for path in _files(project.checkout / "ccomlib"):
        digest.update(path.relative_to(project.checkout).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return f"{project.version}+{digest.hexdigest()[:8]}"


def build_wheel(project: Project) -> tuple[str, bytes]:
    """Name and contents of ccomlib's wheel; nothing of academy is in it.

    ``ccomlib.centre`` comes along whole, `truth` too: the lessons open it with seeds that stand
    in their first cell, and what it tells of a seat can only be asked with the seat's seed.

    Raises
    ------
    CourseError
        setuptools does not build it; says its last line.
    """
    return _built(project.checkout, library_version(project))


@lru_cache(maxsize=2)
def _built(checkout: Path, version: str) -> tuple[str, bytes]:
    project = Project(checkout)
    with tempfile.TemporaryDirectory() as scratch:
        base, made = Path(scratch) / "ccomlib-wheel", Path(scratch) / "made"
        made.mkdir()
        for path in _files(project.checkout / "ccomlib"):
            copy = base / path.relative_to(project.checkout)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            copy.chmod(0o644)
        shutil.copyfile(project.checkout / "LICENSE", base / "LICENSE")
        (base / "LICENSE").chmod(0o644)
        (base / "pyproject.toml").write_text(
            _settings(project, version), encoding="utf-8", newline="\n"
        )
        result = subprocess.run(
            [sys.executable, "-c", BUILD, str(made)],
            cwd=base,
            env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH},
            capture_output=True,
            text=True,
            **({} if os.name == "nt" else {"umask": 0o022}),
        )
        wheels = list(made.glob("*.whl"))
        if result.returncode or len(wheels) != 1:
            last = (result.stderr.strip().splitlines() or ["没有说明"])[-1]
            raise CourseError(f"ccomlib 的安装包没有做成（{last}）：请运行 make 重装环境，再打包。")
        return wheels[0].name, wheels[0].read_bytes()


def _settings(project: Project, version: str) -> str:
    """A pyproject.toml of the library's own; strings are written as JSON, which TOML reads."""
    data = project.settings["tool"]["setuptools"]["package-data"]["ccomlib"]
    lines = {
        "build-system": {
            "requires": project.settings["build-system"]["requires"],
            "build-backend": "setuptools.build_meta",
        },
        "project": {
            "name": "ccomlib",
            "version": version,
            "description": "CCOM 课程的统计工具与虚拟联络中心",
            "requires-python": project.python,
            "license": project.settings["project"]["license"],
            "license-files": project.settings["project"]["license-files"],
            "dependencies": project.library,
        },
        "tool.setuptools.packages.find": {"include": ["ccomlib*"]},
        "tool.setuptools.package-data": {"ccomlib": data},
    }
    return "".join(
        f"[{table}]\n"
        + "".join(
            f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in rows.items()
        )
        for table, rows in lines.items()
    )


def _files(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
