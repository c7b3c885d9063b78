"""What does the instructor need at hand?  Timetable and, section by section, the notes of a role's lessons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nbformat import NotebookNode

from academy.masters import Asked, Note, asked, has_tag, plain_master, read_note, title_of
from academy.syllabus import Role

__all__ = ["handbook"]

HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


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
            title_of(lessons[one.lesson])
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
    guesses = asked(master)
    heading = ""
    title_shown = False
    for cell in master.cells:
        if has_tag(cell, "instructor"):
            if not title_shown:
                yield f"## {title_of(master)}\n"
                title_shown = True
            yield "\n".join(_section(heading or "开场", cell.source, guesses))
        elif cell.cell_type == "markdown":
            found = HEADING.findall(cell.source)
            heading = found[-1] if found else heading


def _section(heading: str, source: str, guesses: Sequence[Asked]) -> Iterator[str]:
    note = read_note(source, guesses)
    time = "" if note.minutes is None else f"（{note.minutes} 分钟）"
    yield f"**{heading}{time}**\n"
    if note.free:
        yield f"{note.free}\n"
    for poll in note.polls:
        yield f"投票，照抄到群里：\n\n```text\n{poll.text()}\n```\n"
    lines = list(_lines(note))
    if lines:
        yield "\n".join(lines) + "\n"


def _lines(note: Note) -> Iterator[str]:
    for word, said in (
        ("答案", note.answers),
        ("会答错成", note.wrong),
        ("反问", note.back),
        ("来不及", note.cut),
    ):
        for one in said:
            text = one.replace("\n", "\n  ")
            yield f"- {word}：{text}"
