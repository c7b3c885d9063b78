"""academy.handbooks：讲师提示按课的次序汇成一册，前面是课表。"""

import shutil
from pathlib import Path

from academy.notebooks import build_all

ROOT = Path(__file__).resolve().parents[2]


def test_instructor_notes_are_gathered_under_their_lesson(lesson, root):
    noted = lesson.read_text(encoding="utf-8").replace("两分钟。", "两分钟。[[3 个|answer]]。")
    lesson.write_text(noted, encoding="utf-8")
    (root / "course").mkdir()
    shutil.copy(ROOT / "course/syllabus.yml", root / "course")
    shutil.copy(ROOT / "nbgrader_config.py", root)

    list(build_all(root))

    text = (root / "docs/讲师手册/wfmp.md").read_text(encoding="utf-8")

    assert text.startswith("# 讲师手册：排班管理岗（CCOM-WFMP）")
    assert "| 第 2 天 | 15:30 | 90 | 考试 wfmp-final |" in text
    assert "## 三是几？" in text
    assert "讲师提示：两分钟。3 个。" in text
