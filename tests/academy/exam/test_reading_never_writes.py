"""读成绩、细目表、场次，不动课程文件夹里的一个字节、一个时间。"""

import hashlib
import shutil
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from academy.cli import main
from academy.exam.cycle import grade, release
from academy.exam.journal import note
from academy.exam.roster import Learner

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)


def _snapshot(folder):
    """每个文件与文件夹：内容、大小、权限、修改时间。"""
    found = {}
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path.relative_to(folder))] = (content, status.st_mode, status.st_mtime_ns)
    return found


@pytest.fixture
def messy(school, sit, give, hand):
    """什么都有的场次：评过的、坏时间的、改了名的、打不开的、没交的。"""
    name = sit("wfmp-final", "S1", "S2", "S3", "S4", "S5").name
    give("S1", 40, 30)
    broken = hand("S2")
    (broken / "timestamp.txt").write_text("昨天下午", encoding="utf-8")
    renamed = hand("S3")
    shutil.copy(school.root / "release/wfmp-final/wfmp-final.ipynb", renamed / "我的.ipynb")
    (renamed / "wfmp-final.ipynb").unlink()
    unreadable = hand("S4")
    (unreadable / "wfmp-final.ipynb").write_text("{", encoding="utf-8")
    note(school.root, name, "rejected", learner="S4", why="打不开。")
    shutil.rmtree(school.root / "exchange", ignore_errors=True)
    return school


@pytest.mark.parametrize(
    "command",
    [
        ["results", "wfmp-final", "--to", "OUTSIDE"],
        ["resit", "wfmp-final", "--to", "OUTSIDE"],
        ["blueprint", "wfmp-final"],
        ["collect", "wfmp-final", "--show"],
        ["sitting"],
        ["sitting", "list"],
        ["sitting", "show", "wfmp-final"],
        ["sitting", "show", "wfmp-final", "--log"],
        ["results", "wfmp-resit1"],  # 没有这个场次
        ["sitting", "show", "没有"],
    ],
)
def test_nothing_in_the_course_folder_changes(messy, tmp_path, monkeypatch, command, capsys):
    outside = tmp_path / "outside"
    monkeypatch.chdir(messy.root)
    before = _snapshot(messy.root)

    status = main([str(outside) if word == "OUTSIDE" else word for word in command])

    assert _snapshot(messy.root) == before
    assert status == (1 if command[-1] in ("wfmp-resit1", "没有") else 0)
    assert capsys.readouterr().out or status == 1


def test_snapshot_notices_what_it_is_for(messy):
    """这张快照真的看得出：改名、造文件、只动时间、只动权限。"""
    target = messy.root / "submitted/S2/wfmp-final/timestamp.txt"
    seen = [_snapshot(messy.root)]
    target.rename(target.with_name("timestamp.unreadable.txt"))
    seen.append(_snapshot(messy.root))
    (messy.root / "exchange").mkdir()
    seen.append(_snapshot(messy.root))
    (messy.root / "gradebook.db").touch()
    seen.append(_snapshot(messy.root))
    (messy.root / "gradebook.db").chmod(0o600)
    seen.append(_snapshot(messy.root))

    assert all(one != other for one, other in pairwise(seen))


def test_results_after_real_grading_change_nothing(course, hand_in, right, tmp_path, capsys):
    hand_in("S1", right)
    folder = hand_in("S2", {})
    (folder / "px.ipynb").write_text("{", encoding="utf-8")
    (folder / "timestamp.txt").write_text("?", encoding="utf-8")
    list(grade(course, "px"))
    before = _snapshot(course.root)

    for _ in range(2):
        assert main(["results", "px", "--course", str(course.root), "--to", str(tmp_path)]) == 0

    assert _snapshot(course.root) == before
    assert "合格 1 人、未交卷 2 人、无法评分 1 人" in capsys.readouterr().out


def test_course_that_was_never_released_stays_as_it_is(fresh, monkeypatch, capsys):
    monkeypatch.chdir(fresh.root)
    shutil.rmtree(fresh.root / "exchange", ignore_errors=True)
    before = _snapshot(fresh.root)

    assert main(["results", "px"]) == 1
    assert main(["sitting"]) == 0
    assert main(["blueprint", "px"]) == 0

    assert _snapshot(fresh.root) == before
    release(fresh, "px", [Learner("S1", "王敏")], START, 90)
    assert _snapshot(fresh.root) != before
