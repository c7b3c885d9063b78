"""`make lab`：工作副本里的中文 JupyterLab，没有考务的工具，屏幕上没有一句英文，关得干净。"""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def _status(address):
    try:
        with urllib.request.urlopen(address, timeout=20) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code


def test_lab_shows_a_working_copy_never_the_tracked_folder(lab, lab_folder):
    kept = {
        path.relative_to(ROOT / "course"): path.read_bytes()
        for path in (ROOT / "course").glob("*/*.ipynb")
    }

    assert {path: (lab_folder / path).read_bytes() for path in kept} == kept
    assert _status(f"{lab}/api/contents/wfmp/05_requirement.ipynb?content=0") == 200
    assert _status(f"{lab}/api/contents/syllabus.yml?content=0") == 404


@pytest.mark.parametrize("page", ["formgrader", "assignments", "courses"])
def test_lab_serves_no_grading_tools(lab, page):
    assert _status(f"{lab}/{page}") == 404


def test_staff_find_the_formgrader_where_they_ask_for_it(staff_lab):
    assert _status(f"{staff_lab[0]}/formgrader") == 200


def test_screen_has_chinese_only_also_as_root(lab, lab_home):
    said = (lab_home / "said.txt").read_text(encoding="utf-8").splitlines()

    assert said
    assert [line for line in said if not re.search("[\u4e00-\u9fff]", line)] == []
    assert any("root" in line for line in said) == (os.geteuid() == 0)


def test_ctrl_c_closes_jupyterlab_with_everything_it_started(tmp_path):
    command = [sys.executable, "-m", "academy.cli", "lab", f"--to={tmp_path}", "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True
    ) as process:
        url = next(line for line in process.stdout if "http://" in line).split("：", 1)[1].strip()
        assert _status(url) == 200
        os.kill(process.pid, signal.SIGINT)
        rest = process.stdout.read()

    assert process.returncode == 0
    assert rest.splitlines()[-1] == "JupyterLab 已经关了。"
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url.split("/lab")[0] + "/api", timeout=2)
        except OSError:
            break
        time.sleep(0.2)
    else:
        pytest.fail("JupyterLab 还开着")
