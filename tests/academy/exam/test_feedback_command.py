"""`ccom feedback`：给场次里有成绩的每人写一页，说清没有写的是谁；不动别的文件。"""

import pytest

from academy.cli import main
from academy.exam.enrolment import withdraw

FINAL = "wfmp-final"
NAME = f"{FINAL}@2025-07"


@pytest.fixture
def desk(school, sit, give, monkeypatch):
    sit(FINAL, "S1", "S2", "S3", "S4")
    give("S1", 40, 30)
    give("S2", 40, 29.5)
    give("S4", 40, 60)
    withdraw(school.root, NAME, "S4", "病假")
    monkeypatch.chdir(school.root)
    return school


@pytest.mark.parametrize("name", [FINAL, NAME])
def test_pages_of_a_sitting_stand_beside_its_results(desk, capsys, name):
    assert main(["feedback", name]) == 0

    folder = desk.root / "results/反馈" / NAME
    pages = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert set(pages) == {"S1_王敏.html", "S2_李静.html"}
    assert '<div class="verdict passed">合格</div>' in pages["S1_王敏.html"]
    assert '<div class="verdict failed">不合格</div>' in pages["S2_李静.html"]
    assert "69.5" in pages["S2_李静.html"]
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"{NAME}：写了 2 页反馈，在 {folder}。",
        "没有成绩，没有反馈的 2 人：张磊（未交卷）、刘洋（退出）。",
    ]


def test_pages_go_where_they_are_wanted(desk, tmp_path):
    before = sorted(path for path in desk.root.rglob("*") if path.is_file())

    assert main(["feedback", NAME, "--to", str(tmp_path / "给学员")]) == 0

    assert len(list((tmp_path / "给学员").iterdir())) == 2
    assert sorted(path for path in desk.root.rglob("*") if path.is_file()) == before


def test_no_page_shows_an_answer_a_test_or_an_output(desk):
    main(["feedback", NAME])

    for path in (desk.root / "results/反馈" / NAME).iterdir():
        text = path.read_text(encoding="utf-8")
        for secret in ("HIDDEN", "expect(", "choice_key", "tol=", "呼入量", 'q1 = "'):
            assert secret not in text


def test_unknown_sitting_is_named(desk, capsys):
    assert main(["feedback", "wfmp-resit9"]) == 1

    assert "wfmp-resit9" in capsys.readouterr().err
