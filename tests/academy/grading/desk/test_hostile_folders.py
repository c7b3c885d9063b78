"""一份交卷再怪，也只搁置它自己：旁边的照评，课程文件夹以外、别人的文件夹一个字节也不变。"""

import json
import os
import socket

import nbformat
import pytest

from academy.exam.cycle import grade
from academy.grading.desk.batch import grade_course
from academy.grading.desk.plans import PLANS
from tests.academy.grading.own_course import snapshot

pytestmark = pytest.mark.usefixtures("warmed")

ODD, GOOD = "S1", "S2"


def bad_time_beside_a_folder_of_the_aside_name(folder, outside):
    (folder / "timestamp.txt").write_text("明天")
    (folder / "timestamp.unreadable.txt").mkdir()
    (folder / "timestamp.unreadable.txt/x").write_text("x")


def folder_like_the_marker(folder, outside):
    (folder / ".graded.json").mkdir()
    (folder / ".graded.json/x").write_text("x")


def folder_like_the_timestamp(folder, outside):
    (folder / "timestamp.txt").mkdir()
    (folder / "timestamp.txt/x").write_text("x")


def long_names(folder, outside):
    place = folder
    for _ in range(8):
        place = place / ("长" * 80)
        place.mkdir()
        (place / ("名" * 84)).write_text("x")


def name_that_is_no_utf8(folder, outside):
    (folder / os.fsdecode(b"\xff\xfe.csv")).write_text("x")
    (folder / os.fsdecode(b"\xffd")).mkdir()
    (folder / os.fsdecode(b"\xffd/x")).write_text("x")


def name_with_a_newline(folder, outside):
    (folder / "a\nb\x1b[31m").write_text("x")


def links_out(folder, outside):
    (folder / "secret").symlink_to(outside / "secret")
    (folder / "folder").symlink_to(outside)
    (folder / "loop").symlink_to("loop")
    (folder / "nowhere").symlink_to(outside / "new")


def links_like_our_files(folder, outside):
    for name in (".graded.json", "timestamp.txt", "timestamp.unreadable.txt"):
        (folder / name).symlink_to(outside / f"new-{name}")


def links_like_our_files_that_lead_to_files(folder, outside):
    for name in (".graded.json", "timestamp.txt", "timestamp.unreadable.txt"):
        (folder / name).symlink_to(outside / "secret")


def hard_link_like_the_timestamp(folder, outside):
    os.link(outside / "secret", folder / "timestamp.txt")
    os.link(outside / "secret", folder / "data.csv")


def pipes_and_sockets(folder, outside):
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / "timestamp.txt")
    here = os.getcwd()
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("sock")
    os.chdir(here)


def folder_like_the_masters_data(folder, outside):
    (folder / "data/calls.csv").mkdir(parents=True)
    (folder / "data/calls.csv/x").write_text("x")


def file_like_the_masters_data_folder(folder, outside):
    (folder / "data").write_text("x")


def link_like_the_masters_data_folder(folder, outside):
    (folder / "data").symlink_to(outside)


def many_files(folder, outside):
    for number in range(600):
        (folder / f"{number}.txt").touch()


def zero_byte_and_control_time(folder, outside):
    (folder / "timestamp.txt").write_bytes(b"\0\xff\xfe" * 9)


def upper_case_marker(folder, outside):
    (folder / ".GRADED.JSON").mkdir()
    (folder / "PX.IPYNB").write_text("x")


FOLDERS = [
    bad_time_beside_a_folder_of_the_aside_name,
    folder_like_the_marker,
    folder_like_the_timestamp,
    long_names,
    name_that_is_no_utf8,
    name_with_a_newline,
    links_out,
    links_like_our_files,
    links_like_our_files_that_lead_to_files,
    hard_link_like_the_timestamp,
    pipes_and_sockets,
    folder_like_the_masters_data,
    file_like_the_masters_data_folder,
    link_like_the_masters_data_folder,
    many_files,
    zero_byte_and_control_time,
    upper_case_marker,
]


@pytest.fixture
def outside(tmp_path):
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret").write_text("2025-07-18 08:00:00 UTC")
    (folder / "kept").mkdir()
    return folder


@pytest.fixture
def untouched(course, outside):
    """评分前后比一比：课程以外、母本、发下的卷、配置、旁人的交卷都没有变。"""

    def look():
        kept = [
            place
            for place in sorted(course.root.iterdir())
            if place.name not in ("autograded", "submitted", "sittings", "gradebook.db", PLANS)
        ]
        files = [place for place in kept if place.is_file()]
        return snapshot(outside, *kept, course.root / "submitted" / GOOD), {
            place: place.read_bytes() for place in files
        }

    return look


def _by_student(outcomes):
    return {outcome.student: outcome for outcome in outcomes}


