"""What does a learner read first?  开始.html: one page, no network, pictures inside."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nbconvert.filters import markdown2html

from academy.package.lessons import Lesson
from academy.syllabus import Role, Syllabus

__all__ = ["start_page"]

FILES = Path(__file__).resolve().parent / "files"


def start_page(
    role: Role, syllabus: Syllabus, lessons: list[Lesson], version: str, guide: str
) -> str:
    """The page of a role's package, as HTML.

    Parameters
    ----------
    guide : the learners' guide, in Markdown.
    """
    pages = Environment(
        loader=FileSystemLoader(FILES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    titles = {lesson.name: lesson for lesson in lessons}
    days: dict[int, list[dict[str, object]]] = {}
    for one in role.sessions:
        lesson = titles.get(one.lesson or "")
        days.setdefault(one.day, []).append(
            {
                "start": one.start,
                "minutes": one.minutes,
                "number": lesson.file_name.split(" ")[0] if lesson else "",
                "title": lesson.title if lesson else "考试",
            }
        )
    return pages.get_template("start.html").render(
        role=role,
        syllabus=syllabus,
        days=days,
        version=version,
        guide=_guide(guide),
        picture=_picture,
    )


def _guide(text: str) -> str:
    """The learners' guide from its first section on, as HTML one level lower."""
    sections = text[text.index("\n## ") :].replace("\n## ", "\n### ")
    # a line's end between two Chinese characters would show as a blank
    return markdown2html(re.sub(r"(?<=[\u3000-\uffef])\n(?=[\u3000-\uffef])", "", sections))


def _picture(name: str) -> str:
    """A picture as the page carries it."""
    content = (FILES / name).read_bytes()
    kind = {".png": "image/png", ".webp": "image/webp", ".svg": "image/svg+xml"}[Path(name).suffix]
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
