"""academy.exam.seating.graded_seat：评的是发出去的那份数据；课程怎样升级，分数不变。"""

import json

import nbformat
import pytest

from academy.exam.enrolment import make_sitting
from academy.exam.roster import Learner
from academy.exam.seating.frozen import handed_out
from academy.exam.seating.graded_seat import seat_of
from academy.exam.seating.handout import freeze_shared
from academy.exam.seating.seats_file import SEATS, draw_seats
from academy.grading.desk.batch import grade_course
from academy.grading.errors import GradingError
from academy.grading.work.record import Rejected
from academy.simulate import fill_in
from ccomlib import paper as paper_module


def test_seat_is_the_files_as_handed_out(course, paper_of, manifest_of):
    chosen = seat_of(course.root, "px", "S1")
    seat = chosen.make()

    assert seat.files == {"data/calls.csv": (paper_of("S1") / "data/calls.csv").read_bytes()}
    assert seat.examiner_environment["CCOM_SEAT_SEED"] == str(manifest_of("S1").seed)
    assert json.loads(seat.examiner_environment["CCOM_SEAT_ORDER"]) == manifest_of("S1").orders
    assert str(manifest_of("S1").seed) not in chosen.key


def test_paper_that_no_sitting_handed_out_has_no_seats(course, sitting):
    assert seat_of(course.root, "px", "S1") is None


def _other_data(course):
    rows = "".join(f"2025-01-0{day},{day}\n" for day in range(1, 6))
    path = course.root / "source/px/data/calls.csv"
    path.write_text(f"日期,呼入量\n{rows}", encoding="utf-8")


@pytest.fixture
def upgraded(course, seated, monkeypatch):
    """发卷以后课程升级：数据的配方、选项的打乱方法都变了。"""
    recipe = course.root / "text/source/px/seat.py"
    recipe.write_text("raise RuntimeError('评分不该再生成数据')\n", encoding="utf-8")
    monkeypatch.setattr(
        paper_module, "option_order", lambda seed, item, count: list(range(count))[::-1]
    )
    _other_data(course)


def test_upgrade_between_handing_out_and_grading_changes_no_point(
    course, seated, right_for, graded, request
):
    answers = right_for("S1")
    before = graded("S1", answers).found
    request.getfixturevalue("upgraded")
    (course.folder("autograded", "px", "S1") / ".graded.json").unlink()
    after = graded("S1", answers).found

    assert before["score"] == 100
    assert (after["score"], after["notebooks"]) == (before["score"], before["notebooks"])


def test_neighbours_letter_and_number_earn_nothing(right_for, paper_of, graded):
    letters = [right_for(number)["q1"] for number in ("S1", "S2")]
    means = [
        paper_module.open_paper(paper_of(number)).table("calls")["呼入量"].mean()
        for number in ("S1", "S2")
    ]
    assert letters[0] != letters[1]
    assert abs(means[0] - means[1]) > 1

    assert graded("S1", {"q1": letters[1], "q2": f"q2 = {means[1]}"}).found["score"] == 0
    assert graded("S1", {"q1": letters[0], "q2": f"q2 = {means[0]}"}).found["score"] == 100


@pytest.mark.parametrize("place", ["data/calls.csv", "px.ipynb"])
def test_what_is_not_as_handed_out_is_refused_and_nothing_graded(
    course, paper_of, right_for, graded, place
):
    answers = right_for("S1")
    path = paper_of("S1") / place
    path.write_bytes(path.read_bytes() + b"\n")

    outcome = graded("S1", answers)

    assert outcome.status == "rejected"
    assert f"handed_out/S1/px 里的 {place} 被改过" in outcome.message
    assert not course.folder("autograded", "px", "S1").exists()


def test_lost_records_are_refused_though_only_the_seats_file_remembers(course, seated, paper_of):
    handed_out(course.root, seated.name).parent.rename(course.root / "丢了")

    with pytest.raises(Rejected, match="没有发给 S1 的卷子.*从备份取回"):
        seat_of(course.root, "px", "S1")


def test_lost_seats_file_does_not_matter(course, seated):
    before = seat_of(course.root, "px", "S1").key
    (course.root / SEATS).unlink()

    assert seat_of(course.root, "px", "S1").key == before


