"""What several verbs need: checked arguments, problems on the screen, the syllabus."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from academy.cli.checks import course_folder
from academy.clock import TIMEZONE
from academy.errors import CourseError

if TYPE_CHECKING:
    from academy.exam.sitting import Sitting
    from academy.syllabus import Role, Syllabus

__all__ = [
    "moment",
    "named_sitting",
    "positive",
    "require_no_doubts",
    "role_of",
    "roster_argument",
    "syllabus_of",
    "tell",
    "without_grammars",
    "yes_argument",
]


# as it is typed in Chinese offices: 2027/7/16 15:30
TYPED = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*(\d{1,2}):(\d{2})(?::(\d{2}))?")


def named_sitting(options: argparse.Namespace) -> Sitting:
    """The sitting that the call names, looked up before nbgrader is loaded."""
    from academy.exam.sitting import open_sitting

    course_folder(options.course)
    return open_sitting(options.course.resolve(), options.sitting)


def positive(text: str) -> int:
    """A whole number above 0, for argparse."""
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"应是正整数，现在是 {text!r}")
    return number


def roster_argument(parser: argparse.ArgumentParser) -> None:
    """The argument --roster."""
    parser.add_argument(
        "--roster",
        type=Path,
        required=True,
        metavar="文件",
        help="名单（.csv 或 .xlsx，含「学号」「姓名」列）",
    )


def yes_argument(parser: argparse.ArgumentParser) -> None:
    """The argument --yes."""
    parser.add_argument("--yes", action="store_true", help="开考时间看着不对，也就是这个时间")


def require_no_doubts(start: datetime, minutes: int, yes: bool) -> None:
    """Refuse a start time that looks wrong, unless somebody said that it is right."""
    from academy.clock import shown, utc_now
    from academy.exam.start_time import doubts

    found = doubts(start, minutes, utc_now())
    if found and not yes:
        raise CourseError(
            f"开考时间 {shown(start)} {'，'.join(found)}：请核对；就是这个时间，加 --yes 再运行。"
        )


def moment(text: str | None, what: str) -> datetime | None:
    """A moment that staff typed, also as 2027/7/16 15:30 or with a Chinese colon; in Chinese time.

    Parameters
    ----------
    what : its name for the message.

    Raises
    ------
    CourseError
        It can't be read, or says no time of day.
    """
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := TYPED.fullmatch(plain):
        year, month, day, hour, minute, second = found.groups("00")
        plain = f"{year}-{int(month):02}-{int(day):02}T{int(hour):02}:{minute}:{second}"
    try:
        at = datetime.fromisoformat(plain.replace(" ", "T"))
    except ValueError:
        at = None
    # a date alone would be its midnight, which nobody meant
    if at is None or _is_date(plain):
        raise CourseError(f"{what} {text!r} 认不出来：请写成 2025-07-18T15:30。")
    return at if at.tzinfo else at.replace(tzinfo=TIMEZONE)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def syllabus_of(root: Path) -> Syllabus:
    """The syllabus of a course folder."""
    from academy.syllabus import read_syllabus

    own = root / "course/syllabus.yml"
    if not own.exists():
        raise CourseError(f"{root} 里没有 course/syllabus.yml：合格线与考试时长写在那里。")
    return read_syllabus(own)


def role_of(root: Path, slug: str) -> tuple[Syllabus, Role]:
    """The syllabus, and the role with this short name.

    Raises
    ------
    CourseError
        There is no such role; names the known ones.
    """
    syllabus = syllabus_of(root)
    role = syllabus.roles.get(slug.lower())
    if role is None:
        known = "、".join(f"{one.slug}（{one.name}）" for one in syllabus.roles.values())
        raise CourseError(f"没有岗位 {slug!r}：有 {known}。请用括号前的简称。")
    return syllabus, role


def tell(problems: Iterable[str]) -> None:
    """Problems for staff, a line each."""
    for problem in problems:
        print(f"！{problem}", file=sys.stderr)


def without_grammars() -> None:
    """Import jsonschema without the grammar of international addresses.

    It compiles one (rfc3987_syntax) that takes a third of the time that nbgrader needs to be
    imported. It serves the format "iri", which the schemas of notebooks do not have.
    """
    grammar = "rfc3987_syntax"
    if grammar in sys.modules:
        return
    # what is None there can't be imported, and jsonschema does without
    sys.modules[grammar] = None
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules[grammar]
