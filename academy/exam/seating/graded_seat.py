"""On whose data is a submission graded?  On what was handed out, as it was kept; ``c.Referee.seats``."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import nbformat

from academy.errors import CourseError
from academy.exam.seating.frozen import (
    FrozenError,
    Manifest,
    handed_out,
    options_digests,
    read_files,
    read_manifest,
    require_same_seed,
)
from academy.exam.seating.seats_file import read_seats
from academy.exam.sitting import sitting_of, sittings
from academy.grading.desk.settings import ChosenSeat
from academy.grading.errors import GradingError
from academy.grading.work.record import Rejected, Seat
from ccomlib.paper import ORDER_VARIABLE, SEAT_VARIABLE

__all__ = ["seat_of"]


def seat_of(root: Path, paper: str, student: str) -> ChosenSeat | None:
    """Whose data a submission was written on; named by ``c.Referee.seats``.

    None where the paper was never handed out by a sitting.

    Raises
    ------
    Rejected
        The paper was handed out, but not to this learner; or what was handed out is not as it was.
    GradingError
        The seats file or a sitting can't be read.
    """
    try:
        seats = read_seats(root)
        manifest = _manifest(root, paper, student, (student, paper) in seats)
        if manifest is None:
            return None
        if (student, paper) in seats and manifest.number:
            require_same_seed(manifest, seats[student, paper])
        _require_same_options(root, manifest)
        files = read_files(root, manifest)
    except FrozenError as error:
        raise Rejected(student, str(error)) from None
    except CourseError as error:
        raise GradingError(str(error)) from None
    data = {path: content for path, content in files.items() if not path.endswith(".ipynb")}
    environment = {
        SEAT_VARIABLE: str(manifest.seed),
        ORDER_VARIABLE: json.dumps(manifest.orders),
    }
    return ChosenSeat(manifest.key, lambda: Seat(data, environment))


def _manifest(root: Path, paper: str, student: str, drawn: bool) -> Manifest | None:
    handed = [
        one.name
        for one in sittings(root, paper)
        if any(handed_out(root, one.name).parent.glob(f"*/{paper}.json"))
    ]
    if not (handed or drawn):
        return None
    sitting = sitting_of(root, paper, student)
    if sitting is None:
        raise Rejected(
            student,
            f"{student} 不在 {paper} 任何一个场次的名单里，不知道他的数据：请核对学号，"
            f"或把他写进名单再运行 ccom release {paper}。",
        )
    for number in (student, ""):
        manifest = read_manifest(root, sitting.name, paper, number)
        if manifest is not None:
            return manifest
    raise Rejected(
        student,
        f"场次 {sitting.name} 里没有发给 {student} 的卷子，不知道他的数据：没有发过的，运行 "
        f"ccom seats {sitting.name}；发过的，从备份取回 sittings/{sitting.name}/handed_out/{student}。",
    )


def _require_same_options(root: Path, manifest: Manifest) -> None:
    """The kept order is about the options that were handed out; the master must still have them."""
    path = root / "source" / manifest.paper / f"{manifest.paper}.ipynb"
    now = _options_in(path, path.stat().st_mtime_ns, path.stat().st_size)
    for item in sorted(now.keys() | manifest.options.keys()):
        if now.get(item) != manifest.options.get(item):
            raise FrozenError(
                f"母本 {manifest.paper} 里 {item} 的选项与发卷时不同，答案的字母对不上："
                "请把选项的文字与次序改回发卷时的样子，再评。"
            )


@lru_cache(maxsize=8)
def _options_in(path: Path, _changed: int, _size: int) -> dict[str, str]:
    return options_digests(nbformat.read(path, as_version=4))
