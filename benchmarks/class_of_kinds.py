"""一门课一次评完，每一格都对，别处一个文件也不变：五十种测试，老实的、空白的、答错的、出错的、作弊的、捣乱的。

    python benchmarks/class_of_kinds.py [--workers 2] [--every 1] [--everywhere]

三百多份答卷放进同一份作业，由 nbgrader 发卷、ccom grade 评，再从成绩册里逐格核对：老实的与 nbgrader
自己给的分（tests/academy/grading/kinds_stock.json）比，作弊的那一格必须没有分、旁边的格不少分。评之前与
之后给课程、旁人的文件夹、主目录、临时文件夹与这个仓库各照一张相（字节或大小与时间）。有一处不对就以 1 退出。
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.academy.grading.big_class import NAME, BigClass, changed_files  # noqa: E402
from tests.academy.grading.own_course import snapshot  # noqa: E402

# 评分自己的：成绩册、评出来的、试跑的结论；其余一概不许变
OURS = {"autograded", "gradebook.db", ".referee"}
PASSED_OVER = {"__pycache__", ".git", ".pytest_cache", ".ruff_cache", ".hypothesis"}


def look(folder: Path, *, skipped: set[str] = frozenset()) -> dict[str, object]:
    """每个文件的大小、时间、权限；大文件夹不读内容。"""
    found: dict[str, object] = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in PASSED_OVER | skipped]
        for name in [*folders, *names]:
            path = os.path.join(parent, name)
            try:
                status = os.lstat(path)
            except FileNotFoundError:
                continue
            is_folder = os.path.isdir(path) and not os.path.islink(path)
            times = () if is_folder else (status.st_size, status.st_mtime_ns)
            found[path] = (status.st_mode, *times)
    return found


class Pictures:
    """评分前后各照一张。"""

    def __init__(self, made: BigClass, home: Path, temporary: Path, everywhere: bool) -> None:
        self.made, self.temporary = made, temporary
        self.places = [ROOT, home]
        if everywhere:
            self.places += [Path.home(), Path("/dev/shm"), Path("/var/tmp")]

    def take(self) -> dict[str, object]:
        """课程与旁人的文件夹照内容，其余照大小与时间。"""
        inside = [place for place in self.made.root.iterdir() if place.name not in OURS]
        found: dict[str, object] = dict(snapshot(self.made.outside, *inside))
        files = [place for place in inside if place.is_file()]
        found |= {str(place): place.read_bytes() for place in files}
        for place in self.places:
            found |= look(place)
        # 评分自己在这里记着机器试过什么，占着位置号
        return found | look(self.temporary, skipped={f"referee-checks-{os.geteuid()}", "referee-slots"})  # fmt: skip


def grade(made: BigClass, workers: int, home: Path, temporary: Path) -> tuple[int, float, str]:
    """ccom grade：返回值、秒数、说的话。"""
    environment = os.environ | {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "academy.cli", "grade", NAME, "--course", str(made.root)]
    begin = time.perf_counter()
    done = subprocess.run(
        [*command, "--workers", str(workers)],
        env=environment,
        cwd=made.folder,
        capture_output=True,
        text=True,
    )
    return done.returncode, time.perf_counter() - begin, done.stdout + done.stderr


def report(made: BigClass, statuses: dict[str, str], mistakes: list[str]) -> None:
    """一组一行。"""
    wrong = Counter(line.partition("：")[0].split(" ")[0] for line in mistakes)
    print(f"{'哪一组':<22}{'份数':>6}{'评了':>6}{'搁置':>6}{'全对':>6}")
    groups = dict.fromkeys(case.group for case in made.cases)
    for group in groups:
        cases = [case for case in made.cases if case.group == group]
        graded = sum(statuses[case.student] == "graded" for case in cases)
        right = sum(not wrong[case.student] for case in cases)
        print(f"{group:<24}{len(cases):>7}{graded:>8}{len(cases) - graded:>8}{right:>8}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="作弊与捣乱的每几份取一份")
    parser.add_argument("--kinds", nargs="*", help="只要这几种测试")
    parser.add_argument(
        "--everywhere", action="store_true", help="真的主目录与 /dev/shm 也照（机器空着时用）"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        world = Path(name)
        home, temporary = world / "home", world / "tmp"
        home.mkdir()
        temporary.mkdir()
        (home / ".ssh").mkdir()
        (home / ".ssh/id").write_text("secret")
        made = BigClass(world / "class", options.kinds, options.every)
        pictures = Pictures(made, home, temporary, options.everywhere)
        before = pictures.take()
        code, seconds, said = grade(made, options.workers, home, temporary)
        changed = changed_files(before, pictures.take())
        graded = made.root / "autograded"
        statuses = {
            case.student: "graded"
            if (graded / case.student / NAME / ".graded.json").is_file()
            else "rejected"
            for case in made.cases
        }
        mistakes = made.mistakes(statuses)
        report(made, statuses, mistakes)
        count = made.cells()
        again, resumed, _ = grade(made, options.workers, home, temporary)
    print(
        f"{len(made.cases)} 份一次评完：{seconds:.1f} 秒（含试跑 {len(made.notebooks) + 1} 本，"
        f"{options.workers} 个工人），{count} 格，{len(mistakes)} 处不对；别处 {len(changed)} 个文件变了；"
        f"再运行一次 {resumed:.1f} 秒。"
    )
    for line in [*mistakes[:50], *changed[:50]]:
        print(f"！{line}")
    if code != 1 or again != 1:  # 有搁置的，应当说
        print(f"！ccom grade 的返回值是 {code}、{again}，应为 1：\n{said[-3000:]}")
    return int(bool(mistakes or changed or code != 1))


if __name__ == "__main__":
    sys.exit(main())
