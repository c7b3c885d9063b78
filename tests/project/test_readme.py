"""README 里的每条命令都真能跑：这里跑一遍，或者指明哪一步跑。"""

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from academy.clock import TIMEZONE

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
    # 讲师先 make lab，在工作副本里改，再带回母本
    shutil.copytree(folder / "course/wfmp", folder / ".lab/course/wfmp")
    return folder


def _now(command):
    """README 里的开考日期会过去，这里换成明天。"""
    tomorrow = datetime.now(TIMEZONE) + timedelta(days=1)
    return re.sub(r"--start \d{4}-\d\d-\d\dT", f"--start {tomorrow:%Y-%m-%d}T", command)


def _hand_in(folder):
    """王敏把发给自己的那一份交回来。"""
    (paper,) = folder.glob("seats/wfmp-final@*/20250001*/wfmp-final/wfmp-final.ipynb")
    (folder / "答卷").mkdir()
    shutil.copy(paper, folder / "答卷/我的答案.ipynb")


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
    for command in [command for command in COMMANDS if command not in ELSEWHERE]:
        if command.startswith("ccom collect"):
            _hand_in(clone)
        result = _run(_now(command), clone)
        assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
        assert "Traceback" not in result.stderr, command

    (page,) = (clone / "results").glob("wfmp-final@*.html")
    assert "20250001" in page.read_text(encoding="utf-8")
    assert (clone / "学员包/CCOM-WFMP-排班管理岗-学员包.zip").exists()
    assert (clone / "座位/wfmp-resit1/wfmp-resit1.ipynb").exists()
