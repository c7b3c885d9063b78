"""Who sits where?  The staff's secret file: learner, paper and the seed of the seat."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import secrets
from functools import lru_cache
from pathlib import Path

from academy.course import Course, CourseError
from academy.exam.roster import Learner
from academy.grading.desk.settings import ChosenSeat
from academy.grading.errors import GradingError
from academy.grading.work.record import Rejected, Seat
from academy.seats import paper_data, write_seat
from ccomlib.paper import SEAT_VARIABLE

__all__ = ["SEATS", "draw_seats", "read_seats", "seat_of", "write_seats"]

SEATS = "seats.csv"
COLUMNS = ("学号", "试卷", "种子")
SEED_BITS = 63

Seats = dict[tuple[str, str], int]


def read_seats(root: Path) -> Seats:
    """Seeds by (learner's number, paper); empty where the course has no seats file.

    Raises
    ------
    CourseError
        A row can't be read; names it.
    """
    path = root / SEATS
    try:
        status = path.stat()
    except FileNotFoundError:
        return {}
    return _parse(path, status.st_mtime_ns, status.st_size)


def draw_seats(root: Path, paper: str, learners: list[Learner]) -> tuple[Seats, int]:
    """Draw a secret seed for each learner who has no seat in the paper yet.

    The file can be read by its owner only; a seat once drawn is never changed.

    Returns
    -------
    seats : all seats of the file.
    drawn : how many are new.

    Raises
    ------
    CourseError
        The seats file can't be read.
    """
    seats = dict(read_seats(root))
    taken = set(seats.values())
    new = [learner.number for learner in learners if (learner.number, paper) not in seats]
    for number in new:
        seed = 0
        while seed == 0 or seed in taken:  # 0 is the seat of the committed paper
            seed = secrets.randbits(SEED_BITS)
        taken.add(seed)
        seats[number, paper] = seed
    if new:
        _write(root / SEATS, seats)
    return seats, len(new)


def write_seats(course: Course, paper: str, learners: list[Learner], into: Path) -> int:
    """Draw the seats and write each learner's own paper to ``into/<number>/<paper>``.

    Returns
    -------
    int
        How many seats were newly drawn.

    Raises
    ------
    CourseError
        The paper is unknown or not released, or `into` would put papers into release/.
    """
    course.require_paper(paper)
    released = course.folder("release", paper).parent
    if released in (into.resolve(), *into.resolve().parents):
        raise CourseError(f"{into} 在 release/ 里，人人都取得到：请换一个文件夹。")
    seats, drawn = draw_seats(course.root, paper, learners)
    for learner in learners:
        write_seat(course, paper, seats[learner.number, paper], into / learner.number)
    return drawn


def seat_of(root: Path, paper: str, student: str) -> ChosenSeat | None:
    """Whose data a submission was written on; named by ``c.Referee.seats``.

    None where the paper was not sat by seats at all.

    Raises
    ------
    Rejected
        The paper was sat by seats, and this learner has none.
    GradingError
        The seats file can't be read.
    """
    try:
        seats = read_seats(root)
    except CourseError as error:
        raise GradingError(str(error)) from None
    if not any(of == paper for _, of in seats):
        return None
    if (student, paper) not in seats:
        raise Rejected(
            student,
            f"{student} 在 {SEATS} 里没有 {paper} 的座位，不知道他的数据：请核对学号；"
            f"用的是入库样卷的，在 {SEATS} 里给他写种子 0。",
        )
    seed = seats[student, paper]
    master = root / "text/source" / paper
    recipe = master / "seat.py"
    code = recipe.read_bytes() if recipe.exists() else b""
    key = hashlib.sha256(f"{paper}\n{seed}\n".encode() + code).hexdigest()

    def make() -> Seat:
        tables = paper_data(master, seed) if code else {}
        return Seat(
            {f"data/{name}.csv": text.encode() for name, text in tables.items()},
            {SEAT_VARIABLE: str(seed)},
        )

    return ChosenSeat(key, make)


@lru_cache(maxsize=4)
def _parse(path: Path, _changed: int, _size: int) -> Seats:
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        raise CourseError(f"{SEATS} 读不出来：请存回 UTF-8 的 CSV，不要用 Excel 改它。") from None
    seats: Seats = {}
    for row, record in enumerate(rows, 2):
        number, paper, seed = (str(record.get(column) or "").strip() for column in COLUMNS)
        if not (number and paper and seed.isdecimal()):
            raise CourseError(
                f"{SEATS} 第 {row} 行应有「学号、试卷、种子」三列，种子是整数：现在是 {number!r}、{paper!r}、{seed!r}。"
            )
        if seats.setdefault((number, paper), int(seed)) != int(seed):
            raise CourseError(
                f"{SEATS} 第 {row} 行：{number} 的 {paper} 有两个不同的种子，请留一个。"
            )
    return seats


def _write(path: Path, seats: Seats) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((number, paper, seed) for (number, paper), seed in seats.items())
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text.getvalue())
        file.flush()
        os.fsync(descriptor)
    fresh.replace(path)
