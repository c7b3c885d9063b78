"""What is in the learner's package of a role?  Everything is named here; nothing is swept in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ccomlib
from academy import launcher
from academy.exports import role_files
from academy.notebooks import lesson_masters
from academy.package.guard import refuse_secrets
from academy.package.lessons import Lesson, lessons_of, tables_used
from academy.package.page import start_page
from academy.package.requirements import Project, read_project
from academy.package.samples import sample, titles
from academy.package.wheel import build_wheel, library_version
from academy.sheets import sheets
from academy.syllabus import Role, Syllabus

__all__ = ["ORIGINALS", "Package", "contents"]

ORIGINALS = "课程原件"  # as in academy.launcher.main
SAMPLES = "样例数据"
RESOURCES = Path(__file__).resolve().parent / "files"
LAUNCHER = Path(launcher.__file__).resolve().parent
CHECKOUT = Path(ccomlib.__file__).resolve().parents[1]
SCRIPTS = {
    "开始上课-Windows.bat": "start.bat",
    "开始上课-Mac.command": "start.sh",
    "开始上课-Linux.sh": "start.sh",
    "program/start.py": "start.py",
    "program/no_python.txt": "no_python.txt",
}


@dataclass(frozen=True)
class Package:
    """A learner's package before it is written.

    Attributes
    ----------
    name : str
        Of the folder and the .zip.
    version : str
        Of the course.
    files : dict of str to bytes
        By path below the folder, in order.
    programs : frozenset of str
        Files that the learner double-clicks.
    """

    name: str
    version: str
    files: dict[str, bytes]
    programs: frozenset[str]


def contents(
    root: Path, role: Role, syllabus: Syllabus, say: Callable[[str], None] = lambda text: None
) -> Package:
    """Everything of a role's package.

    Parameters
    ----------
    root : the course folder with text/course.
    role : whose lessons.
    syllabus : gives the examination's terms.
    say : told in Chinese what is being done.

    Raises
    ------
    CourseError
        A lesson has no master, the library can't be built, or a secret would be inside.
    """
    project = read_project(CHECKOUT)
    lessons = lessons_of(root, role)
    say(f"{role.name}：{len(lessons)} 课")
    originals = {lesson.file_name: lesson.text.encode() for lesson in lessons}
    originals |= {name: page.encode() for name, page in _sheets(root, role).items()}
    originals |= _samples(lessons, say)
    own = f"course/{role.slug}/"
    originals |= {
        name.removeprefix(own): content
        for name, content in role_files(root).items()
        if name.startswith(own)
    }
    say(f"ccomlib {library_version(project)}")
    wheel, library = build_wheel(project)
    ranges = _ranges(project, lessons)
    version = f"{project.version}-{_digest(originals)}"
    guide = (project.checkout / "docs/学员指南.md").read_text(encoding="utf-8")
    texts = {
        "开始.html": start_page(role, syllabus, lessons, version, guide),
        "版本.txt": _versions(role, project, version),
        "program/package.json": _settings(role, version, wheel),
        "program/requirements.txt": "".join(f"{line}\n" for line in ranges),
        "program/requirements-locked.txt": project.locked(ranges),
    }
    files = {name: (RESOURCES / source).read_bytes() for name, source in SCRIPTS.items()}
    files |= {name: text.encode() for name, text in texts.items()}
    files |= {f"{ORIGINALS}/{name}": content for name, content in originals.items()}
    files |= {f"program/{wheel}": library}
    for path in sorted(LAUNCHER.rglob("*")):
        if path.suffix in {".py", ".json"}:
            files[f"program/launcher/{path.relative_to(LAUNCHER).as_posix()}"] = path.read_bytes()
    refuse_secrets(files)
    programs = frozenset(name for name in SCRIPTS if not name.startswith("program/"))
    return Package(
        f"{role.code}-{role.name}-学员包", version, dict(sorted(files.items())), programs
    )


def _sheets(root: Path, role: Role) -> dict[str, str]:
    """The role's glossary and cheat sheet, to be printed."""
    return sheets(role, lesson_masters(root))


def _samples(lessons: list[Lesson], say: Callable[[str], None]) -> dict[str, bytes]:
    known = titles()
    made = {}
    for table in tables_used(lessons, known):
        say(f"样例数据：{known[table]}")
        made[f"{SAMPLES}/{known[table]}.xlsx"] = sample(table)
    return made


def _ranges(project: Project, lessons: list[Lesson]) -> list[str]:
    trees = (tree for lesson in lessons for tree in lesson.code())
    wanted = {*project.library, *project.needed_by(trees), *project.room()}
    return [line for line in project.ranges.values() if line in wanted]


def _digest(originals: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(originals.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:8]


def _versions(role: Role, project: Project, version: str) -> str:
    return (
        f"课程：{role.code} {role.name}\n"
        f"课程版本：{version}\n"
        f"工具库 ccomlib：{library_version(project)}\n"
        f"Python：{project.python}\n"
    )


def _settings(role: Role, version: str, wheel: str) -> str:
    settings = {
        "title": f"{role.code} {role.name}",
        "role": role.name,
        "version": version,
        "wheel": wheel,
    }
    return json.dumps(settings, ensure_ascii=False, indent=1) + "\n"
