"""academy.exam.seating.seats_file：座位抽一次不再变；Excel 打开又存过照读，改坏了的一行也不猜。"""

import subprocess
import sys

import pandas as pd
import pytest

from academy.course import CourseError
from academy.exam.seating.code import seat_code
from academy.exam.seating.seats_file import SEATS, draw_seats, read_seats

TWO, THREE = ["S1", "S2"], ["S1", "S2", "S3"]


@pytest.fixture
def drawn(tmp_path):
    """两名学员已抽座位（一个学号带前导零）：文件、座位。"""
    draw_seats(tmp_path, "px", ["007", "S2"])
    return tmp_path / SEATS, read_seats(tmp_path)


def test_seat_once_drawn_stays_and_only_new_learners_get_one(tmp_path):
    first, drawn = draw_seats(tmp_path, "px", TWO)
    second, more = draw_seats(tmp_path, "px", [*THREE, "S3"])
    other, _ = draw_seats(tmp_path, "py", TWO)

    assert (drawn, more) == (2, 1)
    assert {key: second[key] for key in first} == first
    assert len(set(other.values())) == 5
    assert read_seats(tmp_path) == other


def test_only_the_owner_can_read_the_file(tmp_path):
    draw_seats(tmp_path, "px", TWO)
    (tmp_path / SEATS).chmod(0o644)
    draw_seats(tmp_path, "px", THREE)

    assert (tmp_path / SEATS).stat().st_mode & 0o777 == 0o600


def test_file_shows_its_headings_in_excel(drawn):
    assert drawn[0].read_bytes().startswith(b"\xef\xbb\xbf")


def _with(path, encoding="utf-8", separator=",", line="\r\n", columns=0, rows=0, quoted=False):
    """按 Excel 的各种存法重写文件。"""
    lines = path.read_text(encoding="utf-8-sig").split()
    if quoted:
        lines = [",".join(f'"{cell}"' for cell in one.split(",")) for one in lines]
    text = [one.replace(",", separator) + separator * columns for one in lines]
    text = [separator * (2 + columns)] * rows + text + [separator * (2 + columns)] * rows
    path.write_bytes((line.join(text) + line).encode(encoding))


@pytest.mark.parametrize(
    "saved",
    [
        {},
        {"encoding": "utf-8-sig"},
        {"encoding": "gb18030"},
        {"encoding": "utf-16", "separator": "\t"},
        {"separator": "\t"},
        {"separator": ";"},
        {"columns": 3},
        {"rows": 2},
        {"columns": 2, "rows": 1, "separator": ";", "encoding": "gb18030"},
        {"quoted": True, "line": "\n"},
    ],
)
def test_file_that_excel_only_saved_is_read_as_before(drawn, saved):
    path, seats = drawn
    _with(path, **saved)

    assert read_seats(path.parent) == seats
    draw_seats(path.parent, "px", ["S9"])
    assert read_seats(path.parent).items() >= seats.items()


def test_file_through_a_real_workbook_loses_only_the_leading_zeros(tmp_path):
    # 一去一回：双击打开（学号当作数），另存为 CSV
    draw_seats(tmp_path, "px", ["007", "123"])
    path = tmp_path / SEATS
    book = path.with_suffix(".xlsx")
    pd.read_csv(path, encoding="utf-8-sig").to_excel(book, index=False)
    pd.read_excel(book).to_csv(path, index=False, encoding="gb18030")

    with pytest.raises(CourseError, match="seats.csv 第 2 行.*原来是 '007'，前面的 0 丢了"):
        read_seats(path.parent)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda code: code[:-1], "第 2 行.*有 19 个字母，应是 20 个"),
        (lambda code: code[:5], "第 2 行.*有 4 个字母"),
        (lambda code: "", "第 2 行应有「学号、试卷、座位」：现在是 '007'、'px'、''"),
        (lambda code: "9.22337E+18", "第 2 行.*不用的字符"),
        (lambda code: seat_code("S2", "px", 5), "第 2 行.*抄错或串了行"),
    ],
)
def test_row_that_was_changed_is_named_and_the_file_never_overwritten(drawn, change, message):
    path, seats = drawn
    code = seat_code("007", "px", seats["007", "px"])
    path.write_text(path.read_text(encoding="utf-8-sig").replace(code, change(code)), "utf-8")
    before = path.read_bytes()

    with pytest.raises(CourseError, match=message):
        draw_seats(path.parent, "px", THREE)
    assert path.read_bytes() == before


def test_learner_with_two_seats_in_a_paper_is_named(drawn):
    path, _ = drawn
    with path.open("a", encoding="utf-8") as file:
        file.write(f"S2,px,{seat_code('S2', 'px', 5)}\n")

    with pytest.raises(CourseError, match="第 4 行：S2 的 px 有两个不同的座位"):
        read_seats(path.parent)


@pytest.mark.parametrize(
    ("text", "have"), [("", "空文件"), ("学号,试卷,种子\nS1,px,5\n", "学号、试卷、种子")]
)
def test_file_without_the_columns_says_what_it_has(tmp_path, text, have):
    (tmp_path / SEATS).write_text(text, encoding="utf-8")

    with pytest.raises(CourseError, match=f"没有「学号、试卷、座位」三列（现有：{have}）"):
        read_seats(tmp_path)


def test_workbook_under_the_files_name_is_said_to_be_none(drawn):
    path, _ = drawn
    pd.read_csv(path).to_excel(path.with_suffix(".xlsx"), index=False)
    path.with_suffix(".xlsx").replace(path)

    with pytest.raises(CourseError, match="seats.csv 不是文本文件（存成了工作簿？）"):
        read_seats(path.parent)


DRAW = """
import sys, time
from pathlib import Path
from academy.exam.seating import seats_file

slow = seats_file._write
def write(path, seats):
    time.sleep(0.3)
    slow(path, seats)
seats_file._write = write
print(len(seats_file.draw_seats(Path(sys.argv[1]), "px", sys.argv[2:])[0]))
"""


def test_two_processes_that_draw_at_once_lose_no_seat(tmp_path):
    ours = [[f"{side}{place}" for place in range(20)] for side in "ab"]
    running = [
        subprocess.Popen([sys.executable, "-c", DRAW, str(tmp_path), *numbers])
        for numbers in (ours[0] + ["both"], ours[1] + ["both"])
    ]

    assert [process.wait(timeout=60) for process in running] == [0, 0]
    seats = read_seats(tmp_path)
    assert {number for number, _ in seats} == {*ours[0], *ours[1], "both"}
    assert len(set(seats.values())) == 41