@pytest.mark.parametrize("spoil", FOLDERS, ids=lambda spoil: spoil.__name__)
def test_an_odd_folder_is_graded_for_its_answers(course, hand_in, right, outside, untouched, spoil):
    spoil(hand_in(ODD, right), outside)
    hand_in(GOOD, right)
    before = untouched()

    found = _by_student(grade_course(course.api, "px", workers=1))

    assert {name: (o.status, o.found.get("score")) for name, o in found.items()} == {
        ODD: ("graded", 100),
        GOOD: ("graded", 100),
    }
    assert untouched() == before
    again = _by_student(grade_course(course.api, "px", workers=1))
    assert {o.status for o in again.values()} == {"skipped"}
    assert again[ODD].found["digest"] == found[ODD].found["digest"]


@pytest.mark.parametrize("where", [".", ".git", "data"])
def test_1500_nested_folders_cost_nothing(course, hand_in, right, nested, where):
    folder = hand_in(ODD, right)
    (folder / where).mkdir(exist_ok=True)
    nested(folder / where)
    hand_in(GOOD, right)

    found = _by_student(grade_course(course.api, "px", workers=1))

    assert {name: o.found.get("score") for name, o in found.items()} == {ODD: 100, GOOD: 100}
    said = [flag for flag in found[ODD].found["flags"] if "套得太深" in flag]
    assert len(said) == (where != ".git")


def no_notebook(folder, outside):
    (folder / "px.ipynb").unlink()


def notebook_is_a_link_to_nowhere(folder, outside):
    (folder / "px.ipynb").unlink()
    (folder / "px.ipynb").symlink_to(outside / "new.ipynb")


def notebook_is_a_link_to_the_master(folder, outside):
    (folder / "px.ipynb").unlink()
    (folder / "px.ipynb").symlink_to(folder.parents[2] / "source/px/px.ipynb")


def notebook_is_a_pipe(folder, outside):
    (folder / "px.ipynb").unlink()
    os.mkfifo(folder / "px.ipynb")


def notebook_is_a_folder(folder, outside):
    (folder / "px.ipynb").unlink()
    (folder / "px.ipynb").mkdir()


def assignment_is_a_file(folder, outside):
    (folder / "px.ipynb").unlink()
    folder.rmdir()
    folder.write_text("x")


def assignment_is_a_pipe(folder, outside):
    (folder / "px.ipynb").unlink()
    folder.rmdir()
    os.mkfifo(folder)


def assignment_is_a_looping_link(folder, outside):
    (folder / "px.ipynb").unlink()
    folder.rmdir()
    folder.symlink_to("px")


def assignment_is_a_link_to_a_neighbour(folder, outside):
    (folder / "px.ipynb").unlink()
    folder.rmdir()
    folder.symlink_to(folder.parents[1] / GOOD / "px")


def learner_is_a_link_to_a_neighbour(folder, outside):
    (folder / "px.ipynb").unlink()
    folder.rmdir()
    folder.parent.rmdir()
    folder.parent.symlink_to(GOOD)


def learner_is_a_looping_link(folder, outside):
    (folder / "px.ipynb").unlink()
    folder.rmdir()
    folder.parent.rmdir()
    folder.parent.symlink_to(ODD)


def learner_is_a_file(folder, outside):
    (folder / "px.ipynb").unlink()
    folder.rmdir()
    folder.parent.rmdir()
    folder.parent.write_text("x")


def in_utf16(folder, outside):
    path = folder / "px.ipynb"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")


def in_utf16_without_a_mark(folder, outside):
    path = folder / "px.ipynb"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16-le")


def in_gbk(folder, outside):
    path = folder / "px.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="gbk")


def with_5100_cells(folder, outside):
    path = folder / "px.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [nbformat.v4.new_markdown_cell("x") for _ in range(5100)]
    nbformat.write(notebook, path)


def with_55_megabytes(folder, outside):
    path = folder / "px.ipynb"
    path.write_text(path.read_text(encoding="utf-8") + " " * 55_000_000, encoding="utf-8")


def with_millions_of_brackets(folder, outside):
    (folder / "px.ipynb").write_bytes(b'{"cells": [' + b"{}," * 16_000_000 + b"{}]}")


REFUSED = {
    no_notebook: "px.ipynb 不在交卷里：请学员重新交卷。",
    notebook_is_a_link_to_nowhere: "px.ipynb 是链接，不能采用：请学员重新交卷。",
    notebook_is_a_link_to_the_master: "px.ipynb 是链接，不能采用：请学员重新交卷。",
    notebook_is_a_pipe: "px.ipynb 是管道，不能采用：请学员重新交卷。",
    notebook_is_a_folder: "px.ipynb 是文件夹，不能采用",
    assignment_is_a_file: "S1 的 px 没有评：submitted/ 里的 px 是文件，不是文件夹。",
    assignment_is_a_pipe: "S1 的 px 没有评：submitted/ 里的 px 是管道，不是文件夹。",
    assignment_is_a_looping_link: "S1 的 px 没有评：submitted/ 里的 px 是链接，不是文件夹。",
    assignment_is_a_link_to_a_neighbour: "submitted/ 里的 px 是链接，不是文件夹。",
    learner_is_a_link_to_a_neighbour: "submitted/ 里的 S1 是链接，不是文件夹。",
    learner_is_a_looping_link: "submitted/ 里的 S1 是链接，不是文件夹。",
    learner_is_a_file: "submitted/ 里的 S1 是文件，不是文件夹。",
    in_utf16: "px.ipynb 是 UTF-16 编码，不是 UTF-8：请学员在 JupyterLab 里打开、存好再交。",
    in_utf16_without_a_mark: "px.ipynb 是 UTF-16 编码，不是 UTF-8：请学员在 JupyterLab 里打开、存好再交。",
    in_gbk: "px.ipynb 是 GBK 编码，不是 UTF-8：请学员在 JupyterLab 里打开、存好再交。",
    with_5100_cells: "个单元格，超过 5000 个：请学员删掉多余的单元格再交。",
    with_55_megabytes: "px.ipynb 有 55.0 MB，超过 50 MB：请学员清除输出后重交。",
    with_millions_of_brackets: "px.ipynb 里的括号与逗号太多，读它要太多内存：请学员清除输出后重交。",
}


