"""Which generated files belong to the masters, and are they up to date?"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from nbformat import NotebookNode

from academy.course import Course
from academy.exports import role_files
from academy.handbooks import handbook
from academy.keys import leaks, paper_keys
from academy.manifest import FILE, Change, Manifest, apply_changes, manifest_after, plan_changes
from academy.masters import read_master
from academy.papers import read_paper
from academy.rendering import (
    lesson_cells,
    lesson_facts,
    notebook_text,
    paper_cells,
    setting_of,
)
from academy.seats import paper_data
from academy.sheets import sheets
from academy.syllabus import Role, read_syllabus

__all__ = [
    "build_all",
    "files",
    "generate_release",
    "lesson_masters",
    "masters",
    "remarks",
    "render",
    "target",
]


def masters(root: Path) -> list[Path]:
    """All masters: text/course/<role>/*.py and text/source/<paper>/<paper>.py."""
    lessons = sorted((root / "text/course").glob("*/*.py"))
    papers = sorted(p for p in (root / "text/source").glob("*/*.py") if p.stem == p.parent.name)
    return lessons + papers


def target(master: Path, root: Path) -> Path:
    """text/course/a/b.py -> course/a/b.ipynb"""
    return root / master.relative_to(root / "text").with_suffix(".ipynb")


def build_all(root: Path, *, check: bool = False, force: bool | str = False) -> list[Change]:
    """Bring course/ with its sample files, source/, release/ and the handbooks up to the masters.

    What was not made here is never touched; what was made here and changed since is kept.

    Parameters
    ----------
    check : only say what differs, write nothing.
    force : True overwrites changed files too, a path below `root` only this one.

    Returns
    -------
    list of Change
        What was made, removed or kept (or would be); empty when all is up to date.
    """
    wanted = {
        path.relative_to(root).as_posix(): text.encode() for path, text in files(root).items()
    }
    wanted |= role_files(root)
    wanted |= _release(root, wanted)
    manifest = Manifest.read(root)
    changes = plan_changes(root, wanted, manifest, force)
    new = manifest_after(wanted, manifest, {c.name for c in changes if c.action == "kept"})
    if not check:
        apply_changes(root, wanted, changes)
    if new.text() != manifest.text():
        changes.append(Change(FILE, "made"))
        if not check:
            new.write(root)
    return changes


def remarks(root: Path) -> list[str]:
    """What an author should know of each role's papers, in Chinese."""
    syllabus_file = root / "course/syllabus.yml"
    roles = read_syllabus(syllabus_file).roles.values() if syllabus_file.exists() else ()
    lines = []
    for role in roles:
        paths = [root / "text/source" / name / f"{name}.py" for name in role.papers]
        papers = [read_paper(path) for path in paths if path.exists()]
        lines += [paper.blueprint.sentence() for paper in papers[:1]]
        keys = [key for paper in papers for key in paper_keys(paper)]
        lines += [f"提醒：{one}" for one in leaks(f"{role.name}的试卷", keys)]
    return lines


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


def render(path: Path, root: Path, role: Role | None = None) -> str:
    """The .ipynb text of a master; the same master always gives the same bytes.

    Parameters
    ----------
    role : whose learners a lesson of all roles is for.
    """
    if (root / "text/course") not in path.parents:
        return notebook_text(paper_cells(read_paper(path)))
    master, setting = read_master(path), setting_of(path, root, role)
    return notebook_text(lesson_cells(master, setting), lesson_facts(master, setting))


def lesson_masters(root: Path) -> dict[str, NotebookNode]:
    """Masters of all lessons by name."""
    return {
        path.relative_to(root / "text/course").with_suffix("").as_posix(): read_master(path)
        for path in masters(root)
        if (root / "text/course") in path.parents
    }


def _release(root: Path, wanted: dict[str, bytes]) -> dict[str, bytes]:
    """release/ as nbgrader makes it of the wanted source/, whatever source/ holds now."""
    papers = [master.stem for master in masters(root) if (root / "text/source") in master.parents]
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        for name, content in wanted.items():
            if name.startswith("source/"):
                (base / name).parent.mkdir(parents=True, exist_ok=True)
                (base / name).write_bytes(content)
        shutil.copy(root / "nbgrader_config.py", base)
        generate_release(base, papers)
        made = sorted(path for path in (base / "release").rglob("*") if path.is_file())
        return {path.relative_to(base).as_posix(): path.read_bytes() for path in made}


def _handbooks(root: Path) -> dict[Path, str]:
    """docs/讲师手册/<role>.md of every role with notes, its glossary and cheat sheet."""
    syllabus_file = root / "course/syllabus.yml"
    if not syllabus_file.exists():
        return {}
    lessons = lesson_masters(root)
    found: dict[Path, str] = {}
    for role in read_syllabus(syllabus_file).roles.values():
        text = handbook(role, lessons)
        if text is not None:
            found[root / "docs/讲师手册" / f"{role.slug}.md"] = text
        for name, page in sheets(role, lessons).items():
            found[root / "course" / role.slug / name] = page
    return found
