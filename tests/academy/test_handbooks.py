"""academy.handbooks：讲师提示按课的次序汇成一册，前面是课表。"""

import shutil
from pathlib import Path

from academy.handbooks import handbook
from academy.masters import read_master
from academy.notebooks import build_all
from tests.academy.form_lesson import FORM_LESSON
from tests.academy.rendering.test_second_edition import ROLE

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


def test_second_editions_notes_are_shown_section_by_section(tmp_path):
    path = tmp_path / "01_three.py"
    path.write_text(FORM_LESSON, encoding="utf-8")

    text = handbook(ROLE, {"x/01_three": read_master(path)})

    assert "**1　直接除够不够（12 分钟）**\n" in text
    # 投票是一整块，抄了就能发
    assert "```text\n排 4 个人够不够？\nA. 够，刚好\nB. 不够\nC. 太多了\n```" in text
    assert "- 答案：B。\n- 会答错成：A，因为照平均数除\n- 反问：一天里哪一刻会有人在等？" in text
    assert "- 来不及：只看 4 人与 7 人两行" in text
    assert "时间：12 分钟" not in text
    assert "**先想一想（5 分钟）**\n\n点两个人答，不等全班。" in text
