"""make demo：一期学员从发卷走到成绩；一份坏的、一份死循环的都不拖累别人。"""

import re
from pathlib import Path

import pandas as pd
import pytest

from academy import demo

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def test_cohort_goes_through_to_the_report(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(demo, "BROKEN", 2)
    monkeypatch.setattr(demo, "ENDLESS", 3)
    monkeypatch.setenv("CCOM_CELL_SECONDS", "4")

    page = demo.run_demo(ROOT, "wfmp-final", tmp_path / "demo", learners=4)

    table = pd.read_csv(page.with_suffix(".csv"), dtype={"学号": str}).set_index("学号")
    assert len(table) == 4
    assert table.loc["20250002", "结果"] == "无法评分"
    assert table.loc["20250003", "得分"] > 0
    assert table["得分"].notna().sum() == 3
    assert (table["得分"].dropna() >= 70).eq(table["结果"][table["得分"].notna()] == "合格").all()
    assert "data:image/png" in page.read_text(encoding="utf-8")
    said = capsys.readouterr().out
    assert len(re.findall(r"^2025\d{4} ", said, re.MULTILINE)) == 4
