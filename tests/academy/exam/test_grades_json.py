"""academy.exam.grades_json：给别的程序读的判定；整 70 分合格，与成绩表同一条线。"""

import json

import pytest

from academy.exam.grades_json import write_grades
from academy.exam.verdict import PassMark
from academy.grading.desk.service import Outcome


def _outcome(student, score, maximum=100.0, status="graded"):
    cells = [{"grade_id": "q1", "score": score}, {"grade_id": "q2", "score": 0.0}]
    found = {
        "score": score,
        "max_score": maximum,
        "digest": "d" * 64,
        "seconds": 0.5,
        "flags": ["改过评分格。"],
        "containment": "全部",
        "notebooks": {"a": cells[:1], "b": cells[1:]},
    }
    return Outcome(student, status, "", found)


def _written(path, outcomes, mark=None):
    write_grades(path, "px", outcomes, mark or PassMark())
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("score", "maximum", "passed"),
    [
        (70.0, 100.0, True),
        (69.99999999999999, 100.0, True),
        (69.99, 100.0, False),
        (35.0, 50.0, True),
        (34.99, 50.0, False),
        (0.0, 0.0, False),
    ],
)
def test_exactly_the_mark_passes(tmp_path, score, maximum, passed):
    content = _written(tmp_path / "a.json", [_outcome("S1", score, maximum)])

    assert content["submissions"][0]["passed"] is passed
    assert content["submissions"][0]["score"] == score


def test_the_courses_own_mark_counts(tmp_path):
    content = _written(tmp_path / "a.json", [_outcome("S1", 75.0)], PassMark(80, 100))

    assert content["submissions"][0]["passed"] is False


def test_graded_skipped_and_rejected_are_told_apart(tmp_path):
    outcomes = [
        _outcome("S1", 90.0),
        _outcome("S2", 10.0, status="skipped"),
        Outcome("S3", "rejected", "打不开。"),
    ]

    content = _written(tmp_path / "a.json", iter(outcomes))

    assert content["assignment"] == "px"
    assert [one["student"] for one in content["submissions"]] == ["S1", "S2"]
    assert content["rejected"] == [{"student": "S3", "reason": "打不开。"}]
    first = content["submissions"][0]
    assert [cell["grade_id"] for cell in first["cells"]] == ["q1", "q2"]
    assert {name: first[name] for name in ("max_score", "digest", "seconds", "flags")} == {
        "max_score": 100,
        "digest": "d" * 64,
        "seconds": 0.5,
        "flags": ["改过评分格。"],
    }
    assert first["containment"] == "全部"


def test_earlier_file_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("x" * 10_000, encoding="utf-8")

    assert _written(path, [])["submissions"] == []
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]
    assert "打不开" in json.dumps(
        _written(path, [Outcome("S", "rejected", "打不开")]), ensure_ascii=False
    )
    assert "打不开" in path.read_text(encoding="utf-8")  # 中文照写，不写成 \\u
