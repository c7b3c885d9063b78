"""How do masters become notebooks?  text/ -> course/, source/ -> release/, and back."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from academy.course import Course
from academy.masters import (
    PLACEHOLDER,
    MasterError,
    answer_id,
    has_tag,
    read_master,
    solution,
    stub,
    write_master,
)
from academy.seats import paper_data
from academy.syllabus import Role, read_syllabus

__all__ = [
    "build_all",
    "files",
    "generate_release",
    "handbooks",
    "lesson_notebook",
    "masters",
    "paper_notebook",
    "pull",
    "render",
    "target",
]

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
ANSWER_SUFFIX = "-answer"
CHECK_LINE = "# 检查：运行这一格"


def masters(root: Path) -> list[Path]:
    """All masters: text/course/<role>/*.py and text/source/<paper>/<paper>.py."""
    lessons = sorted((root / "text/course").glob("*/*.py"))
    papers = sorted(p for p in (root / "text/source").glob("*/*.py") if p.stem == p.parent.name)
    return lessons + papers


def target(master: Path, root: Path) -> Path:
    """text/course/a/b.py -> course/a/b.ipynb"""
    return root / master.relative_to(root / "text").with_suffix(".ipynb")


def master_of(notebook: Path, root: Path) -> Path:
    """course/a/b.ipynb -> text/course/a/b.py"""
    try:
        relative = notebook.resolve().relative_to(root.resolve())
    except ValueError:
        raise MasterError(
            f"{notebook} 不在课程文件夹 {root} 里：请指明 course/ 或 source/ 里的笔记本。"
        ) from None
    master = root / "text" / relative.with_suffix(".py")
    if not master.exists():
        raise MasterError(
            f"{notebook} 没有母本 {master.relative_to(root)}：新笔记本请先在 text/ 建母本。"
        )
    return master


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
    return wanted | handbooks(root)


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
    return _dump(cells)


def lesson_notebook(master: NotebookNode) -> list[NotebookNode]:
    """Cells of a lesson: stubs in the exercises, each reference answer folded after its check."""
    explained = {c.metadata["explain"]: c.source for c in master.cells if "explain" in c.metadata}
    cells: list[NotebookNode] = []
    pending: NotebookNode | None = None
    for number, cell in enumerate(master.cells, 1):
        if _left_out(cell) or "explain" in cell.metadata:
            continue
        if pending is not None and "check" not in cell.metadata:
            cells.append(pending)
            pending = None
        cells.append(_cell(cell, _cell_id(cell, number), source=stub(cell.source)))
        if "check" in cell.metadata:
            _fold_check(cells[-1])
        exercise = cell.metadata.get("exercise")
        if exercise:
            folded = _folded_answer(solution(cell.source), explained.get(exercise, ""))
            pending = nbformat.v4.new_markdown_cell(folded, id=exercise + ANSWER_SUFFIX)
        elif pending is not None:
            cells.append(pending)
            pending = None
    if pending is not None:
        cells.append(pending)
    return cells


def paper_notebook(master: NotebookNode) -> list[NotebookNode]:
    """Cells of an instructor's paper: everything but the mistakes and the instructor's notes."""
    return [
        _cell(cell, _cell_id(cell, number))
        for number, cell in enumerate(master.cells, 1)
        if not _left_out(cell)
    ]


def handbooks(root: Path) -> dict[Path, str]:
    """docs/讲师手册/<role>.md: timetable and instructor's notes, in the order of the lessons."""
    syllabus_file = root / "course/syllabus.yml"
    if not syllabus_file.exists():
        return {}
    lessons = {
        path.relative_to(root / "text/course").with_suffix("").as_posix(): read_master(path)
        for path in masters(root)
        if (root / "text/course") in path.parents
    }
    texts = {}
    for role in read_syllabus(syllabus_file).roles.values():
        planned = [one.lesson for one in role.sessions if one.lesson in lessons]
        others = [
            name for name in lessons if name.startswith(f"{role.slug}/") and name not in planned
        ]
        notes = [note for name in planned + others for note in _notes(lessons[name])]
        if notes:
            head = [
                f"# 讲师手册：{role.name}（{role.code}）\n",
                "由母本里的讲师提示汇成；要改，请改 `text/course/`，再运行 `make notebooks`。\n",
                *_timetable(role, lessons),
            ]
            texts[root / "docs/讲师手册" / f"{role.slug}.md"] = "\n".join(head + notes)
    return texts


