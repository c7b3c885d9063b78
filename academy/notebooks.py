"""Which generated files belong to the masters, and are they up to date?"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from academy.course import Course
from academy.handbooks import handbook
from academy.masters import read_master
from academy.rendering import lesson_notebook, notebook_text, paper_notebook
from academy.seats import paper_data
from academy.syllabus import read_syllabus

__all__ = ["build_all", "files", "generate_release", "masters", "render", "target"]


def masters(root: Path) -> list[Path]:
    """All masters: text/course/<role>/*.py and text/source/<paper>/<paper>.py."""
    lessons = sorted((root / "text/course").glob("*/*.py"))
    papers = sorted(p for p in (root / "text/source").glob("*/*.py") if p.stem == p.parent.name)
    return lessons + papers


def target(master: Path, root: Path) -> Path:
    """text/course/a/b.py -> course/a/b.ipynb"""
    return root / master.relative_to(root / "text").with_suffix(".ipynb")


def build_all(root: Path, *, check: bool = False) -> Iterator[Path]:
    """Bring course/, source/, release/ and the handbooks up to the masters; yield what differed.

    Parameters
    ----------
    check : only say what differs, write nothing.
    """
    wanted = files(root)
    changed = [path for path, text in wanted.items() if _text(path) != text]
    kept = set(wanted)
    stale = [
        path
        for folder in ("course", "source")
        for path in _generated(root / folder)
        if path not in kept
    ]
    papers = [master.stem for master in masters(root) if (root / "text/source") in master.parents]
    if not check:
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        for path in stale:
            path.unlink()
    yield from changed
    yield from stale
    with tempfile.TemporaryDirectory() as scratch:
        # a check must not depend on source/ being up to date, so it builds its own
        base = Path(scratch)
        for path, text in wanted.items():
            if (root / "source") in path.parents:
                copy = base / path.relative_to(root)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(text, encoding="utf-8", newline="\n")
        shutil.copy(root / "nbgrader_config.py", base)
        generate_release(base, papers)
        yield from _sync(base / "release", root / "release", check)


def files(root: Path) -> dict[Path, str]:
    """Every generated file of course/, source/ and docs/讲师手册 with its text."""
    wanted: dict[Path, str] = {}
    for master in masters(root):
        notebook = target(master, root)
        wanted[notebook] = render(master, root)
        if (master.parent / "seat.py").exists():
            for name, text in paper_data(master.parent, seed=0).items():
                wanted[notebook.parent / "data" / f"{name}.csv"] = text
    return wanted | _handbooks(root)


def generate_release(course_folder: Path, papers: list[str]) -> None:
    """Let nbgrader make the learners' papers of a course folder that has no gradebook yet."""
    course = Course(course_folder)
    for paper in papers:
        course.generate(paper)


def render(master: Path, root: Path) -> str:
    """The .ipynb text of a master; the same master always gives the same bytes."""
    is_lesson = (root / "text/course") in master.parents
    notebook = read_master(master)
    cells = lesson_notebook(notebook) if is_lesson else paper_notebook(notebook)
    return notebook_text(cells)


def _handbooks(root: Path) -> dict[Path, str]:
    """docs/讲师手册/<role>.md of every role with instructor's notes."""
    syllabus_file = root / "course/syllabus.yml"
    if not syllabus_file.exists():
        return {}
    lessons = {
        path.relative_to(root / "text/course").with_suffix("").as_posix(): read_master(path)
        for path in masters(root)
        if (root / "text/course") in path.parents
    }
    texts = {
        root / "docs/讲师手册" / f"{role.slug}.md": handbook(role, lessons)
        for role in read_syllabus(syllabus_file).roles.values()
    }
    return {path: text for path, text in texts.items() if text is not None}


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _generated(folder: Path) -> list[Path]:
    found = [*folder.rglob("*.ipynb"), *folder.glob("*/data/*.csv")]
    return [path for path in found if ".ipynb_checkpoints" not in path.parts]


def _sync(made: Path, kept: Path, check: bool) -> Iterator[Path]:
    """Make `kept` hold exactly the files of `made`; yield the paths that differed."""
    new = {path.relative_to(made): path.read_bytes() for path in made.rglob("*") if path.is_file()}
    old = {
        path.relative_to(kept): path.read_bytes()
        for path in kept.rglob("*")
        if path.is_file() and path.name != ".gitkeep" and ".ipynb_checkpoints" not in path.parts
    }
    for name in sorted(set(new) | set(old)):
        if new.get(name) == old.get(name):
            continue
        yield kept / name
        if check:
            continue
        if name in new:
            (kept / name).parent.mkdir(parents=True, exist_ok=True)
            (kept / name).write_bytes(new[name])
        else:
            (kept / name).unlink()
