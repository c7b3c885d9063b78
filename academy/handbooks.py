"""What does the instructor need at hand?  Timetable and notes of a role, from its lessons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from academy.masters import has_tag, plain_master
from academy.syllabus import Role

__all__ = ["handbook"]


def handbook(role: Role, lessons: dict[str, NotebookNode]) -> str | None:
    """The handbook of a role in Markdown; None for a role without instructor's notes.

    Parameters
    ----------
    lessons : masters by name, as in the syllabus.
    """
    lessons = {name: plain_master(master) for name, master in lessons.items()}
    planned = [one.lesson for one in role.sessions if one.lesson in lessons]
    others = [name for name in lessons if name.startswith(f"{role.slug}/") and name not in planned]
    notes = [note for name in planned + others for note in _notes(lessons[name])]
    if not notes:
        return None
    head = [
        f"# 讲师手册：{role.name}（{role.code}）\n",
        "由母本里的讲师提示汇成；要改，请改 `text/course/`，再运行 `make notebooks`。\n",
        *_timetable(role, lessons),
    ]
    return "\n".join(head + notes)


def _timetable(role: Role, lessons: dict[str, NotebookNode]) -> Iterator[str]:
    if not role.sessions:
        return
    yield "| 天 | 开始 | 分钟 | 内容 |\n| --- | --- | --- | --- |"
    for one in role.sessions:
        what = (
            _title(lessons[one.lesson])
            if one.lesson in lessons
            else one.lesson or f"考试 {one.paper}"
        )
        yield f"| 第 {one.day} 天 | {one.start} | {one.minutes} | {what} |"
    for resit in role.resits:
        what = f"第 {resit.number} 次补考" + (
            f" {role.papers[resit.number]}" if resit.number < len(role.papers) else ""
        )
        yield f"| {resit.date} | {resit.start} | {resit.minutes} | {what} |"
    yield ""


def _notes(master: NotebookNode) -> Iterator[str]:
    heading = ""
    title_shown = False
    for cell in master.cells:
        if has_tag(cell, "instructor"):
            if not title_shown:
                yield f"## {_title(master)}\n"
                title_shown = True
            yield f"**{heading or '开场'}**\n\n{cell.source}\n"
        elif cell.cell_type == "markdown":
            found = re.findall(r"^#{2,3} (.+)$", cell.source, re.MULTILINE)
            heading = found[-1] if found else heading


def _title(master: NotebookNode) -> str:
    lines = (line for cell in master.cells for line in cell.source.splitlines())
    return next((line.removeprefix("# ") for line in lines if line.startswith("# ")), "")