def test_spoilt_seats_file_stops_grading_naming_the_row(course, seated):
    path = course.root / SEATS
    path.write_text(path.read_text(encoding="utf-8-sig").replace("S1,", "1,", 1), encoding="utf-8")

    with pytest.raises(GradingError, match="seats.csv 第 2 行"):
        seat_of(course.root, "px", "S2")


def test_seat_that_was_changed_in_the_seats_file_is_refused(course, seated):
    (course.root / SEATS).unlink()
    draw_seats(course.root, "px", ["S1", "S2"])

    with pytest.raises(Rejected, match="不是发卷时的那一个"):
        seat_of(course.root, "px", "S1")


def test_learner_of_no_sitting_is_named_with_the_remedy(course, seated):
    with pytest.raises(Rejected, match="S9 不在 px 任何一个场次的名单里"):
        seat_of(course.root, "px", "S9")


def test_learner_who_was_never_given_a_paper_is_named_with_the_remedy(course, seated):
    make_sitting(course.root, "px", "2025-07", [Learner("S3", "张磊")], None, 90)

    with pytest.raises(Rejected, match="里没有发给 S3 的卷子.*ccom seats px@2025-07"):
        seat_of(course.root, "px", "S3")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('- A. 甲\\n",\n    "- B. 乙', '- A. 乙\\n",\n    "- B. 甲'),
        lambda text: text.replace("- D. 丁", "- D. 戊"),
        lambda text: text.replace("- D. 丁", '- D. 丁\\n",\n    "- E. 戊'),
    ],
)
def test_options_changed_in_the_master_since_are_refused(course, seated, change):
    master = course.root / "source/px/px.ipynb"
    text = master.read_text(encoding="utf-8")
    assert change(text) != text
    master.write_text(change(text), encoding="utf-8")

    with pytest.raises(Rejected, match="母本 px 里 q1 的选项与发卷时不同"):
        seat_of(course.root, "px", "S1")


def test_hidden_test_mended_after_handing_out_is_used(course, seated, right_for, graded):
    master = course.root / "source/px/px.ipynb"
    text = master.read_text(encoding="utf-8")
    assert "tol=1e-3" in text
    master.write_text(text.replace("tol=1e-3", "tol=0.5"), encoding="utf-8")
    answers = right_for("S1") | {"q2": 'q2 = paper.table("calls")["呼入量"].mean() * 1.3'}

    assert graded("S1", answers).found["score"] == 100


def test_shared_paper_is_graded_on_the_data_that_went_out(course, sitting, right):
    freeze_shared(course, sitting)
    _other_data(course)
    desk = course.folder("submitted", "px", "S1")
    desk.mkdir(parents=True)
    released = course.folder("release", "px") / "px.ipynb"
    nbformat.write(fill_in(released, right), desk / "px.ipynb")

    (outcome,) = grade_course(course.api, "px", ["S1"], workers=1)

    assert outcome.found["score"] == 100
    graded = course.folder("autograded", "px", "S1") / "data/calls.csv"
    assert graded.read_bytes() == (course.folder("release", "px") / "data/calls.csv").read_bytes()


def test_learner_cannot_read_the_secret(course, seated, graded, manifest_of):
    spy = (
        "import os, glob\n"
        "found = [os.environ.get('CCOM_SEAT_SEED'), os.environ.get('CCOM_SEAT_ORDER')]\n"
        f"for path in ['{course.root / SEATS}', '{handed_out(course.root, seated.name, 'S1') / 'px.json'}',"
        " '/proc/self/environ', '/proc/1/environ']:\n"
        "    try:\n        found.append(open(path, 'rb').read().decode(errors='replace'))\n"
        "    except Exception as error:\n        found.append(type(error).__name__)\n"
        "print(found)\nq1 = 'A'"
    )
    graded("S1", {"q1": spy})

    text = (course.folder("autograded", "px", "S1") / "px.ipynb").read_text(encoding="utf-8")
    assert "[None, None" in text
    assert str(manifest_of("S1").seed) not in text
    assert "座位," not in text
