"""Records are plain, whole and comparable."""

import pytest

from academy.grading.work.record import CellRecord, GradedRecord, Limits, NotebookRecord, Rejected


def record(seconds=1.0, text="a", score=2.0):
    cells = (
        CellRecord("q1", score, 3, "partial", "得到部分分数 2。"),
        CellRecord("q2", 0, 4, "died", "作答的程序中途退出了。"),
    )
    outputs = [{"output_type": "stream", "name": "stdout", "text": text}]
    notebook = {"cells": [{"cell_type": "code", "source": "x", "outputs": outputs}]}
    return GradedRecord(
        "S1", "hw", (NotebookRecord("p1", cells, notebook),), ("改过",), "uid", seconds
    )


def test_points_add_up():
    assert (record().score, record().max_score) == (2, 7)
    assert [cell.grade_id for cell in record().cells] == ["q1", "q2"]


def test_json_brings_back_the_same():
    assert GradedRecord.from_json(record().to_json()) == record()


def test_digest_knows_points_but_neither_time_nor_outputs():
    assert record(seconds=9, text="14:03").digest == record().digest
    assert record(score=3).digest != record().digest


def test_unknown_verdict_is_refused():
    with pytest.raises(ValueError, match="'great'"):
        CellRecord("q1", 1, 1, "great", "")


def test_rejection_says_who_and_why():
    assert str(Rejected("S1", "没有收到。")) == "S1：没有收到。"


def test_defaults_of_the_limits():
    limits = Limits()

    assert (limits.cell_seconds, limits.call_seconds, limits.total_seconds) == (30, 10, 300)
    assert (limits.memory_bytes, limits.scratch_bytes) == (2 * 1024**3, 64 * 1024**2)
