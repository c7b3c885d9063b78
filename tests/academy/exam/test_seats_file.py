"""academy.exam.seats_file：座位抽一次不再变，种子只在考务的文件里，评分用的是学员自己的数据。"""

import shutil

import nbformat
import pytest

from academy.course import CourseError
from academy.exam.cycle import grade
from academy.exam.roster import Learner
from academy.exam.seats_file import SEATS, draw_seats, read_seats, seat_of, write_seats
from academy.grading.errors import GradingError
from academy.grading.work.record import Rejected
from academy.simulate import answer_book, fill_in

TWO = [Learner("S1", "王敏"), Learner("S2", "李静")]
THREE = [*TWO, Learner("S3", "张磊")]


def test_seat_once_drawn_stays_and_only_new_learners_get_one(tmp_path):
    first, drawn = draw_seats(tmp_path, "px", TWO)
    second, more = draw_seats(tmp_path, "px", THREE)
    other, _ = draw_seats(tmp_path, "py", TWO)

    assert (drawn, more) == (2, 1)
    assert {key: second[key] for key in first} == first
    assert len(set(other.values())) == 5
    assert all(0 < seed < 2**63 for seed in other.values())
    assert read_seats(tmp_path) == other


def test_only_the_owner_can_read_the_file(tmp_path):
    draw_seats(tmp_path, "px", TWO)
    (tmp_path / SEATS).chmod(0o644)
    draw_seats(tmp_path, "px", THREE)

    assert (tmp_path / SEATS).stat().st_mode & 0o777 == 0o600


def test_numbers_with_leading_zeros_survive(tmp_path):
    draw_seats(tmp_path, "px", [Learner("007", "王敏")])

    assert list(read_seats(tmp_path)) == [("007", "px")]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("S1,px,abc", "seats.csv 第 2 行应有「学号、试卷、种子」三列"),
        ("S1,px,9.22E+18", "第 2 行.*9.22E\\+18"),
        ("S1,px", "第 2 行"),
        ("S1,px,1\nS1,px,2", "第 3 行：S1 的 px 有两个不同的种子"),
    ],
)
def test_bad_row_is_named_and_never_overwritten(tmp_path, rows, message):
    text = f"学号,试卷,种子\n{rows}\n"
    (tmp_path / SEATS).write_text(text, encoding="utf-8")

    with pytest.raises(CourseError, match=message):
        draw_seats(tmp_path, "px", THREE)
    with pytest.raises(GradingError, match=message):
        seat_of(tmp_path, "px", "S1")
    assert (tmp_path / SEATS).read_text(encoding="utf-8") == text


def test_seat_regenerates_the_learners_data_and_keeps_the_seed_for_the_examiner(course, tmp_path):
    write_seats(course, "px", TWO, tmp_path)
    seeds = read_seats(course.root)
    chosen = seat_of(course.root, "px", "S1")
    seat = chosen.make()

    handed_out = (tmp_path / "S1/px/data/calls.csv").read_bytes()
    assert seat.files == {"data/calls.csv": handed_out}
    assert seat.examiner_environment == {"CCOM_SEAT_SEED": str(seeds["S1", "px"])}
    assert str(seeds["S1", "px"]) not in chosen.key
    assert handed_out != (tmp_path / "S2/px/data/calls.csv").read_bytes()


def test_paper_that_was_not_sat_by_seats_has_none(tmp_path):
    draw_seats(tmp_path, "py", TWO)

    assert seat_of(tmp_path, "px", "S1") is None


def test_learner_without_a_seat_is_named_with_the_remedy(tmp_path):
    draw_seats(tmp_path, "px", TWO)

    with pytest.raises(Rejected, match="S3 在 seats.csv 里没有 px 的座位"):
        seat_of(tmp_path, "px", "S3")


def test_papers_do_not_go_into_release(course):
    with pytest.raises(CourseError, match="在 release/ 里，人人都取得到"):
        write_seats(course, "px", TWO, course.root / "release/px")
    assert not (course.root / SEATS).exists()


def test_handed_out_folders_do_not_hold_the_seed(course, tmp_path):
    write_seats(course, "px", TWO, tmp_path / "desks")
    seeds = [str(seed).encode() for seed in read_seats(course.root).values()]

    for path in (tmp_path / "desks").rglob("*"):
        assert path.is_dir() or not any(seed in path.read_bytes() for seed in seeds)


def test_every_learner_is_graded_on_the_own_seat(course, tmp_path):
    write_seats(course, "px", TWO, tmp_path)
    seeds = read_seats(course.root)
    master = course.root / "text/source/px/px.py"
    for student, answers in {
        "S1": answer_book(master, seeds["S1", "px"]).perfect(),
        # 抄了别人座位上的数与字母
        "S2": {
            "q1": f'q1 = "{_other_letter(master, seeds)}"',
            "q2": f"q2 = {_mean(tmp_path, 'S1')}",
        },
    }.items():
        desk = course.folder("submitted", "px", student)
        shutil.copytree(tmp_path / student / "px", desk)
        nbformat.write(fill_in(desk / "px.ipynb", answers), desk / "px.ipynb")

    outcomes = list(grade(course, "px", workers=1))

    assert [outcome.found["score"] for outcome in outcomes] == [100, 0]
    assert [outcome.found["flags"] for outcome in outcomes] == [[], []]
    graded = course.folder("autograded", "px", "S1")
    handed_out = tmp_path / "S1/px/data/calls.csv"
    assert (graded / "data/calls.csv").read_bytes() == handed_out.read_bytes()
    for path in graded.rglob("*"):
        assert path.is_dir() or str(seeds["S1", "px"]).encode() not in path.read_bytes()


def _other_letter(master, seeds):
    """S2 的座位上不是答案的一个字母。"""
    right = answer_book(master, seeds["S2", "px"]).perfect()["q1"][-2]
    return next(letter for letter in "ABCD" if letter != right)


def _mean(folder, student):
    lines = (folder / student / "px/data/calls.csv").read_text(encoding="utf-8-sig").split()[1:]
    return sum(int(line.split(",")[1]) for line in lines) / len(lines)


def test_learner_cannot_read_the_seed(course, tmp_path):
    write_seats(course, "px", [TWO[0]], tmp_path)
    desk = course.folder("submitted", "px", "S1")
    shutil.copytree(tmp_path / "S1/px", desk)
    spy = (
        "import os, glob\n"
        "found = [os.environ.get('CCOM_SEAT_SEED')]\n"
        f"for path in ['{course.root / SEATS}', '/proc/self/environ', '/proc/1/environ']:\n"
        "    try:\n        found.append(open(path, 'rb').read().decode(errors='replace'))\n"
        "    except Exception as error:\n        found.append(type(error).__name__)\n"
        "print(found)\nq1 = 'A'"
    )
    nbformat.write(fill_in(desk / "px.ipynb", {"q1": spy}), desk / "px.ipynb")

    list(grade(course, "px", workers=1))

    seed = str(read_seats(course.root)["S1", "px"])
    text = (course.folder("autograded", "px", "S1") / "px.ipynb").read_text(encoding="utf-8")
    assert "[None" in text
    assert seed not in text
    assert "种子" not in text
