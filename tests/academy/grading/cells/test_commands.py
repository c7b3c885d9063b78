"""A line that wants the system fails with a sentence, and the cell goes on: no point behind it is lost."""

import pytest

from academy.grading.cells.commands import FAILED, sentence, status_of
from tests.academy.grading.homework import RIGHT
from tests.academy.grading.small import outputs

GOES_ON = {
    "line": "!ls -l",
    "list": "x = !ls\nassert x == []",
    "magic": "%ls",
    "magic list": "%sx ls",
    "folder": "%mkdir out",
    "background": "!sleep 1 &",
    "install": "!pip install -q numpy",
    "install magic": "%pip install numpy",
    "conda": "%conda install numpy",
    "run": f"import subprocess\nassert subprocess.run(['ls'], capture_output=True).returncode == {FAILED}",
    "pipe": "import subprocess\np = subprocess.Popen(['cat'], stdin=-1, stdout=-1)\nassert p.communicate(b'x')[0] == b''",
    "checked install": "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pip', 'install', 'x'])",
    "system": f"import os\nassert os.system('ls') == {FAILED} << 8",
    "popen": "import os\nassert os.popen('ls').read() == ''",
}


@pytest.mark.parametrize("line", GOES_ON.values(), ids=GOES_ON)
def test_the_cell_goes_on_behind_a_command(grade, line):
    record = grade({"total": f"{line}\n{RIGHT['total']}"})

    assert record.score == 20
    (said,) = [o["text"] for o in outputs(record, "total") if o["output_type"] == "stream"]
    assert said.startswith("评分时不")


def test_a_script_cell_says_so_and_what_is_behind_it_counts(grade):
    assert grade(before="%%bash\nls").score == 20


def test_a_checked_command_fails_as_a_failing_command_does(grade):
    record = grade({"total": f"import subprocess\nsubprocess.check_output('ls')\n{RIGHT['total']}"})

    assert record.score == 18
    assert outputs(record, "total")[-1]["ename"] == "CalledProcessError"


def test_nothing_is_executed(grade):
    record = grade({"total": "!echo 1 > made.txt\nimport os\ntotal = os.path.exists('made.txt')"})

    assert outputs(record, "total")[0]["text"].startswith("评分时不能运行系统命令：echo 1")
    assert record.score == 18


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("pip install x", 0),
        ("conda install -y x", 0),
        ("pip list", FAILED),
        ("pipinstall", FAILED),
    ],
)
def test_an_installation_counts_as_done(command, status):
    assert status_of(command) == status
    assert sentence(command).startswith("评分时不安装" if status == 0 else "评分时不能运行")


def test_long_commands_are_cut():
    assert len(sentence("x" * 500)) < 120
