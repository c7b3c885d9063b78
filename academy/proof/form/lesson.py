"""Which rules of form does one lesson break?  Size, code in view, guesses, exercises, wording, first screen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode

from academy.masters import (
    answer_id,
    asked,
    has_tag,
    is_second,
    reminders,
    solution,
    stub,
    warmup_cell,
    warmup_questions,
)
from academy.proof.form.notes import note_problems, noted_minutes, sections
from academy.rendering import ANNEX, lesson_cells
from academy.rendering.cells import is_hidden
from academy.rendering.lesson import HIDE
from ccomlib.notebook import BLANK_NAME

__all__ = ["WARMUPS", "Form", "lesson_form"]

# a lesson of 45 minutes; longer ones may have more in proportion
MINUTES, CELLS, CODE, GUESSES, LINES, IN_A_ROW, REMINDERS = 45, 30, 14, 3, 5, 3, 3
WARMUPS = (2, 3)
MOCK = "mock"
TOPIC = re.compile(r"\b(?:c1|[a-z]{3,4}\.[23])\.[a-z_]+")
LETTER = re.compile(r"^(?:[-*] +)?([A-H])([.：:、．)）][ 　]*|[ 　]+)(?=\S)", re.MULTILINE)
HALF_HOURS = re.compile(r"[0-9一二三四五六七八九十两几] ?个半小时")
NOT_BUT = re.compile(r"不是[^，。\n]{1,14}，是")


@dataclass(frozen=True)
class Form:
    """What was counted in a lesson, and what breaks the rules.

    Attributes
    ----------
    name : str
    cells, code : int
        Of the notebook; a reading is text, so it is no code here.
    longest : int
        Lines of the longest code cell in view.
    guesses, live, home : int
        Guesses; exercises in class and after it.
    minutes, noted : int
        The lesson's and those of its instructor's notes.
    problems : tuple of str
    """

    name: str
    cells: int
    code: int
    longest: int
    guesses: int
    live: int
    home: int
    minutes: int
    noted: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Lesson:
    name: str
    master: NotebookNode
    minutes: int
    warmups: tuple[int, int]
    shown: list[NotebookNode] = field(default_factory=list)

    @property
    def is_annex(self) -> bool:
        return self.name.endswith(ANNEX)

    @property
    def is_mock(self) -> bool:
        return self.master.cells[0].metadata.get("kind") == MOCK

    def size(self, most: int) -> int:
        """The most of something in a lesson as long as this one."""
        return most * max(self.minutes, MINUTES) // MINUTES

    def exercises(self, *, home: bool) -> list[NotebookNode]:
        return [
            cell
            for cell in self.master.cells
            if "exercise" in cell.metadata and bool(cell.metadata.get("home")) == home
        ]

    def words(self) -> str:
        return "\n\n".join(
            cell.source
            for cell in self.master.cells
            if cell.cell_type == "markdown" and not has_tag(cell, "instructor")
        )


def lesson_form(master: NotebookNode, name: str, *, warmups: tuple[int, int] = WARMUPS) -> Form:
    """Count a lesson and hold it against the rules.

    Parameters
    ----------
    name : as in the syllabus.
    warmups : fewest and most questions that open the lesson.
    """
    minutes = master.cells[0].metadata.get("minutes", 0)
    lesson = _Lesson(name, master, minutes, warmups, lesson_cells(master))
    return Form(
        name=name,
        cells=len(lesson.shown),
        code=len(_code(lesson)),
        longest=max(map(_lines, _in_view(lesson)), default=0),
        guesses=len(asked(master)),
        live=len(lesson.exercises(home=False)),
        home=len(lesson.exercises(home=True)),
        minutes=minutes,
        noted=noted_minutes(sections(master)),
        problems=tuple(_problems(lesson)),
    )


def _problems(lesson: _Lesson) -> Iterator[str]:
    yield from _first_screen(lesson)
    yield from _cells_in_view(lesson)
    yield from _wording(lesson)
    yield from _roads(lesson)
    if lesson.is_annex:
        return
    yield from _ends(lesson)
    yield from _warmup(lesson)
    yield from note_problems(lesson.master, lesson.minutes)
    if not lesson.is_mock:
        yield from _size(lesson)
        yield from _exercises(lesson)


def _first_screen(lesson: _Lesson) -> Iterator[str]:
    first = lesson.master.cells[0]
    if not is_second(lesson.master) or not isinstance(lesson.minutes, int):
        yield '第一格没有写 minutes=45 topics=["…"]（# %% [markdown] 后面），请补上'
    if first.cell_type != "markdown" or not first.source.startswith("# "):
        yield "第一格要是 Markdown，第一行是「# 标题」"
    if "`" in first.source:
        yield "第一屏有代码（`…`），请挪到后面"
    if TOPIC.search(first.source):
        yield "第一屏有主题编号，请写进第一格的 topics="
    if "学完你能" not in first.source and not lesson.is_annex:
        yield "第一屏没有「学完你能」"
    setup = "\n".join(c.source for c in lesson.master.cells if has_tag(c, "setup"))
    if "use_chinese()" not in setup:
        yield '没有 tags=["setup"] 的准备格，或里面没有 use_chinese()'


def _code(lesson: _Lesson) -> list[NotebookNode]:
    """Code cells; a reading, which shows text alone, is none."""
    readings = {
        f"cell-{number:03d}"
        for number, cell in enumerate(lesson.master.cells, 1)
        if "reading" in cell.metadata
    }
    return [c for c in lesson.shown if c.cell_type == "code" and c.id not in readings]


def _in_view(lesson: _Lesson) -> list[NotebookNode]:
    return [cell for cell in _code(lesson) if _is_open(cell) and not has_tag(cell, "setup")]


def _is_open(cell: NotebookNode) -> bool:
    return not cell.metadata.get("jupyter", {}).get("source_hidden")


def _lines(cell: NotebookNode) -> int:
    lines = (line.strip() for line in cell.source.splitlines())
    return sum(bool(line) and not line.startswith("#") for line in lines)


def _size(lesson: _Lesson) -> Iterator[str]:
    cells, code = len(lesson.shown), len(_code(lesson))
    if cells > lesson.size(CELLS):
        yield f"有 {cells} 格，{lesson.minutes} 分钟最多 {lesson.size(CELLS)} 格；多的放到 …{ANNEX}.py"
    if code > lesson.size(CODE):
        yield f"有 {code} 格程序，{lesson.minutes} 分钟最多 {lesson.size(CODE)} 格"
    guesses = asked(lesson.master)
    if len(guesses) > lesson.size(GUESSES):
        yield f"先猜了 {len(guesses)} 次，最多 {lesson.size(GUESSES)} 次"
    for one in guesses:
        if not (one.options or one.unit) or not one.question:
            yield f"猜 {one.name}：问题、unit=、options= 要写成文字，投票才抄得出来"


def _cells_in_view(lesson: _Lesson) -> Iterator[str]:
    for cell in _in_view(lesson):
        if _lines(cell) > LINES:
            head = cell.source.strip().splitlines()[0][:30]
            yield f"看得见的一格有 {_lines(cell)} 行（最多 {LINES} 行）：{head}…"
    for cell in lesson.master.cells:
        if has_tag(cell, HIDE) and not cell.source.lstrip().startswith("#"):
            yield f"收起的格第一行要是一句注释（折起时只看得见它）：{cell.source.splitlines()[0][:30]}…"
    row = 0
    readings = {c.id for c in lesson.shown if c.cell_type == "code"} - {c.id for c in _code(lesson)}
    for cell in lesson.shown:
        if cell.cell_type == "markdown" or cell.id in readings:
            row = 0
        elif _is_open(cell) and not has_tag(cell, "setup"):
            row += 1
            if row == IN_A_ROW:
                head = cell.source.strip().splitlines()[0][:30]
                yield f"连着 {IN_A_ROW} 格看得见的程序，中间没有讲解：到 {head}… 为止"


def _wording(lesson: _Lesson) -> Iterator[str]:
    words = lesson.words()
    for found in HALF_HOURS.findall(words):
        yield f"「{found}」会读成两种时间：请写成「N 个时段」"
    if len(NOT_BUT.findall(words)) > 1:
        said = "、".join(f"「{one}」" for one in NOT_BUT.findall(words))
        yield f"「不是 A，是 B」写了 {len(NOT_BUT.findall(words))} 次（{said}），一课最多 1 次"
    for cell in lesson.master.cells:
        if cell.cell_type != "markdown" or has_tag(cell, "instructor"):
            continue
        options = [found.groups() for found in LETTER.finditer(cell.source)]
        if {"A", "B"} <= {letter for letter, _ in options}:
            odd = [f"{letter}{mark}" for letter, mark in options if mark != ". "]
            if odd:
                yield f"选项要写成「A. 」，这里写成了「{'」「'.join(odd)}」"


def _exercises(lesson: _Lesson) -> Iterator[str]:
    live, home = len(lesson.exercises(home=False)), len(lesson.exercises(home=True))
    if lesson.minutes <= MINUTES and (live, home) != (2, 1):
        yield f"练习要课上 2 个、课后 1 个（home=true），现在是 {live} 个、{home} 个"
    elif live < 2 or home != 1 or live + home > 4:
        yield f"练习要课上 2 到 3 个、课后 1 个（home=true），现在是 {live} 个、{home} 个"


def _roads(lesson: _Lesson) -> Iterator[str]:
    roads = {c.metadata["excel"]: c for c in lesson.master.cells if "excel" in c.metadata}
    for cell in lesson.exercises(home=False) + lesson.exercises(home=True):
        name = answer_id(cell)
        if BLANK_NAME not in stub(cell.source):
            yield f"练习 {name} 没有 {BLANK_NAME} 给学员填"
        if name not in roads and not _is_letters(solution(cell.source)):
            yield f'练习 {name} 没有 Excel 的做法（# %% [markdown] excel="{name}" value=得数）'
    names = [answer_id(cell) for cell in lesson.master.cells if answer_id(cell)]
    for name, cell in roads.items():
        if name not in names:
            yield f"Excel 的做法 {name} 没有对应的练习"
        if "value" not in cell.metadata:
            yield f"练习 {name} 的 Excel 做法没有写 value=（照着做得到的数，证明时要通过）"


def _is_letters(code: str) -> bool:
    """Whether the answer is a choice, an order or a matching: letters and words, nothing to count."""
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Assign)]
    return (
        bool(nodes)
        and all(
            isinstance(one.value, str)
            for node in nodes
            for one in ast.walk(node.value)
            if isinstance(one, ast.Constant)
        )
        and not any(isinstance(one, ast.Call) for node in nodes for one in ast.walk(node.value))
    )


def _ends(lesson: _Lesson) -> Iterator[str]:
    headings = [section.heading for section in sections(lesson.master)]
    if not any("Excel" in heading or "自己的文件" in heading for heading in headings):
        yield "没有带回去的一页：要有一节，标题里写 Excel 或「自己的文件」"
    if not any("小结" in heading for heading in headings):
        yield "没有「小结」一节"
    lines = reminders(lesson.master)
    if not 1 <= len(lines) <= REMINDERS:
        yield f"「速查：」有 {len(lines)} 行，要 1 到 {REMINDERS} 行"


def _warmup(lesson: _Lesson) -> Iterator[str]:
    cell = warmup_cell(lesson.master)
    questions = warmup_questions(cell.source) if cell is not None else []
    least, most = lesson.warmups
    if not least <= len(questions) <= most:
        wanted = f"{least} 到 {most}" if least != most else f"{least}"
        yield f"开头的问题（warmup=true）有 {len(questions)} 道，要 {wanted} 道"
    yield from (f"开头的问题没有答：{one.text}" for one in questions if not one.answer)
    if cell is not None and is_hidden(cell):
        yield "开头的问题不能写在讲师提示里"
