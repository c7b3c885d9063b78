"""Who sits the examination?  Reads the roster and says which rows can't be used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from academy.course import Course, CourseError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Learner", "enrol", "read_roster"]

NUMBER = ("学号", "学员编号", "编号", "准考证号", "student_id", "id", "number")
NAME = ("姓名", "学员姓名", "name")
FORBIDDEN = set('*+/\\:?"<>|')


@dataclass(frozen=True)
class Learner:
    """One row of the roster."""

    number: str
    name: str


def read_roster(path: Path) -> tuple[list[Learner], list[str]]:
    """Read a roster from CSV or Excel.

    Parameters
    ----------
    path : a .csv (UTF-8 or GBK) or .xlsx file with columns 学号 and 姓名.

    Returns
    -------
    learners : list of Learner
        The usable rows, in order.
    problems : list of str
        One Chinese sentence per row that was left out: file, row, reason, remedy.

    Raises
    ------
    CourseError
        The file can't be read, or has no 学号 column or no usable row.
    """
    table = _read(path)
    number_column, name_column = _column(table, NUMBER), _column(table, NAME)
    if number_column is None:
        have = "、".join(map(str, table.columns))
        raise CourseError(
            f"{path.name} 没有「学号」列（现有：{have}）：请把学号那一列的表头写成「学号」。"
        )
    learners: list[Learner] = []
    problems: list[str] = []
    first_row: dict[str, int] = {}
    for row, record in enumerate(table.to_dict("records"), 2):
        number = str(record[number_column]).strip()
        name = str(record[name_column]).strip() if name_column else ""
        where = f"{path.name} 第 {row} 行"
        if not number and not name:
            continue
        if not number:
            problems.append(f"{where}（{name}）没有学号：请补上学号后重新运行；其余学员不受影响。")
        elif FORBIDDEN & set(number) or number.startswith("."):
            problems.append(
                f"{where}学号 {number!r} 含有不能用的字符：请只用字母、数字、横线和下划线。"
            )
        elif number in first_row:
            problems.append(
                f"{where}学号 {number} 与第 {first_row[number]} 行重复：已取第 {first_row[number]} 行，请改正其中一行。"
            )
        else:
            first_row[number] = row
            learners.append(Learner(number, name))
    if not learners:
        raise CourseError(f"{path.name} 里没有可用的学员：请检查「学号」列。")
    return learners, problems


def enrol(course: Course, learners: list[Learner]) -> None:
    """Write the learners into nbgrader's gradebook (names are updated, nobody is removed)."""
    with course.gradebook() as gradebook:
        for learner in learners:
            gradebook.update_or_create_student(
                learner.number, last_name=learner.name, first_name=""
            )


def _read(path: Path) -> pd.DataFrame:
    # here: grading reads no roster, and should not wait for it
    import pandas as pd

    if not path.exists():
        raise CourseError(f"没有名单文件 {path}：请核对路径。")
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return pd.read_excel(path, dtype=str, keep_default_na=False).rename(columns=str.strip)
    if path.suffix.lower() != ".csv":
        raise CourseError(f"名单 {path.name} 不是 .csv 或 .xlsx：请另存为其中一种。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return pd.read_csv(
                path, dtype=str, keep_default_na=False, encoding=encoding, skip_blank_lines=False
            ).rename(columns=str.strip)
        except UnicodeDecodeError:
            continue
    raise CourseError(f"名单 {path.name} 的编码认不出来：请在 Excel 里另存为「CSV UTF-8」。")


def _column(table: pd.DataFrame, names: tuple[str, ...]) -> str | None:
    lower = {str(column).lower(): column for column in table.columns}
    return next((lower[name] for name in names if name in lower), None)
