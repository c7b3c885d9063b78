"""README 里的每条命令都真能跑：这里跑一遍，或者指明哪一步跑。"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```bash\n(.*?)```", README, re.DOTALL)
    for line in block.strip().splitlines()
]
# 这几条要几分钟或要一直开着，由别处真跑
ELSEWHERE = {
    "make demo": (".ci/run", "make demo"),
    "make test": (".ci/run", "make test"),
    "make lab": ("tests/browser/conftest.py", '"make", "lab"'),
    "make bench": (".ci/run", "make bench"),
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """课程的一份副本，旁边有名单与收来的答卷；不动入库的文件。"""
    folder = tmp_path_factory.mktemp("readme") / "ccom"
    ignore = shutil.ignore_patterns(
        ".git", ".venv", ".demo", ".lab", "exchange", "submitted", "*.db", "__pycache__"
    )
    shutil.copytree(ROOT, folder, ignore=ignore, symlinks=True)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    (folder / "名单.csv").write_text("学号,姓名\n20250001,王敏\n20250002,李静\n", encoding="utf-8")
    (folder / "答卷").mkdir()
    # 讲师先 make lab，在工作副本里改，再带回母本
    shutil.copytree(folder / "course/wfmp", folder / ".lab/course/wfmp")
    paper = folder / "release/wfmp-final/wfmp-final.ipynb"
    shutil.copy(paper, folder / "答卷/20250001_王敏.ipynb")
    return folder


def _run(command, folder):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(folder)}
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("command", [command for command in COMMANDS if command in ELSEWHERE])
def test_long_command_is_run_where_it_says(command):
    path, words = ELSEWHERE[command]

    assert words in (ROOT / path).read_text(encoding="utf-8")
    assert (
        subprocess.run(["make", "-n", command.split()[1]], cwd=ROOT, capture_output=True).returncode
        == 0
    )


@pytest.mark.slow
def test_every_other_command_runs_in_the_readmes_order(clone):
    # 按 README 的顺序：交换区里还没有人交卷，先从文件夹收，再评分、出成绩
    commands = [command for command in COMMANDS if command not in ELSEWHERE]
    grading = [
        c for c in commands if re.match(r"ccom (grade|results|feedback|collect wfmp-final$)", c)
    ]
    ordered = [c for c in commands if c not in grading] + grading
    assert "ccom collect wfmp-final --from 答卷" in ordered

    for command in ordered:
        result = _run(command, clone)
        assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
        assert "Traceback" not in result.stderr, command

    assert (clone / "results/wfmp-final.html").exists()
    assert (clone / "学员包/CCOM-WFMP-排班管理岗-学员包.zip").exists()
    assert (clone / "座位/wfmp-resit1/wfmp-resit1.ipynb").exists()