@pytest.mark.parametrize("spoil", REFUSED, ids=lambda spoil: spoil.__name__)
def test_what_is_no_submission_is_named_once_and_the_neighbour_graded(
    course, hand_in, right, outside, untouched, spoil
):
    spoil(hand_in(ODD, right), outside)
    hand_in(GOOD, right)
    before = untouched()

    found = _by_student(grade_course(course.api, "px", workers=1))

    assert (found[ODD].status, found[GOOD].found["score"]) == ("rejected", 100)
    message = found[ODD].message
    assert REFUSED[spoil] in message
    assert "\n" not in message
    assert message.count("请学员") <= 1
    assert untouched() == before
    assert not course.folder("autograded", "px", ODD).exists()


def test_a_learners_folder_whose_name_is_no_utf8_is_named(course, hand_in, right):
    hand_in(os.fsdecode(b"\xd5\xc5"), right)
    hand_in(GOOD, right)

    found = {o.status: o for o in grade_course(course.api, "px", workers=1)}

    assert found["graded"].student == GOOD
    assert found["rejected"].message == (
        "submitted/??：文件夹的名字不是 UTF-8，没有评：请把它改名为学号。"
    )


def test_what_nobody_foresaw_sets_aside_that_submission_only(course, hand_in, right, monkeypatch):
    from academy.grading.desk import desk

    real = desk.read_submission

    def read(folder, assignment, student):
        if student == ODD:
            raise ZeroDivisionError("没料到")
        return real(folder, assignment, student)

    monkeypatch.setattr(desk, "read_submission", read)
    hand_in(ODD, right)
    hand_in(GOOD, right)

    found = _by_student(grade_course(course.api, "px", workers=1))

    assert found[GOOD].status == "graded"
    assert found[ODD].message == (
        "S1 的答卷没有评，先搁置（ZeroDivisionError('没料到')）。"
        "请把这一句和他交来的文件夹发给课程的维护人。"
    )


def test_half_a_surrogate_in_what_a_cell_puts_out_costs_nothing(course, hand_in, right):
    put_out = (
        "from IPython.display import display\n"
        "display({'text/plain': 'x', 'application/json': {'\\ud800': '\\udfff'}}, raw=True,"
        " metadata={'\\ud800': ['\\udcff']})\n"
    )
    hand_in(ODD, right | {"q1": put_out + right["q1"]})
    hand_in(GOOD, right)

    found = _by_student(grade_course(course.api, "px", workers=1))

    assert {name: o.found.get("score") for name, o in found.items()} == {ODD: 100, GOOD: 100}
    nbformat.read(course.folder("autograded", "px", ODD) / "px.ipynb", as_version=4)


def test_a_link_like_the_notebook_beside_the_renamed_one_is_replaced_never_followed(
    course, hand_in, right, outside, untouched
):
    """真的那份改了名，原名是一个指到外面的死链接：认出来照评，外面什么也没写。"""
    from academy.exam import cycle

    folder = hand_in(ODD, right, "px (1).ipynb")
    (folder / "px.ipynb").symlink_to(outside / "new.ipynb")
    hand_in(GOOD, right)
    before = untouched()
    with pytest.MonkeyPatch.context() as patch:
        # as in a course without sittings
        patch.setattr(cycle, "graded_paper", lambda root, name: (name, None))
        found = _by_student(grade(course, "px"))

    assert {name: o.found.get("score") for name, o in found.items()} == {ODD: 100, GOOD: 100}
    assert "px (1).ipynb 已按内容认作 px.ipynb" in found[ODD].message
    assert untouched() == before
    assert (folder / "px.ipynb").is_file()
    assert not (folder / "px.ipynb").is_symlink()


def test_a_full_disk_still_ends_the_run_with_what_is_wrong(course, hand_in, right, monkeypatch):
    import errno

    from academy.grading.desk.graded_folder import GradedFolders
    from academy.grading.errors import GradingError

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(GradedFolders, "keep", full)
    hand_in(ODD, right)

    with pytest.raises(GradingError, match="S1 的成绩写不下去.*磁盘空间"):
        list(grade_course(course.api, "px", workers=1))
