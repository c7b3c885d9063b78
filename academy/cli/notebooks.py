"""`ccom notebooks`: masters to notebooks and back, and the proof of a master."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from academy.cli.checks import course_folder, existing_file
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
    parser.add_argument("file", nargs="?", type=Path, help="pull：改过的笔记本；prove：母本")


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
        return _prove(options.file, root)
    from academy.notebooks import build_all

    check = options.action == "check"
    changed = [path.relative_to(root) for path in build_all(root, check=check)]
    for path in changed:
        print(("需要重新生成 " if check else "已生成 ") + str(path))
    if not changed:
        print("笔记本都与母本一致。")
    return int(check and bool(changed))


def _prove(master: Path, root: Path) -> int:
    from academy.proof import prove_lesson, prove_paper

    if (root / "text/source") in master.resolve().parents:
        proof = prove_paper(master, root / "source" / master.stem, seed=0)
        print(f"参考答案 {proof.reference_points:g} 分，空白卷 {proof.untouched_points:g} 分")
    else:
        proof = prove_lesson(master)
    for problem in proof.problems:
        print(f"！{problem}", file=sys.stderr)
    print(
        f"{master.name}：{'全部说到做到。' if not proof.problems else f'{len(proof.problems)} 处不符'}"
    )
    return int(bool(proof.problems))
