"""Where does the time of one submission go?  A table that adds up."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI

from academy.grading.cage import zygote_environment
from academy.grading.desk.desk import Desk, open_desk
from academy.grading.referee.grader import Grader
from academy.grading.warm.nursery import STACK
from academy.grading.work.job import Job, Work
from academy.grading.work.record import Seat

__all__ = ["pure_seconds", "time_table"]

RUNS = 15
KINDS = {
    "locked": "只读格：开头的只跑一次，其余两个进程各跑一遍",
    "plain": "普通格",
    "answer": "作答格：关在隔离里",
    "test": "测试格：向学员的进程要数据",
    "extra": "学员自己加的格",
    "manual": "人评的格",
    "task": "任务格",
}
PARTS = {
    "processes": "等两个进程锁好",
    "files": "放数据文件",
    "next processes": "预备下一份的进程",
    "rest": "拼成记录",
}


def time_table(api: NbGraderAPI, assignment: str, student: str) -> str:
    """Grade one submission some times, one step after the other, and show the run in the middle.

    In `grade_course`, reading and bookkeeping of one submission go on beside the grading of others.
    """
    with open_desk(api.coursedir, api.config, assignment) as desk:
        work = desk.work
        with Grader(work.assignment, work.plan, work.limits, work.require) as grader:
            runs = [_run(desk, grader, student) for _ in range(RUNS + 2)][2:]
            job = desk.job(desk.case(student))
        pure = pure_seconds(work, job)
    total, parts = sorted(runs, key=lambda run: run[0])[len(runs) // 2]
    rows = [("单元格本身（一个热进程里直接运行）", sum(pure.values()))]
    rows += [
        (f"比直接运行多：{label}", parts.get(f"{kind} cells", 0.0) - pure.get(kind, 0.0))
        for kind, label in KINDS.items()
        if kind in pure or f"{kind} cells" in parts
    ]
    rows += [(label, parts[name]) for name, label in PARTS.items()]
    rows += [
        ("读答卷、核对摘要", parts["reading"]),
        ("写成绩册与 autograded/", parts["bookkeeping"]),
    ]
    rows.append(("其余", total - sum(seconds for _, seconds in rows)))
    lines = [f"  {assignment} 一份答卷的时间（{RUNS} 次里居中的一次，毫秒）"]
    lines += [f"    {1000 * seconds:8.1f}  {label}" for label, seconds in rows]
    over = total - sum(pure.values())
    lines.append(f"    {1000 * total:8.1f}  合计；比单元格本身多 {1000 * over:.1f}")
    return "\n".join(lines)


def _run(desk: Desk, grader: Grader, student: str) -> tuple[float, dict[str, float]]:
    begin = time.perf_counter()
    case = desk.case(student)
    job = desk.job(case)
    read = time.perf_counter()
    record = grader.grade(job.submission, job.seat)
    graded = time.perf_counter()
    desk.keep(case, job, record)
    end = time.perf_counter()
    return end - begin, grader.timing | {"reading": read - begin, "bookkeeping": end - graded}


def pure_seconds(work: Work, job: Job) -> dict[str, float]:
    """Seconds by kind that the cells take in one warm process that neither cages nor carries anything."""
    seat = job.seat or Seat()
    order = {
        "runs": RUNS,
        "modules": [*STACK, *work.plan.modules],
        "environment": dict(seat.examiner_environment),
        "notebooks": [
            [
                ("extra" if cell.master is None else master.cells[cell.master].kind, cell.source)
                for cell in job.submission.notebooks[master.name]
                if cell.cell_type == "code" and cell.source.strip()
            ]
            for master in work.assignment.notebooks
        ],
    }
    files = {**job.submission.files, **work.assignment.files, **seat.files}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-m", "academy.grading.warm.plain_run"],
            input=json.dumps(order),
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=zygote_environment(Path(folder)),
            check=True,
        )
    runs = sorted(json.loads(done.stdout), key=lambda run: sum(run.values()))
    return runs[len(runs) // 2]
