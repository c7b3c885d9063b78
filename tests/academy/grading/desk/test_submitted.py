"""academy.grading.desk.submitted：谁交了，放在哪里；占着位置的怪东西也点名。"""

import os

import pytest
from nbgrader.coursedir import CourseDirectory

from academy.grading.desk.foreign_folder import FolderRefused
from academy.grading.desk.submitted import Submitted


@pytest.fixture
def root(tmp_path):
    (tmp_path / "submitted/S1/px").mkdir(parents=True)
    (tmp_path / "submitted/S2/py").mkdir(parents=True)
    return tmp_path / "submitted"


@pytest.fixture
def submitted(root):
    return Submitted(CourseDirectory(root=str(root.parent)), "px")


def test_who_has_handed_in(submitted):
    assert submitted.students() == ["S1"]
    assert (submitted.has("S1"), submitted.has("S2"), submitted.has("S9")) == (True, False, False)


def test_what_takes_a_learners_place_is_listed(root, submitted):
    os.mkfifo(root / "S3")
    (root / "S4").symlink_to("S4")
    (root / "S5").symlink_to("nowhere")
    (root / "S6").write_text("x")
    (root / "S7").mkdir()
    (root / "S7/px").symlink_to("px")
    (root / "S8").symlink_to("S1")

    assert submitted.students() == ["S1", "S3", "S4", "S5", "S6", "S7", "S8"]
    for student in submitted.students()[1:]:
        assert submitted.has(student)
        with pytest.raises(FolderRefused, match="不是文件夹"):
            submitted.open(student)


def test_what_is_nobodys_is_not_listed(root, submitted):
    (root / ".S9").mkdir()
    (root / "名单.csv").write_text("x")
    (root / "S9").symlink_to("S2")  # 一个没交这份的人

    assert submitted.students() == ["S1"]


def test_the_courses_own_links_are_followed(root, tmp_path):
    root.rename(tmp_path / "盘上")
    root.symlink_to(tmp_path / "盘上")

    submitted = Submitted(CourseDirectory(root=str(tmp_path)), "px")

    assert submitted.students() == ["S1"]
    submitted.open("S1").close()


def test_no_folder_at_all_is_nobody(tmp_path):
    assert Submitted(CourseDirectory(root=str(tmp_path)), "px").students() == []


@pytest.mark.parametrize(
    ("structure", "known"),
    [
        ("{nbgrader_step}/{assignment_id}/{student_id}", ["S1"]),
        ("{nbgrader_step}/{student_id}-{assignment_id}", None),
    ],
)
def test_a_course_that_parts_its_folders_in_another_way(tmp_path, structure, known):
    course = CourseDirectory(root=str(tmp_path), directory_structure=structure)
    submitted = Submitted(course, "px")
    submitted.path("S1").mkdir(parents=True)

    assert submitted.students() == known
    submitted.open("S1").close()
