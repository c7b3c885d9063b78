"""academy.grading.desk.handed_in：什么时候交的，是不是同一份；坏的时间挪开，摘要不变。"""

import os

import pytest

from academy.grading.desk.handed_in import submission_digest, submitted_at


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "px"
    made.mkdir()
    (made / "px.ipynb").write_text("{}")
    return made


def _change(name, content):
    def act(folder):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)

    return act


@pytest.mark.parametrize(
    "change",
    [
        _change("px.ipynb", "{ }"),
        _change("data/a.csv", "1"),
        _change("timestamp.txt", "2025-07-18 08:00:00 UTC"),
        lambda folder: (folder / "link").symlink_to("px.ipynb"),
        lambda folder: os.mkfifo(folder / "pipe"),
    ],
    ids=["notebook", "file", "time", "link", "pipe"],
)
def test_another_submission_has_another_digest(folder, change):
    before = submission_digest(folder)
    change(folder)

    assert submission_digest(folder) != before
    assert submission_digest(folder) == submission_digest(folder)


def test_what_programs_leave_behind_does_not_count(folder):
    before = submission_digest(folder)
    _change(".ipynb_checkpoints/px-checkpoint.ipynb", "{}")(folder)

    assert submission_digest(folder) == before


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_time_that_is_put_aside_leaves_the_digest_as_it_was(folder, taken):
    for name in ("timestamp.unreadable.txt", "timestamp.unreadable-2.txt")[:taken]:
        (folder / name).mkdir()
        (folder / name / "x").write_text("x")
    (folder / "timestamp.tx~").write_text("between")
    (folder / "timestamp.txt").write_text("明天")
    before = submission_digest(folder)

    at, odd = submitted_at(folder)

    number = f"-{taken + 1}" if taken else ""
    assert (at, odd) == (None, [f"交卷时间读不出来，原件是 timestamp.unreadable{number}.txt。"])
    assert submission_digest(folder) == before


def test_a_folder_called_like_the_time_counts_the_same_before_and_after_it_is_put_aside(folder):
    deep = folder / "timestamp.txt" / ("x" * 245) / ("x" * 245) / ("x" * 245) / ("x" * 245)
    deep.mkdir(parents=True)
    (deep / "y").write_text("x")
    before = submission_digest(folder)

    submitted_at(folder)

    assert not (folder / "timestamp.txt").exists()
    assert submission_digest(folder) == before


def test_a_folder_that_is_a_link_is_not_read(folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    before = submission_digest(tmp_path / "link")
    (folder / "px.ipynb").write_text("changed")

    assert submission_digest(tmp_path / "link") == before != submission_digest(folder)
