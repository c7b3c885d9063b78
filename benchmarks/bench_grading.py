"""评分有多快：裁判与 nbgrader 自带的评分、otter-grader 在同一次运行里比。

一份约 25 格的轻作业（带科学计算的导入、一幅图、八道题）与一份真试卷。几种评法轮流评同样的
答卷，先核对分数与输出相同，再看比值；隔离始终开着。只量不判。

    python benchmarks/bench_grading.py [--rounds 4] [--largest 1000]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
from light_assignment import NAME, answers, otter_master, submission, write_course

from academy.course import Course
from academy.grading.desk.batch import grade_course
from academy.simulate import answer_book, fill_in

ROOT = Path(__file__).resolve().parents[1]
PAPER = "wfmp-final"
PER_ROUND = 3
PER_BATCH = 12


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rounds", type=int, default=4)
    options.add_argument("--largest", type=int, default=1000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        compare(light_course, Path(scratch) / "light", NAME, chosen.rounds, otter=True)
        compare(paper_course, Path(scratch) / "paper", PAPER, chosen.rounds, otter=False)
        growth(Path(scratch) / "growth", chosen.largest)


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """别家的内核往标准错误写的话收起来。"""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def light_course(folder: Path, learners: int) -> Course:
    """轻作业的课程，已收到 ``learners`` 份答卷。"""
    folder.mkdir(parents=True)
    write_course(folder)
    course = Course(folder)
    course.generate(NAME)
    released = course.folder("release", NAME) / f"{NAME}.ipynb"
    hand_in(course, NAME, [submission(released, k) for k in range(learners)])
    return course


def paper_course(folder: Path, learners: int) -> Course:
    """真试卷的课程：参考答案与几处典型错答。"""
    folder.mkdir(parents=True)
    for name in ("source", "text/source", "course"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    course = Course(folder)
    course.generate(PAPER)
    book = answer_book(folder / "text/source" / PAPER / f"{PAPER}.py")
    released = course.folder("release", PAPER) / f"{PAPER}.ipynb"
    filled = [
        fill_in(released, book.attempt(0.5 + 0.5 * (k % 3) / 2, random.Random(k)))
        for k in range(learners)
    ]
    hand_in(course, PAPER, filled)
    return course


def hand_in(course: Course, paper: str, notebooks: list[nbformat.NotebookNode]) -> None:
    """把答卷放进 submitted/，学员登记在册。"""
    with course.gradebook() as gradebook:
        for number, notebook in enumerate(notebooks):
            student = f"s{number:04d}"
            gradebook.update_or_create_student(student)
            folder = course.folder("submitted", paper, student)
            folder.mkdir(parents=True)
            nbformat.write(notebook, folder / f"{paper}.ipynb")


def compare(build, folder: Path, paper: str, rounds: int, *, otter: bool) -> None:
    """轮流评，打印每份的秒数与比值。"""
    learners = max(rounds * PER_ROUND, PER_BATCH)
    stock, own = build(folder / "stock", learners), build(folder / "own", learners)
    _use_stock_steps(stock)
    students = [f"s{k:04d}" for k in range(learners)]
    peer = OtterPeer(folder / "otter", learners) if otter else None
    seconds: dict[str, list[float]] = {}
    for number in range(rounds):
        mine = students[number * PER_ROUND : (number + 1) * PER_ROUND]
        seconds.setdefault("nbgrader（同一进程里的 API）", []).extend(stock_api(stock, paper, mine))
        seconds.setdefault("nbgrader（命令行，一次一份）", []).append(
            stock_command(stock, paper, mine[0])
        )
        if peer:
            seconds.setdefault("otter-grader 7（API）", []).extend(peer.grade(mine))
        for workers in (1, 2):
            label = f"裁判，{workers} 个工人"
            seconds.setdefault(label, []).append(
                referee(own, paper, students[:PER_BATCH], workers)[1]
            )
    base = statistics.median(seconds["nbgrader（同一进程里的 API）"])
    print(f"\n{paper}：每份答卷的秒数（中位数），与 nbgrader API 的比值")
    for label, found in seconds.items():
        value = statistics.median(found)
        print(f"  {label:<24}{value:8.3f} 秒  {base / value:6.1f} 倍（n={len(found)}）")
    same_scores(stock, own, paper, students[: rounds * PER_ROUND])
    breakdown(own, paper)


def stock_api(course: Course, paper: str, students: list[str]) -> list[float]:
    """nbgrader 自己的 API，一份一份评。"""
    found = []
    for student in students:
        begin = time.perf_counter()
        with warnings.catch_warnings(), unheard():
            warnings.simplefilter("ignore")
            result = course.api.autograde(paper, student)
        assert result["success"], result
        found.append(time.perf_counter() - begin)
    return found


def stock_command(course: Course, paper: str, student: str) -> float:
    """nbgrader 的命令行评一份，含启动。"""
    command = [
        sys.executable,
        "-m",
        "nbgrader",
        "autograde",
        paper,
        "--student",
        student,
        "--force",
    ]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    begin = time.perf_counter()
    subprocess.run(
        command,
        cwd=course.root,
        check=True,
        capture_output=True,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)},
    )
    return time.perf_counter() - begin


def _use_stock_steps(course: Course) -> None:
    """这门课用 nbgrader 自带的评分步骤，不用裁判。"""
    config = course.root / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    plain = [line for line in text.splitlines() if "referee" not in line.lower()]
    config.write_text("\n".join(plain) + "\n", encoding="utf-8")
    for section in ("Autograde", "GenerateFeedback"):
        course.api.config.pop(section, None)


class OtterPeer:
    """otter-grader 评同样的答案。"""

    def __init__(self, folder: Path, learners: int) -> None:
        from otter.assign import main as assign

        folder.mkdir(parents=True)
        nbformat.write(otter_master(), folder / "light.ipynb")
        with contextlib.redirect_stdout(io.StringIO()):
            assign(str(folder / "light.ipynb"), str(folder / "out"), no_run_tests=True)
        self.autograder = next((folder / "out/autograder").glob("*.zip"))
        self.folder = folder
        for k in range(learners):
            notebook = nbformat.read(folder / "out/student/light.ipynb", as_version=4)
            filled = answers(k)
            for cell in notebook.cells:
                tests = cell.metadata.get("otter", {}).get("tests")
                if tests:
                    cell.source = filled[tests[0]]
            nbformat.write(notebook, folder / f"s{k:04d}.ipynb")

    def grade(self, students: list[str]) -> list[float]:
        """评几份，返回各自的秒数。"""
        from otter.api import grade_submission

        found = []
        for student in students:
            begin = time.perf_counter()
            with unheard():
                grade_submission(
                    str(self.folder / f"{student}.ipynb"), str(self.autograder), quiet=True
                )
            found.append(time.perf_counter() - begin)
        return found


def referee(
    course: Course, paper: str, students: list[str], workers: int
) -> tuple[float, float, float]:
    """裁判评一批：（启动到第一份的秒数，其后每份的秒数，最后一份时工人与预热进程占的字节）。"""
    moments: list[float] = []
    memory = 0

    def done(_: object) -> None:
        nonlocal memory
        moments.append(time.perf_counter())
        if len(moments) == len(students):
            memory = _memory_of_children()

    begin = time.perf_counter()
    outcomes: Iterator = grade_course(
        course.api,
        paper,
        students,
        force=True,
        workers=workers,
        done=done,
    )
    statuses = {outcome.status for outcome in outcomes}
    assert statuses == {"graded"}, statuses
    # 每个工人的第一份算启动
    rest = moments[workers - 1 :]
    return moments[0] - begin, (rest[-1] - rest[0]) / (len(rest) - 1), memory


def _memory_of_children() -> int:
    total = 0
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            total += child.memory_info().rss
    return total


def same_scores(stock: Course, own: Course, paper: str, students: list[str]) -> None:
    """两边的成绩簿逐格相同；不同的输出数一数。"""
    cells = differ = outputs = 0
    for student in students:
        ours, theirs = (_scores(course, paper, student) for course in (own, stock))
        cells += len(theirs)
        differ += sum(ours.get(name) != score for name, score in theirs.items())
        outputs += _different_outputs(own, stock, paper, student)
    print(f"  核对：{cells} 格里 {differ} 格分数不同，{outputs} 格输出不同（隐藏测试格不比）")


def _scores(course: Course, paper: str, student: str) -> dict[str, float]:
    with course.gradebook() as gradebook:
        found = gradebook.find_submission_notebook(paper, paper, student)
        return {grade.name: grade.auto_score for grade in found.grades}


def _different_outputs(own: Course, stock: Course, paper: str, student: str) -> int:
    pair = [
        nbformat.read(course.folder("autograded", paper, student) / f"{paper}.ipynb", as_version=4)
        for course in (own, stock)
    ]
    count = 0
    for ours, theirs in zip(*(notebook.cells for notebook in pair), strict=True):
        if ours.cell_type == "code" and not ours.metadata.get("nbgrader", {}).get("grade"):
            count += _plain(ours) != _plain(theirs)
    return count


def _plain(cell: nbformat.NotebookNode) -> list[tuple]:
    found = []
    for output in cell.outputs:
        data = output.get("data", {})
        # 出错的轨迹里有内存地址与临时文件名，比种类与名字
        if output.output_type == "error":
            found.append(("error", output.ename, output.evalue))
        elif output.output_type == "stream":
            found.append(("stream", output.name, output.text))
        else:
            found.append((output.output_type, sorted(data), data.get("text/plain")))
    return found


def breakdown(course: Course, paper: str) -> None:
    """一份的时间花在哪里：各段相加等于总数。"""
    from academy.grading.desk.timing import time_table

    print(time_table(course.api, paper, "s0000"))


def growth(folder: Path, largest: int) -> None:
    """从 10 份到 ``largest`` 份：每份的秒数与内存。"""
    print("\n从少到多（轻作业，2 个工人）")
    course = light_course(folder, largest)
    process = psutil.Process()
    size = 10
    while size <= largest:
        students = [f"s{k:04d}" for k in range(size)]
        begin = time.perf_counter()
        startup, each, workers = referee(course, NAME, students, 2)
        total = time.perf_counter() - begin
        print(
            f"  {size:5d} 份：共 {total:7.1f} 秒，启动 {startup:4.1f} 秒，每份 {each:6.3f} 秒，"
            f"内存：主进程 {process.memory_info().rss / 1e6:4.0f} MB，工人 {workers / 1e6:4.0f} MB"
        )
        size *= 10


if __name__ == "__main__":
    main()
