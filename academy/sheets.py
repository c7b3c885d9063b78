"""What does a learner keep of a role's course?  A glossary and a cheat sheet of one page, to be printed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from nbformat import NotebookNode

from academy.masters import Term, reminders, terms, title_of
from academy.syllabus import Role

__all__ = ["CHEAT_SHEET", "GLOSSARY", "defined_twice", "role_lessons", "sheets"]

CHEAT_SHEET = "速查表.html"
GLOSSARY = "术语表.html"
CODE = re.compile(r"`([^`]+)`")
STYLE = """\
@page { size: A4; margin: 12mm 14mm; }
body { font: 10.5pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  color: #1a1a1a; max-width: 182mm; margin: 0 auto; padding: 8px; }
h1 { font-size: 15pt; margin: 0 0 2mm; }
p.of { color: #595959; margin: 0 0 4mm; font-size: 9pt; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 1.2mm 2mm; border-bottom: 1px solid #ccc; }
td.name { font-weight: bold; white-space: nowrap; }
td.unit { white-space: nowrap; }
.sheet { columns: 2; column-gap: 8mm; font-size: 9pt; line-height: 1.4; }
.sheet section { break-inside: avoid; margin: 0 0 2.5mm; }
.sheet h2 { font-size: 9.5pt; margin: 0 0 .5mm; color: #00508a; }
.sheet ul { margin: 0; padding-left: 4mm; }
code { font-size: 92%; }
@media (max-width: 720px) { .sheet { columns: 1; } td.name, td.unit { white-space: normal; } }
"""


def sheets(role: Role, lessons: Mapping[str, NotebookNode]) -> dict[str, str]:
    """The role's pages by file name; none while its lessons define and recall nothing.

    Parameters
    ----------
    lessons : masters by name, as in the syllabus.
    """
    found = role_lessons(role, lessons)
    if not any(terms(one) or reminders(one) for one in found.values()):
        return {}
    return {CHEAT_SHEET: _cheat_sheet(role, found), GLOSSARY: _glossary(role, found)}


def role_lessons(role: Role, lessons: Mapping[str, NotebookNode]) -> dict[str, NotebookNode]:
    """The role's lessons in the timetable's order, those of all roles among them."""
    return {name: lessons[name] for name in role.lessons if name in lessons}


def defined_twice(role: Role, lessons: Mapping[str, NotebookNode]) -> list[str]:
    """Terms with two definitions, in Chinese sentences; empty when each has one."""
    seen: dict[str, str] = {}
    said = []
    for name, master in role_lessons(role, lessons).items():
        for term in terms(master):
            if term.name in seen:
                said.append(
                    f"术语「{term.name}」在 {seen[term.name]} 与 {name} 各定义了一次："
                    "一个词一个定义、一个单位，请留先教的那一处。"
                )
            seen.setdefault(term.name, name)
    return said


def _glossary(role: Role, lessons: Mapping[str, NotebookNode]) -> str:
    rows = "".join(
        f'<tr><td class="name">{_text(term.name)}</td><td class="unit">{_text(term.unit or "—")}</td>'
        f"<td>{_text(term.meaning)}</td><td>{_text(title)}</td></tr>"
        for term, title in _terms(lessons)
    )
    head = "<tr><th>术语</th><th>单位</th><th>意思</th><th>在哪一课</th></tr>"
    return _page(f"术语表：{role.name}", role, f"<table>{head}{rows}</table>")


def _terms(lessons: Mapping[str, NotebookNode]) -> Iterator[tuple[Term, str]]:
    for master in lessons.values():
        for term in terms(master):
            yield term, title_of(master)


def _cheat_sheet(role: Role, lessons: Mapping[str, NotebookNode]) -> str:
    parts = []
    for master in lessons.values():
        lines = "".join(f"<li>{_text(line)}</li>" for line in reminders(master))
        if lines:
            parts.append(f"<section><h2>{_text(title_of(master))}</h2><ul>{lines}</ul></section>")
    return _page(f"速查表：{role.name}", role, f'<div class="sheet">{"".join(parts)}</div>')


def _page(title: str, role: Role, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{_text(title)}</h1>\n"
        f'<p class="of">{_text(role.code)} · 由各课汇成，A4 打印</p>\n{body}\n</body>\n</html>\n'
    )


def _text(words: str) -> str:
    return CODE.sub(r"<code>\1</code>", html.escape(words, quote=False))
