"""`ccom notebooks`: masters to notebooks and back, and the proof of a master."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from academy.cli.checks import course_folder, existing_file
from academy.cli.common import positive
from academy.errors import CourseError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=["build", "check", "pull", "prove"],
        default="build",
        help="build 生成（默认）、check 只看有没有过时的、pull 带回母本、prove 证明一份母本",
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="pull：改过的笔记本；prove：母本；build --force：只覆盖这一个",
    )
    parser.add_argument(
        "--seats", type=positive, default=1, help="prove 试卷：在几个座位上证（默认样卷座位一个）"
    )
    parser.add_argument("--force", action="store_true", help="生成以后被改过的也覆盖")


def run(options: argparse.Namespace) -> int:
    """Build, check, pull or prove."""
    root = options.course.resolve()
    course_folder(root)
    if options.action in {"pull", "prove"}:
        if options.file is None:
            raise CourseError(
                f"{options.action} 要指明文件，如 ccom notebooks {options.action} 文件。"
            )
        existing_file(options.file, "笔记本" if options.action == "pull" else "母本")
    if options.action == "pull":
        from academy.pull import pull

        print(f"已写回 {pull(options.file, root).relative_to(root)}")
        return 0
    if options.action == "prove":
        return _prove(options.file, root, options.seats)
    return _build(options, root)


def _form_problems(master: Path, root: Path) -> list[str]:
    """What a lesson breaks of the rules of form."""
    from academy.proof.form import course_forms

    name = master.relative_to(root / "text/course").with_suffix("").as_posix()
    return [said for one in course_forms(root) if one.name == name for said in one.problems]


def _build(options: argparse.Namespace, root: Path) -> int:
    from academy import notebooks
    from academy.manifest import below

    check = options.action == "check"
    force = below(options.file, root) if options.force and options.file else options.force
    changes = notebooks.build_all(root, check=check, force=force)
    said = (
        {"made": "需要重新生成", "removed": "需要删除"}
        if check
        else {"made": "已生成", "removed": "已删除"}
    )
    for change in changes:
        if change.action != "kept":
            print(f"{said[change.action]} {change.name}")
    kept = [change for change in changes if change.action == "kept"]
    for change in kept:
        print(f"！没动 {change.name}：{change.reason}", file=sys.stderr)
    if not changes:
        print("笔记本都与母本一致。")
    broken = False
    if check:
        for line in notebooks.remarks(root):
            print(line)
        broken = _check_form(root)
    return int(bool(kept) or (check and bool(changes)) or broken)


def _check_form(root: Path) -> bool:
    """Print the lessons' form; whether one breaks a rule."""
    from academy.proof.form import course_forms, course_problems, form_table

    forms = course_forms(root)
    if not forms:
        return False
    print(form_table(forms))
    problems = [f"{one.name}：{said}" for one in forms for said in one.problems]
    problems += course_problems(root)
    for problem in problems:
        print(f"！{problem}", file=sys.stderr)
    return bool(problems)


def _prove(master: Path, root: Path, seats: int) -> int:
    from academy.keys import leaks, lesson_keys, paper_keys
    from academy.papers import read_paper
    from academy.proof import prove_lesson, prove_paper

    problems: list[str] = []
    if (root / "text/source") in master.resolve().parents:
        keys = paper_keys(read_paper(master))
        for seed in range(seats):
            proof = prove_paper(master, seed)
            print(
                f"座位 {seed}：参考答案 {proof.reference_points:g} 分，"
                f"空白卷 {proof.untouched_points:g} 分"
            )
            problems += [f"座位 {seed}：{problem}" for problem in proof.problems]
    else:
        keys = lesson_keys(master)
        problems = prove_lesson(master).problems
        problems += _form_problems(master.resolve(), root)
    for remark in leaks(master.stem, keys):
        print(f"提醒：{remark}")
    for problem in problems:
        print(f"！{problem}", file=sys.stderr)
    print(f"{master.name}：{f'{len(problems)} 处不符' if problems else '全部说到做到。'}")
    return int(bool(problems))
