"""Where do hand-ins come from?  A folder of files, nbgrader's exchange, or what somebody put into submitted/."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from nbgrader.utils import parse_utc

from academy.clock import Clock, shown, utc, utc_now
from academy.course import Course, CourseError
from academy.exam.handins.arrivals import Coming
from academy.exam.handins.claims import Claims
from academy.exam.handins.regular import read_folder, read_regular
from academy.exam.handins.unpack import MAX_FILES, MAX_TOTAL, is_junk, pack, safe_path
from academy.exam.sitting import Sitting, sittings
from academy.grading.desk.foreign_folder import Folder, FolderRefused
from academy.grading.desk.submitted import Submitted
from academy.grading.work.text import clean_text

__all__ = ["NotTaken", "Take", "from_exchange", "from_folder", "from_submitted"]

Take = Callable[[], "Coming | NotTaken"]

SKEW = timedelta(minutes=10)  # a clock may be that wrong
TIMESTAMP = "timestamp.txt"


class NotTaken(str):
    """A Chinese sentence about an entry that could not be read and stays where it is."""

    __slots__ = ()


def from_folder(
    source: Path, sitting: Sitting, now: Clock = utc_now, at: datetime | None = None
) -> list[Take]:
    """The entries of a folder of files that came by chat or e-mail.

    Parameters
    ----------
    at : when they came; without it, each has its file's time.

    Raises
    ------
    CourseError
        There is no such folder.
    """
    if not source.is_dir():
        raise CourseError(f"没有文件夹 {source}：请核对路径。")
    claims = Claims(sitting.learners)
    return [
        _guarded(_shown(entry), partial(_entry, entry, claims, now, at))
        for entry in sorted(source.iterdir())
        if not is_junk(entry.name)
    ]


def from_exchange(course: Course, sitting: Sitting, now: Clock = utc_now) -> list[Take]:
    """Everything that was handed in for the paper through nbgrader's exchange, not only the latest.

    Learners of another sitting of the paper are left to that one.

    Raises
    ------
    CourseError
        There is no exchange to look into.
    """
    root = course.exchange_root
    if root is None:
        raise CourseError(
            "这门课的交换区不是 nbgrader 自带的那种：请把答卷取到一个文件夹，用 --from 指明。"
        )
    inbound = root / course.coursedir.course_id / "inbound"
    if not inbound.is_dir():
        raise CourseError(
            f"交换区 {inbound} 还没有：没有人从那里交过卷。答卷在文件夹里的，用 --from 指明。"
        )
    own = {one.number for one in sitting.learners}
    elsewhere = {
        one.number
        for other in sittings(course.root, sitting.paper)
        for one in other.learners
        if other.name != sitting.name
    }
    takes: list[Take] = []
    for entry in sorted(inbound.iterdir()):
        # <user>+<paper>+<time>, and a random part that newer versions add
        user, paper, at, *_ = [*entry.name.split("+"), "", ""]
        if paper != sitting.paper or user in elsewhere - own:
            continue
        sender = user if user in own else ""
        name, opened = _shown(entry), partial(Folder, inbound, entry.name)
        takes.append(
            _guarded(name, partial(_folder, opened, name, sender, "exchange", now, _time(at)))
        )
    return takes


def from_submitted(course: Course, sitting: Sitting, number: str, now: Clock = utc_now) -> Take:
    """What somebody else put into ``submitted/<number>/<paper>``, kept before we write there."""
    name = f"submitted/{number}/{sitting.paper}"
    opened = partial(Submitted(course.coursedir, sitting.paper).open, number)

    def take() -> Coming | NotTaken:
        try:
            with opened() as folder:
                at = _time(folder.read(TIMESTAMP, 200).decode().strip())
        except ValueError:
            at = None
        return _folder(opened, name, number, "submitted", now, at)

    return _guarded(name, take)


def _guarded(name: str, take: Take) -> Take:
    """What comes, or that it could not be read: the other entries come all the same."""

    def guarded() -> Coming | NotTaken:
        try:
            return take()
        except (OSError, ValueError, OverflowError, RecursionError) as error:
            return NotTaken(
                f"{name} 读的时候出错（{clean_text(error)}），没有收：请核对它，再收一次。"
            )

    return guarded


def _shown(entry: Path) -> str:
    """Its name, fit to be written anywhere."""
    return entry.name.encode("utf-8", "replace").decode()


def _entry(entry: Path, claims: Claims, now: Clock, received: datetime | None) -> Coming | NotTaken:
    name = _shown(entry)
    claimed = claims.in_path(name)
    sender = claimed.pop() if len(claimed) == 1 else ""
    if entry.is_dir() and not entry.is_symlink():
        opened = partial(Folder, entry.parent, entry.name)
        return _folder(opened, name, sender, "folder", now, received)
    try:
        content, at = read_regular(entry, MAX_TOTAL)
    except ValueError as error:
        return NotTaken(f"{name}：{error}。")
    at, remarks = _not_in_the_future(name, received or at, now)
    return Coming(name, content, at, "folder", sender, remarks=remarks)


def _folder(
    opened: Callable[[], Folder],
    name: str,
    sender: str,
    source: str,
    now: Clock,
    at: datetime | None = None,
) -> Coming | NotTaken:
    """A folder as it comes in; without a time of its own, each file has the file's."""
    try:
        with opened() as folder:
            files, left_out = read_folder(folder, MAX_TOTAL, MAX_FILES)
    except FolderRefused as refused:
        return NotTaken(f"{name} 没有收（{refused}）：请问交的人。")
    remarks = [f"{name}：{sentence}" for sentence in left_out]
    kept: dict[str, bytes] = {}
    times: dict[str, datetime] = {}
    for path, (content, changed) in files.items():
        inside = safe_path(path)
        if inside is None:
            remarks.append(f"{name}：{path[:60]} 的名字太长或不能用，没有收。")
        elif not is_junk(inside):
            kept[inside] = content
            times[inside], odd = _not_in_the_future(f"{name}/{inside}", changed, now)
            remarks += odd if at is None else ()
    if at is not None:
        at, odd = _not_in_the_future(name, at, now)
        remarks += odd
        times = {}
    elif source != "folder":
        remarks.append(f"{name}：交卷时间读不出来，按文件的时间算。")
    return Coming(
        name,
        pack(kept),
        at or max(times.values(), default=utc(now())),
        source,
        sender,
        is_folder=True,
        times=times,
        remarks=tuple(remarks),
    )


def _not_in_the_future(name: str, at: datetime, now: Clock) -> tuple[datetime, tuple[str, ...]]:
    if at <= utc(now()) + SKEW:
        return at, ()
    return utc(now()), (f"{name} 的时间 {shown(at)} 在将来，按收卷的时间算。",)


def _time(text: str) -> datetime | None:
    try:
        return parse_utc(text).replace(tzinfo=UTC)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None