def pull(notebook: Path, root: Path) -> Path:
    """Bring an instructor's edits in a generated notebook back to its master.

    Solutions, mistakes and instructor's notes that the notebook does not show are kept.

    Returns
    -------
    Path
        The master that was rewritten.

    Raises
    ------
    MasterError
        The notebook has no master, or an edit can't be placed (says which cell and what to do).
    """
    path = master_of(notebook, root)
    master, edited = read_master(path), nbformat.read(notebook, as_version=4)
    by_id = {_cell_id(cell, number): cell for number, cell in enumerate(master.cells, 1)}
    hidden_after = _hidden_after(master)
    answers = {c.id: c.source for c in edited.cells if c.id.endswith(ANSWER_SUFFIX)}
    cells = list(hidden_after.get(None, []))
    for cell in edited.cells:
        if cell.id in answers:
            continue
        known = by_id.get(cell.id)
        if known is None:
            cells.append(_cell(cell, cell.id))
            continue
        known = known.copy()
        known.source = _edited_source(known, cell, answers, notebook)
        cells += [known, *hidden_after.get(cell.id, [])]
    text = write_master(nbformat.v4.new_notebook(cells=cells))
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _hidden_after(master: NotebookNode) -> dict[str | None, list[NotebookNode]]:
    """Cells that no notebook shows, by the id of the visible cell before them."""
    hidden: dict[str | None, list[NotebookNode]] = {}
    last = None
    for number, cell in enumerate(master.cells, 1):
        if _left_out(cell) or "explain" in cell.metadata:
            hidden.setdefault(last, []).append(cell)
        else:
            last = _cell_id(cell, number)
    return hidden


def _edited_source(
    known: NotebookNode, cell: NotebookNode, answers: dict[str, str], notebook: Path
) -> str:
    """The master's source of a cell after the instructor's edit of its notebook form."""
    if "check" in known.metadata:
        return cell.source.removeprefix(CHECK_LINE).lstrip("\n")
    exercise = known.metadata.get("exercise")
    if not exercise or "### BEGIN SOLUTION" not in known.source:
        return cell.source
    source = known.source
    folded = re.search(
        r"```python\n(.*?)\n```", answers.get(exercise + ANSWER_SUFFIX, ""), re.DOTALL
    )
    if folded and folded[1] != solution(source):
        source = _replace_block(source, folded[1])
    if cell.source == stub(known.source):
        return source
    if PLACEHOLDER not in cell.source:
        raise MasterError(
            f"{notebook} 练习 {exercise}：「{PLACEHOLDER}」这一行不见了，放不回参考答案；请恢复这一行，或直接改母本。"
        )
    block = re.search(
        r"^[ \t]*### BEGIN SOLUTION.*?### END SOLUTION$", source, re.DOTALL | re.MULTILINE
    )
    return re.sub(
        r"^[ \t]*" + re.escape(PLACEHOLDER), lambda _: block[0], cell.source, flags=re.MULTILINE
    )


def _replace_block(source: str, answer: str) -> str:
    """The solution block of a one-block exercise with another answer in it."""
    if re.search(r"^(async )?def |^class ", source, re.MULTILINE):
        raise MasterError("函数练习的参考答案请在母本里改：它的外层与答案分不开。")
    head, rest = source.split("### BEGIN SOLUTION\n", 1)
    tail = rest.split("### END SOLUTION", 1)[1]
    return f"{head}### BEGIN SOLUTION\n{answer}\n### END SOLUTION{tail}"


def _fold_check(cell: NotebookNode) -> None:
    """Fold the source away, for it holds the answer, and let 全部运行 go on past an open exercise."""
    cell.source = f"{CHECK_LINE}\n{cell.source}"
    cell.metadata.setdefault("tags", []).append("raises-exception")
    cell.metadata["jupyter"] = {"source_hidden": True}


def _folded_answer(code: str, explanation: str) -> str:
    parts = [
        "<details><summary>参考答案</summary>",
        f"```python\n{code}\n```",
        explanation,
        "</details>",
    ]
    return "\n\n".join(part for part in parts if part)


def _title(master: NotebookNode) -> str:
    lines = (line for cell in master.cells for line in cell.source.splitlines())
    return next((line.removeprefix("# ") for line in lines if line.startswith("# ")), "")


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


def _left_out(cell: NotebookNode) -> bool:
    return has_tag(cell, "mistake") or has_tag(cell, "instructor")


def _cell_id(cell: NotebookNode, number: int) -> str:
    return (
        answer_id(cell) or cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell-{number:03d}"
    )


def _cell(cell: NotebookNode, identifier: str, source: str | None = None) -> NotebookNode:
    """A clean copy: own id, no outputs, only the metadata that a notebook needs."""
    make = (
        nbformat.v4.new_markdown_cell if cell.cell_type == "markdown" else nbformat.v4.new_code_cell
    )
    kept = {
        key: cell.metadata[key]
        for key in ("nbgrader", "tags", "item", "options")
        if key in cell.metadata
    }
    return make(cell.source if source is None else source, id=identifier, metadata=kept)


def _dump(cells: list[NotebookNode]) -> str:
    notebook = nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}},
    )
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


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
