"""Who sits the examination?  Reads the roster and says which rows can't be used."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from academy.course import Course, CourseError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Learner", "enrol", "file_name", "own_file", "read_roster"]

# nor what parts the number from the name
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s_]+')

NUMBER = ("学号", "学员编号", "编号", "准考证号", "student_id", "id", "number")
NAME = ("姓名", "学员姓名", "name")
FORBIDDEN = set('*+/\\:?"<>|')
OURS = "._"  # what begins so in the sittings' folders is not a learner's
LONGEST = 64
SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+\d+")
EXACT = 15  # digits that Excel keeps of a number; it writes zeros for the others
TOO_BIG = 10**EXACT
AS_TEXT = "请在 Excel 里把学号那一列设为「文本」，照原来的学号重填"


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
    records = table.to_dict("records")
    cut = _cut_by_excel([record[number_column] for record in records])
    for row, record in enumerate(records, 2):
        number = _number(record[number_column])
        name = str(record[name_column]).strip() if name_column else ""
        where = f"{path.name} 第 {row} 行"
        if not number and not name:
            continue
        if not number:
            problems.append(f"{where}（{name}）没有学号：请补上学号后重新运行；其余学员不受影响。")
        elif SCIENTIFIC.fullmatch(number):
            problems.append(
                f"{where}学号 {number} 是 Excel 改成的科学计数，后几位没有了：{AS_TEXT}。"
            )
        elif number in cut:
            problems.append(f"{where}学号 {number} 太长，Excel 只留了前 {EXACT} 位：{AS_TEXT}。")
        elif FORBIDDEN & set(number) or number.startswith(tuple(OURS)) or not number.isprintable():
            problems.append(
                f"{where}学号 {number!r} 含有不能用的字符，或以点、下划线开头：请只用字母、数字与横线。"
            )
        elif len(number) > LONGEST:
            problems.append(
                f"{where}学号 {number[:12]}… 有 {len(number)} 个字，最多 {LONGEST} 个：请核对。"
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


def _number(cell: object) -> str:
    """A number as it is typed; full-width digits and what can't be seen are slips of the hand."""
    text = unicodedata.normalize("NFKC", str(cell))
    return "".join(ch for ch in text if unicodedata.category(ch) != "Cf").strip()


def _cut_by_excel(cells: list[object]) -> set[str]:
    """The numbers of which Excel has kept the first digits only.

    In a workbook, what is no text; in a text file, the long ones where all of them end in the
    zeros that Excel writes.
    """
    numbers = {_number(cell) for cell in cells if isinstance(cell, int | float) and cell >= TOO_BIG}
    texts = {_number(cell) for cell in cells if isinstance(cell, str)}
    long = {one for one in texts if one.isdecimal() and len(one) > EXACT}
    return numbers | (long if all(set(one[EXACT:]) == {"0"} for one in long) else set())


def _read(path: Path) -> pd.DataFrame:
    # here: grading reads no roster, and should not wait for it
    import pandas as pd

    if not path.exists():
        raise CourseError(f"没有名单文件 {path}：请核对路径。")
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        table = pd.read_excel(path, dtype=object, keep_default_na=False)
        return table.rename(columns=lambda name: str(name).strip())
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


def file_name(number: str, name: str, ending: str) -> str:
    """What a file for one learner is called, so that staff send it to the right one.

    Examples
    --------
    >>> file_name("20250001", "王 敏", ".zip")
    '20250001_王敏.zip'
    """
    return f"{number}_{NOT_IN_NAMES.sub('', name)}{ending}"


def own_file(folder: Path, number: str, name: str, ending: str) -> Path:
    """Where a learner's file goes (`file_name`); those under an earlier name of the learner's go away."""
    path = folder / file_name(number, name, ending)
    for earlier in folder.glob(f"*{ending}"):
        # a number may have the sign in it, a name has none
        if earlier.stem.rpartition("_")[0] == number and earlier != path:
            earlier.unlink()
    return path
