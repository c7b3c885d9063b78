"""Who sits where?  The staff's secret file: learner, paper and the code of the seat."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from academy.errors import CourseError
from academy.exam.encoding import decoded
from academy.exam.seating.code import SeatCodeError, draw_seed, seat_code, seed_of
from academy.exam.store import locked, write_file

__all__ = ["SEATS", "draw_seats", "read_seats"]

SEATS = "seats.csv"
COLUMNS = ("学号", "试卷", "座位")
SEPARATORS = (",", "\t", ";")
AS_IT_WAS = "请按备份改回原样；不要用 Excel 另存它"

Seats = dict[tuple[str, str], int]


def read_seats(root: Path) -> Seats:
    """Seeds by (learner's number, paper); empty where the course has no seats file.

    A file that Excel has opened and saved is read as well: with a mark or without, UTF-8, UTF-16 or
    GB18030, separated by commas, tabs or semicolons, with empty rows and columns. What Excel has
    *changed* is refused, never guessed.

    Raises
    ------
    CourseError
        A row can't be read, or is not as it was written; names it.
    """
    path = root / SEATS
    try:
        status = path.stat()
    except FileNotFoundError:
        return {}
    return dict(_parse(path, status.st_mtime_ns, status.st_size, status.st_ino))


def draw_seats(root: Path, paper: str, numbers: Iterable[str]) -> tuple[Seats, int]:
    """Draw a secret seed for each learner who has no seat in the paper yet.

    The file can be read by its owner only; a seat once drawn is never changed. Two calls at a time
    wait for each other.

    Returns
    -------
    seats : all seats of the file.
    drawn : how many are new.

    Raises
    ------
    CourseError
        The seats file can't be read.
    """
    with locked(root):
        seats = read_seats(root)
        taken = set(seats.values())
        new = [number for number in dict.fromkeys(numbers) if (number, paper) not in seats]
        for number in new:
            seed = draw_seed()
            while seed in taken:
                seed = draw_seed()
            taken.add(seed)
            seats[number, paper] = seed
        if new:
            _write(root / SEATS, seats)
    return seats, len(new)


@lru_cache(maxsize=4)
def _parse(path: Path, _changed: int, _size: int, _node: int) -> Seats:
    try:
        lines = decoded(path.read_bytes()).splitlines()
    except UnicodeDecodeError:
        raise CourseError(f"{SEATS} 不是文本文件（存成了工作簿？）：{AS_IT_WAS}。") from None
    rows = list(csv.reader(lines, delimiter=_separator(lines)))
    header, places = _header(rows)
    seats: Seats = {}
    for row, cells in enumerate(rows[header + 1 :], header + 2):
        if not any(cell.strip() for cell in cells):
            continue
        number, paper, code = (
            cells[place].strip() if place < len(cells) else "" for place in places
        )
        where = f"{SEATS} 第 {row} 行"
        if not (number and paper and code):
            raise CourseError(
                f"{where}应有「{'、'.join(COLUMNS)}」：现在是 {number!r}、{paper!r}、{code!r}，{AS_IT_WAS}。"
            )
        try:
            seed = seed_of(code, number, paper)
        except SeatCodeError as error:
            raise CourseError(f"{where}：{error}；{AS_IT_WAS}。") from None
        if seats.setdefault((number, paper), seed) != seed:
            raise CourseError(
                f"{where}：{number} 的 {paper} 有两个不同的座位，请留发卷时的那一个。"
            )
    return seats


def _separator(lines: list[str]) -> str:
    header = next((line for line in lines if line.strip(" ,;\t")), "")
    return max(SEPARATORS, key=header.count)


def _header(rows: list[list[str]]) -> tuple[int, list[int]]:
    """The row of the headings, and the places of the three columns in it."""
    for row, cells in enumerate(rows):
        names = [unicodedata.normalize("NFKC", cell).strip() for cell in cells]
        if all(column in names for column in COLUMNS):
            return row, [names.index(column) for column in COLUMNS]
        if any(names):
            have = "、".join(name for name in names if name)
            break
    else:
        have = "空文件"
    raise CourseError(f"{SEATS} 没有「{'、'.join(COLUMNS)}」三列（现有：{have}）：{AS_IT_WAS}。")


def _write(path: Path, seats: Seats) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (number, paper, seat_code(number, paper, seed)) for (number, paper), seed in seats.items()
    )
    # with a mark: Excel would read the headings as something else and save them so
    write_file(path, text.getvalue().encode("utf-8-sig"))
