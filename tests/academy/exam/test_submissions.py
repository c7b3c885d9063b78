"""academy.exam.submissions：没有场次的交卷能不能评；改了名的认回来，说法只说一次。"""

import os

import pytest

from academy.exam.submissions import SubmissionError, prepare


def test_a_notebook_of_the_name_is_left_alone(course, hand_in, right):
    folder = hand_in("S1", right)
    before = (folder / "px.ipynb").read_bytes()

    assert prepare(course, "px", "S1") is None
    assert (folder / "px.ipynb").read_bytes() == before


@pytest.mark.parametrize("name", ["px (1).ipynb", "答卷/px.ipynb"])
def test_a_renamed_notebook_is_known_by_its_cells(course, hand_in, right, name):
    folder = hand_in("S1", right, "x.ipynb")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / "x.ipynb").rename(folder / name)

    assert "已按内容认作 px.ipynb" in prepare(course, "px", "S1")
    assert (folder / "px.ipynb").read_bytes() == (folder / name).read_bytes()


@pytest.mark.parametrize("kind", ["nowhere", "hard", "pipe"])
def test_what_has_the_notebooks_name_is_replaced_and_never_written_through(
    course, hand_in, right, tmp_path, kind
):
    folder = hand_in("S1", right, "另一个名字.ipynb")
    (tmp_path / "外面").write_text("kept")
    if kind == "nowhere":
        (folder / "px.ipynb").symlink_to(tmp_path / "new.ipynb")
    elif kind == "pipe":
        os.mkfifo(folder / "px.ipynb")
    else:
        (folder / "px.ipynb").symlink_to(tmp_path / "外面")

    prepare(course, "px", "S1")

    assert (tmp_path / "外面").read_text() == "kept"
    assert not (tmp_path / "new.ipynb").exists()
    assert (folder / "px.ipynb").read_bytes() == (folder / "另一个名字.ipynb").read_bytes()


def _link(folder):
    (folder / "px.ipynb").unlink()
    (folder / "px.ipynb").symlink_to("/etc/passwd")


def _folder(folder):
    (folder / "px.ipynb").rename(folder / "x.ipynb")
    (folder / "px.ipynb").mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: (f / "px.ipynb").write_bytes(b" " * 55_000_000), "55.0 MB，超过 50 MB：请学员清除输出"),
        (lambda f: (f / "px.ipynb").write_text("{"), "不是完好的笔记本文件：请学员重交原文件。"),
        (lambda f: (f / "px.ipynb").write_text('{"cells": []}'), "是空的笔记本：请学员重交。"),
        (_link, "px.ipynb 打不开，是链接，不能采用：请学员重交原文件。"),
        (lambda f: (f / "px.ipynb").unlink(), "里没有笔记本（空的）：请学员重交 px.ipynb。"),
        (lambda f: (f / "px.ipynb").rename(f / "px.docx"), "里没有笔记本（px.docx）"),
        (_folder, "里叫 px.ipynb 的是文件夹"),
    ],
)  # fmt: skip
def test_what_can_not_be_graded_is_said_once(course, hand_in, right, spoil, said):
    spoil(hand_in("S1", right))

    with pytest.raises(SubmissionError, match="submitted/S1/px") as refused:
        prepare(course, "px", "S1")

    assert said in str(refused.value)
    assert str(refused.value).count("：请") == 1


def test_two_that_look_like_the_paper_are_left_to_staff(course, hand_in, right):
    folder = hand_in("S1", right, "a.ipynb")
    hand_in("S1", right, "b.ipynb")

    with pytest.raises(SubmissionError, match="有几份像本卷的笔记本（a.ipynb、b.ipynb）"):
        prepare(course, "px", "S1")
    assert not (folder / "px.ipynb").exists()
