"""academy.seats：同一座位总得同样的卷，不同座位数据与选项顺序不同，答案跟着走。"""

import nbformat
import pytest

from academy.course import CourseError
from academy.seats import option_texts, permute_options, seat_letters, write_seat
from ccomlib.paper import option_order

OPTIONS = "选一个。\n\n- A. 甲\n- B. 乙\n- C. 丙\n- D. 丁\n"


def test_seat_zero_keeps_the_masters_order():
    assert permute_options(OPTIONS, "q1", 0) == OPTIONS


@pytest.mark.parametrize("seed", [1, 2, 3, 2**63 + 5])
def test_seat_letter_points_at_the_same_text(seed):
    shuffled = permute_options(OPTIONS, "q1", seed)
    letter = seat_letters('q1 = "B"', "q1", 4, seed)[-2]

    assert f"- {letter}. 乙" in shuffled


def test_options_are_read_by_item_in_the_order_they_stand(course):
    notebook = nbformat.read(course.folder("release", "px") / "px.ipynb", as_version=4)

    assert option_texts(notebook) == {"q1": ["甲", "乙", "丙", "丁"]}


@pytest.mark.parametrize("seed", [0, 7, 8])
def test_written_paper_shows_the_options_in_the_seats_order(course, tmp_path, seed):
    folder = write_seat(course, "px", seed, tmp_path)

    shown = option_texts(nbformat.read(folder / "px.ipynb", as_version=4))["q1"]

    assert shown == ["甲乙丙丁"[place] for place in option_order(seed, "q1", 4)]


def test_orders_differ_between_items_of_one_seat():
    orders = {tuple(option_order(99, f"q{number}", 4)) for number in range(20)}

    assert len(orders) > 5


def test_written_seat_has_own_data_and_the_released_cells(course, tmp_path):
    folder = write_seat(course, "px", 7, tmp_path)
    again = write_seat(course, "px", 7, tmp_path / "again")
    other = write_seat(course, "px", 8, tmp_path / "other")

    data = [(f / "data/calls.csv").read_bytes() for f in (folder, again, other)]
    assert data[0] == data[1] != data[2]
    cells = nbformat.read(folder / "px.ipynb", as_version=4).cells
    released = nbformat.read(course.folder("release", "px") / "px.ipynb", as_version=4).cells
    assert [cell.id for cell in cells] == [cell.id for cell in released]


def test_written_paper_does_not_hold_the_seed(course, tmp_path):
    seed = 918273645546372819
    folder = write_seat(course, "px", seed, tmp_path)

    for path in folder.rglob("*.*"):
        assert str(seed).encode() not in path.read_bytes()


def test_unknown_paper_is_named_with_the_known_ones(course, tmp_path):
    with pytest.raises(CourseError, match="没有试卷 'py'：source/ 里有 px"):
        write_seat(course, "py", 1, tmp_path)
